import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { UsageError } from "../records/errors.js";
import { builtStandard } from "./built.js";
import { type LoadedStandard, readStandardFiles, standardFrom } from "./load.js";

/** Root of the package: src/standards and dist/standards lie equally deep. */
export const packageRoot = fileURLToPath(new URL("../../", import.meta.url));

const shippedFolder = join(packageRoot, "standards");

/** A shipped standard, without reading it. */
export interface Shipped {
  readonly id: string;
  readonly edition: string;
  readonly folder: string;
}

function compareEditions(left: string, right: string): number {
  const a = left.split(".").map(Number);
  const b = right.split(".").map(Number);
  for (let i = 0; i < 3; i++) if (a[i] !== b[i]) return (a[i] ?? 0) - (b[i] ?? 0);
  return 0;
}

/** All shipped standards and editions, by id, oldest edition first. */
export function shippedStandards(): readonly Shipped[] {
  const found: Shipped[] = [];
  for (const id of readdirSync(shippedFolder).sort()) {
    if (id === "meta" || id === "records" || !statSync(join(shippedFolder, id)).isDirectory()) continue;
    const editions = readdirSync(join(shippedFolder, id)).filter((name) =>
      existsSync(join(shippedFolder, id, name, "standard.yaml")),
    );
    for (const edition of editions.sort(compareEditions))
      found.push({ id, edition, folder: join(shippedFolder, id, edition) });
  }
  return found;
}

/** Folder of a standard: a path that holds standard.yaml, `ID` (the newest edition) or `ID@1.0.0`. */
export function folderOf(reference: string): string {
  if (existsSync(join(reference, "standard.yaml"))) return reference;
  const [id, edition] = reference.split("@");
  const editions = shippedStandards().filter(
    (shipped) => shipped.id === id && (edition === undefined || shipped.edition === edition),
  );
  const newest = editions.at(-1);
  if (newest === undefined) {
    throw new UsageError("TS-USAGE-0003", {
      found: reference,
      expected: `a folder with standard.yaml, or one of ${[...new Set(shippedStandards().map((shipped) => shipped.id))].join(", ")}`,
    });
  }
  return newest.folder;
}

/** The YAML reader costs 50 ms to load and 110 rules of YAML 230 ms: a built package needs neither. */
function fromYaml(folder: string): LoadedStandard {
  return standardFrom(readStandardFiles(folder));
}

const loaded = new Map<string, LoadedStandard>();

/** Loads a standard: as it was built, or from its YAML where the package is not built or the standard is somebody else's. */
export function findStandard(reference: string): LoadedStandard {
  const folder = folderOf(reference);
  let standard = loaded.get(folder);
  if (standard === undefined) {
    standard = builtStandard(folder) ?? fromYaml(folder);
    loaded.set(folder, standard);
  }
  return standard;
}

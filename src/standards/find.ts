import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "../records/errors.js";
import { builtStandard } from "./built.js";
import { checkData } from "./lint-data.js";
import { type LoadedStandard, readStandardFiles, standardFrom } from "./load.js";
import { packageRoot } from "./package-root.js";

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

/** Folder of a shipped standard by `ID` (the newest edition) or `ID@1.0.0`; undefined where none has the name. */
export function shippedFolderOf(reference: string): string | undefined {
  const [id, edition] = reference.split("@");
  return shippedStandards()
    .filter((shipped) => shipped.id === id && (edition === undefined || shipped.edition === edition))
    .at(-1)?.folder;
}

/** Folder of a standard: a path that holds standard.yaml, `ID` (the newest edition) or `ID@1.0.0`. */
export function folderOf(reference: string): string {
  if (existsSync(join(reference, "standard.yaml"))) return reference;
  return shippedFolderOf(reference) ?? unknown(reference);
}

function unknown(reference: string): never {
  throw new UsageError("TS-USAGE-0003", {
    found: reference,
    expected: `a folder with standard.yaml, or one of ${[...new Set(shippedStandards().map(({ id }) => id))].join(", ")}`,
  });
}

/** A standard from elsewhere is used only where its data fit the grammar and are safe to compile. */
function fromYaml(folder: string, shipped: boolean): LoadedStandard {
  const files = readStandardFiles(folder);
  const problem = shipped ? undefined : checkData(files).problems[0];
  if (problem !== undefined)
    throw new UsageError("TS-STANDARD-0001", {
      file: problem.file,
      place: `${problem.line}:${problem.column}`,
      says: { zh: `${problem.code}：${problem.message.zh}`, en: `${problem.code}: ${problem.message.en}` },
      hint: "touchstone standard lint lists every problem",
    });
  return standardFrom(files);
}

const shippedOnes = new Map<string, LoadedStandard>();

/** A standard that ships, by ID or ID@edition and never by path: what a scheme of somebody else's may name. */
export function findShipped(reference: string): LoadedStandard {
  const folder = shippedFolderOf(reference) ?? unknown(reference);
  let standard = shippedOnes.get(folder);
  if (standard === undefined) {
    standard = builtStandard(folder) ?? fromYaml(folder, true);
    shippedOnes.set(folder, standard);
  }
  return standard;
}

/** Loads a standard: a shipped one as it was built, or from its YAML where the package is not built; one from elsewhere by its folder. */
export function findStandard(reference: string): LoadedStandard {
  return existsSync(join(reference, "standard.yaml")) ? fromYaml(reference, false) : findShipped(reference);
}

/** A standard from its YAML, cases and all: a built one leaves them out. */
export function standardWithCases(reference: string): LoadedStandard {
  const shipped = shippedFolderOf(reference);
  return shipped === undefined ? fromYaml(folderOf(reference), false) : fromYaml(shipped, true);
}

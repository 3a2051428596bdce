import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A Python with the tools of the field, in `.peers/` of the checkout; what cannot be had is named. */
export interface PeerPython {
  readonly python: string;
  /** Version by package, as it was installed. */
  readonly versions: ReadonlyMap<string, string>;
  /** Why a package is not there. */
  readonly missing: ReadonlyMap<string, string>;
}

/** Installs what `requirements.txt` pins, package by package, so that one that cannot be had leaves the others. Undefined, with the reason, without Python. */
export function peerPython(say: (line: string) => void): PeerPython | { readonly reason: string } {
  const folder = join(root, ".peers");
  const python = join(folder, "bin/python");
  if (!existsSync(python)) {
    say("making a virtual environment in .peers/");
    const made = spawnSync("python3", ["-m", "venv", folder], { encoding: "utf8" });
    if (made.status !== 0) return { reason: made.error?.message ?? made.stderr.trim() };
  }
  const wanted = readFileSync(join(root, "scripts/peers/requirements.txt"), "utf8").match(/^\S+==\S+$/gm) ?? [];
  let installed = installedIn(python);
  const missing = new Map<string, string>();
  for (const requirement of wanted) {
    const [name = "", version = ""] = requirement.split("==");
    if (installed.get(normal(name)) === version) continue;
    say(`installing ${requirement}`);
    const run = spawnSync(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement], {
      encoding: "utf8",
    });
    if (run.status !== 0) missing.set(name, run.stderr.trim().split("\n").at(-1) ?? "pip failed");
  }
  installed = installedIn(python);
  const versions = new Map(
    wanted
      .map((requirement) => requirement.split("==")[0] ?? "")
      .filter((name) => !missing.has(name))
      .map((name) => [name, installed.get(normal(name)) ?? "unknown"]),
  );
  return { python, versions, missing };
}

function installedIn(python: string): ReadonlyMap<string, string> {
  const list = execFileSync(python, ["-m", "pip", "list", "--format", "json", "--disable-pip-version-check"], {
    encoding: "utf8",
  });
  const rows = JSON.parse(list) as readonly { readonly name: string; readonly version: string }[];
  return new Map(rows.map(({ name, version }) => [normal(name), version]));
}

/** One name of a package (PEP 503). */
function normal(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

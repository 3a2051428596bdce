import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, join, relative, sep } from "node:path";
import { UsageError } from "../records/errors.js";
import type { InputFile } from "./format.js";

export interface DataRoot {
  /** Folder under which every path of the data must stay. */
  readonly root: string;
  /** Files in a total order by path. */
  readonly files: readonly InputFile[];
  /** The data are one file: media are then looked for beside it, the folder is not walked. */
  readonly single: boolean;
}

/** Lists what a path holds: one file, or every file below a folder. Links that leave the folder, or lead back, are not followed. */
export function listData(path: string): DataRoot {
  let real: string;
  try {
    real = realpathSync(path);
  } catch (cause) {
    throw new UsageError("TS-USAGE-0002", { file: path, cause });
  }
  const stat = statSync(real);
  if (!stat.isDirectory()) {
    // A pipe or a device has no length, and is read once only.
    if (!stat.isFile())
      throw new UsageError("TS-IO-0001", { file: path, found: "a pipe or a device", expected: "a file or a folder" });
    const file = { path: basename(path), absolute: real, bytes: stat.size, index: 0 };
    return { root: dirname(real), files: [file], single: true };
  }
  const found: { path: string; absolute: string; bytes: number }[] = [];
  const visited = new Set<string>([real]);
  const walk = (folder: string): void => {
    let names: string[];
    try {
      names = readdirSync(folder);
    } catch (cause) {
      throw new UsageError("TS-IO-0001", { file: relative(real, folder), cause });
    }
    for (const name of names) {
      if (name.startsWith(".") || name === "__MACOSX") continue;
      const absolute = join(folder, name);
      const target = linkTarget(absolute, real);
      if (target === undefined) continue;
      const stat = statSync(target);
      if (stat.isDirectory()) {
        if (visited.has(target)) continue;
        visited.add(target);
        walk(absolute);
      } else if (stat.isFile())
        found.push({ path: relative(real, absolute).split(sep).join("/"), absolute, bytes: stat.size });
    }
  };
  walk(real);
  found.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  return { root: real, files: found.map((file, index) => ({ ...file, index })), single: false };
}

/** The real path of an entry, or undefined when it leads out of the root or nowhere. */
function linkTarget(absolute: string, root: string): string | undefined {
  try {
    if (!lstatSync(absolute).isSymbolicLink()) return absolute;
    const target = realpathSync(absolute);
    return isBelow(target, root) ? target : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a real path lies below a folder. */
export function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

import { lstatSync, readdirSync, realpathSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join, posix, relative, sep } from "node:path";
import { UsageError } from "../records/errors.js";
import type { InputFile } from "./format.js";

export interface DataRoot {
  /** Folder under which every path of the data must stay. */
  readonly root: string;
  /** Files in a total order by path. */
  readonly files: readonly InputFile[];
  /** The data are one file: media are then looked for beside it, the folder is not walked. */
  readonly single: boolean;
  /** Links below the folder that lead out of it, by path: they are not followed. */
  readonly outside: readonly string[];
  /** Links to folders that have another path below the root, with that path. */
  readonly aliases: readonly (readonly [link: string, folder: string])[];
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
    return { root: dirname(real), files: [file], single: true, outside: [], aliases: [] };
  }
  return { root: real, single: false, ...walkFolder(real) };
}

/** Files in memory, as `listData` lists those of a folder; none may leave it. */
export function heldData(files: Iterable<readonly [path: string, bytes: Uint8Array]>): DataRoot {
  const all = [...files];
  const outside = all.find(([path]) => isAbsolute(path) || posix.normalize(path) !== path || path.startsWith("../"));
  if (outside !== undefined) throw new RangeError(`a file stays in its folder: ${outside[0]}`);
  const found = all
    .filter(([path]) => path.split("/").every(isListed))
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([path, held], index) => ({ path, absolute: path, held, bytes: held.length, index }));
  return { root: "", single: false, files: found, outside: [], aliases: [] };
}

/** Folders and files first, links after them: a file has the name it has without links, whatever order the disk lists them in. */
function walkFolder(root: string): Pick<DataRoot, "files" | "outside" | "aliases"> {
  const found: Omit<InputFile, "index">[] = [];
  const outside: string[] = [];
  const aliases: [string, string][] = [];
  const links: string[] = [];
  const visited = new Set<string>();
  const take = (absolute: string, target: string): void => {
    const stat = statSync(target);
    if (stat.isFile()) found.push({ path: pathBelow(root, absolute), absolute, bytes: stat.size });
    else if (stat.isDirectory() && !visited.has(target)) {
      visited.add(target);
      for (const name of namesIn(root, absolute)) {
        const entry = join(absolute, name);
        if (lstatSync(entry).isSymbolicLink()) links.push(entry);
        else take(entry, join(target, name));
      }
    } else if (stat.isDirectory()) aliases.push([pathBelow(root, absolute), pathBelow(root, target)]);
  };
  take(root, root);
  for (let at = 0; at < links.length; at++) {
    const link = links[at] ?? "";
    const target = realPathOf(link);
    if (target === undefined) continue;
    if (isBelow(target, root)) take(link, target);
    else outside.push(pathBelow(root, link));
  }
  found.sort((left, right) => (left.path < right.path ? -1 : left.path > right.path ? 1 : 0));
  return { files: found.map((file, index) => ({ ...file, index })), outside, aliases };
}

/** Names in a total order, without hidden ones and what macOS puts into archives. */
function namesIn(root: string, folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter(isListed).sort();
  } catch (cause) {
    throw new UsageError("TS-IO-0001", { file: pathBelow(root, folder), cause });
  }
}

function isListed(name: string): boolean {
  return !name.startsWith(".") && name !== "__MACOSX";
}

function pathBelow(root: string, absolute: string): string {
  return relative(root, absolute).split(sep).join("/");
}

/** Where a link leads; undefined for one that leads nowhere. */
function realPathOf(link: string): string | undefined {
  try {
    return realpathSync(link);
  } catch {
    return undefined;
  }
}

/** Whether a real path lies below a folder. */
export function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

import { existsSync, readdirSync, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, posix } from "node:path";
import type { InputFile } from "./format.js";
import { splitOf } from "./split.js";
import { type DataRoot, isBelow, listData } from "./walk.js";

export type Resolve = (path: string, from: InputFile | undefined) => InputFile | "unsafe" | undefined;

/** Whether a path says by itself where on the machine it is. */
function isRooted(path: string): boolean {
  return isAbsolute(path) || /^[a-zA-Z]:/.test(path);
}

/** A name and no more, as most data write it: there is nothing to normalise, and it leads nowhere. */
const plainName = /^[^./\\:][^/\\:]*$/;

/**
 * A safe way from paths in the data to files: below `mediaRoot` where one is given, beside the file, below the root, or by the end of a path
 * (`a.jpg` is `images/train/a.jpg`), the one of the same split first. A path that leaves the root, by itself or through a link, is never opened.
 */
export function newResolver(data: DataRoot, mediaRoot?: string): Resolve {
  const byPath = new Map<string, InputFile>();
  const byName = new Map<string, InputFile[]>();
  const add = (file: InputFile): void => {
    byPath.set(file.path, file);
    const name = posix.basename(file.path);
    const same = byName.get(name);
    if (same === undefined) byName.set(name, [file]);
    else same.push(file);
  };
  const media = mediaRoot === undefined ? undefined : listData(mediaRoot);
  if (media !== undefined) for (const file of media.files) add(file);
  if (!data.single) for (const file of data.files) add(file);

  const aliases = [...data.aliases, ...(media?.aliases ?? [])];
  function withoutLinks(path: string): string {
    const alias = aliases.find(([link]) => path.startsWith(`${link}/`));
    return alias === undefined ? path : posix.join(alias[1], path.slice(alias[0].length));
  }

  const outside = new Set([...data.outside, ...(media?.outside ?? [])]);
  function leadsOut(path: string): boolean {
    if (outside.size === 0) return false;
    for (let at = path; at !== "." && at !== "/" && at !== ".."; at = posix.dirname(at))
      if (outside.has(at)) return true;
    return false;
  }

  /** Names in a folder of the disk: one listing instead of a look for every medium. */
  const listings = new Map<string, ReadonlySet<string>>();
  function holds(folder: string, name: string): boolean {
    let names = listings.get(folder);
    if (names === undefined) {
      try {
        names = new Set(readdirSync(join(data.root, folder)));
      } catch {
        names = new Set();
      }
      listings.set(folder, names);
    }
    return names.has(name);
  }

  function onDisk(
    path: string,
    folder = posix.dirname(path),
    name = posix.basename(path),
  ): InputFile | "unsafe" | undefined {
    if (!holds(folder, name)) return undefined;
    const absolute = join(data.root, path);
    if (!existsSync(absolute)) return undefined;
    const real = realpathSync(absolute);
    if (!isBelow(real, data.root)) return "unsafe";
    const stat = statSync(real);
    return stat.isFile() ? { path, absolute: real, bytes: stat.size, index: -1 } : undefined;
  }

  const alone = data.single && media === undefined;
  return (written, from) => {
    if (alone && plainName.test(written))
      return onDisk(written, ".", written) ?? onDisk(`images/${written}`, "images", written);
    const path = written.replaceAll("\\", "/");
    if (isRooted(path)) return "unsafe";
    const clean = posix.normalize(path);
    const beside = from === undefined ? clean : posix.join(posix.dirname(from.path), clean);
    if (/^\.\.(\/|$)/.test(beside)) return "unsafe";
    const direct = byPath.get(withoutLinks(beside)) ?? byPath.get(withoutLinks(clean));
    if (direct !== undefined) return direct;
    if (leadsOut(beside) || leadsOut(clean)) return "unsafe";
    if (alone) return onDisk(clean) ?? onDisk(posix.join("images", clean));
    const ends = (byName.get(posix.basename(clean)) ?? []).filter((file) => file.path.endsWith(`/${clean}`));
    if (ends.length <= 1) return ends[0];
    const split = from === undefined ? undefined : splitOf(from.path);
    const sameSplit = split === undefined ? [] : ends.filter((file) => splitOf(file.path) === split);
    return sameSplit[0] ?? ends[0];
  };
}

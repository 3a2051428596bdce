import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import type { FileSample, InputFile, ReadInput } from "../../format.js";
import { newResolver } from "../../resolve.js";

/** A new folder that holds these files, as a reader is given it; `wanted` says which of them are descriptions. */
export function inputOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  wanted: (path: string) => boolean,
): ReadInput {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "touchstone-croissant-")));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  const all = filesBelow(root);
  return {
    files: all.filter(({ path }) => wanted(path)),
    all: new Map(all.map((file) => [file.path, file])),
    resolve: newResolver({ root, files: all, single: false, outside: [], aliases: [] }),
  };
}

export function filesBelow(root: string): readonly InputFile[] {
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((absolute, index) => ({ path: relative(root, absolute), absolute, bytes: statSync(absolute).size, index }));
}

export function sampleOf(file: InputFile, bytes: Buffer = readFileSync(file.absolute)): FileSample {
  const head = bytes.subarray(0, 65_536);
  return { file, head, whole: head.length === bytes.length, outline: () => undefined };
}

import {
  appendFileSync,
  closeSync,
  constants,
  copyFileSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { FileSink } from "../formats/write.js";
import { UsageError } from "../records/errors.js";

/** Temporary names of files that are being written; removed when the run ends early. */
const unfinished = new Set<string>();
let opened = 0;

/** Writes to a temporary name and renames: a run that is killed leaves no half file. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = newTemporary(path);
  attempt(path, () => {
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  });
  unfinished.delete(temporary);
}

/** A text that grows line by line under a temporary name, and has its own only when it is whole. */
export interface GrowingFile {
  add(line: string): void;
  finish(): void;
}

export function openGrowing(path: string): GrowingFile {
  // What is no ordinary file (/dev/stdout, a pipe) has no name to be renamed to.
  const special = path.startsWith("/dev/");
  const target = special ? path : newTemporary(path);
  const fd = attempt(path, () => openSync(target, "w"));
  return {
    add(line) {
      attempt(path, () => writeSync(fd, `${line}\n`));
    },
    finish() {
      closeSync(fd);
      if (special) return;
      attempt(path, () => renameSync(target, path));
      unfinished.delete(target);
    },
  };
}

/** A folder that is filled under a temporary name, and has its own only when it is whole. */
export interface GrowingFolder {
  /** Text comes in large pieces, each of a file that may have some already. */
  readonly sink: FileSink;
  /** A file as it lies elsewhere; where the disk can, both share its blocks until one is changed. */
  copy(name: string, from: string): void;
  count(): number;
  finish(): void;
}

export function openFolder(path: string): GrowingFolder {
  const target = newTemporary(path);
  const made = new Set<string>();
  const put = (name: string, write: (file: string) => void): void => {
    const file = join(target, name);
    attempt(join(path, name), () => {
      if (!made.has(name)) mkdirSync(dirname(file), { recursive: true });
      write(file);
    });
    made.add(name);
  };
  return {
    sink: {
      text: (name, text) => put(name, (file) => appendFileSync(file, text)),
      bytes: (name, bytes) => put(name, (file) => writeFileSync(file, bytes)),
    },
    copy: (name, from) => put(name, (file) => copyFileSync(from, file, constants.COPYFILE_FICLONE)),
    count: () => made.size,
    finish() {
      attempt(path, () => renameSync(target, path));
      unfinished.delete(target);
    },
  };
}

/** Takes away what is not whole. */
export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true, recursive: true });
  unfinished.clear();
}

function newTemporary(path: string): string {
  const folder = dirname(path);
  attempt(path, () => mkdirSync(folder, { recursive: true }));
  const temporary = join(folder, `.touchstone-${process.pid}-${opened++}.tmp`);
  unfinished.add(temporary);
  return temporary;
}

/** A failing system call is about the machine: no room, no permission. */
function attempt<T>(path: string, call: () => T): T {
  try {
    return call();
  } catch (cause) {
    removeUnfinished();
    throw new UsageError("TS-IO-0002", {
      file: path,
      found: cause instanceof Error ? cause.message : String(cause),
      expected: "room and permission to write",
      cause,
    });
  }
}

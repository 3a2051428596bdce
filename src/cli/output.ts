import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { UsageError } from "../records/errors.js";

/** Temporary names of files that are being written; removed when the run ends early. */
const unfinished = new Set<string>();

/** Writes to a temporary name and renames: a run that is killed leaves no half file. */
export function writeWhole(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.touchstone-${process.pid}-${unfinished.size}.tmp`);
  unfinished.add(temporary);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(temporary, content);
    renameSync(temporary, path);
  } catch (cause) {
    removeUnfinished();
    throw new UsageError("TS-IO-0002", {
      file: path,
      found: cause instanceof Error ? cause.message : String(cause),
      expected: "room and permission to write",
      cause,
    });
  } finally {
    unfinished.delete(temporary);
  }
}

export function removeUnfinished(): void {
  for (const path of unfinished) rmSync(path, { force: true });
}

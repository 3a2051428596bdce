import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { detectData } from "../formats/detect.js";
import { reportUnreadable } from "../formats/failure.js";
import type { InputFile } from "../formats/format.js";
import { formats } from "../formats/index.js";
import { examineMedia } from "../formats/media/examine.js";
import { newResolver } from "../formats/resolve.js";
import { listData } from "../formats/walk.js";
import { readEvidence } from "../standards/evidence.js";
import { raiseEvidence } from "./evidence.js";
import { finishRun } from "./finish.js";
import type { Run } from "./run.js";

/** A folder that is gone afterwards; in memory where the system has such a place, since it holds small files for a moment. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(existsSync("/dev/shm") ? "/dev/shm" : tmpdir(), "touchstone-"));
  try {
    return await use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts files into a folder; none may leave it. */
export function putFiles(folder: string, files: Iterable<readonly [string, string | Uint8Array]>): void {
  for (const [name, content] of files) {
    const path = join(folder, name);
    if (!path.startsWith(`${folder}${sep}`)) throw new RangeError(`a file stays in its folder: ${name}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** Reads what lies in a folder with the real readers, to the end; the run is to be closed by whoever asked. */
export async function readFolder(
  folder: string,
  newRun: (inputs: readonly InputFile[], pointer: PointerOf) => Run,
  format?: string,
): Promise<Run> {
  const data = listData(folder);
  const detected = await detectData(data.files, format);
  const broken = detected.notRecognised.flatMap(({ file, error }) => (error === undefined ? [] : [file]));
  const inputs = [...detected.files.map(({ file }) => file), ...broken];
  const formatOf = new Map(detected.files.map(({ file, format: { pointer } }) => [file.index, pointer]));
  const run = newRun(inputs, (file, kind, element) => formatOf.get(file)?.(kind, element));
  const resolve = newResolver(data);
  const all = new Map(data.files.map((file) => [file.path, file]));
  for (const one of formats) {
    const own = detected.files.filter(({ format: its }) => its === one).map(({ file }) => file);
    if (own.length > 0)
      await one.read({ files: own, all, resolve }, run.sink, (file, error) =>
        reportUnreadable(run.sink, run.files.at(-1)?.file, file, one, error),
      );
  }
  // A file that is not whole enough to be recognised still has its fault.
  for (const { file, error } of detected.notRecognised)
    if (error !== undefined) reportUnreadable(run.sink, undefined, file, undefined, error);
  const byIndex = new Map(data.files.map((file) => [file.index, file]));
  await finishRun(run, { resolve: (path, from) => resolve(path, byIndex.get(from)), examine: examineMedia });
  const evidence = join(folder, "evidence.yaml");
  if (existsSync(evidence)) raiseEvidence(run, readEvidence(evidence));
  return run;
}

type PointerOf = (
  file: number,
  kind: Parameters<NonNullable<(typeof formats)[number]["pointer"]>>[0],
  element: number,
) => string | undefined;

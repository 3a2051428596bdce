import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, sep } from "node:path";
import { type DetectedData, detectData } from "../formats/detect.js";
import { reportUnreadable } from "../formats/failure.js";
import type { InputFile } from "../formats/format.js";
import { examineMedia } from "../formats/media/examine.js";
import { readFormats } from "../formats/read.js";
import { newResolver, type Resolve } from "../formats/resolve.js";
import { type DataRoot, heldData } from "../formats/walk.js";
import type { InputError } from "../records/errors.js";
import { readEvidence } from "../standards/evidence.js";
import { raiseEvidence } from "./evidence.js";
import { finishRun } from "./finish.js";
import type { RecorderOptions } from "./recorder.js";
import type { Run } from "./run.js";

/** Puts files into a folder; none may leave it. */
export function putFiles(folder: string, files: Iterable<readonly [string, string | Uint8Array]>): void {
  for (const [name, content] of files) {
    const path = join(folder, name);
    if (!path.startsWith(`${folder}${sep}`)) throw new RangeError(`a file stays in its folder: ${name}`);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/** What `readDetected` tells while it reads. */
export interface Reading {
  /** A file that could not be read to its end; its fault is reported already. */
  readonly onFailure?: (file: InputFile, error: InputError) => void;
  /** All files of one format have been read. */
  readonly onFormat?: (files: readonly InputFile[]) => void;
}

/** Feeds every detected file to the run, format by format. */
export async function readDetected(
  run: Run,
  detected: DetectedData,
  data: DataRoot,
  resolve: Resolve,
  { onFailure, onFormat }: Reading = {},
): Promise<void> {
  await readFormats(detected, data, resolve, {
    sink: run.sink,
    onError: (file, format, error) => {
      // Reported whether anybody asks or not.
      const failure = reportUnreadable(run.sink, run.files.at(-1)?.file, file, format, error);
      onFailure?.(file, failure);
    },
    onFormat,
  });
}

/** Reads files that are in memory with the real readers, to the end; the run is to be closed by whoever asked. */
export async function readHeld(
  held: ReadonlyMap<string, Uint8Array>,
  newRun: (inputs: readonly InputFile[], pointer: RecorderOptions["pointer"]) => Run,
  format?: string,
): Promise<Run> {
  const data = heldData(held);
  const detected = await detectData(data.files, format);
  const broken = detected.notRecognised.flatMap(({ file, error }) => (error === undefined ? [] : [file]));
  const inputs = [...detected.files.map(({ file }) => file), ...broken];
  const formatOf = new Map(detected.files.map(({ file, format: { pointer } }) => [file.index, pointer]));
  const run = newRun(inputs, (file, kind, element) => formatOf.get(file)?.(kind, element));
  const resolve = newResolver(data);
  await readDetected(run, detected, data, resolve);
  // A file that is not whole enough to be recognised still has its fault.
  for (const { file, error } of detected.notRecognised)
    if (error !== undefined) reportUnreadable(run.sink, undefined, file, undefined, error);
  const byIndex = new Map(data.files.map((file) => [file.index, file]));
  await finishRun(run, { resolve: (path, from) => resolve(path, byIndex.get(from)), examine: examineMedia });
  if (held.has(evidenceFile)) raiseHeldEvidence(run, held);
  return run;
}

const evidenceFile = "evidence.yaml";

/** Evidence is no data: its reader takes it and its documents from the disk. */
function raiseHeldEvidence(run: Run, held: ReadonlyMap<string, Uint8Array>): void {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-"));
  try {
    putFiles(folder, held);
    raiseEvidence(run, readEvidence(join(folder, evidenceFile)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

import { type InputError, UsageError } from "../records/errors.js";
import type { DetectedData } from "./detect.js";
import type { Format, InputFile, Sink } from "./format.js";
import { formats } from "./index.js";
import type { Resolve } from "./resolve.js";
import type { DataRoot } from "./walk.js";

/** Where records go, and what is told while files are read. */
export interface FormatReading {
  readonly sink: Sink;
  /** A file that could not be read to its end. */
  readonly onError: (file: InputFile, format: Format, error: unknown) => void;
  /** All files of one format have been read. */
  readonly onFormat?: ((files: readonly InputFile[]) => void) | undefined;
}

/** Reads every detected file, format by format in the order of their list. */
export async function readFormats(
  detected: DetectedData,
  data: DataRoot,
  resolve: Resolve,
  { sink, onError, onFormat }: FormatReading,
): Promise<void> {
  const all = new Map(data.files.map((file) => [file.path, file]));
  for (const format of formats) {
    const files = detected.files.filter((one) => one.format === format).map(({ file }) => file);
    if (files.length === 0) continue;
    await format.read({ files, all, resolve }, sink, (file, error) => onError(file, format, error));
    onFormat?.(files);
  }
}

/** Why data of which no file was recognised cannot be gone on with. */
export function nothingRecognised(path: string, detected: DetectedData): UsageError | InputError {
  const broken = detected.notRecognised.find(({ error }) => error !== undefined)?.error;
  if (broken !== undefined) return broken;
  return new UsageError("TS-FORMAT-0001", {
    file: path,
    says: detected.reason,
    expected: `one of ${formats.map(({ id }) => id).join(", ")}`,
  });
}

import { type DetectedData, detectData } from "../../formats/detect.js";
import type { Format, Sink } from "../../formats/format.js";
import { formats } from "../../formats/index.js";
import { newResolver } from "../../formats/resolve.js";
import type { DataRoot } from "../../formats/walk.js";
import { InputError, UsageError } from "../../records/errors.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../../records/types.gen.js";

/** A small dataset as records, in the order of reading. */
export interface Records {
  readonly format: string;
  readonly categories: readonly CategoryRecord[];
  readonly media: readonly MediaRecord[];
  readonly annotations: readonly AnnotationRecord[];
  /** What its reader found wrong with the files, by rule, and units that could not be made into a record. */
  readonly faults: ReadonlyMap<string, number>;
}

/**
 * Reads a dataset whole with the real readers.
 *
 * @param asked a format, or a family of which the files do not show the member
 * @throws UsageError, InputError nothing is recognised, or a file cannot be read to its end
 */
export async function readRecords(data: DataRoot, asked?: string): Promise<Records> {
  const detected: DetectedData = await detectData(data.files, asked);
  const broken = detected.notRecognised.find(({ error }) => error !== undefined)?.error;
  if (detected.files.length === 0)
    throw (
      broken ??
      new UsageError("TS-FORMAT-0001", {
        file: data.root,
        says: detected.reason,
        expected: `one of ${formats.map(({ id }) => id).join(", ")}`,
      })
    );
  const categories: CategoryRecord[] = [];
  const media: MediaRecord[] = [];
  const annotations: AnnotationRecord[] = [];
  const faults = new Map<string, number>();
  const count = (what: string): void => void faults.set(what, (faults.get(what) ?? 0) + 1);
  const sink: Sink = {
    file() {},
    declares() {},
    dataset() {},
    category: (record) => void categories.push(structuredClone(record)),
    media: (record) => void media.push(structuredClone(record)),
    annotation: (record) => void annotations.push(structuredClone(record)),
    node() {},
    fault: ({ rule }) => count(rule),
    digest() {},
    notRead: (_, __, ___, reason) => count(reason),
    tick: () => undefined,
  };
  const all = new Map(data.files.map((file) => [file.path, file]));
  const resolve = newResolver(data);
  const read = new Set<Format>(detected.files.map(({ format }) => format));
  for (const format of read) {
    const files = detected.files.filter((one) => one.format === format).map(({ file }) => file);
    await format.read({ files, all, resolve }, sink, (file, error) => {
      throw error instanceof InputError ? new InputError(error.code, { ...error.details, file: file.path }) : error;
    });
  }
  return { format: detected.format ?? "", categories, media, annotations, faults };
}

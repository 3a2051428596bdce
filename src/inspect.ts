import { createRun } from "./engine/run.js";
import { detectData } from "./formats/detect.js";
import { reportUnreadable } from "./formats/failure.js";
import { readFormats } from "./formats/read.js";
import { newResolver } from "./formats/resolve.js";
import { listData } from "./formats/walk.js";
import type { Kind, LocalText } from "./records/grammar.gen.js";

export interface Inspection {
  /** Id of the format, or of the family where several of its formats occur; null when nothing was recognised. */
  readonly format: string | null;
  readonly reason: LocalText;
  readonly files: readonly {
    readonly path: string;
    readonly format: string;
    readonly reason: LocalText;
    readonly records: Partial<Record<Kind, number>>;
    readonly error?: string;
  }[];
  readonly records: Partial<Record<Kind, number>>;
  readonly not_recognised: readonly { readonly path: string; readonly reason: LocalText }[];
}

/** What the data are, without judging them: format with its reason, files, records by kind. */
export async function inspect(path: string, format?: string): Promise<Inspection> {
  const data = listData(path);
  const detected = await detectData(data.files, format);
  const inputs = detected.files.map(({ file }) => file);
  const run = createRun([], [], [], inputs, { maxExamples: 0, pointer: () => undefined, faultsOf: () => ({}) });
  const errors = new Map<number, string>();
  try {
    const resolve = newResolver(data);
    await readFormats(detected, data, resolve, {
      sink: run.sink,
      onError: (file, format, error) => {
        errors.set(file.index, reportUnreadable(run.sink, run.files.at(-1)?.file, file, format, error).message);
      },
    });
    run.endReading();
  } finally {
    run.close();
  }
  const { media, annotation, category } = run.read;
  return {
    format: detected.format ?? null,
    reason: detected.reason,
    files: detected.files.map(({ file, format: { id }, reason }) => {
      const counts = run.files.find((state) => state.file.index === file.index)?.counts;
      const error = errors.get(file.index);
      return {
        path: file.path,
        format: id,
        reason,
        records:
          counts === undefined ? {} : { media: counts.media, annotation: counts.annotation, category: counts.category },
        ...(error === undefined ? {} : { error }),
      };
    }),
    records: detected.format === undefined ? {} : { media, annotation, category },
    not_recognised: detected.notRecognised.map(({ file, reason }) => ({ path: file.path, reason })),
  };
}

/** What every writer is held to: a dataset goes through it into a folder, and through the real reader back. */
import fc from "fast-check";
import { expect } from "vitest";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../../records/types.gen.js";
import { newAnnotation, newCategory, newMedia } from "../../records/types.gen.js";
import { detectData } from "../detect.js";
import { formats } from "../index.js";
import { folderOfFiles, type Recorded, type Recording, record } from "../media/testing/sink.js";
import { newResolver } from "../resolve.js";
import { listData } from "../walk.js";
import type { TextEdit, Writer, WrittenDataset, WrittenMedium, WrittenPlace } from "../write.js";

export interface WrittenFiles {
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** In the order in which they were told. */
  readonly places: readonly (readonly [record: object, place: WrittenPlace])[];
}

export function write(writer: Writer, dataset: WrittenDataset): WrittenFiles {
  const files = new Map<string, Uint8Array[]>();
  const places: [object, WrittenPlace][] = [];
  writer.write(
    dataset,
    {
      text: (path, text) => void files.set(path, [...(files.get(path) ?? []), Buffer.from(text)]),
      bytes: (path, bytes) => void files.set(path, [bytes]),
    },
    (written, place) => void places.push([(written as { record: object }).record, place]),
  );
  return { files: Object.fromEntries([...files].map(([path, parts]) => [path, Buffer.concat(parts)])), places };
}

export interface ReadFolder extends Recording {
  readonly format: string | undefined;
}

/** Detected and read as `touchstone assess` would. */
export async function read({ files }: WrittenFiles): Promise<ReadFolder> {
  const root = folderOfFiles(files);
  const data = listData(root);
  const detected = await detectData(data.files);
  const format = formats.find(({ id }) => id === detected.format);
  if (format === undefined) throw new Error(`read as ${detected.format}: ${detected.reason}`);
  const own = detected.files.filter((one) => one.format === format).map(({ file }) => file);
  const all = new Map(data.files.map((file) => [file.path, file]));
  return { format: format.id, ...(await record(format, root, { files: own, all, resolve: newResolver(data) })) };
}

type Kinds = { category: CategoryRecord; media: MediaRecord; annotation: AnnotationRecord };

/**
 * Every record is where it is said to be, and reads back as far as the writer carries it; nothing else is read, and nothing is found fault with.
 * Of a format with ids of its own, each reference leads to the record that it led to.
 */
export async function holdsWriter(writer: Writer, dataset: WrittenDataset): Promise<void> {
  const written = write(writer, dataset);
  const got = await read(written);
  expect(got.errors).toEqual([]);
  expect(got.faults).toEqual([]);
  expect(got.notRead).toEqual([]);
  expect(got.format).toBe(writer.format);
  const { carries } = writer;
  const media = [...dataset.media()];
  const records = {
    category: dataset.categories.map((one) => one.record),
    media: media.map((one) => one.record),
    annotation: media.flatMap((one) => one.annotations.map((annotation) => annotation.record)),
  };
  const readOf: { readonly [K in keyof Kinds]: readonly Recorded<Kinds[K]>[] } = {
    category: got.categories,
    media: got.media,
    annotation: got.annotations,
  };
  const place = new Map(written.places);
  const lineOf = newLines(written);

  function found<K extends keyof Kinds>(kind: K, record: Kinds[K]): Kinds[K] {
    const at = place.get(record);
    if (at === undefined) throw new Error(`a ${kind} was put nowhere: ${JSON.stringify(record)}`);
    const [here, ...others] = readOf[kind].filter(({ file, element }) => file === at.file && element === at.element);
    if (here === undefined || others.length > 0) throw new Error(`no ${kind}, or two, at ${JSON.stringify(at)}`);
    expect(lineOf(here)).toBe(at.line);
    const pointer = formats.find(({ id }) => id === writer.format)?.pointer?.(kind, here.element);
    if (pointer !== undefined) expect(at.pointer).toBe(pointer);
    return here.record;
  }

  const ids = { category: new Map<unknown, unknown>(), media: new Map<unknown, unknown>() };
  for (const kind of ["category", "media"] as const) {
    if (carries[kind].length === 0) continue;
    expect(readOf[kind].length).toBe(records[kind].length);
    for (const record of records[kind]) {
      const back = found(kind, record);
      ids[kind].set(record.id, back.id);
      expect(part(back, carries[kind])).toEqual(
        part(carries.ids === "own" ? { ...record, id: back.id } : record, carries[kind]),
      );
    }
  }
  expect(readOf.annotation.length).toBe(records.annotation.length);
  for (const record of records.annotation) {
    const own = { media_id: ids.media.get(record.media_id), category_id: ids.category.get(record.category_id) };
    expect(part(found("annotation", record), carries.annotation)).toEqual(
      part(carries.ids === "own" ? { ...record, ...own } : record, carries.annotation),
    );
  }
  expect(
    written.places.filter(([record]) => !Object.values(records).some((all) => all.includes(record as never))),
  ).toEqual([]);
}

/** The fields that are carried and there. */
function part(record: object, carried: readonly string[]): object {
  return Object.fromEntries(
    Object.entries(record).filter(([key, value]) => carried.includes(key) && value !== undefined),
  );
}

function newLines({ files }: WrittenFiles): (at: { file: string; offset: number }) => number {
  return ({ file, offset }) =>
    1 + [...Buffer.from(files[file] ?? []).subarray(0, offset)].filter((byte) => byte === 10).length;
}

const awkward = fc.constantFrom(
  '"',
  "'",
  "&",
  "<",
  ">",
  "\\",
  "]]>",
  "&amp;",
  "猫",
  "é",
  "#",
  "%",
  "{",
  "-",
  "~1/",
  "\\u0041",
);

/** A text without control characters, in NFC, not empty and without white space at its ends. */
export const someText = fc
  .array(fc.oneof(awkward, fc.string({ unit: "grapheme", maxLength: 4 })), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join("").normalize("NFC").trim())
  .filter((text) => text !== "" && !text.includes("\ufffd"));

/** A multiple of 1/8: sums and differences are exact. */
export const dyadic = fc.integer({ min: -800, max: 8000 }).map((eighths) => eighths / 8);

export const box = fc.record({ x: dyadic, y: dyadic, width: fc.nat(900), height: fc.nat(900) });

/** Undefined, or the value. */
export const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(value, { nil: undefined });

export const annotationOf = (fields: Partial<AnnotationRecord>): AnnotationRecord => ({
  ...newAnnotation(),
  ...fields,
});
export const mediaOf = (fields: Partial<MediaRecord>): MediaRecord => ({ ...newMedia(), ...fields });
export const categoryOf = (fields: Partial<CategoryRecord>): CategoryRecord => ({ ...newCategory(), ...fields });

export function datasetOf(
  categories: readonly CategoryRecord[],
  media: readonly {
    readonly record: MediaRecord;
    readonly annotations: readonly AnnotationRecord[];
    readonly picture?: Uint8Array | undefined;
  }[],
): WrittenDataset {
  const written: WrittenMedium[] = media.map((one) => ({
    record: one.record,
    annotations: one.annotations.map((record) => ({ record })),
    picture: one.picture,
  }));
  return { categories: categories.map((record) => ({ record })), media: () => written };
}

/** The dataset with edits to its first annotation. */
export function withEdits(dataset: WrittenDataset, edits: readonly TextEdit[]): WrittenDataset {
  const media = [...dataset.media()].map((medium, at) => ({
    ...medium,
    annotations: medium.annotations.map((one, index) => (at === 0 && index === 0 ? { ...one, edits } : one)),
  }));
  return { categories: dataset.categories, media: () => media };
}

export const textOf = ({ files }: WrittenFiles, path: string): string =>
  Buffer.from(files[path] ?? []).toString("utf8");

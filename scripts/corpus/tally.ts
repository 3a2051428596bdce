import { detectData } from "../../src/formats/detect.js";
import { reportUnreadable } from "../../src/formats/failure.js";
import type { InputFile, Sink } from "../../src/formats/format.js";
import { formats } from "../../src/formats/index.js";
import { newResolver } from "../../src/formats/resolve.js";
import { listData } from "../../src/formats/walk.js";
import type { AnnotationRecord } from "../../src/records/types.gen.js";

/** What one file yields, counted record by record. */
export interface FileTally {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  media: number;
  categories: number;
  annotations: number;
  crowds: number;
  segments: number;
  /** Annotations that have the geometry or text. */
  readonly types: Map<string, number>;
  /** Annotations of each label, as the file refers to it. */
  readonly labels: Map<string, number>;
  readonly names: string[];
  readonly categoryIds: Set<string>;
  readonly mediaIds: Set<string>;
  readonly annotatedMedia: Set<string>;
  /** Label lines of each number of columns, worked out from what was read. */
  readonly columns: Map<number, number>;
  /** Values but 0 in each mask file. */
  readonly maskValues: Map<string, number>;
  error?: string;
}

export interface Tally {
  readonly format: string | undefined;
  readonly reason: string;
  readonly files: readonly FileTally[];
  readonly notRecognised: ReadonlySet<string>;
}

/** Reads a dataset through the real readers into counts alone: no rule is asked. */
export async function tallyOf(path: string): Promise<Tally> {
  const data = listData(path);
  const detected = await detectData(data.files);
  const files: FileTally[] = [];
  const sink = countingSink(files);
  const resolve = newResolver(data);
  const all = new Map(data.files.map((file) => [file.path, file]));
  for (const format of formats) {
    const own = detected.files.filter((one) => one.format === format).map(({ file }) => file);
    if (own.length === 0) continue;
    await format.read({ files: own, all, resolve }, sink, (file, error) => {
      const current = files.at(-1)?.path === file.path ? file : undefined;
      const { message } = reportUnreadable(sink, current, file, format, error);
      const tally = files.find((one) => one.path === file.path);
      if (tally !== undefined) tally.error = message;
    });
  }
  return {
    format: detected.format,
    reason: detected.reason.en,
    files,
    notRecognised: new Set(detected.notRecognised.map(({ file }) => file.path)),
  };
}

function countingSink(files: FileTally[]): Sink {
  const at = (): FileTally => {
    const last = files.at(-1);
    if (last === undefined) throw new Error("a reader yields a record before it begins a file");
    return last;
  };
  return {
    file: (record, file) => files.push(newTally(file, record.format ?? "")),
    declares: () => {},
    dataset: () => {},
    node: () => {},
    fault: () => {},
    notRead: () => {},
    digest: () => {},
    tick: () => undefined,
    category(record) {
      const tally = at();
      tally.categories += 1;
      tally.names.push(record.name ?? "");
      if (record.id !== undefined) tally.categoryIds.add(String(record.id));
    },
    media(record) {
      const tally = at();
      tally.media += 1;
      if (record.id !== undefined) tally.mediaIds.add(String(record.id));
    },
    annotation: (record) => countAnnotation(at(), record),
  };
}

function newTally(file: InputFile, format: string): FileTally {
  return {
    path: file.path,
    format,
    bytes: file.bytes,
    media: 0,
    categories: 0,
    annotations: 0,
    crowds: 0,
    segments: 0,
    types: new Map(),
    labels: new Map(),
    names: [],
    categoryIds: new Set(),
    mediaIds: new Set(),
    annotatedMedia: new Set(),
    columns: new Map(),
    maskValues: new Map(),
  };
}

function countAnnotation(tally: FileTally, record: AnnotationRecord): void {
  tally.annotations += 1;
  if (record.iscrowd === 1) tally.crowds += 1;
  if (record.media_id !== undefined) tally.annotatedMedia.add(String(record.media_id));
  const label = record.label ?? record.category_id;
  if (label !== undefined) add(tally.labels, String(label));
  for (const { category_id } of record.segments ?? []) {
    if (category_id !== undefined) add(tally.labels, String(category_id));
  }
  tally.segments += record.segments?.length ?? 0;
  if (record.box !== undefined) add(tally.types, "bbox");
  if (record.polygon !== undefined) add(tally.types, "polygon");
  if (record.rle !== undefined) add(tally.types, "rle");
  if (record.keypoint_values !== undefined) add(tally.types, "keypoints");
  if (record.caption !== undefined) add(tally.types, "caption");
  if (record.segments !== undefined) add(tally.types, "panoptic");
  // A category stands before the coordinates.
  const numbers = record.normalised?.length;
  if (numbers !== undefined) add(tally.columns, numbers + 1);
  if (record.mask_path !== undefined && record.mask_values !== undefined) {
    tally.maskValues.set(record.mask_path, record.mask_values.filter((value) => value !== 0).length);
  }
}

function add<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

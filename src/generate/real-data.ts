import type { DetectedData } from "../formats/detect.js";
import type { InputFile, Sink } from "../formats/format.js";
import { faultsOf, formats } from "../formats/index.js";
import { editableTypes } from "../formats/media/edit.js";
import { examineHeader } from "../formats/media/image.js";
import type { Resolve } from "../formats/resolve.js";
import type { Rewriter, Standing } from "../formats/rewrite.js";
import { rewriters } from "../formats/rewriters.js";
import { entriesOf } from "../formats/tc609/labels.js";
import type { Writer } from "../formats/write.js";
import { writers } from "../formats/writers.js";
import { InputError } from "../records/errors.js";
import type { Kind } from "../records/grammar.gen.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../records/types.gen.js";
import type { Picture } from "./picture.js";
import type { Item, MediumItem, Sample } from "./sample.js";
import type { AnyRecord } from "./target.js";

/** Where a record of a dataset that was read stands. */
export interface RealPlace extends Standing {
  readonly file: InputFile;
  /** Position among its kind in the file. */
  readonly element: number;
}

/** Records that are broken together: those of a file with ids of its own (COCO, TC609), or of the whole dataset (VOC, YOLO). */
export interface Scope {
  readonly format: string;
  readonly writer: Writer;
  readonly rewriter: Rewriter;
  readonly sample: Sample;
}

/** A dataset as its readers give it, with the place of each record. */
export interface RealData {
  readonly scopes: readonly Scope[];
  readonly places: ReadonlyMap<object, RealPlace>;
  /** The last record of each kind in a file, and the one before it: behind them a new one is put. */
  lastOf(file: InputFile, kind: Kind): readonly RealPlace[];
  /** The file of a medium's picture. */
  readonly pictures: ReadonlyMap<object, InputFile>;
  /** All files of the dataset, by path. */
  readonly all: ReadonlyMap<string, InputFile>;
  /** Files that are read, with the id of their format. */
  readonly formatOf: ReadonlyMap<string, string>;
}

/**
 * Reads a dataset into memory. Records that nothing joins to a medium are left out, and those whose ids occur more than once: what is broken must be
 * found where the key says. Packed files (.gz) are left out too: they are not changed in place.
 */
export async function readRealData(
  detected: DetectedData,
  all: ReadonlyMap<string, InputFile>,
  resolve: Resolve,
): Promise<RealData> {
  const reading = newReading(all, resolve);
  for (const format of formats) {
    const files = detected.files.filter((one) => one.format === format).map(({ file }) => file);
    if (files.length === 0 || !writers.some((writer) => writer.format === format.id)) continue;
    await format.read({ files, all, resolve }, reading.sink, (_, error) => {
      // What is wrong with a file is there in the copy too; its records are no targets.
      if (!(error instanceof InputError)) throw error;
    });
  }
  return reading.data();
}

interface Loose {
  readonly categories: Item<CategoryRecord>[];
  readonly media: MediumItem[];
  readonly annotations: Item<AnnotationRecord>[];
}

function newReading(all: ReadonlyMap<string, InputFile>, resolve: Resolve): { sink: Sink; data(): RealData } {
  const groups = new Map<string, Loose & { readonly format: string }>();
  const places = new Map<object, RealPlace>();
  const lasts = new Map<string, RealPlace[]>();
  const pictures = new Map<object, InputFile>();
  const formatOf = new Map<string, string>();
  let at: { file: InputFile; format: string; group: Loose } | undefined;
  let pictureCount = 0;
  /** Annotations of the file before the line at hand, and in it (TC609). */
  const line = { first: 0, count: 0 };

  function put<R extends AnyRecord>(kind: Kind, record: R, offset: number, element: number): Item<R> {
    const copy = copyOf(record);
    if (at === undefined) throw new Error("a reader yields a record before it begins a file");
    const place = { kind, file: at.file, offset, element, entry: kind === "annotation" ? element - line.first : 0 };
    places.set(copy, place);
    const key = `${kind} ${at.file.path}`;
    lasts.set(key, [...(lasts.get(key) ?? []).slice(-1), place]);
    return { record: copy, edits: [] };
  }

  function pictureFor(record: MediaRecord): Picture {
    const { path, width = 0, height = 0 } = record;
    const file = path === undefined || at === undefined ? undefined : resolve(path, at.file);
    pictureCount += 1;
    const none = { kind: "none", number: pictureCount, width, height } as const;
    if (file === undefined || file === "unsafe") return none;
    pictures.set(record, file);
    const header = headerOf(file);
    return {
      ...none,
      kind: "file",
      width: header.width,
      height: header.height,
      from: { ...header, absolute: file.absolute },
    };
  }

  const sink: Sink = {
    file({ format = "" }, file) {
      const ofOneFile = format !== "voc" && !format.startsWith("yolo-");
      const key = ofOneFile ? file.path : format;
      const group = groups.get(key) ?? { format, categories: [], media: [], annotations: [] };
      groups.set(key, group);
      at = { file, format, group };
      formatOf.set(file.path, format);
      line.first = 0;
      line.count = 0;
    },
    declares: () => {},
    dataset: () => {},
    node: () => {},
    fault: () => {},
    digest: () => {},
    tick: () => undefined,
    notRead: () => {},
    category: (record, offset, element) => void at?.group.categories.push(put("category", record, offset, element)),
    media(record, offset, element, raw) {
      if (raw !== undefined && raw !== null && typeof raw === "object" && !Array.isArray(raw)) {
        line.first += line.count;
        line.count = entriesOf(raw, () => {}).length;
      }
      const item = put("media", record, offset, element);
      at?.group.media.push({ ...item, annotations: [], picture: pictureFor(item.record) });
    },
    annotation: (record, offset, element) =>
      void at?.group.annotations.push(put("annotation", record, offset, element)),
  };

  return {
    sink,
    data: () => ({
      scopes: scopesOf([...groups.values()], places),
      places,
      lastOf: (file, kind) => lasts.get(`${kind} ${file.path}`) ?? [],
      pictures,
      all,
      formatOf,
    }),
  };
}

function headerOf(file: InputFile): { width: number; height: number } {
  try {
    const { width = 0, height = 0 } = examineHeader(file);
    return { width, height };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { width: 0, height: 0 };
  }
}

/** Media type of a picture that is there. */
export function typeOf({ from }: Picture): string | undefined {
  return from === undefined ? undefined : examineHeader(from).type;
}

/** Whether a picture is one whose header can be changed. */
export function isEditable(picture: Picture): boolean {
  return picture.from !== undefined && picture.from.width > 0 && editableTypes.has(typeOf(picture));
}

function scopesOf(
  groups: readonly (Loose & { readonly format: string })[],
  places: ReadonlyMap<object, RealPlace>,
): Scope[] {
  const largest = groups
    .flatMap(({ categories, media, annotations }) => [...categories, ...media, ...annotations])
    .reduce((most, { record: { id } }) => (typeof id === "number" ? Math.max(most, id) : most), 0);
  let next = largest + 1;
  const ids = (): number => next++;
  return groups.flatMap(({ format, categories, media, annotations }) => {
    const writer = writers.find((one) => one.format === format);
    const rewriter = rewriters.find((one) => one.formats.includes(format));
    if (writer === undefined || rewriter === undefined) return [];
    const isPlain = ({ record }: Item<AnyRecord>): boolean => places.get(record)?.file.path.endsWith(".gz") !== true;
    const plain = uniqueById(media.filter(isPlain));
    for (const annotation of annotations) {
      const { media_id } = annotation.record;
      if (media_id !== undefined) plain.get(media_id)?.annotations.push(annotation);
    }
    return [
      {
        format,
        writer,
        rewriter,
        sample: {
          categories: categories.filter(isPlain),
          media: [...plain.values()],
          ids,
          labels: labelsOf(annotations),
        },
      },
    ];
  });
}

function labelsOf(annotations: readonly Item<AnnotationRecord>[]): readonly string[] {
  return [...new Set(annotations.flatMap(({ record: { label } }) => label ?? []))];
}

function uniqueById(media: readonly MediumItem[]): Map<number | string, MediumItem> {
  const byId = new Map<number | string, MediumItem>();
  const twice = new Set<number | string>();
  for (const medium of media) {
    const { id } = medium.record;
    if (id === undefined) continue;
    if (byId.has(id)) twice.add(id);
    byId.set(id, medium);
  }
  for (const id of twice) byId.delete(id);
  return byId;
}

/** A copy that shares nothing with a record that its reader fills again. */
export function copyOf<T>(value: T): T {
  if (value === null || typeof value !== "object") return value;
  // A view of a long list would otherwise be copied with all of it.
  if (value instanceof Float64Array) return value.slice() as T;
  if (Array.isArray(value)) return value.map(copyOf) as T;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, copyOf(inner)])) as T;
}

/** The kind that an answer names: that of the record, or the file where the reader tells such a fault of files alone. */
export function kindOfFault(format: string, fault: string, kind: Kind): Kind {
  const kinds = faultsOf(format)[fault] ?? [];
  return kinds.includes(kind) || kinds.length === 0 ? kind : (kinds[0] ?? kind);
}

import { readFileSync } from "node:fs";
import { posix } from "node:path";
import type { InputFile } from "../formats/format.js";
import { formats } from "../formats/index.js";
import { inBytes, type Range, type Rewriter } from "../formats/rewrite.js";
import type { TextEdit, WrittenPlace } from "../formats/write.js";
import type { Said } from "../records/fill.js";
import type { Kind, LocalText } from "../records/grammar.gen.js";
import type { AnnotationRecord } from "../records/types.gen.js";
import { kindWords } from "../standards/cel/functions.js";
import type { Answer } from "./dataset.js";
import { type Picture, pictureOf } from "./picture.js";
import type { RealData, RealPlace } from "./real-data.js";
import { refusal } from "./refusals.js";
import type { Item } from "./sample.js";
import type { AnyRecord } from "./target.js";

/** A record that a break changed or made. */
export interface ChangedRecord {
  readonly kind: Kind;
  readonly record: AnyRecord;
  readonly isNew: boolean;
  readonly edits: readonly TextEdit[];
  /** Where it stands; of a new one, where the record stands that it is a copy of. */
  readonly place: RealPlace | undefined;
  /** Of a new one: the last two records that it is put behind. */
  readonly behind: readonly RealPlace[];
  /** As the writer writes it; undefined where the format has no text of its own for it. */
  readonly texts: { readonly before: string | undefined; readonly after: string | undefined };
}

/** A picture that a break changed or made. */
export interface ChangedPicture {
  readonly picture: Picture;
  readonly annotations: readonly Item<AnnotationRecord>[];
  /** Where it lies; of a new one, the picture that it is put beside. */
  readonly file: InputFile | undefined;
  readonly isNew: boolean;
  /** It gets the name that the record has. */
  readonly isRenamed: boolean;
  /** As the record has it. */
  readonly path: string | undefined;
}

/** All that one defect does to the files of a dataset, and what the answer key says of it. */
export interface FileChange {
  readonly rewriter: Rewriter;
  readonly rule: string;
  readonly also: readonly string[];
  /** The format gives ids of its own: an answer names none. */
  readonly ownIds: boolean;
  readonly records: readonly ChangedRecord[];
  readonly pictures: readonly ChangedPicture[];
  readonly files: readonly ((files: Map<string, Buffer>, place: WrittenPlace) => void)[];
  readonly endsFile: boolean;
  readonly answers: readonly {
    readonly record: object;
    readonly kind: Kind;
    readonly id: string | number | undefined;
  }[];
  /** The record that was broken: where a defect of a whole file is told. */
  readonly place: RealPlace;
}

/** Files of the copy that differ from the dataset's, by their paths; undefined: a file that is not copied. */
export interface Rewritten {
  readonly files: ReadonlyMap<string, Uint8Array | undefined>;
  /** In the order of planting. */
  readonly answers: readonly Answer[];
}

/** Gathers changes, each made against the dataset as it is, and makes them all at once. */
export interface Rewriting {
  /** Undefined, or why the change cannot be written: then nothing of it is done. */
  add(change: FileChange): LocalText | undefined;
  isTouched(file: InputFile): boolean;
  finish(): Rewritten;
}

interface Splice extends Range {
  readonly text: string;
  /** Of a new record: how much of the text stands before it. */
  readonly lead: number;
  readonly record: object | undefined;
}

interface OpenFile {
  readonly file: InputFile;
  readonly text: string;
  readonly splices: Splice[];
  readonly added: Map<Kind, number>;
}

export function newRewriting(data: RealData): Rewriting {
  const open = new Map<string, OpenFile>();
  const changes: FileChange[] = [];
  /** Where new records are: their file and element. */
  const made = new Map<
    object,
    { readonly file: InputFile; readonly element: number; readonly kind: Kind; readonly entry: number }
  >();

  function opened(file: InputFile): OpenFile {
    let own = open.get(file.path);
    if (own === undefined) {
      own = { file, text: readFileSync(file.absolute, "latin1"), splices: [], added: new Map() };
      open.set(file.path, own);
    }
    return own;
  }

  return {
    isTouched: (file) => (open.get(file.path)?.splices.length ?? 0) > 0,
    add(change) {
      const splices: (readonly [OpenFile, Splice, ChangedRecord])[] = [];
      for (const changed of change.records) {
        const made = changed.isNew ? inserted(change, changed) : replaced(change, changed);
        if (made === undefined) continue;
        if ("message" in made) return made.message;
        splices.push([...made, changed]);
      }
      if (splices.length === 0 && change.pictures.length === 0 && change.files.length === 0)
        return refusal("place", {}).message;
      for (const [own, splice] of splices)
        if (own.splices.some((other) => overlap(other, splice))) return refusal("twice", {}).message;
      for (const mutate of change.files) {
        try {
          mutate(filesFor(data, change.place.file, bytesOf(opened(change.place.file).text)), {
            file: change.place.file.path,
            line: 1,
            element: 0,
          });
        } catch (error) {
          if (!(error instanceof Error)) throw error;
          return refusal("mutator/error", { words: error.message }).message;
        }
      }
      for (const [own, splice, { record, kind, behind, isNew }] of splices) {
        own.splices.push(splice);
        if (!isNew) continue;
        const count = own.added.get(kind) ?? 0;
        own.added.set(kind, count + 1);
        const last = behind.at(-1);
        if (last !== undefined)
          made.set(record, { file: own.file, element: last.element + 1 + count, kind, entry: last.entry + 1 });
      }
      changes.push(change);
      return undefined;
    },
    finish() {
      const files = new Map<string, Uint8Array | undefined>();
      const offsets = new Map<object, number>();
      for (const own of open.values()) if (own.splices.length > 0) files.set(own.file.path, spliced(own, offsets));
      const isThere = (path: string): boolean => data.all.has(path) || files.has(path);
      for (const { pictures } of changes) for (const picture of pictures) putPicture(picture, files, isThere);
      const lines = newLines(files, data);
      const placeOf = (record: object): (WrittenPlace & { readonly offset: number }) | undefined => {
        const place = data.places.get(record) ?? made.get(record);
        if (place === undefined) return undefined;
        const { file, element, kind, entry } = place;
        const offset = offsets.get(record) ?? movedTo(open.get(file.path), (place as RealPlace).offset);
        const pointer = pointerOf(data, place.file, kind, element, entry);
        return {
          file: file.path,
          line: lines(file.path, offset),
          element,
          offset,
          ...(pointer === undefined ? {} : { pointer }),
        };
      };
      const answers = changes.map((change) => answersOf(change, placeOf));
      // What ends a file comes last: lines before it stay what they are.
      for (const last of [false, true])
        changes.forEach((change, at) => {
          if (change.files.length > 0 && change.endsFile === last)
            answers[at] = mutated(change, answers[at] ?? [], data, files);
        });
      return { files, answers: answers.flat() };
    },
  };

  function replaced(
    change: FileChange,
    { place, texts, edits, kind }: ChangedRecord,
  ): readonly [OpenFile, Splice] | Said | undefined {
    if (place === undefined) return refusal("nowhere", {});
    const own = opened(place.file);
    const range = change.rewriter.rangeOf(own.text, place);
    if (range === undefined) return refusal("writer", {});
    const text = rewritten(change, own, range, { texts, edits, kind });
    if (typeof text !== "string") return text;
    return [own, { ...range, text, lead: 0, record: undefined }];
  }

  function inserted(
    change: FileChange,
    { place, behind, texts, edits, kind, record }: ChangedRecord,
  ): readonly [OpenFile, Splice] | Said {
    const [beforeLast, last] = behind.length < 2 ? [undefined, behind[0]] : behind;
    if (last === undefined || texts.after === undefined || (kind === "media" && change.ownIds))
      return refusal("place/new", { kind: kindWords[kind].one });
    const own = opened(last.file);
    const { rewriter } = change;
    const at = rewriter.rangeOf(own.text, last);
    if (at === undefined) return refusal("writer", {});
    const source = place === undefined ? undefined : opened(place.file);
    const range = place === undefined || source === undefined ? undefined : rewriter.rangeOf(source.text, place);
    let text: string | Said | undefined;
    if (source !== undefined && range !== undefined)
      text = rewritten(change, source, range, { texts, edits, kind }) ?? source.text.slice(range.start, range.end);
    else {
      const plain = inBytes(texts.after);
      text = edits.length === 0 ? plain : rewriter.edit(plain, { start: 0, end: plain.length }, edits.map(editInBytes));
    }
    if (typeof text !== "string") return text;
    const gap = rewriter.gap(own.text, at, beforeLast && rewriter.rangeOf(own.text, beforeLast));
    return [own, { start: at.end, end: at.end, text: gap + text, lead: gap.length, record }];
  }

  /** The text of an element after the change; undefined where that changes nothing in it. */
  function rewritten(
    { rewriter }: FileChange,
    { text }: OpenFile,
    range: Range,
    { texts: { before, after }, edits: own, kind }: Pick<ChangedRecord, "texts" | "edits" | "kind">,
  ): string | Said | undefined {
    if (before === undefined || after === undefined) return refusal("text", { kind: kindWords[kind].one });
    const texts = { before: inBytes(before), after: inBytes(after), there: text.slice(range.start, range.end) };
    const difference = rewriter.difference(texts);
    if (difference === undefined) return refusal("writer/part", {});
    const edits = [...difference, ...own.map(editInBytes)];
    return edits.length === 0 ? undefined : rewriter.edit(text, range, edits);
  }
}

function editInBytes({ at, how, text }: TextEdit): TextEdit {
  return { at: inBytes(at), how, text: inBytes(text) };
}

function bytesOf(text: string): Buffer {
  return Buffer.from(text, "latin1");
}

/** Two that replace something in common; one that is put between stands beside what ends or begins there. */
function overlap(left: Splice, right: Splice): boolean {
  if (left.start === left.end || right.start === right.end) {
    const [point, range] = left.start === left.end ? [left, right] : [right, left];
    return range.start < point.start && point.start < range.end;
  }
  return left.start < right.end && right.start < left.end;
}

/** The text with all splices done; gives the offsets of new records. */
function spliced({ text, splices }: OpenFile, offsets: Map<object, number>): Buffer {
  // Stable: what is put at one place stays in its order.
  const ordered = [...splices].sort((left, right) => left.start - right.start);
  const parts: string[] = [];
  let at = 0;
  let length = 0;
  for (const splice of ordered) {
    parts.push(text.slice(at, splice.start), splice.text);
    length += splice.start - at;
    if (splice.record !== undefined) offsets.set(splice.record, length + splice.lead);
    length += splice.text.length;
    at = splice.end;
  }
  parts.push(text.slice(at));
  return bytesOf(parts.join(""));
}

/** Where a byte of the file stands after all splices before it. */
function movedTo(own: OpenFile | undefined, offset: number): number {
  let moved = offset;
  for (const { start, end, text } of own?.splices ?? []) if (end <= offset) moved += text.length - (end - start);
  return moved;
}

function putPicture(
  { picture, annotations, file, isNew, isRenamed, path }: ChangedPicture,
  files: Map<string, Uint8Array | undefined>,
  isThere: (path: string) => boolean,
): void {
  const name = file === undefined || path === undefined || !(isNew || isRenamed) ? file?.path : beside(file, path);
  if (name === undefined || (isNew && (picture.kind === "none" || isThere(name)))) return;
  if (isRenamed && file !== undefined) files.set(file.path, undefined);
  files.set(name, picture.kind === "none" ? undefined : pictureOf(picture, annotations));
}

/** A path of the data as a path below the root: in the folder of another picture, whose name ends as it is written. */
function beside(near: InputFile, path: string): string {
  return posix.join(posix.dirname(near.path), posix.basename(path));
}

function filesFor(data: RealData, file: InputFile, bytes: Buffer): Map<string, Buffer> {
  const lists = [...data.all.values()].filter(({ path }) => path.startsWith("ImageSets/"));
  return new Map([...lists.map((list) => [list.path, readFileSync(list.absolute)] as const), [file.path, bytes]]);
}

/** Does what is done to whole files; answers about a file are then about those that it changed. */
function mutated(
  change: FileChange,
  answers: readonly Answer[],
  data: RealData,
  files: Map<string, Uint8Array | undefined>,
): readonly Answer[] {
  const { file } = change.place;
  const current = (path: string): Buffer =>
    Buffer.from(files.get(path) ?? readFileSync(data.all.get(path)?.absolute ?? file.absolute));
  const map = filesFor(data, file, current(file.path));
  for (const path of map.keys()) map.set(path, current(path));
  const before = new Map(map);
  const first = answers[0];
  const place = { file: file.path, line: first?.line ?? 1, element: 0 };
  for (const mutate of change.files) mutate(map, place);
  const told: Answer[] = [];
  for (const [path, bytes] of map) {
    const was = before.get(path);
    if (was === undefined || was.equals(bytes)) continue;
    files.set(path, bytes);
    if (first !== undefined)
      told.push({ ...first, id: null, file: path, line: firstDifference(was, bytes), pointer: null });
  }
  return answers.some(({ kind }) => kind === "file") ? told : answers;
}

function firstDifference(left: Buffer, right: Buffer): number {
  let at = 0;
  while (at < left.length && at < right.length && left[at] === right[at]) at++;
  let line = 1;
  for (let feed = left.indexOf(10); feed >= 0 && feed < at; feed = left.indexOf(10, feed + 1)) line++;
  return line;
}

function answersOf(
  { rule, also, ownIds, answers, place }: FileChange,
  placeOf: (record: object) => WrittenPlace | undefined,
): readonly Answer[] {
  return answers.map(({ record, kind, id }) => {
    const at = placeOf(record);
    return {
      rule,
      kind,
      id: ownIds || kind === "file" || kind === "dataset" ? null : (id ?? null),
      file: at?.file ?? place.file.path,
      line: at?.line ?? 1,
      pointer: kind === "file" || kind === "dataset" ? null : (at?.pointer ?? null),
      also,
    };
  });
}

function pointerOf(data: RealData, file: InputFile, kind: Kind, element: number, entry: number): string | undefined {
  const format = data.formatOf.get(file.path) ?? "";
  if (format === "tc609-jsonl") return kind === "annotation" ? `/annotation/label/${entry}` : "";
  return formats.find(({ id }) => id === format)?.pointer?.(kind, element);
}

/** Lines of offsets in the files of the copy; a file's line ends are found once. */
function newLines(
  files: ReadonlyMap<string, Uint8Array | undefined>,
  data: RealData,
): (path: string, offset: number) => number {
  const feedsOf = new Map<string, readonly number[]>();
  return (path, offset) => {
    let feeds = feedsOf.get(path);
    if (feeds === undefined) {
      const bytes = Buffer.from(files.get(path) ?? readFileSync(data.all.get(path)?.absolute ?? ""));
      const found: number[] = [];
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) found.push(at);
      feeds = found;
      feedsOf.set(path, feeds);
    }
    let low = 0;
    let high = feeds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((feeds[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low + 1;
  };
}

import type { AnnotationRecord, CategoryRecord, MediaRecord, NodeRecord } from "../records/types.gen.js";
import type { JsonValue } from "./json/api.js";

/**
 * What stands in the file otherwise than the record says: a JSON Pointer below the element as the format names things (`/area`, `/bbox/2`; VOC
 * `/bndbox/xmin`; YOLO `/2`, a column, counted from 0; TC609: of a medium below its line, of an annotation below its entry), and the text there in the
 * format's own notation (JSON: `"12"` with its quotes; XML: escaped).
 */
export interface TextEdit {
  readonly at: string;
  /** `replace`: instead of what stands there, or in addition where nothing does; `omit`: nothing; `repeat`: the key once more behind all others, with the text, or where that is empty (JSON) with what stands there. */
  readonly how: "replace" | "omit" | "repeat";
  /** An empty text repeats what stands there. */
  readonly text: string;
}

/** A record on its way into a file. */
export interface Written<R> {
  readonly record: R;
  /** Default: none. */
  readonly edits?: readonly TextEdit[];
}

/** A medium with its annotations, and its picture where one is written beside them. */
export interface WrittenMedium extends Written<MediaRecord> {
  readonly annotations: readonly Written<AnnotationRecord>[];
  /** The bytes at `record.path`; undefined: no file. A medium whose path names no place below the root never has one. */
  readonly picture?: Uint8Array | undefined;
}

/** A description on its way into a file: its JSON, its nodes, whose edits are made below their pointers, and the files that it names beside it. */
export interface WrittenDescription {
  readonly root: { readonly [key: string]: JsonValue };
  readonly nodes: readonly Written<NodeRecord>[];
  readonly beside: ReadonlyMap<string, Uint8Array>;
}

/** A dataset on its way into files. A writer may go through the media several times (COCO has all of them before the first annotation). */
export interface WrittenDataset {
  readonly categories: readonly Written<CategoryRecord>[];
  media(): Iterable<WrittenMedium>;
  /** What a format of descriptions writes, and nothing else. */
  readonly description?: WrittenDescription | undefined;
}

/** Where a record was put: what an answer key says of it, and what a reader must find. */
export interface WrittenPlace {
  readonly file: string;
  /** From 1; 1 for a binary file. */
  readonly line: number;
  /** Position among the records of its kind in the file. */
  readonly element: number;
  /** RFC 6901, where the format is JSON. */
  readonly pointer?: string;
}

/** Takes files as they are written. Texts of one file come in order; several files may be open at once. */
export interface FileSink {
  /** Adds text to a file; the first call makes it. */
  text(path: string, text: string): void;
  bytes(path: string, bytes: Uint8Array): void;
}

/** Called once for each record that is put into a file, in the order of the file. */
export type Placed = (written: Written<object>, place: WrittenPlace) => void;

/** Fields of the records that a format has a place for: what a reader gives back. */
export interface Carries {
  /** It is a description: it has nodes, and none of the rest. */
  readonly node?: true;
  readonly category: readonly (keyof CategoryRecord)[];
  readonly media: readonly (keyof MediaRecord)[];
  readonly annotation: readonly (keyof AnnotationRecord)[];
  /** Fields without which it is not this format (a result has a score). */
  readonly always?: readonly (keyof AnnotationRecord)[];
  /** Fields that its reader works out of others, or of files beside: a record that is not read yet has none of them. */
  readonly late?: readonly (keyof AnnotationRecord)[];
  /** `integer`: coordinates are whole; `share`: they are divided by the size of the picture, so that only sides that are powers of two are exact. */
  readonly coordinates: "any" | "integer" | "share";
  /**
   * `any`: as the records have them. `text`: numbers become texts (TC609). `own`: the format gives ids of its own (a path, a position, a name); those of
   * the records tell only what belongs together, and are not written.
   */
  readonly ids: "any" | "text" | "own";
  /** Values of attributes are texts alone (VOC). */
  readonly textAttributes?: true;
  /** Records go to the sink as they are written too, so that schemas are asked of them (TC609). */
  readonly raw?: true;
  /** Each medium can be in a split of its own: by a folder of its path, or a list. */
  readonly splits?: true;
  /** The pictures have to be there for the geometry to be read (YOLO). */
  readonly needsPictures: boolean;
}

/** Writes a dataset in one format: beside its reader, registered in formats/writers.ts. Same dataset, same bytes. */
export interface Writer {
  readonly format: string;
  readonly carries: Carries;
  write(dataset: WrittenDataset, files: FileSink, placed: Placed): void;
}

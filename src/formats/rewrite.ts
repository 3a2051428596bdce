import type { Kind } from "../records/grammar.gen.js";
import type { MediaRecord } from "../records/types.gen.js";
import type { TextEdit } from "./write.js";

// A file that is rewritten has one character a byte (latin1): places are bytes, and what no edit names stays as it is, UTF-8 or not.

/** A part of a text; its end is behind its last character. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** Where a record was read. */
export interface Standing {
  readonly kind: Kind;
  /** Byte at which the record begins, as its reader gives it. */
  readonly offset: number;
  /** Position among the annotations that begin there: entries of a line (TC609). */
  readonly entry: number;
}

/** What a record's text depends on beside the record. */
export interface Surroundings {
  readonly format: string;
  /** The medium of an annotation. */
  readonly media: MediaRecord | undefined;
  /** Keypoints of a line (YOLO pose). */
  readonly points: number;
}

/** Puts changed records back into the files that they were read from: beside its writer, registered in formats/rewriters.ts. */
export interface Rewriter {
  readonly formats: readonly string[];
  /** A record alone as the writer writes it; undefined where the format has no text of its own for it. */
  textOf(kind: Kind, record: object, around: Surroundings): string | undefined;
  /** The edits that make of a record's text in the file what the changed record says; undefined where the file writes it otherwise than our writer. */
  difference(texts: {
    readonly before: string;
    readonly after: string;
    readonly there: string;
  }): readonly TextEdit[] | undefined;
  rangeOf(text: string, standing: Standing): Range | undefined;
  /** The text of the element in a range after edits. */
  edit(text: string, range: Range, edits: readonly TextEdit[]): string;
  /** What stands between an element and one put behind it. */
  gap(text: string, last: Range, beforeLast: Range | undefined): string;
}

/** UTF-8 as one character a byte. */
export function inBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

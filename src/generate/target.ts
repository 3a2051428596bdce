import type { Kind } from "../records/grammar.gen.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord, NodeRecord } from "../records/types.gen.js";
import type { Item, MediumItem } from "./sample.js";

export type AnyRecord = AnnotationRecord | MediaRecord | CategoryRecord | NodeRecord;

/** A record of a sample, with what it lies in. */
export interface Target {
  readonly kind: Kind;
  readonly item: Item<AnyRecord>;
  /** The medium of an annotation, and a medium itself. */
  readonly medium: MediumItem | undefined;
  /** Position among the records of its kind. */
  readonly index: number;
}

/** Records that a break touched, with their kinds. */
export type Touched = Map<object, Kind>;

import type { JsonValue } from "../formats/json/api.js";
import type { TextEdit, WrittenDataset, WrittenMedium } from "../formats/write.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord, NodeRecord } from "../records/types.gen.js";
import { type Picture, pictureOf } from "./picture.js";

/** A record of a dataset that is not written yet; both may still be changed. */
export interface Item<R> {
  record: R;
  edits: TextEdit[];
}

/** A medium, its annotations, and what its picture shall be. */
export interface MediumItem extends Item<MediaRecord> {
  annotations: Item<AnnotationRecord>[];
  picture: Picture;
}

/** A description as JSON, with its nodes as the reader gives them, and the files beside it that it names. */
export interface Description {
  readonly root: { [key: string]: JsonValue };
  readonly nodes: Item<NodeRecord>[];
  readonly beside: ReadonlyMap<string, Uint8Array>;
}

/** A dataset as records, small enough to be held whole: what breaks are done to. */
export interface Sample {
  readonly categories: Item<CategoryRecord>[];
  readonly media: MediumItem[];
  /** Of a format that describes data, instead of the rest. */
  readonly description?: Description;
}

/** The sample as a writer takes it; what is put into a file is told by its record. */
export function writtenSample({ categories, media, description }: Sample): WrittenDataset {
  return { categories, media: () => media.map(writtenMedium), description };
}

export function writtenMedium({ record, edits, annotations, picture }: MediumItem): WrittenMedium {
  return { record, edits, annotations, picture: picture.kind === "none" ? undefined : pictureOf(picture, annotations) };
}

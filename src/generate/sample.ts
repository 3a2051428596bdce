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
  /** Labels in use, of a dataset that has no list of them. */
  readonly labels?: readonly string[];
  /** Of a part of a larger dataset: ids that nothing else there has. */
  readonly ids?: () => number;
}

/** The sample as a writer takes it; what is put into a file is told by its record. */
export function writtenSample({ categories, media, description }: Sample): WrittenDataset {
  return { categories, media: () => media.map(writtenMedium), description };
}

export function writtenMedium({ record, edits, annotations, picture }: MediumItem): WrittenMedium {
  return { record, edits, annotations, picture: picture.kind === "none" ? undefined : pictureOf(picture, annotations) };
}

/** Gives ids that no record has: above all of the items, unless the dataset has a source of them. */
export function freshIds({ ids }: Sample, items: readonly Item<{ id: number | string | undefined }>[]): () => number {
  if (ids !== undefined) return ids;
  let next = 1 + Math.max(0, ...items.map(({ record: { id } }) => (typeof id === "number" ? id : 0)));
  return () => next++;
}

/** The category that an annotation refers to, by id or by name. */
export function categoryOf({ categories }: Sample, annotation: AnnotationRecord): Item<CategoryRecord> | undefined {
  return categories.find(({ record }) => isOf(annotation, record));
}

/** Gives an annotation the label of another category, where there is one. */
export function relabel({ categories, labels }: Sample, annotation: AnnotationRecord): void {
  const other = categories.find(({ record }) => !isOf(annotation, record))?.record;
  if (annotation.label !== undefined)
    annotation.label = other?.name ?? labels?.find((label) => label !== annotation.label) ?? annotation.label;
  else if (other !== undefined) annotation.category_id = other.id;
}

function isOf({ category_id, label }: AnnotationRecord, { id, name }: CategoryRecord): boolean {
  return label === undefined ? category_id !== undefined && category_id === id : label === name;
}

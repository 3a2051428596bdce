import type { Kind } from "./grammar.gen.js";
import type {
  AnnotationRecord,
  CategoryRecord,
  DatasetRecord,
  FileRecord,
  MediaRecord,
  NodeRecord,
} from "./types.gen.js";
import { newAnnotation, newCategory, newDataset, newFile, newMedia, newNode } from "./types.gen.js";

export interface RecordOf {
  file: FileRecord;
  dataset: DatasetRecord;
  media: MediaRecord;
  category: CategoryRecord;
  annotation: AnnotationRecord;
  node: NodeRecord;
}

/** The kinds of record: how an empty one is made, and which records a rule on the kind sees beside it. A new kind is one schema and one row. */
export const kinds: { readonly [K in Kind]: { readonly make: () => RecordOf[K]; readonly joins: readonly Kind[] } } = {
  file: { make: newFile, joins: [] },
  dataset: { make: newDataset, joins: [] },
  category: { make: newCategory, joins: ["file"] },
  media: { make: newMedia, joins: ["file", "dataset"] },
  annotation: { make: newAnnotation, joins: ["media", "category", "file"] },
  node: { make: newNode, joins: ["file"] },
};

/** In the order in which a reader yields them. */
export const kindNames = Object.keys(kinds) as Kind[];

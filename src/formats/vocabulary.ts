import type { AnnotationRecord } from "../records/types.gen.js";
import type { WrittenDataset } from "./write.js";

/** The categories of a dataset as annotations refer to them, for formats that write the name or the position of a category. */
export interface Vocabulary {
  /** Name of the annotation's category: its own label, or that of the category that it refers to. */
  labelOf(annotation: AnnotationRecord): string | undefined;
  /** Position of the annotation's category, found by its id or else by its label; undefined where there is no such category. */
  positionOf(annotation: AnnotationRecord): number | undefined;
}

export function newVocabulary({ categories }: WrittenDataset): Vocabulary {
  const byId = new Map<number | string, number>();
  const byName = new Map<string, number>();
  categories.forEach(({ record: { id, name } }, position) => {
    if (id !== undefined && !byId.has(id)) byId.set(id, position);
    if (name !== undefined && !byName.has(name)) byName.set(name, position);
  });
  const positionOf = ({ category_id, label }: AnnotationRecord): number | undefined =>
    category_id !== undefined ? byId.get(category_id) : label === undefined ? undefined : byName.get(label);
  return {
    positionOf,
    labelOf(annotation) {
      if (annotation.label !== undefined) return annotation.label;
      const position = positionOf(annotation);
      return position === undefined ? undefined : categories[position]?.record.name;
    },
  };
}

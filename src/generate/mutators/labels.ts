import type { AnnotationRecord } from "../../records/types.gen.js";
import type { Mutator } from "./mutator.js";

/** What is wrong with the label of an annotation, where that depends on the labels of the others. */
export const labels: Readonly<Record<string, Mutator>> = {
  "other-label": {
    /** The annotation gets the label of another category of the dataset. */
    sample({ sample, target }) {
      const annotation = target.item.record as AnnotationRecord;
      const other = sample.categories.find(
        ({ record }) => record.id !== annotation.category_id && record.name !== annotation.label,
      );
      if (other === undefined) return;
      if (annotation.label !== undefined) annotation.label = other.record.name;
      if (annotation.category_id !== undefined) annotation.category_id = other.record.id;
    },
  },
};

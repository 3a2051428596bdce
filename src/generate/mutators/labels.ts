import type { AnnotationRecord } from "../../records/types.gen.js";
import { relabel } from "../sample.js";
import type { Mutator } from "./mutator.js";

/** What is wrong with the label of an annotation, where that depends on the labels of the others. */
export const labels: Readonly<Record<string, Mutator>> = {
  "other-label": {
    /** The annotation gets the label of another category of the dataset. */
    sample({ sample, target }) {
      relabel(sample, target.item.record as AnnotationRecord);
    },
  },
};

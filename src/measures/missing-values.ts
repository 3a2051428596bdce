import type { AnnotationRecord } from "../records/types.gen.js";
import { type Measure, ratio } from "./measure.js";

/**
 * Fields that a dataset either uses or not: where one annotation has it, the others are expected to. Geometry counts as one field whatever its
 * kind (a crowd has a mask where the others have polygons), and so do category and label.
 */
const fields: readonly ((annotation: AnnotationRecord) => boolean)[] = [
  ({ id }) => id !== undefined,
  ({ media_id }) => media_id !== undefined,
  ({ category_id, label }) => category_id !== undefined || label !== undefined,
  hasGeometry,
  ({ area }) => area !== undefined,
  ({ caption }) => caption !== undefined,
  ({ score }) => score !== undefined,
  ({ keypoints }) => keypoints !== undefined,
  ({ annotator }) => annotator !== undefined,
  ({ created_at }) => created_at !== undefined,
];

function hasGeometry(annotation: AnnotationRecord): boolean {
  return (
    annotation.box !== undefined ||
    annotation.normalised !== undefined ||
    annotation.polygon !== undefined ||
    annotation.rle !== undefined ||
    annotation.rotated_box !== undefined ||
    annotation.segments !== undefined ||
    annotation.keypoints !== undefined
  );
}

interface Presence {
  annotations: number;
  /** Annotations that have each field. */
  readonly present: Float64Array;
}

/** Missing values of the field that is missing most often, of those that the dataset uses at all: A = annotations without it, B = annotations. */
export const missingValues: Measure<Presence> = {
  id: "missing-values",
  title: { zh: "缺失最多的字段的缺失率", en: "Missing values of the field that is missing most" },
  orientation: "lower-is-better",
  unit: "annotations",
  source: "deequ, Completeness",
  empty: () => ({ annotations: 0, present: new Float64Array(fields.length) }),
  annotation(tally, { annotation }) {
    tally.annotations++;
    for (let at = 0; at < fields.length; at++)
      if (fields[at]?.(annotation)) tally.present[at] = (tally.present[at] ?? 0) + 1;
  },
  merge: (left, right) => ({
    annotations: left.annotations + right.annotations,
    present: left.present.map((count, at) => count + (right.present[at] ?? 0)),
  }),
  measure({ annotations, present }) {
    const used = present.filter((count) => count > 0);
    return ratio(annotations - used.reduce((least, count) => Math.min(least, count), annotations), annotations);
  },
};

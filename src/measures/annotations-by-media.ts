import { type Counts, emptyCounts, increment, mergeCounts } from "./counts.js";
import type { Measure } from "./measure.js";

/** Annotations that refer to a medium: A = annotations of this medium, B = 1. */
export const annotationsByMedia: Measure<Counts> = {
  id: "annotations-by-media",
  title: { zh: "每个数据项的标注数", en: "Annotations per medium" },
  orientation: "none",
  unit: "annotations of one medium",
  source: "count",
  by: "media",
  empty: emptyCounts,
  annotation(tally, { media_row }) {
    if (media_row >= 0) increment(tally, media_row);
  },
  merge: mergeCounts,
  measure(tally, _totals, row = -1) {
    const a = row < tally.length ? (tally.rows[row] ?? 0) : 0;
    return { a, b: 1, x: a };
  },
};

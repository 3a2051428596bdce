import { type Counts, emptyCounts, increment, mergeCounts } from "./counts.js";
import { type Measure, ratio } from "./measure.js";

/** Annotations of a category: A = annotations (and segments of panoptic ones) of this category, B = all that have one. */
export const annotationsByCategory: Measure<Counts> = {
  id: "annotations-by-category",
  title: { zh: "各类别的标注数", en: "Annotations of a category" },
  orientation: "none",
  unit: "annotations",
  source: "count",
  by: "category",
  empty: emptyCounts,
  annotation(tally, { category_row, segment_rows }) {
    if (category_row >= 0) increment(tally, category_row);
    for (let at = 0; at < segment_rows.length; at++) {
      const row = segment_rows[at] ?? -1;
      if (row >= 0) increment(tally, row);
    }
  },
  merge: mergeCounts,
  measure(tally, _totals, row = -1) {
    return ratio(row < tally.length ? (tally.rows[row] ?? 0) : 0, tally.total);
  },
};

import { type Counts, emptyCounts, increment, mergeCounts } from "./counts.js";
import type { Measure } from "./measure.js";

/** Annotations of a category: A = annotations of this category, B = all annotations that have one. */
export const annotationsByCategory: Measure<Counts> = {
  id: "annotations-by-category",
  title: { zh: "各类别的标注数", en: "Annotations of a category" },
  orientation: "none",
  unit: "annotations",
  source: "count",
  by: "category",
  empty: emptyCounts,
  annotation(tally, { category_row }) {
    if (category_row >= 0) increment(tally, category_row);
  },
  merge: mergeCounts,
  measure(tally, _totals, row = -1) {
    let b = 0;
    for (let at = 0; at < tally.length; at++) b += tally.rows[at] ?? 0;
    const a = row < tally.length ? (tally.rows[row] ?? 0) : 0;
    return { a, b, x: b === 0 ? undefined : a / b };
  },
};

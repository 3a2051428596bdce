import { quantile } from "../statistics/quantile.js";
import { type Counts, countsOf, emptyCounts, increment, mergeCounts } from "./counts.js";
import { type Measure, ratio } from "./measure.js";

interface Excess {
  readonly counts: Counts;
  /** Quartiles of the counts of `media` media, worked out once: a rule asks for every medium. */
  quartiles: { readonly media: number; readonly upper: number; readonly range: number } | undefined;
}

function quartilesOf(tally: Excess, media: number): { readonly upper: number; readonly range: number } {
  if (tally.quartiles?.media === media) return tally.quartiles;
  const sorted = countsOf(tally.counts, media).slice().sort();
  const lower = quantile(sorted, 0.25) ?? 0;
  const upper = quantile(sorted, 0.75) ?? 0;
  tally.quartiles = { media, upper, range: upper - lower };
  return tally.quartiles;
}

/** How far a medium's number of annotations lies above the upper quartile of all media, in interquartile ranges: A = count − Q3, B = Q3 − Q1 (Tukey 1977). */
export const annotationCountExcess: Measure<Excess> = {
  id: "annotation-count-excess",
  title: {
    zh: "标注数超出上四分位的四分位距数",
    en: "Interquartile ranges by which a medium's annotations exceed the upper quartile",
  },
  orientation: "none",
  unit: "annotations",
  source: "Tukey 1977; quartiles of type 7 (Hyndman & Fan 1996)",
  by: "media",
  empty: () => ({ counts: emptyCounts(), quartiles: undefined }),
  annotation(tally, { media_row }) {
    if (media_row < 0) return;
    increment(tally.counts, media_row);
    tally.quartiles = undefined;
  },
  merge: (left, right) => ({ counts: mergeCounts(left.counts, right.counts), quartiles: undefined }),
  measure(tally, totals, row = -1) {
    const { upper, range } = quartilesOf(tally, totals.media);
    return ratio((tally.counts.rows[row] ?? 0) - upper, range);
  },
};

import { quartiles } from "../statistics/quantile.js";
import { annotationsByMedia } from "./annotations-by-media.js";
import { type Counts, countsOf } from "./counts.js";
import { type Measure, ratio } from "./measure.js";

interface Fence {
  readonly media: number;
  /** Sum of what was counted: a tally that went on counting has other quartiles. */
  readonly total: number;
  readonly upper: number;
  readonly range: number;
}

/** Worked out once for a tally: a rule asks for every medium. */
const fences = new WeakMap<Counts, Fence>();

function fenceOf(tally: Counts, media: number): Fence {
  const known = fences.get(tally);
  if (known !== undefined && known.media === media && known.total === tally.total) return known;
  const { low, high } = quartiles(countsOf(tally, media).slice()) ?? { low: 0, high: 0 };
  const fence = { media, total: tally.total, upper: high, range: high - low };
  fences.set(tally, fence);
  return fence;
}

const { empty, annotation, merge } = annotationsByMedia;

/** How far a medium's number of annotations lies above the upper quartile of all media, in interquartile ranges: A = count − Q3, B = Q3 − Q1 (Tukey 1977). */
export const annotationCountExcess: Measure<Counts> = {
  id: "annotation-count-excess",
  title: {
    zh: "标注数超出上四分位的四分位距数",
    en: "Interquartile ranges by which a medium's annotations exceed the upper quartile",
  },
  orientation: "none",
  unit: "annotations",
  source: "Tukey 1977; quartiles of type 7 (Hyndman & Fan 1996)",
  by: "media",
  empty,
  ...(annotation === undefined ? {} : { annotation }),
  merge,
  measure(tally, totals, row = -1) {
    const { upper, range } = fenceOf(tally, totals.media);
    return ratio((tally.rows[row] ?? 0) - upper, range);
  },
};

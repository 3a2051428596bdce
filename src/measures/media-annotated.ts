import { annotationsByMedia } from "./annotations-by-media.js";
import type { Counts } from "./counts.js";
import { type Measure, ratio } from "./measure.js";

const { empty, annotation, merge } = annotationsByMedia;

/** Media with annotations in a tally of that total, counted once: a rule asks for every medium. */
const known = new WeakMap<Counts, { readonly total: number; readonly media: number }>();

function mediaIn(tally: Counts): number {
  const before = known.get(tally);
  if (before?.total === tally.total) return before.media;
  let media = 0;
  for (let row = 0; row < tally.length; row++) if ((tally.rows[row] ?? 0) > 0) media++;
  known.set(tally, { total: tally.total, media });
  return media;
}

/** Media with annotations: A = media that at least one annotation refers to, B = media. */
export const mediaAnnotated: Measure<Counts> = {
  id: "media-annotated",
  title: { zh: "有标注的数据项占比", en: "Share of media with annotations" },
  orientation: "higher-is-better",
  unit: "media",
  source: "count",
  empty,
  ...(annotation === undefined ? {} : { annotation }),
  merge,
  measure: (tally, totals) => ratio(mediaIn(tally), totals.media),
};

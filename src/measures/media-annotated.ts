import { type Counts, emptyCounts, increment, mergeCounts } from "./counts.js";
import { type Measure, ratio } from "./measure.js";

interface Annotated {
  readonly counts: Counts;
  /** Rows with at least one annotation, so that asking costs nothing. */
  media: number;
}

/** Media with annotations: A = media that at least one annotation refers to, B = media. */
export const mediaAnnotated: Measure<Annotated> = {
  id: "media-annotated",
  title: { zh: "有标注的数据项占比", en: "Share of media with annotations" },
  orientation: "higher-is-better",
  unit: "media",
  source: "count",
  empty: () => ({ counts: emptyCounts(), media: 0 }),
  annotation(tally, { media_row }) {
    if (media_row < 0) return;
    increment(tally.counts, media_row);
    if (tally.counts.rows[media_row] === 1) tally.media++;
  },
  merge(left, right) {
    const counts = mergeCounts(left.counts, right.counts);
    return { counts, media: counts.rows.reduce((media, count) => media + (count > 0 ? 1 : 0), 0) };
  },
  measure: (tally, totals) => ratio(tally.media, totals.media),
};

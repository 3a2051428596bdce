import { annotationsByMedia } from "./annotations-by-media.js";
import type { Counts } from "./counts.js";
import { type Measure, ratio } from "./measure.js";

const { empty, annotation, merge } = annotationsByMedia;

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
  measure({ rows, length }, totals) {
    let media = 0;
    for (let row = 0; row < length; row++) if ((rows[row] ?? 0) > 0) media++;
    return ratio(media, totals.media);
  },
};

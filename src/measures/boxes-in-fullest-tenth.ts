import { type Counts, emptyCounts, increment, mergeCounts } from "./counts.js";
import { type Measure, ratio } from "./measure.js";

const bins = 10;
/** Centre x, centre y, width and height of a box, as shares of the medium. */
const properties = 4;

function binOf(share: number): number {
  return Math.min(bins - 1, Math.max(0, Math.floor(share * bins)));
}

/**
 * How much the boxes of a category are alike: each of centre x, centre y, width and height, as a share of the medium, is put into tenths;
 * A = boxes in the fullest tenth, of the property where that is most, B = boxes whose medium has a known size.
 */
export const boxesInFullestTenth: Measure<Counts> = {
  id: "boxes-in-fullest-tenth",
  title: {
    zh: "中心、宽或高落在同一个十分之一图像区间的标注框占比（取最集中者）",
    en: "Share of boxes whose centre, width or height lies in one tenth of the image, where most do",
  },
  orientation: "lower-is-better",
  unit: "boxes of one category",
  source: "datumaro validator, ImbalancedDistInLabel, with fixed bins so that tallies merge",
  by: "category",
  empty: emptyCounts,
  annotation(tally, { annotation: { box }, media: { width, height }, category_row }) {
    if (category_row < 0 || box === undefined || width === undefined || height === undefined) return;
    if (!(width > 0 && height > 0)) return;
    const first = category_row * bins * properties;
    increment(tally, first + binOf((box.x + box.width / 2) / width));
    increment(tally, first + bins + binOf((box.y + box.height / 2) / height));
    increment(tally, first + 2 * bins + binOf(box.width / width));
    increment(tally, first + 3 * bins + binOf(box.height / height));
  },
  merge: mergeCounts,
  measure(tally, _totals, row = -1) {
    if (row < 0) return ratio(0, 0);
    const first = row * bins * properties;
    let fullest = 0;
    let boxes = 0;
    for (let at = 0; at < bins * properties; at++) {
      const count = tally.rows[first + at] ?? 0;
      fullest = Math.max(fullest, count);
      // Every box is in one bin of the first property.
      if (at < bins) boxes += count;
    }
    return ratio(fullest, boxes);
  },
};

import type { Counts } from "./counts.js";
import { labelsOf, labelTally } from "./labels.js";
import type { Measure } from "./measure.js";

/** Labels with at least one annotation: A = their number, B = 1; labels of one name in several files are one. Undefined without any. */
export const labelsInUse: Measure<Counts> = {
  id: "labels-in-use",
  title: { zh: "使用中的标签数", en: "Labels in use" },
  orientation: "none",
  unit: "labels",
  source: "count",
  ...labelTally,
  measure(tally, totals) {
    const a = labelsOf(tally, totals).length;
    return a === 0 ? { a, b: 0, x: undefined } : { a, b: 1, x: a };
  },
};

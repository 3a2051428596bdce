import type { Counts } from "./counts.js";
import { labelsOf, labelTally } from "./labels.js";
import { type Measure, type MeasureResult, ratio, type Totals } from "./measure.js";

interface Extent {
  readonly least: number;
  readonly most: number;
  readonly labels: number;
  readonly annotations: number;
}

/** Over labels with at least one annotation: an unused label would make every ratio infinite or 0, and has a rule of its own. */
function extentOf(tally: Counts, totals: Totals): Extent {
  const counts = labelsOf(tally, totals).map(({ all }) => all);
  return {
    least: counts.reduce((least, count) => Math.min(least, count), counts[0] ?? 0),
    most: counts.reduce((most, count) => Math.max(most, count), 0),
    labels: counts.length,
    annotations: counts.reduce((sum, count) => sum + count, 0),
  };
}

function imbalance(
  id: string,
  title: Measure<Counts>["title"],
  orientation: Measure<Counts>["orientation"],
  source: string,
  of: (extent: Extent) => MeasureResult,
): Measure<Counts> {
  return {
    id,
    title,
    orientation,
    unit: "annotations",
    source,
    ...labelTally,
    measure: (tally, totals) => of(extentOf(tally, totals)),
  };
}

/** A = annotations of the most frequent label, B = of the least frequent one. */
export const labelImbalanceRatio = imbalance(
  "label-imbalance-ratio",
  { zh: "最多与最少标签的标注数之比", en: "Annotations of the most frequent label to those of the least frequent" },
  "lower-is-better",
  "datumaro validator, ImbalancedLabels; over labels in use",
  ({ least, most }) => ratio(most, least),
);

/** A = annotations of the least frequent label, B = of the most frequent one. */
export const labelLeastToMost = imbalance(
  "label-least-to-most-ratio",
  { zh: "最少与最多标签的标注数之比", en: "Annotations of the least frequent label to those of the most frequent" },
  "higher-is-better",
  "deepchecks, class imbalance; over labels in use",
  ({ least, most }) => ratio(least, most),
);

/** The share of the rarest label against an even share, K·min p: A = K · annotations of the rarest label, B = all annotations. */
export const rarestLabelShare = imbalance(
  "rarest-label-share",
  { zh: "最少标签的占比与均匀占比之比", en: "Share of the rarest label against an even share" },
  "higher-is-better",
  "cleanlab datalab, class imbalance: min p < τ/K",
  ({ least, labels, annotations }) => ratio(labels * least, annotations),
);

import type { Counts } from "./counts.js";
import { type Label, labelsOf, labelTally } from "./labels.js";
import type { Measure, MeasureResult, Totals } from "./measure.js";

/** Labels of less than this share of both samples together are counted as one: rare labels make chi-squared large by chance. Source: deepchecks. */
const rareShare = 0.01;

const batches = ["val", "test"] as const;

/** Annotations of one label in the reference (train) and in the batch that is compared with it. */
interface Pair {
  readonly reference: number;
  readonly batch: number;
}

/** Each of val and test against train; the one that differs most. B = 0 where train or both of the others have no annotation. */
function worst(
  tally: Counts,
  totals: Totals,
  distance: (pairs: readonly Pair[], reference: number, batch: number) => number,
): MeasureResult {
  const labels = labelsOf(tally, totals);
  const sum = (split: "train" | "val" | "test") => labels.reduce((total, label) => total + label[split], 0);
  const reference = sum("train");
  let result: MeasureResult = { a: 0, b: 0, x: undefined };
  for (const split of batches) {
    const batch = sum(split);
    if (reference === 0 || batch === 0) continue;
    const pairs = labels.map((label: Label) => ({ reference: label.train, batch: label[split] }));
    const x = distance(pairs, reference, batch);
    if (result.x === undefined || x > result.x) result = { a: x * batch, b: batch, x };
  }
  return result;
}

function merged(pairs: readonly Pair[], total: number): Pair[] {
  const common: Pair[] = [];
  let reference = 0;
  let batch = 0;
  for (const pair of pairs) {
    if (pair.reference + pair.batch >= rareShare * total) common.push(pair);
    else {
      reference += pair.reference;
      batch += pair.batch;
    }
  }
  return reference + batch === 0 ? common : [...common, { reference, batch }];
}

/**
 * Association between split and label, Cramér's V = √(χ²/n) for two samples (Cramér 1946, §21.9): 0 for equal shares, 1 where no label is in both.
 * B = annotations of the batch, A = V · B.
 */
export const labelDrift: Measure<Counts> = {
  id: "label-drift-cramers-v",
  title: {
    zh: "训练集与验证、测试集的标签分布差异（克莱姆 V）",
    en: "Difference of the labels of val or test from train (Cramér's V)",
  },
  orientation: "lower-is-better",
  unit: "annotations of the split that differs most",
  source: "Cramér 1946; categories under 1 % merged as in deepchecks, label drift",
  ...labelTally,
  measure: (tally, totals) =>
    worst(tally, totals, (pairs, reference, batch) => {
      const total = reference + batch;
      let chiSquared = 0;
      for (const pair of merged(pairs, total)) {
        const both = pair.reference + pair.batch;
        for (const [count, size] of [
          [pair.reference, reference],
          [pair.batch, batch],
        ] as const) {
          const expected = (both * size) / total;
          if (expected > 0) chiSquared += (count - expected) ** 2 / expected;
        }
      }
      return Math.min(1, Math.sqrt(chiSquared / total));
    }),
};

/** Largest difference of a label's shares, max |p − q|: A = annotations of that label in the batch beyond or below its share in train, B = annotations of the batch. */
export const labelDriftLargest: Measure<Counts> = {
  id: "label-drift-linf",
  title: {
    zh: "训练集与验证、测试集中标签占比的最大差",
    en: "Largest difference of a label's share in val or test from train",
  },
  orientation: "lower-is-better",
  unit: "annotations of the split that differs most",
  source: "TensorFlow Data Validation, L-infinity comparator",
  ...labelTally,
  measure: (tally, totals) =>
    worst(
      tally,
      totals,
      (pairs, reference, batch) =>
        pairs.reduce((most, pair) => Math.max(most, Math.abs(pair.reference * batch - pair.batch * reference)), 0) /
        (reference * batch),
    ),
};

/** A = annotations of val or test whose label has none in train, B = annotations of that split. */
export const labelNewInBatch: Measure<Counts> = {
  id: "label-new-in-batch",
  title: {
    zh: "验证、测试集中训练集没有的标签的占比",
    en: "Share of annotations in val or test whose label train does not have",
  },
  orientation: "lower-is-better",
  unit: "annotations of the split that differs most",
  source: "deepchecks, new labels",
  ...labelTally,
  measure: (tally, totals) =>
    worst(
      tally,
      totals,
      (pairs, _, batch) => pairs.reduce((sum, pair) => sum + (pair.reference === 0 ? pair.batch : 0), 0) / batch,
    ),
};

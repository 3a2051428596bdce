import { type Counts, emptyCounts, increment, mergeCounts } from "./counts.js";
import { splits } from "./labels.js";
import type { Measure, MeasureResult } from "./measure.js";

/** Octaves of the share of its medium that a box covers: at least a half, at least a quarter …; everything from 2⁻¹⁵ down is in the last. */
const bins = 16;

function octaveOf(share: number): number {
  let octave = 0;
  // Doubling is exact, so a share on a boundary falls on the same side on every machine.
  for (let at = share; at < 0.5 && octave < bins - 1; at *= 2) octave++;
  return octave;
}

/**
 * Difference of box sizes in val or test from train: Jensen–Shannon divergence, base 2, of the share of its medium that a box covers, in octaves.
 * 0 for equal distributions, 1 for disjoint ones. B = boxes of the split that differs most, A = X · B; B = 0 where train or both of the others have none.
 */
export const boxSizeDrift: Measure<Counts> = {
  id: "box-size-drift",
  title: {
    zh: "训练集与验证、测试集的标注框大小分布差异（JS 散度）",
    en: "Difference of box sizes in val or test from train (Jensen–Shannon divergence)",
  },
  orientation: "lower-is-better",
  unit: "boxes of the split that differs most",
  source: "Lin 1991, Divergence measures based on the Shannon entropy; TensorFlow Data Validation",
  empty: emptyCounts,
  annotation(tally, { annotation: { box }, media: { width, height, split } }) {
    if (split === undefined || box === undefined || width === undefined || height === undefined) return;
    const share = (box.width * box.height) / (width * height);
    // A box without extent, or outside all sizes, has rules of its own.
    if (!(share > 0) || share === Number.POSITIVE_INFINITY) return;
    increment(tally, splits.indexOf(split) * bins + octaveOf(share));
  },
  merge: mergeCounts,
  measure(tally) {
    const histogram = (split: "train" | "val" | "test") =>
      Array.from({ length: bins }, (_, at) => tally.rows[splits.indexOf(split) * bins + at] ?? 0);
    const train = histogram("train");
    let result: MeasureResult = { a: 0, b: 0, x: undefined };
    for (const split of ["val", "test"] as const) {
      const batch = histogram(split);
      const boxes = sumOf(batch);
      if (sumOf(train) === 0 || boxes === 0) continue;
      const x = divergence(train, batch);
      if (result.x === undefined || x > result.x) result = { a: x * boxes, b: boxes, x };
    }
    return result;
  },
};

function divergence(left: readonly number[], right: readonly number[]): number {
  const [n, m] = [sumOf(left), sumOf(right)];
  let bits = 0;
  left.forEach((count, at) => {
    const p = count / n;
    const q = (right[at] ?? 0) / m;
    const mean = (p + q) / 2;
    if (p > 0) bits += (p * Math.log2(p / mean)) / 2;
    if (q > 0) bits += (q * Math.log2(q / mean)) / 2;
  });
  return Math.min(1, Math.max(0, bits));
}

function sumOf(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

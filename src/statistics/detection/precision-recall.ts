import type { AveragePrecisionOptions, Truths } from "./columns.js";
import { isIgnored, type Matches } from "./greedy-matching.js";

/** Precision and recall by category; NaN where the category has no object that counts. */
export interface PrecisionRecall {
  /** Ids, ascending. */
  readonly categories: Int32Array;
  /** Objects that count, by category and range of areas. */
  readonly objects: Int32Array;
  /** Mean of the interpolated precision over 101 recalls, by category, range of areas and threshold. */
  readonly precision: Float64Array;
  /** By category, range of areas, limit and threshold. */
  readonly recall: Float64Array;
}

interface Ranking {
  /** Rows of detections by category, then descending score. */
  readonly ranked: Int32Array;
  readonly category: Int32Array;
  /** Rows of ground truth by category. */
  readonly objects: Int32Array;
  readonly truthCategory: Int32Array;
  readonly categories: Int32Array;
}

const recalls = 101;

export function precisionRecallOf(
  { ranked, category, objects, truthCategory, categories }: Ranking,
  truths: Truths,
  matches: Matches,
  { thresholds, areas, limits }: AveragePrecisionOptions,
): PrecisionRecall {
  const [T, A, M] = [thresholds.length, areas.length, limits.length];
  const counting = new Int32Array(categories.length * A);
  for (let i = 0; i < objects.length; i++)
    for (let a = 0; a < A; a++)
      if (!isIgnored(truths, objects[i]!, areas[a]!)) counting[truthCategory[objects[i]!]! * A + a]!++;
  const most = counting.reduce((left, right) => Math.max(left, right), 0);
  const precision = new Float64Array(counting.length * T).fill(Number.NaN);
  const recall = new Float64Array(counting.length * M * T).fill(Number.NaN);
  const curve: Curve = {
    hits: new Float64Array(T * most),
    found: new Int32Array(T),
    missed: new Int32Array(T),
    within: new Int32Array(M * T),
  };

  let from = 0;
  for (let c = 0; c < categories.length; c++) {
    let to = from;
    while (to < ranked.length && category[ranked[to]!] === c) to++;
    for (let a = 0; a < A; a++) {
      const present = counting[c * A + a]!;
      if (present === 0) continue;
      walk(ranked.subarray(from, to), matches, a, A, limits, T, most, curve);
      for (let t = 0; t < T; t++) {
        const hits = curve.hits.subarray(t * most, t * most + curve.found[t]!);
        precision[(c * A + a) * T + t] = interpolated(hits, present);
        for (let m = 0; m < M; m++) recall[((c * A + a) * M + m) * T + t] = curve.within[m * T + t]! / present;
      }
    }
    from = to;
  }
  return { categories, objects: counting, precision, recall };
}

interface Curve {
  /** Precision at each true positive, by threshold. */
  readonly hits: Float64Array;
  /** True positives. */
  readonly found: Int32Array;
  /** Detections passed that did not count. */
  readonly missed: Int32Array;
  /** True positives by limit and threshold. */
  readonly within: Int32Array;
}

/** Goes down the ranking of one category and range of areas. */
function walk(
  rows: Int32Array,
  { place, matched, ignored }: Matches,
  a: number,
  areas: number,
  limits: readonly number[],
  thresholds: number,
  most: number,
  { hits, found, missed, within }: Curve,
): void {
  found.fill(0);
  missed.fill(0);
  within.fill(0);
  const last = limits[limits.length - 1]!;
  const all = 2 ** thresholds - 1;
  let passed = 0;
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]!;
    if (place[row]! >= last) continue;
    const ignore = ignored[row * areas + a]!;
    if (ignore === all) continue;
    const match = matched[row * areas + a]! & ~ignore;
    passed++;
    if (match === 0 && ignore === 0) continue;
    for (let t = 0; t < thresholds; t++) {
      if (((ignore >> t) & 1) === 1) missed[t]!++;
      if (((match >> t) & 1) === 0) continue;
      const k = ++found[t]!;
      // pycocotools adds 2⁻⁵² to the denominator, so that all found is not quite 1 there.
      hits[t * most + k - 1] = k / (passed - missed[t]!);
      for (let m = 0; m < limits.length; m++) if (place[row]! < limits[m]!) within[m * thresholds + t]!++;
    }
  }
}

/** Mean over 101 recalls of the best precision at that recall or beyond, 0 beyond the last; changes the precisions. */
function interpolated(hits: Float64Array, present: number): number {
  for (let k = hits.length - 2; k >= 0; k--) if (hits[k + 1]! > hits[k]!) hits[k] = hits[k + 1]!;
  let sum = 0;
  let k = 0;
  for (let r = 0; r < recalls; r++) {
    // As numpy.linspace(0, 1, 101) has them.
    const wanted = r === recalls - 1 ? 1 : r * 0.01;
    while (k < hits.length && (k + 1) / present < wanted) k++;
    if (k === hits.length) break;
    sum += hits[k]!;
  }
  return sum / recalls;
}

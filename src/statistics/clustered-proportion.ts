import type { Interval } from "./interval.js";
import { betaQuantile, tQuantile } from "./special.js";

/** A share over units that lie in clusters (annotations in media), with an interval that knows it. */
export interface ClusteredProportion extends Interval {
  readonly estimate: number;
  /** As many independent units would say as much. */
  readonly effective_n: number;
  /** Degrees of freedom of the variance between clusters. */
  readonly df: number;
}

export interface ClusteredOptions {
  /** Two-sided, 0.95 by default. */
  readonly confidence?: number;
  /** `effective`, by default: as many as the variance is worth, at most clusters − 1; `design`: clusters − 1, as Korn and Graubard have it. */
  readonly df?: "effective" | "design";
  /** Share of all clusters that was looked at, drawn without replacement: the variance is so much smaller. 0 by default, an endless population. */
  readonly sampled?: number;
}

/**
 * Interval for a share of units that were drawn by cluster: the exact one of as many units as the clusters are worth, p̂(1−p̂)/v̂ for the variance v̂ between
 * clusters, times (t of n−1 ÷ t of df degrees of freedom)², and at most n. Where the clusters do not vary, v̂ says nothing and each counts as one unit.
 * Clusters without trials do not count; undefined with fewer than two others.
 *
 * Where a few clusters make up nearly all of v̂ (2 % defects, most of them in three media) it is a poor estimate, and clusters − 1 degrees of freedom promise
 * too much: of 50 clusters, 98 % and an intraclass correlation of 0.2 such an interval of 95 % covers 91.6 %. Satterthwaite's degrees of freedom,
 * 2·v̂²/var(v̂) with the kurtosis of the clusters, cover 96.6 % there, and where clusters are many or alike they are the same (npm run check:coverage).
 * Source: Korn & Graubard 1998, Survey Methodology 24(2), 193–201, with the linearised variance of a ratio of totals; Satterthwaite 1946, Biometrics
 * Bulletin 2(6), 110–114.
 *
 * @param successes by cluster, at most its trials
 * @param trials by cluster
 */
export function clusteredProportion(
  successes: ArrayLike<number>,
  trials: ArrayLike<number>,
  { confidence = 0.95, df: kind = "effective", sampled = 0 }: ClusteredOptions = {},
): ClusteredProportion | undefined {
  let clusters = 0;
  let n = 0;
  let x = 0;
  for (let i = 0; i < trials.length; i++) {
    if (trials[i]! > 0) clusters++;
    n += trials[i]!;
    x += successes[i]!;
  }
  if (clusters < 2) return undefined;
  const estimate = x / n;
  let squares = 0;
  let fourths = 0;
  let varies = false;
  for (let i = 0; i < trials.length; i++) {
    const square = (successes[i]! - estimate * trials[i]!) ** 2;
    squares += square;
    fourths += square * square;
    // In whole numbers: the squares of equal shares are roundings, not 0.
    if (successes[i]! * n !== x * trials[i]!) varies = true;
  }
  const design = clusters - 1;
  const df =
    varies && kind === "effective" ? effectiveDf(clusters, (clusters * fourths) / (squares * squares)) : design;
  const tail = (1 - confidence) / 2;
  const variance = ((1 - sampled) * ((clusters / design) * squares)) / (n * n);
  // Without any confidence both quantiles are 0.
  const inflation = tail < 0.5 ? (tQuantile(tail, n - 1, "upper") / tQuantile(tail, df, "upper")) ** 2 : 1;
  const effective_n = varies ? Math.min(n, ((estimate * (1 - estimate)) / variance) * inflation) : clusters;
  const seen = estimate * effective_n;
  return {
    estimate,
    low: x === 0 ? 0 : betaQuantile(tail, seen, effective_n - seen + 1),
    high: x === n ? 1 : betaQuantile(tail, seen + 1, effective_n - seen, "upper"),
    effective_n,
    df,
  };
}

/** 2·σ⁴/var(s²) of k values of that kurtosis; k − 1 for normal ones, whose kurtosis is 3, and no more for flatter ones. */
function effectiveDf(k: number, kurtosis: number): number {
  return Math.min(k - 1, (2 * k) / (kurtosis - (k - 3) / (k - 1)));
}

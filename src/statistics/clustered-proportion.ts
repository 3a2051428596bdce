import type { Interval } from "./interval.js";
import { betaQuantile, tQuantile } from "./special.js";

/** A share over units that lie in clusters (annotations in media), with an interval that knows it. */
export interface ClusteredProportion extends Interval {
  readonly estimate: number;
  /** As many independent units would say as much. */
  readonly effective_n: number;
  /** Clusters − 1. */
  readonly df: number;
}

/**
 * Interval for a share of units that were drawn by cluster: the exact one of as many units as the clusters are worth, p̂(1−p̂)/v̂ for the variance v̂ between
 * clusters, times (t of n−1 ÷ t of clusters−1 degrees of freedom)², and at most n. Where the clusters do not vary, v̂ says nothing and each counts as one unit.
 * Clusters without trials do not count; undefined with fewer than two others.
 * Source: Korn & Graubard 1998, Survey Methodology 24(2), 193–201; v̂ is the linearised variance of a ratio of totals.
 *
 * @param successes by cluster, at most its trials
 * @param trials by cluster
 */
export function clusteredProportion(
  successes: ArrayLike<number>,
  trials: ArrayLike<number>,
  confidence = 0.95,
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
  let varies = false;
  for (let i = 0; i < trials.length; i++) {
    squares += (successes[i]! - estimate * trials[i]!) ** 2;
    // In whole numbers: the squares of equal shares are roundings, not 0.
    if (successes[i]! * n !== x * trials[i]!) varies = true;
  }
  const df = clusters - 1;
  const tail = (1 - confidence) / 2;
  const variance = ((clusters / df) * squares) / (n * n);
  const worth = (estimate * (1 - estimate)) / variance;
  const inflation = (tQuantile(tail, n - 1, "upper") / tQuantile(tail, df, "upper")) ** 2;
  const effective_n = varies ? Math.min(n, worth * inflation) : clusters;
  const seen = estimate * effective_n;
  return {
    estimate,
    low: x === 0 ? 0 : betaQuantile(tail, seen, effective_n - seen + 1),
    high: x === n ? 1 : betaQuantile(tail, seen + 1, effective_n - seen, "upper"),
    effective_n,
    df,
  };
}

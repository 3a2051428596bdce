import type { Interval } from "./interval.js";
import { tQuantile } from "./special.js";

/**
 * Interval for a mean of values between 0 and 1 over units that lie in clusters: the ratio of totals, its linearised variance between clusters, and t with
 * one degree of freedom less than there are clusters; cut at 0 and 1. Undefined with fewer than two clusters
 * that have units, and where these do not vary: that they are alike says nothing of the others.
 * Source: Cochran 1977, Sampling Techniques, 3rd ed., 6.11 and 9A.
 *
 * @param sums of the values, by cluster
 * @param sampled share of all clusters that was looked at, drawn without replacement: the variance is so much smaller (ibid., 2.6)
 * @param counts of the units, by cluster
 */
export function clusteredMean(
  sums: ArrayLike<number>,
  counts: ArrayLike<number>,
  { confidence = 0.95, sampled = 0 }: { readonly confidence?: number; readonly sampled?: number } = {},
): Interval | undefined {
  let clusters = 0;
  let total = 0;
  let units = 0;
  for (let i = 0; i < counts.length; i++) {
    if (counts[i]! > 0) clusters += 1;
    total += sums[i]!;
    units += counts[i]!;
  }
  if (clusters < 2) return undefined;
  const mean = total / units;
  let squares = 0;
  for (let i = 0; i < counts.length; i++) squares += (sums[i]! - mean * counts[i]!) ** 2;
  // Equal means differ by roundings.
  if (squares <= (1e-12 * units) ** 2) return undefined;
  const error = Math.sqrt((1 - sampled) * (clusters / (clusters - 1)) * squares) / units;
  const reach = tQuantile((1 - confidence) / 2, clusters - 1, "upper") * error;
  return { low: Math.max(0, mean - reach), high: Math.min(1, mean + reach) };
}

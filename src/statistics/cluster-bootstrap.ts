import { indexDraw } from "./binomial-draw.js";
import type { Interval } from "./interval.js";
import { quantile } from "./quantile.js";
import { Random } from "./random.js";

/** Fewer clusters say too little of how clusters differ. */
export const leastClusters = 30;

export interface BootstrapOptions {
  readonly draws?: number;
  readonly seed?: number;
  readonly confidence?: number;
}

/**
 * Percentile interval of a value by drawing whole clusters with replacement, for values that have no formula: the same seed gives the same interval.
 * Undefined with fewer than 30 clusters, or where more than one draw in twenty leaves the value undefined.
 * Source: Davison & Hinkley 1997, Bootstrap Methods and their Application, 3.8 (resampling of clusters whole) and 5.3 (percentiles).
 *
 * @param value of the data in which cluster i stands `times[i]` times; the array is used again for each draw
 */
export function clusterBootstrap(
  clusters: number,
  value: (times: Uint32Array) => number | undefined,
  { draws = 1000, seed = 1, confidence = 0.95 }: BootstrapOptions = {},
): Interval | undefined {
  if (clusters < leastClusters) return undefined;
  const times = new Uint32Array(clusters);
  const found: number[] = [];
  const random = new Random(seed);
  for (let draw = 0; draw < draws; draw++) {
    times.fill(0);
    for (let i = 0; i < clusters; i++) times[indexDraw(random, clusters)]! += 1;
    const x = value(times);
    if (x !== undefined) found.push(x);
  }
  if (found.length < 0.95 * draws) return undefined;
  const sorted = Float64Array.from(found).sort();
  const tail = (1 - confidence) / 2;
  return { low: quantile(sorted, tail) ?? 0, high: quantile(sorted, 1 - tail) ?? 0 };
}

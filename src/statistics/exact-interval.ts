import { hypergeometricTail } from "./hypergeometric.js";
import type { Interval } from "./interval.js";
import { betaQuantile } from "./special.js";

/**
 * Exact interval for a proportion that was seen `successes` times in `trials` independent draws: it covers the true share at least as often as it says, for
 * any number of trials, which the score interval does only on average. Undefined where trials is 0.
 * Source: Clopper & Pearson 1934, Biometrika 26(4), 404–413, by quantiles of the beta distribution.
 *
 * @param level two-sided, 0.95 by default
 */
export function clopperPearson(successes: number, trials: number, level = 0.95): Interval | undefined {
  if (trials === 0) return undefined;
  const tail = (1 - level) / 2;
  return {
    low: successes === 0 ? 0 : betaQuantile(tail, successes, trials - successes + 1),
    high: successes === trials ? 1 : betaQuantile(tail, successes + 1, trials - successes, "upper"),
  };
}

/** An interval for a share of a lot of known size; both ends are whole counts of its units. */
export interface LotInterval extends Interval {
  readonly low_count: number;
  readonly high_count: number;
}

/**
 * Exact interval for the share of a lot of which `trials` units were drawn without replacement: every count of the lot that leaves more than half of what the
 * confidence leaves over on either side of what was seen. Undefined where trials is 0; one point where all were drawn.
 * Source: Buonaccorsi 1987, The American Statistician 41(3), 215–218.
 *
 * @param lot at least `trials` units
 */
export function hypergeometricInterval(
  successes: number,
  trials: number,
  lot: number,
  level = 0.95,
): LotInterval | undefined {
  if (trials === 0) return undefined;
  const tail = (1 - level) / 2;
  const failures = trials - successes;
  const low_count = leastCount(successes, { drawn: trials, lot, tail });
  // The upper end is the lower one of the failures.
  const high_count = lot - leastCount(failures, { drawn: trials, lot, tail });
  return { low: low_count / lot, high: high_count / lot, low_count, high_count };
}

interface LotSearch {
  readonly drawn: number;
  readonly lot: number;
  readonly tail: number;
}

/** The least count of the lot at which P(X ≥ seen) is above the tail; it grows with the count. */
function leastCount(seen: number, { drawn, lot, tail }: LotSearch): number {
  let low = seen;
  let high = lot - (drawn - seen);
  while (low < high) {
    const marked = Math.floor((low + high) / 2);
    if (hypergeometricTail(seen - 1, { lot, marked, drawn }, "upper") > tail) high = marked;
    else low = marked + 1;
  }
  return low;
}

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

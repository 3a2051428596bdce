import { clopperPearson } from "./exact-interval.js";
import type { Interval } from "./interval.js";
import { normalQuantile } from "./special.js";

/** What the intervals of one proportion take beyond x of n. */
export interface IntervalOptions {
  /** Two-sided, 0.95 by default. */
  readonly confidence?: number;
  /** Ends below 0 and above 1 become 0 and 1, which they are by default. */
  readonly clip?: boolean;
}

/** The z beyond which half of what the confidence leaves over lies. */
export function twoSidedZ(confidence: number): number {
  return normalQuantile((1 - confidence) / 2, "upper");
}

/** p̂ ± z·√(p̂(1−p̂)/n): the textbook interval, empty at 0 and at n. Undefined where trials is 0. Source: Laplace 1812. */
export function waldInterval(successes: number, trials: number, options: IntervalOptions = {}): Interval | undefined {
  if (trials === 0) return undefined;
  const share = successes / trials;
  const reach = twoSidedZ(options.confidence ?? 0.95) * Math.sqrt((share * (1 - share)) / trials);
  return clipped(share - reach, share + reach, options.clip);
}

/**
 * The textbook interval of z²/2 more successes in z² more trials. Undefined where trials is 0.
 * Source: Agresti & Coull 1998, The American Statistician 52(2), 119–126.
 */
export function agrestiCoull(successes: number, trials: number, options: IntervalOptions = {}): Interval | undefined {
  if (trials === 0) return undefined;
  const z = twoSidedZ(options.confidence ?? 0.95);
  const enlarged = trials + z * z;
  const share = (successes + (z * z) / 2) / enlarged;
  const reach = z * Math.sqrt((share * (1 - share)) / enlarged);
  return clipped(share - reach, share + reach, options.clip);
}

/**
 * Score interval with continuity correction: what is within ½ of the count that was seen. Undefined where trials is 0.
 * Source: Newcombe 1998, Statistics in Medicine 17, 857–872, method 4.
 */
export function wilsonCorrected(successes: number, trials: number, confidence = 0.95): Interval | undefined {
  if (trials === 0) return undefined;
  const z = twoSidedZ(confidence);
  return {
    low: successes === 0 ? 0 : scoreEnd(successes - 0.5, trials, -z),
    high: successes === trials ? 1 : scoreEnd(successes + 0.5, trials, z),
  };
}

/** One end of the score interval, the lower one for a z below 0. */
function scoreEnd(successes: number, trials: number, z: number): number {
  const share = successes / trials;
  const excess = (z * z) / trials;
  return (share + excess / 2 + z * Math.sqrt((share * (1 - share) + excess / 4) / trials)) / (1 + excess);
}

/**
 * The textbook interval of ln(p/(1−p)), carried back; at 0 and at n, where the logarithm has no value, the exact one. Undefined where trials is 0.
 * Source: Agresti 2013, Categorical Data Analysis, 3rd ed., 3.1.
 */
export function logitInterval(successes: number, trials: number, confidence = 0.95): Interval | undefined {
  if (successes === 0 || successes === trials) return clopperPearson(successes, trials, confidence);
  const failures = trials - successes;
  const centre = Math.log(successes / failures);
  const reach = twoSidedZ(confidence) * Math.sqrt(1 / successes + 1 / failures);
  return { low: 1 / (1 + Math.exp(reach - centre)), high: 1 / (1 + Math.exp(-reach - centre)) };
}

function clipped(low: number, high: number, clip = true): Interval {
  return clip ? { low: Math.max(0, low), high: Math.min(1, high) } : { low, high };
}

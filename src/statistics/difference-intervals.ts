import { type Interval, wilsonInterval } from "./interval.js";
import { twoSidedZ } from "./proportion-intervals.js";

/** A count of units of one group. Where a group has no trials each of these intervals is undefined. */
export interface Group {
  readonly successes: number;
  readonly trials: number;
}

/** p₁ − p₂ ± z·√(p₁q₁/n₁ + p₂q₂/n₂); too narrow in small groups, and not within −1 … 1. */
export function waldDifference(first: Group, second: Group, confidence = 0.95): Interval | undefined {
  if (first.trials === 0 || second.trials === 0) return undefined;
  const p1 = first.successes / first.trials;
  const p2 = second.successes / second.trials;
  const reach = twoSidedZ(confidence) * Math.sqrt((p1 * (1 - p1)) / first.trials + (p2 * (1 - p2)) / second.trials);
  return { low: p1 - p2 - reach, high: p1 - p2 + reach };
}

/**
 * The textbook interval after one success and one failure more in each group.
 * Source: Agresti & Caffo 2000, The American Statistician 54(4), 280–288.
 */
export function agrestiCaffo(first: Group, second: Group, confidence = 0.95): Interval | undefined {
  if (first.trials === 0 || second.trials === 0) return undefined;
  const enlarged = ({ successes, trials }: Group): Group => ({ successes: successes + 1, trials: trials + 2 });
  return waldDifference(enlarged(first), enlarged(second), confidence);
}

/**
 * The squares of the distances to the ends of the two score intervals, added up.
 * Source: Newcombe 1998, Statistics in Medicine 17, 873–890, method 10 (hybrid score, no continuity correction).
 */
export function newcombeDifference(first: Group, second: Group, confidence = 0.95): Interval | undefined {
  if (first.trials === 0 || second.trials === 0) return undefined;
  const z = twoSidedZ(confidence);
  const p1 = first.successes / first.trials;
  const p2 = second.successes / second.trials;
  const one = wilsonInterval(first.successes, first.trials, z) ?? { low: 0, high: 1 };
  const two = wilsonInterval(second.successes, second.trials, z) ?? { low: 0, high: 1 };
  return {
    low: p1 - p2 - Math.hypot(p1 - one.low, two.high - p2),
    high: p1 - p2 + Math.hypot(one.high - p1, p2 - two.low),
  };
}

export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** Two-sided 95 %: the 0.975 quantile of the standard normal distribution. */
export const Z95 = 1.959963984540054;

/**
 * Score interval for a proportion that was seen `successes` times in `trials` independent draws; it stays within 0 … 1 and is not
 * empty at 0 or `trials`, where the textbook interval is. Undefined where trials is 0.
 * Source: Wilson 1927, J. Am. Stat. Assoc. 22(158), 209–212; without continuity correction.
 */
export function wilsonInterval(successes: number, trials: number, z: number = Z95): Interval | undefined {
  if (trials === 0) return undefined;
  const share = successes / trials;
  const excess = (z * z) / trials;
  const centre = share + excess / 2;
  const reach = z * Math.sqrt((share * (1 - share) + excess / 4) / trials);
  // At the ends the bound is exactly 0 or 1; the formula misses that by a rounding.
  return {
    low: successes === 0 ? 0 : (centre - reach) / (1 + excess),
    high: successes === trials ? 1 : (centre + reach) / (1 + excess),
  };
}

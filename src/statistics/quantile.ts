/**
 * Quantile p of ascending numbers, by linear interpolation between the two nearest: type 7 of Hyndman & Fan 1996, the default of R
 * and NumPy. Undefined where there are no numbers.
 *
 * @param sorted ascending, without NaN
 * @param p from 0 to 1
 */
export function quantile(sorted: Float64Array, p: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const position = (sorted.length - 1) * p;
  const index = Math.floor(position);
  const below = sorted[index]!;
  const above = sorted[Math.min(index + 1, sorted.length - 1)]!;
  const share = position - index;
  // Also keeps two equal infinities, whose difference is NaN.
  return share === 0 || below === above ? below : below + share * (above - below);
}

import type { Tail } from "./special.js";

/** Draws without replacement from a lot in which some units are marked. */
export interface Draws {
  readonly lot: number;
  readonly marked: number;
  readonly drawn: number;
}

/** Sizes of lots that are answered within seconds: the number of terms grows with the square root. */
export const lotSizes = { min: 1, max: 1e10, whole: true } as const;

/**
 * Number of marked units among those drawn: P(X ≤ k) or P(X > k). Whole numbers, marked and drawn at most the lot.
 *
 * Terms are multiplied on from the likeliest one and divided by their sum: no logarithm of a factorial, which loses digits in lots of millions.
 */
export function hypergeometricTail(k: number, { lot, marked, drawn }: Draws, tail: Tail): number {
  const least = Math.max(0, drawn + marked - lot);
  const most = Math.min(drawn, marked);
  if (k < least) return tail === "lower" ? 0 : 1;
  if (k >= most) return tail === "lower" ? 1 : 0;
  const mode = Math.min(most, Math.floor(((drawn + 1) * (marked + 1)) / (lot + 2)));
  const rest = lot - marked - drawn;
  let lower = mode <= k ? 1 : 0;
  let upper = 1 - lower;
  for (let i = mode, term = 1; i > least; i--) {
    term *= (i * (rest + i)) / ((marked - i + 1) * (drawn - i + 1));
    if (i - 1 > k) upper += term;
    else lower += term;
    // Only a term of the side that still grows can be left out: the other one may be all of a small tail.
    if (term === 0 || (i - 1 <= k && term < lower * 1e-18)) break;
  }
  for (let i = mode, term = 1; i < most; i++) {
    term *= ((marked - i) * (drawn - i)) / ((i + 1) * (rest + i + 1));
    if (i + 1 > k) upper += term;
    else lower += term;
    if (term === 0 || (i + 1 > k && term < upper * 1e-18)) break;
  }
  return (tail === "lower" ? lower : upper) / (lower + upper);
}

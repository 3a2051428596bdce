/** A measurement of the form of ISO/IEC 25024: A of B, X = A/B. */
export interface Proportion {
  readonly a: number;
  readonly b: number;
  /** Undefined where B is 0: nothing was asked, which is neither 0 nor 1. */
  readonly x: number | undefined;
}

export function proportion(a: number, b: number): Proportion {
  return { a, b, x: b === 0 ? undefined : a / b };
}

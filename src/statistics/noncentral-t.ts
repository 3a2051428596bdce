import { normalTail, type Tail } from "./special.js";

/**
 * Noncentral t: (Z + δ)/√(V/ν), Z normal and V of χ² with ν degrees of freedom: P(T ≤ t) or P(T > t), to about 1e-13.
 *
 * The normal tail at t·s − δ, averaged over the distribution of s = √(V/ν). In ln s the integrand falls off faster than any exponential to the right and as
 * s^ν to the left, so that equal steps converge exponentially (Trefethen & Weideman 2014, SIAM Review 56(3)); the same steps give the norm, without Γ.
 *
 * @param df at least 1, not necessarily whole
 */
export function noncentralTTail(t: number, df: number, delta: number, tail: Tail): number {
  // Beyond both ends the weight is below e^−45.
  const reach = Math.sqrt(45 / df);
  const from = -(reach + 45 / df);
  const to = Math.min(reach, 3);
  // The narrower of the two factors in ln s: the weight has 1/√(2ν); the normal tail goes from 0 to 1 where |t·s − δ| is below 8, and there t·s is its slope.
  const width = Math.min(1 / Math.sqrt(2 * df), 1 / Math.max(1, Math.min(Math.abs(t), Math.abs(delta) + 8)));
  const steps = Math.ceil((to - from) / Math.min(0.1, width / 3));
  let sum = 0;
  let norm = 0;
  for (let i = 0; i <= steps; i++) {
    const w = from + ((to - from) * i) / steps;
    const weight = Math.exp(df * (w - Math.expm1(2 * w) / 2));
    norm += weight;
    sum += weight * normalTail(t * Math.exp(w) - delta, tail);
  }
  return sum / norm;
}

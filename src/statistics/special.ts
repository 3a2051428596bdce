import betainc from "@stdlib/math-base-special-betainc";
import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";
import gammainc from "@stdlib/math-base-special-gammainc";
import gammaln from "@stdlib/math-base-special-gammaln";
import betaincinv from "@stdlib/math-base-special-kernel-betaincinv";

/** Which side of a distribution: `lower` is P(X ≤ x), `upper` P(X > x). A small tail is asked for by its side; 1 − p would lose its digits. */
export type Tail = "lower" | "upper";

/** ln Γ(x), x > 0. */
export const logGamma: (x: number) => number = gammaln;

/** ln of the number of ways to choose k of n; −∞ outside 0 … n. */
export function logChoose(n: number, k: number): number {
  if (k < 0 || k > n) return -Infinity;
  return k === 0 || k === n ? 0 : logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/**
 * Digamma, the derivative of ln Γ, at x > 0: shifted by ψ(x) = ψ(x + 1) − 1/x to where the asymptotic series (Abramowitz & Stegun 1964, 6.3.18) has all digits.
 * The library's own is a package of its own for one function of ten lines.
 */
export function digamma(x: number): number {
  let shift = 0;
  let far = x;
  for (; far < 12; far++) shift -= 1 / far;
  const square = 1 / (far * far);
  const series =
    square *
    (1 / 12 -
      square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32760)))));
  return shift + Math.log(far) - 1 / (2 * far) - series;
}

/** ln of the logistic function 1 ÷ (1 + e⁻ᵘ), without overflow on either side. */
export function logSigmoid(u: number): number {
  return u > 0 ? -Math.log1p(Math.exp(-u)) : u - Math.log1p(Math.exp(u));
}

/** Beta distribution of a and b, both above 0, at x in 0 … 1: the regularised incomplete beta function. */
export function betaTail(x: number, a: number, b: number, tail: Tail): number {
  return betainc(Math.min(1, Math.max(0, x)), a, b, true, tail === "upper");
}

/** The x that has probability p, 0 … 1, on the given side of the beta distribution. */
export function betaQuantile(p: number, a: number, b: number, tail: Tail = "lower"): number {
  if (p === 0 || p === 1) return (p === 0) === (tail === "lower") ? 0 : 1;
  const [x = Number.NaN, rest = Number.NaN] =
    tail === "lower" ? betaincinv(a, b, p, 1 - p) : betaincinv(a, b, 1 - p, p);
  // The library stops at eleven digits; one step of Newton's brings the rest.
  const density = Math.exp((a - 1) * Math.log(x) + (b - 1) * Math.log(rest) - logBeta(a, b));
  const step = (betaTail(x, a, b, tail) - p) / (tail === "lower" ? density : -density);
  return Math.abs(step) < Math.min(x, rest) * 1e-6 ? x - step : x;
}

/** ln B(a, b). */
function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** Standard normal distribution. */
export function normalTail(z: number, tail: Tail): number {
  return erfc(tail === "upper" ? z / Math.SQRT2 : -z / Math.SQRT2) / 2;
}

/** The z that has probability p on the given side of the standard normal distribution; ±∞ at 0 and 1. */
export function normalQuantile(p: number, tail: Tail = "lower"): number {
  const z = Math.SQRT2 * erfcinv(2 * p);
  return tail === "upper" ? z : -z;
}

/** Student's t with `df` degrees of freedom, which may be no whole number; normal at df = ∞. */
export function tTail(t: number, df: number, tail: Tail): number {
  if (df === Infinity) return normalTail(t, tail);
  // The two-sided tail is that of a beta distribution; both forms keep digits, one near 0 and the other far out.
  const square = t * t;
  const outside =
    square < df
      ? betaTail(square / (df + square), 0.5, df / 2, "upper")
      : betaTail(df / (df + square), df / 2, 0.5, "lower");
  return t > 0 === (tail === "upper") ? outside / 2 : 1 - outside / 2;
}

/** The t that has probability p on the given side; ±∞ at 0 and 1. */
export function tQuantile(p: number, df: number, tail: Tail = "lower"): number {
  if (df === Infinity) return normalQuantile(p, tail);
  if (p === 0.5) return 0;
  if (p === 0 || p === 1) return (p === 0) === (tail === "lower") ? -Infinity : Infinity;
  const small = Math.min(p, 1 - p);
  const [x = 0, rest = 1] = betaincinv(df / 2, 0.5, 2 * small, 1 - 2 * small);
  const rough = Math.sqrt((df * rest) / x);
  const density = Math.exp(-((df + 1) / 2) * Math.log1p((rough * rough) / df) - logBeta(df / 2, 0.5)) / Math.sqrt(df);
  const step = (tTail(rough, df, "upper") - small) / density;
  const far = Math.abs(step) < rough * 1e-6 ? rough + step : rough;
  return p < 0.5 === (tail === "lower") ? -far : far;
}

/** Fisher's F with two degrees of freedom, at F ≥ 0. */
export function fTail(f: number, df1: number, df2: number, tail: Tail): number {
  if (f <= 0) return tail === "upper" ? 1 : 0;
  if (f === Infinity) return tail === "upper" ? 0 : 1;
  // Whichever of the two shares is the smaller is exact near 0.
  const first = df1 * f;
  return first < df2
    ? betaTail(first / (df2 + first), df1 / 2, df2 / 2, tail)
    : betaTail(df2 / (df2 + first), df2 / 2, df1 / 2, tail === "upper" ? "lower" : "upper");
}

/** The F that has probability p on the given side. */
export function fQuantile(p: number, df1: number, df2: number, tail: Tail = "lower"): number {
  if (p === 0 || p === 1) return (p === 0) === (tail === "lower") ? 0 : Infinity;
  const [x = 0, rest = 1] =
    tail === "lower" ? betaincinv(df1 / 2, df2 / 2, p, 1 - p) : betaincinv(df1 / 2, df2 / 2, 1 - p, p);
  return (df2 * x) / (df1 * rest);
}

/** χ² with `df` degrees of freedom, at x ≥ 0. */
export function chiSquareTail(x: number, df: number, tail: Tail): number {
  return x <= 0 ? (tail === "upper" ? 1 : 0) : gammainc(x / 2, df / 2, true, tail === "upper");
}

/** Poisson distribution of mean λ ≥ 0: P(X ≤ k) or P(X > k). */
export function poissonTail(k: number, lambda: number, tail: Tail): number {
  if (k < 0) return tail === "lower" ? 0 : 1;
  if (lambda === 0) return tail === "lower" ? 1 : 0;
  return gammainc(lambda, Math.floor(k) + 1, true, tail === "lower");
}

/** Binomial distribution of n draws with probability p: P(X ≤ k) or P(X > k). */
export function binomialTail(k: number, n: number, p: number, tail: Tail): number {
  if (k < 0 || k >= n) return k < 0 === (tail === "lower") ? 0 : 1;
  return betaTail(p, Math.floor(k) + 1, n - Math.floor(k), tail === "lower" ? "upper" : "lower");
}

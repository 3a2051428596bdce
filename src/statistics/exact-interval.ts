import type { Interval } from "./interval.js";

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
    high: successes === trials ? 1 : betaQuantile(1 - tail, successes + 1, trials - successes),
  };
}

/** By halving: the distribution function is monotone, and 60 halvings are below the last bit of what is asked here. */
function betaQuantile(p: number, a: number, b: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (regularisedBeta(middle, a, b) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** I_x(a, b), for a, b ≥ 1. Source: continued fraction 8.17.22 of the NIST Digital Library of Mathematical Functions, which converges fast below the mean. */
function regularisedBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
  const front = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  return front / fraction(x, a, b);
}

const tiny = 1e-300;
const enough = 1e-15;
const steps = 100_000;

/** The continued fraction, by the method of Lentz as Thompson & Barnett 1986 mended it. */
function fraction(x: number, a: number, b: number): number {
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  d = 1 / (Math.abs(d) < tiny ? tiny : d);
  let value = d;
  for (let m = 1; m < steps; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    for (const term of [even, odd]) {
      d = 1 / (Math.abs(1 + term * d) < tiny ? tiny : 1 + term * d);
      c = Math.abs(1 + term / c) < tiny ? tiny : 1 + term / c;
      value *= c * d;
    }
    if (Math.abs(c * d - 1) < enough) break;
  }
  return 1 / value;
}

function logBeta(a: number, b: number): number {
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** ln Γ(z) for z ≥ 1, by the series of Stirling from 16 up (DLMF 5.11.1), where six terms leave less than 1e-16. */
function logGamma(z: number): number {
  let shift = 0;
  let at = z;
  for (; at < 16; at++) shift += Math.log(at);
  const inverse = 1 / (at * at);
  const series =
    (1 / 12 -
      inverse *
        (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188 - (inverse * 691) / 360360))))) /
    at;
  return (at - 0.5) * Math.log(at) - at + Math.log(2 * Math.PI) / 2 + series - shift;
}

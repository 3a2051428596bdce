import type { Random } from "./random.js";
import { logChoose } from "./special.js";

/** A number from 0 up to, not including, 1, with 53 random bits. */
export function uniformDraw(random: Random): number {
  return ((random.word() >>> 5) * 0x4000000 + (random.word() >>> 6)) / 2 ** 53;
}

/** A whole number from 0 up to, not including, `below`, each as likely. Source: Lemire 2019, ACM Trans. Model. Comput. Simul. 29(1). */
export function indexDraw(random: Random, below: number): number {
  for (;;) {
    const product = random.word() * below;
    const high = Math.floor(product / 2 ** 32);
    const low = product - high * 2 ** 32;
    // The remainder, which takes three times as long as the rest, is asked for once in 2³² / below draws.
    if (low >= below || low >= 2 ** 32 % below) return high;
  }
}

/**
 * How many of n trials succeed that each do with probability p: by inversion where few are expected (Kachitvichyanukul & Schmeiser 1988, BINV), else by
 * transformed rejection (Hörmann 1993, BTRS), which takes as long for a million trials as for a hundred. Both are exact but for rounding.
 */
export function binomialDraw(random: Random, n: number, p: number): number {
  if (p > 0.5) return n - binomialDraw(random, n, 1 - p);
  if (n === 0 || p <= 0) return 0;
  return n * p < 10 ? byInversion(random, n, p) : byRejection(random, n, p);
}

function byInversion(random: Random, n: number, p: number): number {
  const odds = p / (1 - p);
  const none = Math.exp(n * Math.log1p(-p));
  for (;;) {
    let rest = uniformDraw(random);
    let share = none;
    // Beyond 110 nothing is left in double precision: what rounding leaves of the rest is drawn again.
    for (let k = 0; k <= Math.min(n, 110); k++) {
      if (rest < share) return k;
      rest -= share;
      share *= (odds * (n - k)) / (k + 1);
    }
  }
}

function byRejection(random: Random, n: number, p: number): number {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const centre = n * p + 0.5;
  const inner = 0.92 - 4.2 / b;
  const alpha = (2.83 + 5.1 / b) * spread;
  const mode = Math.floor((n + 1) * p);
  for (;;) {
    const u = uniformDraw(random) - 0.5;
    const v = uniformDraw(random);
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + centre);
    if (us >= 0.07 && v <= inner) return k;
    if (k < 0 || k > n) continue;
    const height = Math.log((v * alpha) / (a / (us * us) + b));
    if (height <= logChoose(n, k) - logChoose(n, mode) + (k - mode) * Math.log(p / (1 - p))) return k;
  }
}

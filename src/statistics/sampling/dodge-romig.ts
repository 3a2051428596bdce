import { hypergeometricTail } from "../hypergeometric.js";
import { poissonTail } from "../special.js";
import type { AttributesPlan } from "./design.js";

/**
 * Average outgoing quality limit of a plan with rectification, as a share: the worst average over all incoming qualities of what is left where rejected lots
 * are inspected whole and nonconforming units replaced. 0 where the sample is the lot.
 * Source: Dodge & Romig 1959, Sampling Inspection Tables, 2nd ed., 2.4: y·(1/n − 1/N), y the greatest λ·P(X ≤ c) of Poisson's distribution.
 */
export function averageOutgoingQualityLimit(lot: number, { n, c }: AttributesPlan): number {
  return n >= lot ? 0 : worstMean(c) * (1 / n - 1 / lot);
}

/** The greatest λ·P(X ≤ c; λ): where its slope P(X ≤ c) − λ·P(X = c) changes its sign, once. */
function worstMean(c: number): number {
  let low = 0;
  let high = c + 2;
  for (let i = 0; i < 60; i++) {
    const lambda = (low + high) / 2;
    const mass = poissonTail(c, lambda, "lower") - poissonTail(c - 1, lambda, "lower");
    if (poissonTail(c, lambda, "lower") > lambda * mass) low = lambda;
    else high = lambda;
  }
  return low * poissonTail(c, low, "lower");
}

/**
 * Lot tolerance per cent defective, as a share: the least share of this lot that is accepted with at most the consumer's risk; n > c.
 *
 * By the hypergeometric distribution, for it speaks of one lot; Dodge and Romig's print has the Poisson distribution from c = 1 on, which is up to 1.2 points off.
 */
export function lotTolerance(lot: number, { n, c }: AttributesPlan, consumerRisk = 0.1): number {
  let low = 0;
  let high = lot;
  while (low < high) {
    const marked = Math.floor((low + high) / 2);
    if (hypergeometricTail(c, { lot, marked, drawn: n }, "lower") <= consumerRisk) high = marked;
    else low = marked + 1;
  }
  return high / lot;
}

import { noncentralTTail } from "../noncentral-t.js";
import { normalQuantile, normalTail } from "../special.js";

/** As for plans of attributes. */
const largest = 10_000_000;

/** Which standard deviation a variables plan takes: the process's, which is known, or the sample's. */
export type Sigma = "known" | "unknown";

/** Accept where the mean lies at least k standard deviations within its one limit, of a sample of n. */
export interface VariablesPlan {
  readonly n: number;
  readonly k: number;
}

/**
 * Probability that a variables plan accepts a lot of which that share lies beyond the limit, the characteristic being normal.
 * Source: Lieberman & Resnikoff 1955, J. Am. Stat. Assoc. 50, 457–516.
 *
 * @param plan n is at least 2 where sigma is unknown
 */
export function variablesAcceptance({ n, k }: VariablesPlan, share: number, sigma: Sigma): number {
  if (share === 0 || share === 1) return 1 - share;
  const root = Math.sqrt(n);
  const z = normalQuantile(share);
  return sigma === "known" ? normalTail((k + z) * root, "upper") : noncentralTTail(k * root, n - 1, -z * root, "upper");
}

/** A lot of quality p1 is rejected with the producer's risk, one of quality p2 accepted with the consumer's. */
export interface RiskPoints {
  readonly p1: number;
  readonly producer_risk: number;
  readonly p2: number;
  readonly consumer_risk: number;
}

/**
 * The smallest sample, and its k that meets the producer's risk exactly; p1 < p2, both within 0 … 1, risks of 1e-9 at least. Undefined where it has more than ten
 * million units.
 * Source: Guenther 1977, Sampling Inspection in Statistical Quality Control, ch. 5; n of unknown sigma by the noncentral t, not by the approximation 1 + k²/2.
 */
export function designVariablesPlan(points: RiskPoints, sigma: Sigma): VariablesPlan | undefined {
  const { p1, producer_risk, p2, consumer_risk } = points;
  const z1 = normalQuantile(p1);
  const zs = (normalQuantile(producer_risk) + normalQuantile(consumer_risk)) / (normalQuantile(p2) - z1);
  const least = Math.max(1, Math.ceil(zs * zs));
  if (least > largest) return undefined;
  if (sigma === "known") return { n: least, k: normalQuantile(producer_risk) / Math.sqrt(least) - z1 };
  const plan = (n: number): VariablesPlan => ({ n, k: kOfProducer(n, points) });
  const meets = (n: number): boolean => variablesAcceptance(plan(n), p2, sigma) <= consumer_risk;
  // Not to know sigma costs about 1 + k²/2 times as many units.
  let high = Math.max(2, least);
  while (!meets(high) && high <= largest) high *= 2;
  if (high > largest) return undefined;
  let low = Math.max(1, Math.floor(high / 2));
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (meets(middle)) high = middle;
    else low = middle;
  }
  return plan(high);
}

/** The k at which a lot of quality p1 is accepted with 1 − producer's risk; acceptance falls as k grows. */
function kOfProducer(n: number, { p1, producer_risk }: RiskPoints): number {
  const accepts = (k: number): boolean => variablesAcceptance({ n, k }, p1, "unknown") > 1 - producer_risk;
  let low = -1;
  let high = 1;
  while (!accepts(low)) low *= 2;
  while (accepts(high)) high *= 2;
  for (let i = 0; i < 60 && high - low > 1e-14 * Math.max(1, Math.abs(high)); i++) {
    const middle = (low + high) / 2;
    if (accepts(middle)) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

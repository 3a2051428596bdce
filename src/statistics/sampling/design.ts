import { acceptanceProbability, type LotModel } from "./acceptance.js";
import type { RiskPoints } from "./variables.js";

/** Accept with at most c nonconforming units in a sample of n. */
export interface AttributesPlan {
  readonly n: number;
  readonly c: number;
}

/** A plan of more units is no plan that anybody would carry out. */
const largest = 10_000_000;

/**
 * The plan with the smallest c, and of these the smallest n, that accepts quality p1 with at least 1 − producer's risk and p2 with at most the consumer's risk;
 * no smaller n meets both with any c. p1 < p2. Undefined where no sample of ten million, or of the whole lot, does.
 *
 * Source: Guenther 1969, Journal of Quality Technology 1(3), 202–206.
 */
export function designSinglePlan(
  { p1, producer_risk, p2, consumer_risk }: RiskPoints,
  model: LotModel,
): AttributesPlan | undefined {
  const most = model.distribution === "hypergeometric" ? model.lot : largest;
  const accepts = (n: number, c: number, quality: number): number =>
    acceptanceProbability({ n: [n], ac: [c], re: [c + 1] }, quality, model);
  let n = 1;
  for (let c = 0; c < most; c++) {
    const least = leastN(n, most, (size) => size > c && accepts(size, c, p2) <= consumer_risk);
    if (least === undefined) return undefined;
    if (accepts(least, c, p1) >= 1 - producer_risk) return { n: least, c };
    // The next c needs a larger sample.
    n = least + 1;
  }
  return undefined;
}

/** Acceptance falls as the sample grows, so that doubling and halving find the first size that is met. */
function leastN(from: number, most: number, met: (n: number) => boolean): number | undefined {
  let high = Math.min(from, most);
  let low = from - 1;
  for (let step = 1; !met(high); step *= 2) {
    if (high === most) return undefined;
    low = high;
    high = Math.min(most, high + step);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (met(middle)) high = middle;
    else low = middle;
  }
  return high;
}

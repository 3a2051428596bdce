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
export function designSinglePlan(points: RiskPoints, model: LotModel): AttributesPlan | undefined {
  const { p1, p2 } = points;
  const most = model.distribution === "hypergeometric" ? model.lot : largest;
  // With c both risks come within reach together, so that doubling and halving find the place ...
  let high = 1;
  while (high < most && planOfC(high, points, { model, most }) === "producer") high = Math.min(most, high * 2);
  let low = -1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (planOfC(middle, points, { model, most }) === "producer") low = middle;
    else high = middle;
  }
  // ... but for the rounding of n up to a whole unit, which is worth p1·p2/(p2 − p1) steps of c: among so many the first one is looked for.
  // Where p1 and p2 are so near that these are thousands, both risks need more than the largest sample.
  const window = Math.min(2000, Math.ceil(4 + (4 * p1 * p2) / (p2 - p1)));
  for (let c = Math.max(0, high - window); c <= high; c++) {
    const plan = planOfC(c, points, { model, most });
    if (typeof plan === "object") return plan;
  }
  return undefined;
}

/** The plan of that c which meets both risks; else which one it cannot meet within the sizes allowed. */
function planOfC(
  c: number,
  { p1, producer_risk, p2, consumer_risk }: RiskPoints,
  { model, most }: { readonly model: LotModel; readonly most: number },
): AttributesPlan | "producer" | "consumer" {
  const accepts = (n: number, quality: number): number =>
    acceptanceProbability({ n: [n], ac: [c], re: [c + 1] }, quality, model);
  const n = leastN(c + 1, most, (size) => accepts(size, p2) <= consumer_risk);
  if (n === undefined) return "consumer";
  return accepts(n, p1) >= 1 - producer_risk ? { n, c } : "producer";
}

/** Acceptance falls as the sample grows, so that doubling and halving find the first size that is met. */
function leastN(from: number, most: number, met: (n: number) => boolean): number | undefined {
  if (from > most) return undefined;
  let high = from;
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

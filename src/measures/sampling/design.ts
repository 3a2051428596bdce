import { lotSizes } from "../../statistics/hypergeometric.js";
import { designSinglePlan } from "../../statistics/sampling/design.js";
import { averageOutgoingQualityLimit, lotTolerance } from "../../statistics/sampling/dodge-romig.js";
import { designVariablesPlan, type RiskPoints } from "../../statistics/sampling/variables.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, numberOf, numbersOf, textOf } from "../inputs.js";
import { modelOf } from "./oc.js";

const within = { min: 0, max: 1, open: true } as const;
/** Smaller ones are lost in 1 − risk. */
const riskRange = { min: 1e-9, max: 1 } as const;

/** @throws MeasureError unless p1 is the better of both qualities, and the risks leave something between them */
function risksOf(inputs: Inputs, most: number): RiskPoints {
  const quality = { min: 0, max: most, open: true } as const;
  const points = {
    p1: numberOf(inputs, "p1", quality),
    producer_risk: numberOf(inputs, "producer_risk", riskRange),
    p2: numberOf(inputs, "p2", quality),
    consumer_risk: numberOf(inputs, "consumer_risk", riskRange),
  };
  if (points.p1 >= points.p2)
    throw new MeasureError("inputs-disagree", {
      input: "p2",
      expected: { zh: `大于 p1（${points.p1}）`, en: `above p1, ${points.p1}` },
      found: `${points.p2}`,
    });
  if (points.producer_risk + points.consumer_risk >= 1)
    throw new MeasureError("inputs-disagree", {
      input: "consumer_risk",
      expected: { zh: "两个风险合计小于 1", en: "both risks below 1 together" },
    });
  return points;
}

const ofDesign = {
  orientation: "none",
  inference: "process",
  misleads: {
    zh: "方案只在这两点上有所保证；两点之间的质量，接收与否要看抽检特性曲线；单位成群时须按群抽样并加大样本",
    en: "It promises something at these two qualities only; between them the OC curve counts; where units come in clusters, draw clusters, and more of them",
  },
} as const;

export const designs: readonly MeasureFunction[] = [
  /**
   * Formula: the smallest c, then the smallest n, with P(accept | p1) ≥ 1 − producer_risk and P(accept | p2) ≤ consumer_risk
   * Convention: n is the smallest at which the consumer's risk is met (as in R's AcceptanceSampling::find.plan); no smaller n meets both risks with any c. A
   * hypergeometric lot has p·lot_size nonconforming units, rounded.
   * Edge: undefined where no sample of ten million, or of the lot, meets both.
   * Unit: n in units, c in nonconforming units.
   * Source: Guenther 1969, Journal of Quality Technology 1(3), 202–206.
   */
  {
    id: "design-single-plan",
    title: { zh: "设计一次抽样方案", en: "Design of a single sampling plan" },
    answers: {
      zh: "好批几乎总被接收、坏批几乎总被拒收，至少抽多少",
      en: "How few units have to be inspected so that good lots are nearly always accepted and bad ones nearly never",
    },
    ...ofDesign,
    inputs: ["p1", "producer_risk", "p2", "consumer_risk", "distribution", "lot_size", "objective"],
    outputs: ["n", "c"],
    calculate(inputs) {
      const model = modelOf(inputs);
      const smallest = "smallest c, then smallest n";
      textOf(inputs, "objective", [smallest], smallest);
      const plan = designSinglePlan(risksOf(inputs, model.distribution === "poisson" ? Infinity : 1), model);
      if (plan !== undefined) return { values: { ...plan } };
      return { values: { n: undefined, c: undefined }, undefined_because: { n: "no-plan", c: "no-plan" } };
    },
  },
  /**
   * Formula: the smallest n, and the k with P(accept | p1) = 1 − producer_risk, at which P(accept | p2) ≤ consumer_risk
   * Convention: one limit; the producer's risk is met exactly. Unknown sigma by the noncentral t, not by the approximation n·(1 + k²/2).
   * Edge: undefined where the sample would pass ten million units.
   * Unit: n in units, k in standard deviations.
   * Source: Guenther 1977, Sampling Inspection in Statistical Quality Control, ch. 5; R package AcceptanceSampling, find.plan.
   */
  {
    id: "design-variables-plan",
    title: { zh: "设计计量抽样方案", en: "Design of a variables sampling plan" },
    answers: {
      zh: "按测得的数值判批，至少抽多少，均值须离界限几个标准差",
      en: "How few units have to be measured, and how many standard deviations the mean has to lie within the limit",
    },
    ...ofDesign,
    inputs: ["p1", "producer_risk", "p2", "consumer_risk", "sigma"],
    outputs: ["n", "k"],
    calculate(inputs) {
      const plan = designVariablesPlan(risksOf(inputs, 1), textOf(inputs, "sigma", ["known", "unknown"]));
      if (plan !== undefined) return { values: { ...plan } };
      return { values: { n: undefined, k: undefined }, undefined_because: { n: "no-plan", k: "no-plan" } };
    },
  },
  /**
   * Formula: aoql = y·(1/n − 1/N), y the greatest λ·P(X ≤ c; λ) of Poisson's distribution; ltpd_percent_printed = the least per cent of the lot that is accepted
   * with at most consumer_risk, hypergeometric
   * Convention: recomputed from n, c and the largest lot of each row, whichever table it comes from; Dodge and Romig's prints round, and have the Poisson
   * distribution for LTPD from c = 1 on, up to 1.2 points off.
   * Edge: a sample as large as the lot leaves nothing: AOQL 0.
   * Unit: aoql as a share, aoql_percent and ltpd_percent_printed in per cent.
   * Source: Dodge & Romig 1959, Sampling Inspection Tables, 2nd ed.
   */
  {
    id: "dodge-romig",
    title: { zh: "道奇–罗米格方案的 AOQL 与 LTPD", en: "AOQL and LTPD of Dodge–Romig plans" },
    answers: {
      zh: "拒收批全检并换好之后，最坏的平均出厂质量是多少；哪样的批几乎不被接收",
      en: "How bad the average outgoing quality can be where rejected lots are inspected whole and mended, and which lots are nearly never accepted",
    },
    misleads: {
      zh: "AOQL 只在拒收批确实全检、不合格品确实换好时成立",
      en: "AOQL holds only where rejected lots are inspected whole indeed, and what is nonconforming is mended",
    },
    orientation: "lower-is-better",
    inference: "process",
    inputs: ["lot_size_up_to", "n", "c", "AOQL", "LTPD", "consumer_risk", "process_average_up_to"],
    outputs: ["aoql", "aoql_percent", "ltpd_percent_printed"],
    calculate(inputs) {
      // What the row of the table is for: it changes nothing of what the plan gives.
      for (const name of ["AOQL", "LTPD", "process_average_up_to"])
        if (inputs[name] !== undefined) numberOf(inputs, name, { min: 0, max: 1 });
      const risk = numberOf(inputs, "consumer_risk", within, 0.1);
      const lots = numbersOf(inputs, "lot_size_up_to", lotSizes, 1);
      const n = numbersOf(inputs, "n", { min: 1, whole: true }, lots.length);
      const c = numbersOf(inputs, "c", { min: 0, whole: true }, lots.length);
      const plans = Array.from(lots, (lot, i) => ({ lot, n: n[i] ?? 0, c: c[i] ?? 0 }));
      const wrong = plans.findIndex((plan) => plan.n > plan.lot || plan.c >= plan.n);
      if (wrong >= 0 || n.length !== lots.length || c.length !== lots.length)
        throw new MeasureError("inputs-disagree", {
          input: wrong >= 0 ? `n[${wrong}]` : "n",
          expected: {
            zh: "三个列表项数相同，且 c < n ≤ 批量",
            en: "three lists of one length, and c < n ≤ size of the lot",
          },
        });
      const aoql = plans.map((plan) => averageOutgoingQualityLimit(plan.lot, plan));
      return {
        values: {
          aoql,
          aoql_percent: aoql.map((limit) => 100 * limit),
          ltpd_percent_printed: plans.map((plan) => 100 * lotTolerance(plan.lot, plan, risk)),
        },
      };
    },
  },
];

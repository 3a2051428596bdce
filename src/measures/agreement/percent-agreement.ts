import { type AgreementEstimate, chanceCorrected, type NoEstimate } from "../../statistics/chance-corrected.js";
import type { UnitTypes } from "../../statistics/unit-types.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, numberOf, shown } from "../inputs.js";
import { answerOf, undefinedAll } from "./estimate.js";
import { coefficientOutputs, unitInputs, unitState } from "./gwet-ac.js";
import { ratingsOf, unitAnswersOf } from "./ratings.js";
import { disagreementOf, type WeightName, weightsOf, worthOf } from "./weights.js";

/** Share of pairs of answers that agree, in the mean over units; with weights the mean weight. @param values as `gwetAc` takes them */
export function percentAgreement(
  units: UnitTypes,
  values: readonly number[],
  weights: WeightName = "unweighted",
): AgreementEstimate | NoEstimate {
  return chanceCorrected(units, disagreementOf(weights, values), values.length, "none");
}

/**
 * Formula: mean over units with two answers or more of the share of their pairs of answers that agree (with weights: the mean weight)
 * Convention: each unit weighs the same, however many answers it has. Standard error and limits as for Gwet's AC.
 * Edge: without a unit with two answers undefined.
 * Unit: share, 0 … 1, under the name `coefficient`.
 * Source: Gwet 2014, Handbook of Inter-Rater Reliability; irrCAC 1.0.
 */
export const percentAgreementMeasure: MeasureFunction = {
  id: "percent-agreement",
  title: { zh: "一致率", en: "Percent agreement" },
  answers: { zh: "标注者两两判断相同的比例", en: "What share of pairs of answers is the same" },
  misleads: {
    zh: "未扣除偶然一致：类别少或偏斜时，随意标注也能很高",
    en: "Chance is not taken off: with few categories, or one that prevails, answers at random agree too",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "asymptotic",
  inputs: unitInputs,
  outputs: coefficientOutputs,
  state: unitState,
  calculate(inputs) {
    const answers = unitAnswersOf(inputs, ["ratings", "counts", "table"]);
    const metric = weightsOf(inputs, answers, worthOf(answers));
    const estimate = chanceCorrected(answers.types, metric, answers.labels.length, "none");
    return answerOf(inputs, estimate, inputs["table"] === undefined ? "n-1" : "n");
  },
};

/** In how many of how many units all answers are the same. Whole numbers, so parts merge to the whole. */
export interface UnanimityTally {
  readonly agreeing: number;
  readonly units: number;
}

/**
 * Units on which all raters agree.
 *
 * @param ratings a row a unit of `raters` values; NaN is no answer, and a unit with one is left out
 * @param tolerance greatest difference of two answers that still agree
 */
export function unanimity(ratings: Float64Array, raters: number, tolerance = 0): UnanimityTally {
  let agreeing = 0;
  let units = 0;
  for (let from = 0; from + raters <= ratings.length; from += raters) {
    let low = Infinity;
    let high = -Infinity;
    let whole = true;
    for (let i = from; i < from + raters; i++) {
      const value = ratings[i] ?? Number.NaN;
      if (Number.isNaN(value)) whole = false;
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
    if (!whole) continue;
    units++;
    if (high - low <= tolerance) agreeing++;
  }
  return { agreeing, units };
}

/**
 * Formula: 100·units where the greatest and the least answer are at most `tolerance` apart ÷ units with an answer of each rater
 * Edge: without a unit that each rater answered undefined; with one rater undefined.
 * Unit: percent, 0 … 100.
 * Source: irr 0.84.1, agree.
 */
export const percentAgreementAllRaters: MeasureFunction = {
  id: "percent-agreement-all-raters",
  title: { zh: "全体一致率", en: "Percent agreement of all raters" },
  answers: { zh: "全体标注者判断相同的单位占百分之几", en: "On what percentage of units all raters agree" },
  misleads: {
    zh: "标注者越多越低；未扣除偶然一致；缺一人的单位不计",
    en: "The more raters, the lower; chance is not taken off; units that a rater left out do not count",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["ratings", "tolerance"],
  outputs: ["percent"],
  state: {
    empty: (): UnanimityTally => ({ agreeing: 0, units: 0 }),
    merge: (left: UnanimityTally, right: UnanimityTally): UnanimityTally => ({
      agreeing: left.agreeing + right.agreeing,
      units: left.units + right.units,
    }),
  },
  calculate(inputs) {
    const { raters, codes, labels } = ratingsOf(inputs);
    const tolerance = numberOf(inputs, "tolerance", { min: 0 }, 0);
    if (codes.length === 0) return undefinedAll(["percent"], "nothing-asked");
    if (raters < 2) return undefinedAll(["percent"], "one-rater");
    const values = valuesOf(inputs, labels, tolerance);
    const ratings = Float64Array.from(codes, (code) => values[code] ?? Number.NaN);
    const { agreeing, units } = unanimity(ratings, raters, tolerance);
    if (units === 0) return undefinedAll(["percent"], "no-pairs");
    return { values: { percent: (100 * agreeing) / units } };
  },
};

/** A tolerance is one of numbers; without it any label will do. */
function valuesOf(inputs: Inputs, labels: readonly unknown[], tolerance: number): readonly number[] {
  return labels.map((label, at) => {
    if (typeof label === "number") return label;
    if (tolerance === 0) return at;
    throw new MeasureError("input-type", {
      input: "ratings",
      expected: { zh: "有容差时为数", en: "numbers, where there is a tolerance" },
      found: shown(inputs["ratings"]),
    });
  });
}

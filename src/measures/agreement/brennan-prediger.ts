import { type AgreementEstimate, chanceCorrected, type NoEstimate } from "../../statistics/chance-corrected.js";
import type { UnitTypes } from "../../statistics/unit-types.js";
import type { MeasureFunction } from "../function.js";
import { answerOf } from "./estimate.js";
import { coefficientOutputs, unitInputs, unitState } from "./gwet-ac.js";
import { unitAnswersOf } from "./ratings.js";
import { disagreementOf, type WeightName, weightsOf, worthOf } from "./weights.js";

/** Brennan–Prediger coefficient (Bennett's S for two raters). @param values the categories on their scale, as `gwetAc` takes them */
export function brennanPrediger(
  units: UnitTypes,
  values: readonly number[],
  weights: WeightName = "unweighted",
): AgreementEstimate | NoEstimate {
  return chanceCorrected(units, disagreementOf(weights, values), values.length, "uniform");
}

/**
 * Formula: (pa − pe)/(1 − pe); pa as for Gwet's AC, pe = Σw/q², without weights 1/q
 * Convention: q counts the categories that were given as the scale, used or not; without a list, those that occur. Standard error and limits as for Gwet's AC; the p is two-sided (irrCAC in R; in Python it is one-sided for raw ratings).
 * Edge: with one category undefined.
 * Unit: at most 1; 0 is what raters give who choose each category alike.
 * Source: Brennan & Prediger 1981, Educ. Psychol. Meas. 41, 687–699; Gwet 2014; irrCAC 1.0.
 */
export const brennanPredigerMeasure: MeasureFunction = {
  id: "brennan-prediger",
  title: { zh: "布伦南–普雷迪格系数", en: "Brennan–Prediger coefficient" },
  answers: {
    zh: "扣除“各类别等概率随选”的一致后，标注者的一致程度",
    en: "How far raters agree beyond what choosing each category alike would give",
  },
  misleads: {
    zh: "列入不用的类别会抬高数值；不看类别实际分布",
    en: "Categories that nobody uses raise it; it takes no notice of how often each is used",
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
    const estimate = chanceCorrected(answers.types, metric, answers.labels.length, "uniform");
    return answerOf(inputs, estimate, inputs["table"] === undefined ? "n-1" : "n");
  },
};

import { type AgreementEstimate, chanceCorrected, type NoEstimate } from "../../statistics/chance-corrected.js";
import { mergeUnitTypes, newUnitTypes, type UnitTypes } from "../../statistics/unit-types.js";
import type { MeasureFunction } from "../function.js";
import { answerOf } from "./estimate.js";
import { unitAnswersOf } from "./ratings.js";
import { disagreementOf, type WeightName, weightsOf, worthOf } from "./weights.js";

/** What every measure of unit counts takes. */
export const unitInputs = [
  "ratings",
  "counts",
  "table",
  "categories",
  "missing",
  "weights",
  "confidence",
  "ci",
  "se_convention",
  "population",
] as const;

/** What every one of them answers. */
export const coefficientOutputs = ["coefficient", "pa", "pe", "se", "ci_low", "ci_high", "p"] as const;

/** The units with their answers; of parts, merged, it is that of the whole. */
export const unitState = { empty: newUnitTypes, merge: mergeUnitTypes } as const;

/**
 * Gwet's AC1, or AC2 with weights other than "unweighted". `coefficientOf` makes a standard error and limits of it.
 *
 * @param values the categories on their scale, in order; their number is that of the categories, whether or not each was given
 */
export function gwetAc(
  units: UnitTypes,
  values: readonly number[],
  weights: WeightName = "unweighted",
): AgreementEstimate | NoEstimate {
  return chanceCorrected(units, disagreementOf(weights, values), values.length, "gwet");
}

/**
 * Formula: (pa − pe)/(1 − pe); pa = mean over units with two answers or more of Σ w·rₖ(rₗ − [k=l])/(r(r−1)); pe = Σw/(q(q−1))·Σ π(1−π), π the mean share of a category
 * Convention: AC1 is the case of weights 0 and 1. Weights are Gwet's, on the values of the categories where they are numbers, else on their ranks. Standard error: for a table of two raters over n, for raw ratings and counts over n − 1; limits with t(n−1), cut at 1; `population`, the units of the frame, takes the finite population correction to the variance.
 * Edge: with one category pe has no meaning and the coefficient is undefined; a unit with one answer counts for π and for n alone.
 * Unit: at most 1; 0 is what chance gives.
 * Source: Gwet 2008, Br. J. Math. Stat. Psychol. 61, 29–48; Gwet 2014, Handbook of Inter-Rater Reliability; irrCAC 1.0.
 */
export const gwetAcMeasure: MeasureFunction = {
  id: "gwet-ac",
  title: { zh: "格威特 AC1/AC2", en: "Gwet's AC1/AC2" },
  answers: {
    zh: "扣除偶然一致后，标注者的一致程度；类别偏斜时也稳定",
    en: "How far raters agree beyond chance, stable also where one category prevails",
  },
  misleads: {
    zh: "类别偏斜时数值偏高，不能与 κ 直接比较；类别数影响期望一致率",
    en: "High where one category prevails, so not to be compared with κ; the number of categories moves the agreement by chance",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "asymptotic",
  inputs: unitInputs,
  outputs: coefficientOutputs,
  state: unitState,
  calculate(inputs) {
    const answers = unitAnswersOf(inputs, ["ratings", "counts", "table"]);
    const estimate = chanceCorrected(
      answers.types,
      weightsOf(inputs, answers, worthOf(answers)),
      answers.labels.length,
      "gwet",
    );
    return answerOf(inputs, estimate, inputs["table"] === undefined ? "n-1" : "n");
  },
};

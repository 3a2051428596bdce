import { type AgreementEstimate, chanceCorrected, type NoEstimate } from "../../statistics/chance-corrected.js";
import type { MeasureFunction } from "../function.js";
import { answerOf, undefinedAll } from "./estimate.js";
import { unitState } from "./gwet-ac.js";
import { typesOfTable, unitAnswersOf } from "./ratings.js";
import { disagreementOf, type WeightName, weightsOf, worthOf } from "./weights.js";

/**
 * Scott's π of two raters: as Fleiss' κ, chance by the mean shares of both.
 *
 * @param table whole numbers, row by row: a row a category of one rater, a column a category of the other
 * @param values the categories on their scale
 */
export function scottPi(
  table: Float64Array,
  values: readonly number[],
  weights: WeightName = "unweighted",
): AgreementEstimate | NoEstimate {
  const metric = disagreementOf(weights, values);
  return chanceCorrected(typesOfTable(table, values.length), metric, values.length, "pooled");
}

const outputs = ["coefficient", "pi", "observed_agreement", "S", "se", "ci_low", "ci_high"] as const;

/**
 * Formula: (pa − pe)/(1 − pe), pe = Σ w·πₖπₗ, π the mean of both raters' shares of a category; S = (pa − pe)/(1 − pe) with pe = Σw/q²
 * Convention: standard error over n (large sample), limits with t(n−1), cut at 1, as irrCAC has them for tables.
 * Edge: all judgements in one category: undefined. S counts the rows of the table as its categories, used or not.
 * Unit: −1 … 1.
 * Source: Scott 1955, Public Opin. Q. 19, 321–325; Bennett, Alpert & Goldstein 1954 for S; Artstein & Poesio 2008; irrCAC 1.0.
 */
export const scottPiMeasure: MeasureFunction = {
  id: "scott-pi",
  title: { zh: "斯科特 π", en: "Scott's π" },
  answers: {
    zh: "两名标注者扣除偶然一致后的一致程度，偶然一致按两人合并的类别分布计",
    en: "How far two raters agree beyond chance, chance by the shares of both taken together",
  },
  misleads: {
    zh: "类别偏斜时偏低；两人偏好不同时不反映偏倚",
    en: "Low where one category prevails; a bias of one rater counts as disagreement only",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "asymptotic",
  inputs: ["table", "categories", "weights", "confidence", "se_convention", "population"],
  outputs,
  state: unitState,
  calculate(inputs) {
    const answers = unitAnswersOf(inputs, ["table"]);
    const metric = weightsOf(inputs, answers, worthOf(answers));
    const size = answers.labels.length;
    const estimate = chanceCorrected(answers.types, metric, size, "pooled");
    const { values, undefined_because } = answerOf(inputs, estimate, "n", ["pi"]);
    const { coefficient, pi, se, ci_low, ci_high, pa } = values;
    const even = chanceCorrected(answers.types, metric, size, "uniform");
    const observed = chanceCorrected(answers.types, metric, size, "none");
    const S = typeof even === "string" ? undefined : even.coefficient;
    const observed_agreement = typeof observed === "string" ? pa : observed.pa;
    return {
      values: { coefficient, pi, observed_agreement, S, se, ci_low, ci_high },
      undefined_because: {
        ...undefined_because,
        ...(typeof even === "string" && { S: even }),
        ...(typeof observed === "string" && { observed_agreement: observed }),
      },
    };
  },
};

/** Prevalence-adjusted bias-adjusted κ of two raters' table, 2·pa − 1. @param table whole numbers, row by row, as `scottPi` takes it */
export function pabak(
  table: Float64Array,
  values: readonly number[],
  weights: WeightName = "unweighted",
): number | NoEstimate {
  const observed = chanceCorrected(
    typesOfTable(table, values.length),
    disagreementOf(weights, values),
    values.length,
    "none",
  );
  return typeof observed === "string" ? observed : 2 * observed.pa - 1;
}

/**
 * Formula: 2·pa − 1, pa the share of units on which both raters agree (with weights: the mean weight)
 * Convention: 2·pa − 1 with any number of categories, as pycm has it; (pa − 1/q)/(1 − 1/q) is the Brennan–Prediger coefficient.
 * Edge: an empty table is undefined.
 * Unit: −1 … 1.
 * Source: Byrt, Bishop & Carlin 1993, J. Clin. Epidemiol. 46, 423–429; pycm.
 */
export const pabakMeasure: MeasureFunction = {
  id: "pabak",
  title: { zh: "PABAK（校正流行率与偏倚的 κ）", en: "PABAK (prevalence- and bias-adjusted κ)" },
  answers: {
    zh: "若两类各半、两人无偏倚，κ 会是多少",
    en: "What κ would be with both categories as frequent and no bias between the raters",
  },
  misleads: {
    zh: "只是一致率的线性变换；三类及以上时零点不再是偶然一致",
    en: "It is percent agreement on another scale; with three categories or more its zero is not chance",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["table", "weights"],
  outputs: ["coefficient"],
  state: unitState,
  calculate(inputs) {
    const answers = unitAnswersOf(inputs, ["table"]);
    const metric = weightsOf(inputs, answers, worthOf(answers));
    const observed = chanceCorrected(answers.types, metric, answers.labels.length, "none");
    return typeof observed === "string"
      ? undefinedAll(["coefficient"], observed)
      : { values: { coefficient: 2 * observed.pa - 1 } };
  },
};

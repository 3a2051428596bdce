import {
  type AgreementEstimate,
  addMarginals,
  chanceCorrected,
  type NoEstimate,
} from "../../statistics/chance-corrected.js";
import { normalTail } from "../../statistics/special.js";
import { answersOf, orderedTypes, type UnitTypes } from "../../statistics/unit-types.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, numberOf } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { answerOf, undefinedAll } from "./estimate.js";
import { coefficientOutputs, unitInputs, unitState } from "./gwet-ac.js";
import { unitAnswersOf } from "./ratings.js";
import { disagreementOf, type WeightName, weightsOf, worthOf } from "./weights.js";

/** Fleiss' κ, for any number of answers a unit. @param values the categories on their scale, as `gwetAc` takes them */
export function fleissKappa(
  units: UnitTypes,
  values: readonly number[],
  weights: WeightName = "unweighted",
): AgreementEstimate | NoEstimate {
  return chanceCorrected(units, disagreementOf(weights, values), values.length, "pooled");
}

/** Tests of H₀: answers at random, and κ by category. */
export interface FleissTest {
  readonly z: number;
  readonly p_two_sided: number;
  /** One a category; undefined where the category was never given, or always. */
  readonly category_kappa: readonly (number | undefined)[];
  readonly category_z: readonly (number | undefined)[];
}

/** Fleiss' tests of his unweighted κ; only where every unit has as many answers as the others, two or more. */
export function fleissTest(units: UnitTypes, size: number): FleissTest | "unequal-answers" | NoEstimate {
  const types = orderedTypes(units, 0);
  if (types.size === 0) return "nothing-asked";
  const raters = answersOf(types, 0);
  for (let type = 1; type < types.size; type++) if (answersOf(types, type) !== raters) return "unequal-answers";
  if (raters < 2) return "no-pairs";
  const given = new Float64Array(size);
  const answers = addMarginals(types, types.units, given);
  const pairs = new Float64Array(size);
  for (let type = 0; type < types.size; type++)
    for (let i = types.offsets[type] ?? 0; i < (types.offsets[type + 1] ?? 0); i++) {
      const count = types.counts[i] ?? 0;
      const category = types.categories[i] ?? 0;
      pairs[category] = (pairs[category] ?? 0) + (types.units[type] ?? 0) * count * (count - 1);
    }
  const estimate = chanceCorrected(units, { kind: "nominal" }, size, "pooled");
  if (typeof estimate === "string") return estimate;
  let variation = 0;
  let skew = 0;
  for (const count of given) {
    const p = count / answers;
    variation += p * (1 - p);
    skew += p * (1 - p) * (1 - 2 * p);
  }
  const unit = 2 / (answers * (raters - 1));
  const z = estimate.coefficient / Math.sqrt((unit * (variation ** 2 - skew)) / variation ** 2);
  const category_kappa = Array.from(given, (count, c) =>
    count === 0 || count === answers
      ? undefined
      : ((pairs[c] ?? 0) / (count * (raters - 1)) - count / answers) / (1 - count / answers),
  );
  const category_z = category_kappa.map((kappa) => (kappa === undefined ? undefined : kappa / Math.sqrt(unit)));
  return { z, p_two_sided: 2 * normalTail(Math.abs(z), "upper"), category_kappa, category_z };
}

/**
 * Formula: (pa − pe)/(1 − pe), pa as for Gwet's AC, pe = Σ w·πₖπₗ, π the mean share of a category; κ of a category: (its share of agreeing pairs − its share)/(1 − its share)
 * Convention: units may have different numbers of answers (Gwet's form; with equal numbers it is Fleiss'). `se`, limits and `p` are irrCAC's, over n − 1 with t(n−1); `z`, `p_two_sided` and `category_z` are Fleiss' test of answers at random, as irr has it, for equal numbers of answers and no weights.
 * Edge: all judgements in one category: undefined; so are the κ of a category that nobody gave, and the tests where numbers of answers differ.
 * Unit: at most 1; 0 is what chance gives.
 * Source: Fleiss 1971, Psychol. Bull. 76, 378–382; Fleiss, Nee & Landis 1979 for the tests; Gwet 2014; irr 0.84.1; irrCAC 1.0.
 */
export const fleissKappaMeasure: MeasureFunction = {
  id: "fleiss-kappa",
  title: { zh: "弗莱斯 κ", en: "Fleiss' κ" },
  answers: {
    zh: "多名标注者扣除偶然一致后的一致程度",
    en: "How far several raters agree beyond chance",
  },
  misleads: {
    zh: "类别偏斜时偏低；标注者不可互换时不反映各人偏好",
    en: "Low where one category prevails; raters are taken as exchangeable",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "asymptotic",
  inputs: [...unitInputs.filter((name) => name !== "table"), "raters"],
  outputs: ["kappa", ...coefficientOutputs, "z", "p_two_sided", "category_kappa", "category_z"],
  state: unitState,
  calculate(inputs) {
    const answers = unitAnswersOf(inputs, ["ratings", "counts"]);
    checkRaters(inputs, answers.types);
    const metric = weightsOf(inputs, answers, worthOf(answers));
    const estimate = chanceCorrected(answers.types, metric, answers.labels.length, "pooled");
    const answer = answerOf(inputs, estimate, "n-1", ["kappa"]);
    if (metric.kind !== "nominal") return answer;
    return withTests(answer, fleissTest(answers.types, answers.labels.length));
  },
};

function withTests(answer: Answer, test: FleissTest | Reason): Answer {
  const tests: Answer =
    typeof test === "string"
      ? undefinedAll(["z", "p_two_sided", "category_kappa", "category_z"], test)
      : { values: { ...test } };
  return {
    values: { ...answer.values, ...tests.values },
    undefined_because: { ...answer.undefined_because, ...tests.undefined_because },
  };
}

/** No unit has more answers than there are raters. */
function checkRaters(inputs: Inputs, types: UnitTypes): void {
  if (inputs["raters"] === undefined) return;
  const raters = numberOf(inputs, "raters", { min: 1, whole: true });
  for (let type = 0; type < types.size; type++)
    if (answersOf(types, type) > raters)
      throw new MeasureError("inputs-disagree", {
        input: "raters",
        expected: { zh: "至少与一个单位的判断数相同", en: "at least as many as a unit has answers" },
        found: `${raters}, ${answersOf(types, type)}`,
      });
}

/** Share of agreeing pairs, and κ with fixed marginals (Fleiss) and free ones (Randolph). */
export interface RandolphKappa {
  readonly percent_agreement: number;
  readonly fixed_marginal: number | undefined;
  readonly free_marginal: number | undefined;
}

/** @param categories number of categories, those that nobody gave among them */
export function randolphKappa(units: UnitTypes, categories: number): RandolphKappa | NoEstimate {
  const by = (chance: "none" | "pooled" | "uniform") => chanceCorrected(units, { kind: "nominal" }, categories, chance);
  const observed = by("none");
  if (typeof observed === "string") return observed;
  const fixed = by("pooled");
  const free = by("uniform");
  return {
    percent_agreement: observed.pa,
    fixed_marginal: typeof fixed === "string" ? undefined : fixed.coefficient,
    free_marginal: typeof free === "string" ? undefined : free.coefficient,
  };
}

/**
 * Formula: (pa − pe)/(1 − pe); fixed_marginal: pe = Σπ², free_marginal: pe = 1/q; percent_agreement is pa as a share
 * Convention: q counts the columns, used or not.
 * Edge: all judgements in one category: fixed_marginal is undefined; one column: both are.
 * Unit: at most 1.
 * Source: Randolph 2005, Free-marginal multirater kappa; statsmodels, fleiss_kappa with method "randolph".
 */
export const fleissRandolphKappa: MeasureFunction = {
  id: "fleiss-randolph-kappa",
  title: { zh: "固定边际与自由边际的多标注者 κ", en: "Multirater κ with fixed and with free marginals" },
  answers: {
    zh: "标注者事先知道各类别数量（固定）或不知道（自由）时，一致程度各为多少",
    en: "How far raters agree beyond chance where they knew how many of each category there are (fixed), and where not (free)",
  },
  misleads: {
    zh: "两者相差很大时，说明类别偏斜；列入不用的类别会抬高自由边际值",
    en: "Where both are far apart one category prevails; categories that nobody uses raise the free one",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["counts"],
  outputs: ["percent_agreement", "fixed_marginal", "free_marginal"],
  state: unitState,
  calculate(inputs) {
    const { types, labels } = unitAnswersOf(inputs, ["counts"]);
    const found = randolphKappa(types, labels.length);
    if (typeof found === "string") return undefinedAll(["percent_agreement", "fixed_marginal", "free_marginal"], found);
    const because: Record<string, Reason> = {};
    if (found.fixed_marginal === undefined) because["fixed_marginal"] = "one-category";
    if (found.free_marginal === undefined) because["free_marginal"] = "one-category";
    return { values: { ...found }, undefined_because: because };
  },
};

import { mergeRaschCounts, type RaschCounts, raschCounts, rasch as raschOf } from "../../statistics/rasch.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, shown, textOf, toNumber } from "../inputs.js";
import { responsesOf } from "./responses.js";

/** Difficulty of the items of a test, apart from who was tested. */
export const rasch: MeasureFunction =
  /**
   * Formula: P(right) = 1 ÷ (1 + e^(−a·(θ − b))), θ standard normal and integrated out; difficulty = b by item, discrimination = a, one for all
   * Convention: marginal maximum likelihood, as R's ltm. `model` "a=1" fixes a; without it a is estimated. The integral is exact to rounding, where ltm takes 21 nodes
   * of Gauss and Hermite, so log_lik may differ from its print in the fourth decimal.
   * Edge: no estimate where all or none got an item right, or where answers do not hang together (a = 0).
   * Unit: standard deviations of ability; log_lik is natural.
   * Source: Rasch 1960; Bock & Aitkin 1981, Psychometrika 46(4), 443–459; Rizopoulos 2006, J. Stat. Softw. 17(5).
   */
  {
    id: "rasch-mml",
    title: { zh: "Rasch 模型（边际最大似然）", en: "Rasch model by marginal maximum likelihood" },
    answers: { zh: "各题有多难，不受由谁作答影响", en: "How hard each item is, whoever was tested" },
    misleads: {
      zh: "假定各题区分度相同、能力呈正态分布；猜测与多维会使难度偏移",
      en: "It takes items to discriminate alike and abilities as normal; guessing and several dimensions shift difficulties",
    },
    orientation: "none",
    inference: "process",
    inputs: ["patterns", "responses", "n", "model"],
    outputs: ["difficulty", "discrimination", "log_lik"],
    state: {
      empty: (): RaschCounts => ({ persons: new Float64Array(0), right: new Float64Array(0) }),
      merge: mergeRaschCounts,
    },
    calculate(inputs) {
      const { rows, times } = responsesOf(inputs, { min: 0, max: 1, whole: true });
      const fit = raschOf(raschCounts(rows, times), discriminationOf(inputs));
      if (fit === undefined) return none;
      const { difficulties, discrimination, logLikelihood } = fit;
      return { values: { difficulty: difficulties, discrimination, log_lik: logLikelihood } };
    },
  };

const none: Answer = {
  values: { difficulty: undefined, discrimination: undefined, log_lik: undefined },
  undefined_because: { difficulty: "no-estimate", discrimination: "no-estimate", log_lik: "no-estimate" },
};

/** a where it is fixed: "a=1", "discrimination fixed at 1". */
function discriminationOf(inputs: Inputs): number | undefined {
  if (inputs["model"] === undefined) return undefined;
  const model = textOf(inputs, "model");
  if (/\b[2-4]PL\b|two.parameter/i.test(model))
    throw new MeasureError("not-supported", {
      input: "model",
      expected: { zh: "各题区分度相同的模型", en: "a model with one discrimination for all items" },
      found: shown(model),
    });
  const [, value] = /(?:=|fixed\D*|constrained\D*)\s*(\d+(?:\.\d+)?)/i.exec(model) ?? [];
  return value === undefined ? undefined : toNumber(Number(value), "model", { min: Number.MIN_VALUE });
}

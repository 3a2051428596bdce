import {
  type AlphaMetricOf,
  type BootstrapInterval,
  type BootstrapOptions,
  bootstrapAlpha,
  bootstrapAlphaByCluster,
} from "../../statistics/alpha-bootstrap.js";
import { type AgreementEstimate, alphaEstimate, type NoEstimate } from "../../statistics/chance-corrected.js";
import type { Disagreement } from "../../statistics/disagreement.js";
import type { UnitTypes } from "../../statistics/unit-types.js";
import type { Answer, MeasureFunction } from "../function.js";
import { confidenceOf, type Inputs, MeasureError, numberOf, textOf } from "../inputs.js";
import { answerOf, undefinedAll } from "./estimate.js";
import { coefficientOutputs, unitInputs, unitState } from "./gwet-ac.js";
import { clustersOf, type UnitAnswers, unitAnswersOf } from "./ratings.js";
import { needsOrder, weightsOf, worthOf } from "./weights.js";

const alphaMetrics = ["nominal", "ordinal", "interval", "ratio"] as const;
/** Krippendorff's metrics. His `ordinal` is not that of Gwet's weights: it comes from how often each category was given. */
export type AlphaMetric = (typeof alphaMetrics)[number];

/**
 * Krippendorff's α of any number of raters with any gaps. `coefficientOf` makes a standard error of it (not for the ordinal metric).
 *
 * @param values the categories on their scale, ascending; nominal and ordinal take their number alone
 * @throws MeasureError where a ratio of values below 0 is asked
 */
export function krippendorffAlpha(
  units: UnitTypes,
  values: readonly number[],
  metric: AlphaMetric = "nominal",
): AgreementEstimate | NoEstimate {
  return alphaEstimate(units, { ...metricOf(metric, values), size: values.length });
}

/**
 * Percentile interval of α by the bootstrap: over units, or over clusters of units where each cluster has a state of its own. The units drawn are the
 * pairable ones.
 *
 * @param units all of them, or those of each cluster
 * @throws MeasureError where a ratio of values below 0 is asked
 */
export function krippendorffAlphaInterval(
  units: UnitTypes | readonly UnitTypes[],
  values: readonly number[],
  metric: AlphaMetric,
  options: BootstrapOptions,
): BootstrapInterval | "too-few-units" | "too-few-clusters" {
  const question = { ...metricOf(metric, values), size: values.length };
  return "size" in units ? bootstrapAlpha(units, question, options) : bootstrapAlphaByCluster(units, question, options);
}

/** A metric with the greatest disagreement that it can give. */
export interface ScaledMetric {
  readonly metric: Disagreement;
  readonly greatest: number;
}

export function metricOf(metric: AlphaMetric, values: readonly number[]): ScaledMetric {
  if (metric === "nominal" || metric === "ordinal") return { metric: { kind: metric }, greatest: 1 };
  const low = values.reduce((least, value) => Math.min(least, value), Infinity);
  const high = values.reduce((most, value) => Math.max(most, value), -Infinity);
  if (metric === "interval")
    return { metric: { kind: metric, values: Float64Array.from(values) }, greatest: (high - low) ** 2 };
  if (low < 0)
    throw new MeasureError("input-range", {
      input: "ratings",
      expected: { zh: "比例尺度的值至少为 0", en: "values of a ratio scale, at least 0" },
      found: `${low}`,
    });
  return {
    metric: { kind: metric, values: Float64Array.from(values) },
    greatest: ((high - low) / (high + low)) ** 2,
  };
}

const bootstrapOutputs = ["bootstrap_low", "bootstrap_high", "bootstrap_draws", "bootstrap_undefined_draws"] as const;

/**
 * Formula: α = 1 − D_o/D_e; D_o = 1/n·Σ over units of Σ δ over their ordered pairs of answers/(m − 1), D_e = Σ δ·nₖnₗ/(n(n − 1)), n the answers in units with two or more
 * Convention: `metric` takes Krippendorff's δ (nominal 1; ordinal (Σ n between, half of the ends)²; interval (v − w)²; ratio ((v − w)/(v + w))²); `weights` takes Gwet's weights instead, δ = 1 − w. The ordinal δ comes from all pairable answers. `pa` and `pe` are on the scale 0 … 1 as irrCAC has them, `pa` with the correction 1/n. Standard error as irrCAC: over n for a table, else over n − 1; limits with t(n−1), cut at 1. For counts irrCAC gives the agreement by chance half its weight in it, and so do we, unless `se_convention` names a divisor; ratings of the same units get the full linearisation. irr 0.84.1 is wrong without missing data and with more than two raters.
 `draws` asks for the percentile interval (Efron, quantiles of type 7) over that many samples of the pairable units, `clusters` (one a unit) for samples of clusters; `population` goes into the standard error alone.
 * Edge: units with one answer are left out; below 30 clusters there is no interval by cluster; samples with one category alone are counted and left out; all answers in one category: undefined (NLTK and crowd-kit say 1). For the ordinal metric there is no standard error.
 * Unit: at most 1; 0 is what chance gives.
 * Source: Krippendorff 2011, Computing Krippendorff's Alpha-Reliability; Hayes & Krippendorff 2007; Gwet 2014 for the standard error; irrCAC 1.0.
 */
export const krippendorffAlphaMeasure: MeasureFunction = {
  id: "krippendorff-alpha",
  title: { zh: "克里彭多夫 α", en: "Krippendorff's α" },
  answers: {
    zh: "任意多名标注者、允许缺失、任一尺度下，扣除偶然一致后的一致程度",
    en: "How far raters agree beyond chance, with any number of raters, gaps and any scale",
  },
  misleads: {
    zh: "类别偏斜时偏低；单位成群时解析区间太窄，应按群自助抽样",
    en: "Low where one category prevails; its formula's limits are too narrow where units come in clusters: bootstrap by cluster",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "bootstrap-by-cluster",
  inputs: [...unitInputs, "coders_x_units", "answers", "triples", "metric", "draws", "seed", "clusters"],
  outputs: ["alpha", "alpha_precise", ...coefficientOutputs, ...bootstrapOutputs],
  state: unitState,
  calculate(inputs) {
    const answers = unitAnswersOf(inputs);
    const question = { ...askedMetric(inputs, answers), size: answers.labels.length };
    const halved = inputs["counts"] !== undefined && inputs["se_convention"] === undefined;
    const estimate = alphaEstimate(answers.types, { ...question, values: halved ? "half-chance" : "full" });
    const names = ["alpha", "alpha_precise"];
    const answer = answerOf(inputs, estimate, inputs["table"] === undefined ? "n-1" : "n", names);
    const bootstrap = bootstrapOf(inputs, answers, question);
    return {
      values: { ...answer.values, ...bootstrap.values },
      undefined_because: { ...answer.undefined_because, ...bootstrap.undefined_because },
      ...(estimate === "one-category" && { peer_convention: { alpha: 1, alpha_precise: 1, coefficient: 1 } }),
    };
  },
};

/** The interval that `draws` asks for, by cluster where there are `clusters`. */
function bootstrapOf(inputs: Inputs, answers: UnitAnswers, question: AlphaMetricOf): Answer {
  if (inputs["draws"] === undefined) {
    const stray = ["seed", "clusters"].find((name) => inputs[name] !== undefined);
    if (stray === undefined) return { values: {} };
    throw new MeasureError("input-missing", {
      input: "draws",
      expected: { zh: `与 ${stray} 同给`, en: `given with ${stray}` },
    });
  }
  const options = {
    draws: numberOf(inputs, "draws", { min: 1, max: 1e6, whole: true }),
    seed: numberOf(inputs, "seed", { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true }, 0),
    confidence: confidenceOf(inputs),
  };
  const found =
    inputs["clusters"] === undefined
      ? bootstrapAlpha(answers.types, question, options)
      : bootstrapAlphaByCluster(clustersOf(inputs), question, options);
  if (typeof found === "string") return undefinedAll(bootstrapOutputs, found);
  const { low, high, draws, undefined_draws } = found;
  return {
    values: {
      bootstrap_low: low,
      bootstrap_high: high,
      bootstrap_draws: draws,
      bootstrap_undefined_draws: undefined_draws,
    },
  };
}

/** By `metric`, or by Gwet's `weights`. @throws MeasureError where both are given, or numbers are wanted and there are none */
function askedMetric(inputs: Inputs, answers: UnitAnswers): ScaledMetric {
  const { metric, weights } = inputs;
  if (metric !== undefined && weights !== undefined)
    throw new MeasureError("inputs-disagree", {
      input: "metric, weights",
      expected: { zh: "二者之一", en: "one of them" },
    });
  const values = worthOf(answers);
  if (metric === undefined) return { metric: weightsOf(inputs, answers, values), greatest: 1 };
  const name = textOf(inputs, "metric", alphaMetrics);
  if (name === "ordinal") needsOrder(answers);
  const scaled = name === "interval" || name === "ratio";
  if (scaled && values === undefined)
    throw new MeasureError("input-type", {
      input: "ratings",
      expected: { zh: "数", en: "numbers" },
      found: answers.labels.slice(0, 3).join(", "),
    });
  return metricOf(name, values ?? answers.labels.map((_, rank) => rank));
}

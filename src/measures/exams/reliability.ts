import { type ItemMoments, type ItemSums, mergeItemSums, momentsOf, noItemSums } from "../../statistics/item-sums.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, numberOf } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { responsesOf, sumsOf } from "./responses.js";

/** Cronbach's α; undefined with fewer than two items or persons, or where totals do not vary. */
export function cronbachAlpha(sums: ItemSums): number | undefined {
  const moments = momentsOf(sums);
  if (moments === undefined) return undefined;
  return alphaOf(moments.items, sumOf(moments.variances), moments.variance);
}

/** Kuder & Richardson's formula 20, of scores 0 and 1; undefined as `cronbachAlpha` is. */
export function kr20(sums: ItemSums): number | undefined {
  const moments = momentsOf(sums);
  if (moments === undefined) return undefined;
  const { items, means, variance } = moments;
  const spread = means.reduce((sum, p) => sum + p * (1 - p), 0);
  return alphaOf(items, spread, (variance * (sums.persons - 1)) / sums.persons);
}

function alphaOf(items: number, ofItems: number, ofTotal: number): number | undefined {
  return items < 2 || ofTotal === 0 ? undefined : (items / (items - 1)) * (1 - ofItems / ofTotal);
}

export interface ItemAnalysis {
  readonly alpha: number | undefined;
  readonly mean: number;
  /** Standard deviation of totals, over n − 1. */
  readonly deviation: number;
  readonly itemMeans: Float64Array;
  /** Correlation of each item with the sum of the others; undefined where one of the two does not vary. */
  readonly itemRest: readonly (number | undefined)[];
  /** α of the others; undefined with fewer than three items, or where their sum does not vary. */
  readonly alphaWithout: readonly (number | undefined)[];
}

/** Classical analysis of the items of a test; undefined with fewer than two persons. */
export function itemAnalysis(sums: ItemSums): ItemAnalysis | undefined {
  const moments = momentsOf(sums);
  if (moments === undefined) return undefined;
  const { items, means, variances, covariances, mean, variance } = moments;
  const all = sumOf(variances);
  const each = Array.from(variances, (own, i) => restOf(own, covariances[i] ?? 0, moments));
  return {
    alpha: alphaOf(items, all, variance),
    mean,
    deviation: Math.sqrt(variance),
    itemMeans: means,
    itemRest: each.map(({ correlation }) => correlation),
    alphaWithout: each.map(({ variance: rest }, i) => alphaOf(items - 1, all - (variances[i] ?? 0), rest)),
  };
}

/** Of the sum of the other items: its variance, and its correlation with the item. */
function restOf(
  own: number,
  withTotal: number,
  { variance }: ItemMoments,
): { variance: number; correlation: number | undefined } {
  const rest = variance + own - 2 * withTotal;
  // Far below the variances it is made of, it is what rounding leaves of 0.
  const varies = rest > 1e-12 * (variance + own) && own > 0;
  return {
    variance: varies || rest > 1e-12 * variance ? rest : 0,
    correlation: varies ? (withTotal - own) / Math.sqrt(own * rest) : undefined,
  };
}

function sumOf(list: Float64Array): number {
  return list.reduce((sum, x) => sum + x, 0);
}

const ofTests = { orientation: "higher-is-better", inference: "process" } as const;
const state = { empty: () => noItemSums(), merge: mergeItemSums };
const misleads = {
  zh: "随题数增加而升高；不表示只测一种能力；有多个因素时仍可能很高",
  en: "It grows with the number of items, and does not show that one thing is measured: several factors can give a high value",
} as const;

/** Reliability of tests and examinations, and the items behind it. */
export const reliability: readonly MeasureFunction[] = [
  /**
   * Formula: k ÷ (k − 1) · (1 − Σ s²_item ÷ s²_total)
   * Convention: variances over n − 1 or over n give the same.
   * Edge: undefined with one item or person, or where totals do not vary; it may be below 0.
   * Unit: none, at most 1.
   * Source: Cronbach 1951, Psychometrika 16(3), 297–334.
   */
  {
    id: "cronbach-alpha",
    title: { zh: "克龙巴赫 α 系数", en: "Cronbach's α" },
    answers: { zh: "测验各题得分之和有多一致", en: "How consistent the sum of the items of a test is" },
    misleads,
    ...ofTests,
    inputs: ["patterns", "responses", "n"],
    outputs: ["alpha"],
    state,
    calculate: (inputs) => coefficient("alpha", cronbachAlpha, inputs),
  },
  /**
   * Formula: k ÷ (k − 1) · (1 − Σ p·q ÷ σ²_total), p the share of persons who got the item right, q = 1 − p
   * Convention: p·q is a variance over n, so σ² is as well; KR-20 is then Cronbach's α of scores 0 and 1. With the total's variance over n − 1, as some print it, it would differ.
   * Edge: undefined with one item or person, or where totals do not vary; scores other than 0 and 1 are an error.
   * Unit: none, at most 1.
   * Source: Kuder & Richardson 1937, Psychometrika 2(3), 151–160, formula 20.
   */
  {
    id: "kr-20",
    title: { zh: "库德–理查森公式 20（KR-20）", en: "Kuder–Richardson formula 20 (KR-20)" },
    answers: { zh: "对错计分的测验有多一致", en: "How consistent a test of right or wrong answers is" },
    misleads,
    ...ofTests,
    inputs: ["patterns", "responses", "n"],
    outputs: ["kr20"],
    state,
    calculate: (inputs) => coefficient("kr20", kr20, inputs, { min: 0, max: 1, whole: true }),
  },
  /**
   * Formula: item_mean = Σ x ÷ n; item_rest_correlation = corr(item, total − item); alpha_if_deleted = α of the other items; scale_mean, scaleSD of the totals
   * Convention: standard deviations over n − 1. The correlation is with the rest of the total, the item's own part taken off.
   * Edge: what does not vary has no correlation and no α; with two items α without one is undefined.
   * Unit: points for means and deviations.
   * Source: Lord & Novick 1968, Statistical Theories of Mental Test Scores; R package CTT, reliability.
   */
  {
    id: "classical-item-analysis",
    title: { zh: "经典题目分析", en: "Classical item analysis" },
    answers: {
      zh: "各题有多难、与其余各题有多相符，去掉它后信度如何",
      en: "How hard each item is, how it goes with the others, and what reliability would be without it",
    },
    misleads: {
      zh: "难度与区分度取决于被测人群；人少时逐题的数字不稳",
      en: "Difficulty and discrimination depend on who was tested; with few persons the numbers of single items are unsteady",
    },
    orientation: "none",
    inference: "process",
    inputs: ["responses", "patterns", "n"],
    outputs: ["alpha", "scale_mean", "scaleSD", "item_mean", "item_rest_correlation", "alpha_if_deleted"],
    state,
    calculate(inputs) {
      const analysis = itemAnalysis(sumsOf(responsesOf(inputs)));
      if (analysis === undefined) {
        const outputs = ["alpha", "scale_mean", "scaleSD", "item_mean", "item_rest_correlation", "alpha_if_deleted"];
        return undefinedOf(Object.fromEntries(outputs.map((name) => [name, undefined])), () => "too-few-units");
      }
      const { alpha, mean, deviation, itemMeans, itemRest, alphaWithout } = analysis;
      const few = (items: number): Reason => (itemMeans.length < items ? "too-few-units" : "no-variation");
      return undefinedOf(
        {
          ...{ alpha, scale_mean: mean, scaleSD: deviation, item_mean: itemMeans },
          ...{ item_rest_correlation: itemRest, alpha_if_deleted: alphaWithout },
        },
        (name) => few(name.startsWith("alpha_if") ? 3 : 2),
      );
    },
  },
  /**
   * Formula: reliability of a test `length_factor` times as long: n·r ÷ (1 + (n − 1)·r); with `target`, the factor that reaches it: t·(1 − r) ÷ (r·(1 − t))
   * Edge: a target of 1, or any from a reliability of 0, is reached by no length: an error.
   * Unit: reliability 0 … 1; factor above 0.
   * Source: Spearman 1910, Br. J. Psychol. 3, 271–295; Brown 1910, ibid. 296–322.
   */
  {
    id: "spearman-brown",
    title: { zh: "斯皮尔曼–布朗公式", en: "Spearman–Brown formula" },
    answers: {
      zh: "测验（或评分者人数）增至若干倍时信度是多少，或要增至多少倍",
      en: "How reliable a test (or a panel of raters) is at another length, or how long it must be",
    },
    misleads: {
      zh: "假定新增的题目（评分者）与原有的同质",
      en: "It takes added items (or raters) to be like those that are there",
    },
    orientation: "none",
    inference: "census",
    inputs: ["reliability", "length_factor", "target"],
    outputs: ["reliability", "length_factor"],
    calculate(inputs) {
      const within = { min: 0, max: 1, open: true } as const;
      if (inputs["target"] !== undefined && inputs["length_factor"] === undefined) {
        const reliability = numberOf(inputs, "reliability", within);
        const target = numberOf(inputs, "target", within);
        return { values: { reliability: target, length_factor: lengthFor(reliability, target) } };
      }
      const reliability = numberOf(inputs, "reliability", { min: 0, max: 1 });
      const length_factor = numberOf(inputs, "length_factor", { min: Number.MIN_VALUE });
      return { values: { reliability: spearmanBrown(reliability, length_factor), length_factor } };
    },
  },
  /**
   * Formula: r ÷ √(relX · relY)
   * Edge: a reliability of 0 is an error. The value may lie beyond ±1, where reliabilities are underestimated; it is told as it is.
   * Unit: correlation of true scores.
   * Source: Spearman 1904, Am. J. Psychol. 15(1), 72–101.
   */
  {
    id: "disattenuated-correlation",
    title: { zh: "校正衰减的相关", en: "Correlation corrected for attenuation" },
    answers: {
      zh: "若测量没有误差，两项得分的相关会是多少",
      en: "What the correlation of two scores would be without errors of measurement",
    },
    misleads: {
      zh: "信度低估时校正过头，可超过 1",
      en: "Where reliabilities are underestimated it corrects too much, even beyond 1",
    },
    orientation: "none",
    inference: "process",
    inputs: ["r", "relX", "relY"],
    outputs: ["r_true"],
    calculate(inputs) {
      const above0 = { min: Number.MIN_VALUE, max: 1 };
      const both = Math.sqrt(numberOf(inputs, "relX", above0)) * Math.sqrt(numberOf(inputs, "relY", above0));
      return { values: { r_true: numberOf(inputs, "r", { min: -1, max: 1 }) / both } };
    },
  },
];

/** Reliability of a test that many times as long. */
export function spearmanBrown(reliability: number, length: number): number {
  return (length * reliability) / (1 + (length - 1) * reliability);
}

/** How many times as long a test must be to reach a reliability. */
export function lengthFor(reliability: number, target: number): number {
  return (target * (1 - reliability)) / (reliability * (1 - target));
}

function coefficient(
  name: string,
  of: (sums: ItemSums) => number | undefined,
  inputs: Inputs,
  range: object = {},
): Answer {
  const responses = responsesOf(inputs, range);
  const sums = sumsOf(responses);
  const few: Reason = responses.items < 2 || sums.persons < 2 ? "too-few-units" : "no-variation";
  return undefinedOf({ [name]: of(sums) }, () => few);
}

/** An answer with the reason of each value, and each member of a list, that is undefined. */
function undefinedOf(values: Readonly<Record<string, unknown>>, reasonOf: (name: string) => Reason): Answer {
  const because: [string, Reason][] = [];
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) because.push([name, reasonOf(name)]);
    if (!Array.isArray(value)) continue;
    for (const [at, one] of value.entries()) if (one === undefined) because.push([`${name}.${at}`, reasonOf(name)]);
  }
  return because.length === 0 ? { values } : { values, undefined_because: Object.fromEntries(because) };
}

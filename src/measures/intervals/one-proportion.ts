import { clopperPearson, hypergeometricInterval } from "../../statistics/exact-interval.js";
import { lotSizes } from "../../statistics/hypergeometric.js";
import { type Interval, wilsonInterval } from "../../statistics/interval.js";
import {
  agrestiCoull,
  logitInterval,
  twoSidedZ,
  waldInterval,
  wilsonCorrected,
} from "../../statistics/proportion-intervals.js";
import { betaQuantile } from "../../statistics/special.js";
import type { Answer, MeasureFunction } from "../function.js";
import { booleanOf, confidenceOf, type Inputs, numberOf } from "../inputs.js";

interface Seen {
  readonly x: number;
  readonly n: number;
  readonly confidence: number;
  readonly clip: boolean;
}

/** What every interval of one proportion takes: x of n. */
function seenIn(inputs: Inputs): Seen {
  const n = numberOf(inputs, "n", { min: 0, whole: true });
  const x = numberOf(inputs, "x", { min: 0, max: n, whole: true });
  return { x, n, confidence: confidenceOf(inputs), clip: booleanOf(inputs, "clip", true) };
}

const ofOneProportion = {
  orientation: "none",
  inference: "sample",
  inputs: ["x", "n", "confidence", "clip"],
} as const;

/** The answer that an interval is; without trials there is none. */
export function answerOf(interval: Interval | undefined): Answer {
  if (interval === undefined)
    return {
      values: { low: undefined, high: undefined },
      undefined_because: { low: "nothing-asked", high: "nothing-asked" },
    };
  return { values: { ...interval } };
}

export const intervalsOfOneProportion: readonly MeasureFunction[] = [
  /**
   * Formula: (p̂ + z²/2n ± z·√(p̂(1−p̂)/n + z²/4n²)) / (1 + z²/n)
   * Edge: n = 0 is undefined; at x = 0 the lower end is 0, at x = n the upper end is 1, exactly.
   * Unit: share, 0 … 1.
   * Source: Wilson 1927, J. Am. Stat. Assoc. 22(158), 209–212; without continuity correction.
   */
  {
    id: "ci-wilson",
    title: { zh: "威尔逊区间", en: "Wilson interval" },
    answers: {
      zh: "从样本看到的比例，其总体值大致落在哪里",
      en: "Between which shares the population's may lie, seen from a sample",
    },
    misleads: {
      zh: "单位成群（同一张图的标注）时太窄；平均覆盖率达标，个别比例处不足",
      en: "Too narrow where units come in clusters (annotations of one image); it covers what it says on average, not at every share",
    },
    ...ofOneProportion,
    interval: "asymptotic",
    outputs: ["low", "high"],
    calculate(inputs) {
      const { x, n, confidence } = seenIn(inputs);
      return answerOf(wilsonInterval(x, n, twoSidedZ(confidence)));
    },
  },
  /**
   * Formula: the Wilson interval of x − ½ for the lower end and of x + ½ for the upper end
   * Convention: always ½ (Newcombe); R's prop.test takes off less where |x − n/2| is below ½, that is at x = n/2, where it gives the interval without correction.
   * Edge: n = 0 is undefined; at x = 0 the lower end is 0, at x = n the upper end is 1.
   * Unit: share, 0 … 1.
   * Source: Newcombe 1998, Statistics in Medicine 17, 857–872, method 4.
   */
  {
    id: "ci-wilson-cc",
    title: { zh: "带连续性校正的威尔逊区间", en: "Wilson interval with continuity correction" },
    answers: {
      zh: "同威尔逊区间，但更保守，接近精确区间",
      en: "As the Wilson interval, more cautious and near to the exact one",
    },
    misleads: {
      zh: "单位成群时太窄；样本小时偏宽，精确区间更合适",
      en: "Too narrow where units come in clusters; wide where the sample is small, where the exact interval serves better",
    },
    ...ofOneProportion,
    interval: "asymptotic",
    outputs: ["low", "high"],
    calculate(inputs) {
      const { x, n, confidence } = seenIn(inputs);
      return answerOf(wilsonCorrected(x, n, confidence));
    },
  },
  /**
   * Formula: low = B⁻¹(α/2; x, n−x+1), high = B⁻¹(1−α/2; x+1, n−x), B the beta distribution; upper_one_sided = B⁻¹(1−α; x+1, n−x)
   * Edge: n = 0 is undefined; at x = 0 the lower end is 0, at x = n the upper end is 1.
   * Unit: share, 0 … 1.
   * Source: Clopper & Pearson 1934, Biometrika 26(4), 404–413.
   */
  {
    id: "ci-clopper-pearson",
    title: { zh: "克洛珀–皮尔逊精确区间", en: "Clopper–Pearson exact interval" },
    answers: {
      zh: "同威尔逊区间，但对任何比例与样本量都至少达到所述覆盖率",
      en: "As the Wilson interval, and it covers at least what it says at every share and size",
    },
    misleads: {
      zh: "单位成群时太窄；样本小时偏宽",
      en: "Too narrow where units come in clusters; wide where the sample is small",
    },
    ...ofOneProportion,
    interval: "exact",
    outputs: ["low", "high", "upper_one_sided"],
    calculate(inputs) {
      const { x, n, confidence } = seenIn(inputs);
      const answer = answerOf(clopperPearson(x, n, confidence));
      if (n === 0)
        return {
          values: { ...answer.values, upper_one_sided: undefined },
          undefined_because: { ...answer.undefined_because, upper_one_sided: "nothing-asked" },
        };
      const upper_one_sided = x === n ? 1 : betaQuantile(1 - confidence, x + 1, n - x, "upper");
      return { values: { ...answer.values, upper_one_sided } };
    },
  },
  /**
   * Formula: p̃ ± z·√(p̃(1−p̃)/ñ) with ñ = n + z², p̃ = (x + z²/2)/ñ
   * Convention: z² itself, not the rounded "add two successes and two failures"; ends beyond 0 and 1 are cut off unless clip is false.
   * Edge: n = 0 is undefined.
   * Unit: share, 0 … 1.
   * Source: Agresti & Coull 1998, The American Statistician 52(2), 119–126.
   */
  {
    id: "ci-agresti-coull",
    title: { zh: "阿格雷斯蒂–库尔区间", en: "Agresti–Coull interval" },
    answers: {
      zh: "同威尔逊区间，以手算即可的形式",
      en: "As the Wilson interval, in a form that can be worked by hand",
    },
    misleads: {
      zh: "单位成群时太窄；比例接近 0 或 1 时偏宽，并越出 0 … 1",
      en: "Too narrow where units come in clusters; wide near 0 and 1, where it runs over the end",
    },
    ...ofOneProportion,
    interval: "asymptotic",
    outputs: ["low", "high"],
    calculate(inputs) {
      const { x, n, ...options } = seenIn(inputs);
      return answerOf(agrestiCoull(x, n, options));
    },
  },
  /**
   * Formula: p̂ ± z·√(p̂(1−p̂)/n)
   * Convention: ends beyond 0 and 1 are cut off unless clip is false.
   * Edge: n = 0 is undefined; at x = 0 and x = n the interval is one point.
   * Unit: share, 0 … 1.
   * Source: Laplace 1812; Brown, Cai & DasGupta 2001, Statistical Science 16(2), 101–133, on why not to use it.
   */
  {
    id: "ci-wald",
    title: { zh: "沃尔德区间（教科书正态近似）", en: "Wald interval (textbook normal approximation)" },
    answers: {
      zh: "别处按正态近似报告的区间是什么；自己报告时用威尔逊或精确区间",
      en: "Which interval others report by the normal approximation; for one's own report take Wilson's or the exact one",
    },
    misleads: {
      zh: "比例接近 0 或 1 时覆盖率远低于所述，全对时宽度为 0",
      en: "Near 0 and 1 it covers far less than it says, and has no width where all is right",
    },
    ...ofOneProportion,
    interval: "asymptotic",
    outputs: ["low", "high"],
    calculate(inputs) {
      const { x, n, ...options } = seenIn(inputs);
      return answerOf(waldInterval(x, n, options));
    },
  },
  /**
   * Formula: logit⁻¹(ln(x/(n−x)) ± z·√(1/x + 1/(n−x)))
   * Convention: at x = 0 and x = n, where the logit has no value, the exact interval, as the R package binom gives it.
   * Edge: n = 0 is undefined.
   * Unit: share, 0 … 1.
   * Source: Agresti 2013, Categorical Data Analysis, 3rd ed., 3.1; Brown, Cai & DasGupta 2001, Statistical Science 16(2), 101–133.
   */
  {
    id: "ci-logit",
    title: { zh: "logit 区间", en: "Logit interval" },
    answers: {
      zh: "同威尔逊区间，在对数优势的尺度上",
      en: "As the Wilson interval, on the scale of log odds",
    },
    misleads: {
      zh: "单位成群时太窄；比例接近 0 或 1 时偏宽",
      en: "Too narrow where units come in clusters; wide near 0 and 1",
    },
    ...ofOneProportion,
    interval: "asymptotic",
    outputs: ["low", "high"],
    calculate(inputs) {
      const { x, n, confidence } = seenIn(inputs);
      return answerOf(logitInterval(x, n, confidence));
    },
  },
  /**
   * Formula: the counts D of a lot of N units for which P(X ≥ x) and P(X ≤ x) are both above α/2, X hypergeometric of N, D and n; low = least D/N, high = greatest D/N
   * Convention: two tails of α/2 each, as Clopper and Pearson's, to which it goes over as N grows.
   * Edge: n = 0 is undefined; where n = N the interval is the one point that was seen.
   * Unit: share, 0 … 1; low_count and high_count in units of the lot.
   * Source: Buonaccorsi 1987, The American Statistician 41(3), 215–218.
   */
  {
    id: "ci-hypergeometric",
    title: { zh: "有限批的精确区间（超几何）", en: "Exact interval for a finite lot (hypergeometric)" },
    answers: {
      zh: "从一批中抽查了一部分，这一批里有多少不合格",
      en: "How much of a lot is nonconforming, of which a part was inspected",
    },
    misleads: {
      zh: "只说这一批，不说产生它的过程；抽样须是简单随机的",
      en: "It speaks of this lot, not of the process that made it; the units must have been drawn at random, one by one",
    },
    orientation: "none",
    inference: "sample",
    interval: "exact",
    inputs: ["x", "n", "lot_size", "confidence"],
    outputs: ["low", "high", "low_count", "high_count"],
    calculate(inputs) {
      const lot = numberOf(inputs, "lot_size", lotSizes);
      const n = numberOf(inputs, "n", { min: 0, max: lot, whole: true });
      const x = numberOf(inputs, "x", { min: 0, max: n, whole: true });
      const interval = hypergeometricInterval(x, n, lot, confidenceOf(inputs));
      if (interval !== undefined) return { values: { ...interval } };
      const names = ["low", "high", "low_count", "high_count"];
      return {
        values: Object.fromEntries(names.map((name) => [name, undefined])),
        undefined_because: Object.fromEntries(names.map((name) => [name, "nothing-asked"])),
      };
    },
  },
];

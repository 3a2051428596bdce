import { clopperPearson } from "../statistics/exact-interval.js";
import { wilsonInterval } from "../statistics/interval.js";
import { betaQuantile, normalQuantile } from "../statistics/special.js";
import type { Answer, MeasureFunction } from "./function.js";
import { booleanOf, confidenceOf, type Inputs, numberOf } from "./inputs.js";

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

const nothingAsked: Answer = {
  values: { low: undefined, high: undefined },
  undefined_because: { low: "nothing-asked", high: "nothing-asked" },
};

/** Intervals and tests of proportions, under their ids; the kernels are in src/statistics/. */
export const intervals: readonly MeasureFunction[] = [
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
      const interval = wilsonInterval(x, n, normalQuantile((1 - confidence) / 2, "upper"));
      return interval === undefined ? nothingAsked : { values: { ...interval } };
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
      const interval = clopperPearson(x, n, confidence);
      if (interval === undefined) return nothingAsked;
      const upper_one_sided = x === n ? 1 : betaQuantile(1 - confidence, x + 1, n - x, "upper");
      return { values: { ...interval, upper_one_sided } };
    },
  },
];

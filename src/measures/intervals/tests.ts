import { wilsonInterval } from "../../statistics/interval.js";
import {
  effectSizeH,
  equalProportions,
  givenProportions,
  holmAdjust,
  zTwoProportions,
} from "../../statistics/proportion-tests.js";
import type { MeasureFunction } from "../function.js";
import { booleanOf, MeasureError, numberOf, numbersOf } from "../inputs.js";
import { groupsOf, ofOneLength } from "./groups.js";

const ofGroups = { orientation: "none", inference: "sample" } as const;

const manyTests = {
  zh: "单位成群时 p 太小；作多次检验须校正（holm-adjust）；p 不说差异有多大",
  en: "p is too small where units come in clusters; many tests need an adjustment (holm-adjust); p does not say how large the difference is",
};

export const proportionTests: readonly MeasureFunction[] = [
  /**
   * Formula: χ² = Σ (x − n·p̄)² / (n·p̄·(1−p̄)), p̄ the share of all groups together; groups − 1 degrees of freedom
   * Convention: without Yates' correction unless `correct` is true (R's prop.test corrects by default); with it, two groups, ½ and never more than the difference.
   * Edge: undefined where nothing or everything succeeded.
   * Unit: none; p is a probability.
   * Source: Pearson 1900; R stats::prop.test for the correction.
   */
  {
    id: "chisq-equal-proportions",
    title: { zh: "多组比例相等的卡方检验", en: "χ² test that groups have one share" },
    answers: {
      zh: "各组（标注者、批次）的比例是否可能相同",
      en: "Whether groups (annotators, lots) may have one share",
    },
    misleads: manyTests,
    ...ofGroups,
    inputs: ["x", "n", "correct"],
    outputs: ["statistic", "df", "p"],
    calculate(inputs) {
      const { x, n } = groupsOf(inputs, { groups: 2, trials: 1 });
      const result = equalProportions(x, n, booleanOf(inputs, "correct", false));
      if (result !== undefined) return { values: { ...result } };
      return {
        values: { statistic: undefined, df: n.length - 1, p: undefined },
        undefined_because: { statistic: "no-variation", p: "no-variation" },
      };
    },
  },
  /**
   * Formula: χ² = Σ (x − n·p₀)² / (n·p₀·(1−p₀)), as many degrees of freedom as groups
   * Convention: without Yates' correction unless `correct` is true; with it, one or two groups. ci_wilson is the 95 % interval without correction: a pair for one
   * group, a list of pairs for several.
   * Edge: p₀ lies within 0 … 1 without the ends.
   * Unit: none; p is a probability.
   * Source: Pearson 1900; R stats::prop.test.
   */
  {
    id: "chisq-given-proportions",
    title: { zh: "比例等于给定值的卡方检验", en: "χ² test that groups have given shares" },
    answers: {
      zh: "所见比例与要求的比例相差是否超出偶然",
      en: "Whether the share seen is further from a required one than chance would have it",
    },
    misleads: manyTests,
    ...ofGroups,
    inputs: ["x", "n", "p0", "correct"],
    outputs: ["statistic", "df", "p", "ci_wilson"],
    calculate(inputs) {
      const { x, n } = groupsOf(inputs, { groups: 1, trials: 1 });
      // Nearer to 0 the statistic would pass the largest number.
      const open = { min: 1e-100, max: 1, open: true } as const;
      const shares = Array.isArray(inputs["p0"])
        ? numbersOf(inputs, "p0", open)
        : new Float64Array(n.length).fill(numberOf(inputs, "p0", open));
      ofOneLength(shares, "p0", n.length);
      const pairs = Array.from(n, (trials, i) => {
        const { low, high } = wilsonInterval(x[i] ?? 0, trials) ?? { low: 0, high: 1 };
        return [low, high];
      });
      const result = givenProportions(x, n, shares, booleanOf(inputs, "correct", false));
      return { values: { ...result, ci_wilson: pairs.length === 1 ? pairs[0] : pairs } };
    },
  },
  /**
   * Formula: z = (p̂₁ − p̂₂) / √(p̄(1−p̄)(1/n₁ + 1/n₂)), p̄ the share of both together; p two-sided
   * Convention: pooled variance; its square is the χ² of two groups without correction.
   * Edge: undefined where nothing or everything succeeded.
   * Unit: none; p is a probability.
   * Source: Fleiss, Levin & Paik 2003, Statistical Methods for Rates and Proportions, 3.1.
   */
  {
    id: "z-two-proportions",
    title: { zh: "两比例之差的 z 检验", en: "z test of two shares" },
    answers: {
      zh: "两组的比例是否可能相同",
      en: "Whether two groups may have one share",
    },
    misleads: manyTests,
    ...ofGroups,
    inputs: ["x", "n"],
    outputs: ["z", "p"],
    calculate(inputs) {
      const { x, n } = groupsOf(inputs, { groups: 2, trials: 1 });
      if (n.length !== 2)
        throw new MeasureError("input-range", {
          input: "n",
          expected: { zh: "两组", en: "two groups" },
          found: `${n.length}`,
        });
      const result = zTwoProportions(x, n);
      if (result !== undefined) return { values: { ...result } };
      return {
        values: { z: undefined, p: undefined },
        undefined_because: { z: "no-variation", p: "no-variation" },
      };
    },
  },
  /**
   * Formula: h = 2·arcsin √p₁ − 2·arcsin √p₂
   * Convention: signed, above 0 where p₁ is the larger.
   * Edge: defined for all shares; ±π between 0 and 1.
   * Unit: radians; Cohen calls 0.2 small, 0.5 medium, 0.8 large.
   * Source: Cohen 1988, Statistical Power Analysis for the Behavioral Sciences, 2nd ed., ch. 6.
   */
  {
    id: "effect-size-h",
    title: { zh: "科恩效应量 h", en: "Cohen's effect size h" },
    answers: {
      zh: "两个比例相差多大，用于定样本量",
      en: "How large a difference of shares is, for choosing a sample size",
    },
    misleads: {
      zh: "小、中、大的界线是惯例，不是质量要求",
      en: "Small, medium and large are habits, not requirements of quality",
    },
    orientation: "none",
    inference: "census",
    inputs: ["p1", "p2"],
    outputs: ["h"],
    calculate(inputs) {
      const share = { min: 0, max: 1 };
      return { values: { h: effectSizeH(numberOf(inputs, "p1", share), numberOf(inputs, "p2", share)) } };
    },
  },
  /**
   * Formula: the r-th smallest of m p values times m − r + 1, never below that of a smaller p, at most 1
   * Convention: adjusted values in the order of the given ones.
   * Edge: no p values give none.
   * Unit: probability.
   * Source: Holm 1979, Scandinavian Journal of Statistics 6(2), 65–70.
   */
  {
    id: "holm-adjust",
    title: { zh: "霍尔姆校正", en: "Holm's adjustment" },
    answers: {
      zh: "作多次检验时，哪些差异仍然成立",
      en: "Which differences hold where many were tested",
    },
    misleads: {
      zh: "只校正交给它的检验：先看结果再挑选检验，校正不了",
      en: "It adjusts for the tests that it is given, not for those that were looked at and left out",
    },
    orientation: "none",
    inference: "sample",
    inputs: ["p"],
    outputs: ["p_adjusted"],
    calculate(inputs) {
      return { values: { p_adjusted: holmAdjust(numbersOf(inputs, "p", { min: 0, max: 1 })) } };
    },
  },
];

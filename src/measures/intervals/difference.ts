import { agrestiCaffo, type Group, newcombeDifference, waldDifference } from "../../statistics/difference-intervals.js";
import type { Interval } from "../../statistics/interval.js";
import type { MeasureFunction } from "../function.js";
import { confidenceOf, type Inputs, numberOf } from "../inputs.js";
import { answerOf } from "./one-proportion.js";

function group(inputs: Inputs, number: 1 | 2): Group {
  const trials = numberOf(inputs, `n${number}`, { min: 0, whole: true });
  return { trials, successes: numberOf(inputs, `x${number}`, { min: 0, max: trials, whole: true }) };
}

function ofDifference(interval: (first: Group, second: Group, confidence: number) => Interval | undefined) {
  return {
    orientation: "none",
    inference: "sample",
    interval: "asymptotic",
    inputs: ["x1", "n1", "x2", "n2", "confidence"],
    outputs: ["low", "high"],
    calculate(inputs: Inputs) {
      return answerOf(interval(group(inputs, 1), group(inputs, 2), confidenceOf(inputs)));
    },
  } as const;
}

const answers = {
  zh: "两组的比例相差多少：两位标注者、两个批次、两个版本",
  en: "By how much the shares of two groups differ: two annotators, two lots, two versions",
};

export const intervalsOfDifference: readonly MeasureFunction[] = [
  /**
   * Formula: p̂₁ − p̂₂ − √((p̂₁−l₁)² + (u₂−p̂₂)²) … p̂₁ − p̂₂ + √((u₁−p̂₁)² + (p̂₂−l₂)²), l and u the ends of the Wilson intervals
   * Edge: a group without units is undefined; the ends lie within −1 … 1.
   * Unit: difference of shares, −1 … 1.
   * Source: Newcombe 1998, Statistics in Medicine 17, 873–890, method 10.
   */
  {
    id: "ci-diff-newcombe",
    title: { zh: "两比例之差的纽科姆区间", en: "Newcombe interval for a difference of shares" },
    answers,
    misleads: {
      zh: "两组必须独立：同一批数据由两人各标一遍是配对的，不适用；单位成群时太窄",
      en: "The groups must be independent: one dataset that two people annotated is paired, and not for it; too narrow where units come in clusters",
    },
    ...ofDifference(newcombeDifference),
  },
  /**
   * Formula: the Wald interval after one success and one failure more in each group
   * Edge: a group without units is undefined; the ends may pass −1 and 1 in small groups.
   * Unit: difference of shares.
   * Source: Agresti & Caffo 2000, The American Statistician 54(4), 280–288.
   */
  {
    id: "ci-diff-agresti-caffo",
    title: { zh: "两比例之差的阿格雷斯蒂–卡福区间", en: "Agresti–Caffo interval for a difference of shares" },
    answers,
    misleads: {
      zh: "区间中心不是所见之差；两组必须独立；单位成群时太窄",
      en: "Its centre is not the difference that was seen; the groups must be independent; too narrow where units come in clusters",
    },
    ...ofDifference(agrestiCaffo),
  },
  /**
   * Formula: p̂₁ − p̂₂ ± z·√(p̂₁(1−p̂₁)/n₁ + p̂₂(1−p̂₂)/n₂)
   * Edge: a group without units is undefined; where both shares are 0 or 1 the interval is one point; the ends may pass −1 and 1.
   * Unit: difference of shares.
   * Source: the textbook interval; Agresti & Caffo 2000, The American Statistician 54(4), 280–288, on its coverage.
   */
  {
    id: "ci-diff-wald",
    title: { zh: "两比例之差的沃尔德区间", en: "Wald interval for a difference of shares" },
    answers,
    misleads: {
      zh: "样本小或比例接近 0、1 时覆盖率不足；两组必须独立",
      en: "It covers too little in small samples and near 0 and 1; the groups must be independent",
    },
    ...ofDifference(waldDifference),
  },
];

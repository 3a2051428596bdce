import { clusteredProportion } from "../../statistics/clustered-proportion.js";
import type { MeasureFunction } from "../function.js";
import { confidenceOf } from "../inputs.js";
import { groupsOf } from "./groups.js";

export const intervalsOfClusters: readonly MeasureFunction[] = [
  /**
   * Formula: the Clopper–Pearson interval of p̂·n* successes in n* trials; n* = p̂(1−p̂)/v̂ · (t of n−1 ÷ t of k−1 degrees of freedom)², v̂ = k/(k−1) · Σ(x − p̂n)²/N²
   * over k clusters of N units
   * Convention: n* is at most N. Where the clusters do not vary v̂ says nothing, and n* is k: each cluster counts as one unit.
   * Edge: clusters without units do not count; fewer than two others, or none at all, is undefined.
   * Unit: share, 0 … 1; effective_n in units.
   * Source: Korn & Graubard 1998, Survey Methodology 24(2), 193–201.
   */
  {
    id: "ci-korn-graubard",
    title: { zh: "整群比例的科恩–格劳巴德区间", en: "Korn–Graubard interval for a share in clusters" },
    answers: {
      zh: "单位成群（同一张图的标注、同一人的判断）时，总体比例大致落在哪里",
      en: "Between which shares the population's may lie where units come in clusters (annotations of one image, judgements of one person)",
    },
    misleads: {
      zh: "群少于 50 个时覆盖率可能不足；群须是随机抽取的",
      en: "With fewer than 50 clusters it may cover less than it says; the clusters must have been drawn at random",
    },
    orientation: "none",
    inference: "sample",
    interval: "asymptotic",
    inputs: ["x", "n", "confidence"],
    outputs: ["low", "high", "estimate", "effective_n", "df"],
    calculate(inputs) {
      const { x, n } = groupsOf(inputs, { groups: 0, trials: 0 });
      const interval = clusteredProportion(x, n, confidenceOf(inputs));
      if (interval !== undefined) return { values: { ...interval } };
      const reason = n.some((trials) => trials > 0) ? "too-few-units" : "nothing-asked";
      const names = ["low", "high", "estimate", "effective_n", "df"];
      return {
        values: Object.fromEntries(names.map((name) => [name, undefined])),
        undefined_because: Object.fromEntries(names.map((name) => [name, reason])),
      };
    },
  },
];

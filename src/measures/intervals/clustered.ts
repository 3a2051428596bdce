import { clusteredProportion } from "../../statistics/clustered-proportion.js";
import type { MeasureFunction } from "../function.js";
import { confidenceOf, textOf } from "../inputs.js";
import { groupsOf } from "./groups.js";

export const intervalsOfClusters: readonly MeasureFunction[] = [
  /**
   * Formula: the Clopper–Pearson interval of p̂·n* successes in n* trials; n* = p̂(1−p̂)/v̂ · (t of N−1 ÷ t of df degrees of freedom)²,
   * v̂ = k/(k−1) · Σ(x − p̂n)²/N² over k clusters of N units
   * Convention: df = 2k/(κ − (k−3)/(k−1)), κ the kurtosis of x − p̂n, and at most k − 1: what v̂ is worth where few clusters make it up (Satterthwaite). With
   * df "design" it is k − 1, as Korn and Graubard have it and R's survey::svyciprop(method = "beta") computes it. n* is at most N.
   * Edge: where the clusters do not vary v̂ says nothing, and n* is k: each cluster counts as one unit. Clusters without units do not count; fewer than two
   * others is undefined.
   * Unit: share, 0 … 1; effective_n in units.
   * Source: Korn & Graubard 1998, Survey Methodology 24(2), 193–201; Satterthwaite 1946, Biometrics Bulletin 2(6), 110–114.
   */
  {
    id: "ci-korn-graubard",
    title: { zh: "整群比例的科恩–格劳巴德区间", en: "Korn–Graubard interval for a share in clusters" },
    answers: {
      zh: "单位成群（同一张图的标注、同一人的判断）时，总体比例大致落在哪里",
      en: "Between which shares the population's may lie where units come in clusters (annotations of one image, judgements of one person)",
    },
    misleads: {
      zh: "群很少（不足 20）时覆盖率可能不足；群须是随机抽取的，且彼此独立",
      en: "With few clusters (below 20) it may cover less than it says; the clusters must have been drawn at random, and be independent of each other",
    },
    orientation: "none",
    inference: "sample",
    interval: "asymptotic",
    inputs: ["x", "n", "confidence", "df"],
    outputs: ["low", "high", "estimate", "effective_n", "df"],
    calculate(inputs) {
      const { x, n } = groupsOf(inputs, { groups: 0, trials: 0 });
      const interval = clusteredProportion(x, n, {
        confidence: confidenceOf(inputs),
        df: textOf(inputs, "df", ["effective", "design"], "effective"),
      });
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

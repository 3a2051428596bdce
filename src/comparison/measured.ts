import type { Reason } from "../measures/reasons.js";
import { reasons } from "../measures/reasons.js";
import type { LocalText } from "../records/grammar.gen.js";
import { clusteredMean } from "../statistics/clustered-mean.js";
import { clusteredProportion } from "../statistics/clustered-proportion.js";
import type { ComparedMeasurement } from "./comparison.js";
import type { Tallied, Tally } from "./match.js";

/** What the values are said of: these data alone; the data that the gold was drawn from; whoever or whatever made the data. */
export type Inference = "census" | "sample" | "process";

export interface Saying {
  readonly inference: Inference;
  readonly confidence: number;
  /** Share of the media that has gold, where these are a sample: 0 where they stand for more than the data. */
  readonly sampled?: number;
}

export interface Named {
  readonly id: string;
  readonly title: LocalText;
  readonly unit: string;
  /** A and B of a tally. */
  readonly a: (tally: Tally) => number;
  readonly b: (tally: Tally) => number;
  readonly reason: Reason;
  /** Whether A counts units of B; else X is a mean of values between 0 and 1. */
  readonly counts: boolean;
}

/** Data against gold. */
export const goldNames = {
  precision: {
    id: "gold-precision",
    title: { zh: "相对真值的精确率", en: "Precision against gold" },
    unit: "annotations of the data",
    a: ({ tp }) => tp,
    b: ({ tp, fp }) => tp + fp,
    reason: "no-predictions",
    counts: true,
  },
  recall: {
    id: "gold-recall",
    title: { zh: "相对真值的召回率", en: "Recall against gold" },
    unit: "annotations of the gold",
    a: ({ tp }) => tp,
    b: ({ tp, fn }) => tp + fn,
    reason: "no-ground-truth",
    counts: true,
  },
  f1: {
    id: "gold-f1",
    title: { zh: "相对真值的 F1", en: "F1 against gold" },
    unit: "annotations of both, matched ones twice",
    a: ({ tp }) => 2 * tp,
    b: ({ tp, fp, fn }) => 2 * tp + fp + fn,
    reason: "nothing-asked",
    counts: true,
  },
  meanIou: {
    id: "gold-mean-iou",
    title: { zh: "匹配框的平均交并比", en: "Mean IoU of matched boxes" },
    unit: "matched annotations",
    a: ({ iou }) => iou,
    b: ({ tp }) => tp,
    reason: "no-matches",
    counts: false,
  },
} as const satisfies Record<string, Named>;

/** Two annotators, neither of whom is right. */
export const agreementNames = {
  f1: {
    ...goldNames.f1,
    id: "agreement-box-f1",
    title: { zh: "找到同一对象的一致性（F1）", en: "Agreement on what is there (F1)" },
  },
  meanIou: { ...goldNames.meanIou, id: "agreement-mean-iou" },
} as const satisfies Record<string, Named>;

/** Each of the names for one group of units, with intervals clustered by medium where they speak of more than these data. */
export function measuredTally(
  tallied: Tallied,
  saying: Saying,
  names: Readonly<Record<string, Named>> = goldNames,
): readonly ComparedMeasurement[] {
  return Object.values(names).map((one) => measuredOne(one, tallied, saying));
}

function measuredOne(
  one: Named,
  { whole, byMedium }: Tallied,
  { inference, confidence, sampled = 0 }: Saying,
): ComparedMeasurement {
  const { id, title, unit } = one;
  const [a, b] = [one.a(whole), one.b(whole)];
  const common = { id, title, a, b, orientation: "higher-is-better", unit, inference } as const;
  if (b === 0) return { ...common, status: "undefined", reason: reasons[one.reason] };
  const defined = { ...common, x: a / b, status: "defined" } as const;
  if (inference === "census") return defined;
  const tops = byMedium.map(one.a);
  const bottoms = byMedium.map(one.b);
  const found = one.counts
    ? clusteredProportion(tops, bottoms, { confidence, sampled })
    : clusteredMean(tops, bottoms, { confidence, sampled });
  if (found === undefined) {
    const alone = bottoms.filter((n) => n > 0).length < 2;
    return { ...defined, reason: reasons[alone ? "one-cluster" : "no-variation"] };
  }
  const method = `${one.counts ? "Korn–Graubard" : "ratio of totals, t"}, by medium${populationText(sampled)}`;
  return { ...defined, interval: { lower: found.low, upper: found.high, level: confidence, method } };
}

/** What the method says of the finite population. */
export function populationText(sampled: number): string {
  return sampled === 0 ? "" : `, ${Number((100 * sampled).toFixed(2))}% of the media sampled`;
}

import type { Confusion } from "../../statistics/confusion.js";
import type { Answer, MeasureFunction } from "../function.js";
import type { Reason } from "../reasons.js";
import { confusionIn, confusionInputs, confusionState } from "./confusion.js";

/** Precision, recall and F1; each undefined where nothing was asked. */
export interface Prf {
  readonly precision: number | undefined;
  readonly recall: number | undefined;
  readonly f1: number | undefined;
}

export interface ClassificationPrf {
  /** By category; support is the number of units of that truth. */
  readonly categories: readonly (Prf & { readonly support: number })[];
  /** Means over categories, undefined where one of them is. */
  readonly macro: Prf;
  /** Of all decisions together; with one label a unit all three are the accuracy. */
  readonly micro: Prf;
  /** Means weighted by support; a category without support has no weight. */
  readonly weighted: Prf;
  readonly accuracy: number | undefined;
}

const names = ["precision", "recall", "f1"] as const;

/** Precision TP / (TP + FP), recall TP / (TP + FN), F1 2TP / (2TP + FP + FN) of every category. */
export function classificationPrf({ size, counts }: Confusion): ClassificationPrf {
  let units = 0;
  let right = 0;
  const categories = Array.from({ length: size }, (_, k) => {
    let predicted = 0;
    let support = 0;
    for (let j = 0; j < size; j++) {
      predicted += counts[j * size + k] ?? 0;
      support += counts[k * size + j] ?? 0;
    }
    const hits = counts[k * size + k] ?? 0;
    units += support;
    right += hits;
    return { ...prf(hits, predicted, support), support };
  });
  return {
    categories,
    macro: meanOf(categories, () => 1),
    micro: prf(right, units, units),
    weighted: meanOf(categories, ({ support }) => support),
    accuracy: ratio(right, units),
  };
}

function prf(hits: number, predicted: number, support: number): Prf {
  return { precision: ratio(hits, predicted), recall: ratio(hits, support), f1: ratio(2 * hits, predicted + support) };
}

function ratio(a: number, b: number): number | undefined {
  return b === 0 ? undefined : a / b;
}

type Row = ClassificationPrf["categories"][number];

function meanOf(rows: readonly Row[], weightOf: (row: Row) => number): Prf {
  const weighing = rows.filter((row) => weightOf(row) > 0);
  const weight = weighing.reduce((sum, row) => sum + weightOf(row), 0);
  const [precision, recall, f1] = names.map((name) =>
    weighing.reduce<number | undefined>(
      (sum, row) => {
        const value = row[name];
        return sum === undefined || value === undefined ? undefined : sum + (value * weightOf(row)) / weight;
      },
      weighing.length === 0 ? undefined : 0,
    ),
  );
  return { precision, recall, f1 };
}

/** scikit-learn's zero_division=0. */
function withZeros<R extends Prf>(row: R): R {
  return { ...row, precision: row.precision ?? 0, recall: row.recall ?? 0, f1: row.f1 ?? 0 };
}

/**
 * Formula: precision TP / (TP + FP), recall TP / (TP + FN), F1 = 2TP / (2TP + FP + FN), by category; macro: mean over categories; weighted: mean by support; micro: of the sums
 * Convention: macro F1 is the mean of the F1, not the F1 of the means; with one label a unit, micro values are the accuracy.
 * Edge: precision of a category never predicted, recall of one never true, F1 of one that is neither are undefined, and so is a mean with weight on them (scikit-learn 0).
 * Unit: share, 0 … 1; support in units.
 * Source: van Rijsbergen 1979; scikit-learn precision_recall_fscore_support.
 */
export const classificationPrfMeasure: MeasureFunction = {
  id: "classification-prf",
  title: { zh: "分类的精确率、召回率与 F1", en: "Precision, recall and F1 of a classification" },
  answers: {
    zh: "判为某类的有多少对，某类有多少被找到",
    en: "How much of what was called a category is one, and how much of a category was called so",
  },
  misleads: {
    zh: "F1 不计真负例，随流行率变化；宏平均中几个单位的罕见类与常见类同重；微平均只是准确率",
    en: "F1 leaves out true negatives and follows prevalence; in the macro mean a rare category weighs as much as a common one; the micro mean is but the accuracy",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: confusionInputs,
  outputs: ["per_class", "macro", "micro", "weighted", "accuracy"],
  state: confusionState,
  calculate(inputs): Answer {
    const { labels, confusion } = confusionIn(inputs);
    const { categories, macro, micro, weighted, accuracy } = classificationPrf(confusion);
    const byLabel = (rows: readonly Row[]) => Object.fromEntries(labels.map((label, k) => [label, rows[k]]));
    const zeroed = categories.map(withZeros);
    const values = { per_class: byLabel(categories), macro, micro, weighted, accuracy };
    const peer = {
      per_class: byLabel(zeroed),
      macro: withZeros(meanOf(zeroed, () => 1)),
      micro: withZeros(micro),
      weighted: withZeros(meanOf(zeroed, ({ support }) => support)),
      accuracy: accuracy ?? 0,
    };
    const because: Record<string, Reason> = {};
    if (categories.some(hasGap))
      because["per_class"] = categories.some(({ precision }) => precision === undefined)
        ? "no-predictions"
        : "no-ground-truth";
    for (const [name, row] of Object.entries({ macro, micro, weighted }))
      if (hasGap(row))
        because[name] = accuracy === undefined ? "nothing-asked" : (because["per_class"] ?? "nothing-asked");
    if (accuracy === undefined) because["accuracy"] = "nothing-asked";
    const gaps = Object.keys(because);
    if (gaps.length === 0) return { values };
    const told = Object.fromEntries(Object.entries(peer).filter(([name]) => gaps.includes(name)));
    return { values, undefined_because: because, peer_convention: told };
  },
};

function hasGap({ precision, recall, f1 }: Prf): boolean {
  return precision === undefined || recall === undefined || f1 === undefined;
}

import { type Confusion, mergeConfusions, newConfusion } from "../../statistics/confusion.js";
import type { Answer, MeasureFunction, MeasureState } from "../function.js";
import { type Inputs, listOf, MeasureError, shown, squareOf } from "../inputs.js";

/** Counts of pairs, codes from 0 to below the size; a row a truth. */
export const confusionState: MeasureState<Confusion> = { empty: () => newConfusion(0), merge: mergeConfusions };

/** Counts the pairs of one position. @throws MeasureError where the columns differ in length or a code is out of range */
export function confusionOf(truth: Int32Array, predicted: Int32Array, size: number): Confusion {
  if (truth.length !== predicted.length) throw unequal("predicted", truth.length, predicted.length);
  const counts = new Float64Array(size ** 2);
  for (let i = 0; i < truth.length; i++) {
    const [t, p] = [truth[i] ?? -1, predicted[i] ?? -1];
    if (t < 0 || p < 0 || t >= size || p >= size)
      throw new MeasureError("input-range", {
        input: `${t < 0 || t >= size ? "truth" : "predicted"}[${i}]`,
        expected: { zh: `0 至 ${size - 1}`, en: `0 … ${size - 1}` },
      });
    const at = t * size + p;
    counts[at] = (counts[at] ?? 0) + 1;
  }
  return { size, counts };
}

function unequal(input: string, wanted: number, found: number): MeasureError {
  return new MeasureError("inputs-disagree", {
    input,
    expected: { zh: `${wanted} 项，与真值相同`, en: `${wanted} members, as the truth has` },
    found: `${found}`,
  });
}

/** Names that the inputs of a confusion may have. */
export const confusionInputs = ["y_true", "y_pred", "table", "labels"] as const;

type Label = string | number;

/** The counts of `y_true` and `y_pred`, or of a `table` with a row a truth; `labels` gives the order of the categories. @throws MeasureError */
export function confusionIn(inputs: Inputs): { readonly labels: readonly Label[]; readonly confusion: Confusion } {
  const given = inputs["labels"] === undefined ? undefined : labelsOf(inputs, "labels");
  if (given !== undefined && new Set(given).size < given.length)
    throw new MeasureError("inputs-disagree", { input: "labels", expected: { zh: "互不相同", en: "different ones" } });
  if (inputs["table"] !== undefined) {
    const { rows, values } = squareOf(inputs, "table", { min: 0, whole: true });
    if (inputs["y_true"] !== undefined || inputs["y_pred"] !== undefined)
      throw new MeasureError("inputs-disagree", {
        input: "table",
        expected: { zh: "table，或 y_true 与 y_pred", en: "table, or y_true and y_pred" },
      });
    if (given !== undefined && given.length !== rows) throw unequal("labels", rows, given.length);
    return {
      labels: given ?? Array.from({ length: rows }, (_, k) => k),
      confusion: { size: rows, counts: values },
    };
  }
  const [truth, predicted] = [labelsOf(inputs, "y_true"), labelsOf(inputs, "y_pred")];
  if (truth.length !== predicted.length) throw unequal("y_pred", truth.length, predicted.length);
  const labels = given ?? sortedLabels([...truth, ...predicted]);
  const codes = new Map(labels.map((label, code) => [label, code]));
  const codesOf = (list: readonly Label[], name: string) =>
    Int32Array.from(list, (label, i) => {
      const code = codes.get(label);
      if (code !== undefined) return code;
      throw new MeasureError("inputs-disagree", {
        input: `${name}[${i}]`,
        expected: { zh: "labels 之一", en: "one of labels" },
        found: shown(label),
      });
    });
  const confusion = confusionOf(codesOf(truth, "y_true"), codesOf(predicted, "y_pred"), labels.length);
  return { labels, confusion };
}

function labelsOf(inputs: Inputs, name: string): readonly Label[] {
  const list = listOf(inputs, name);
  const type = typeof list[0];
  list.forEach((label, i) => {
    const known = typeof label === "string" || (typeof label === "number" && Number.isFinite(label));
    if (!known || typeof label !== type) throw mixed(`${name}[${i}]`, label);
  });
  return list as readonly Label[];
}

function mixed(input: string, found: unknown): MeasureError {
  return new MeasureError("input-type", {
    input,
    expected: { zh: "全为文本，或全为有限的数", en: "texts only, or finite numbers only" },
    found: shown(found),
  });
}

function sortedLabels(labels: readonly Label[]): readonly Label[] {
  const sorted = [...new Set(labels)].sort((left, right) => (left < right ? -1 : Number(left > right)));
  const other = sorted.find((label) => typeof label !== typeof sorted[0]);
  if (other !== undefined) throw mixed("y_pred", other);
  return sorted;
}

/**
 * Formula: table[i][j] = units whose truth is the i-th label and whose prediction is the j-th
 * Convention: rows are the truth; labels ascend, or are as `labels` lists them; of two labels the second one is the positive, for TP, FP, FN and TN.
 * Edge: no unit gives an empty table; a label outside `labels` is refused.
 * Unit: counts.
 * Source: scikit-learn confusion_matrix.
 */
export const confusionMeasure: MeasureFunction = {
  id: "confusion",
  title: { zh: "混淆矩阵", en: "Confusion matrix" },
  answers: { zh: "哪个类别被当成了哪个类别，各多少次", en: "Which category was taken for which, how often" },
  misleads: {
    zh: "行列次序各工具不同；绝对数随类别多寡变化",
    en: "Tools differ in which side is the rows; the counts follow how common each category is",
  },
  orientation: "none",
  inference: "census",
  inputs: confusionInputs,
  outputs: ["table", "labels", "n", "TP", "FP", "FN", "TN"],
  state: confusionState,
  calculate(inputs): Answer {
    const { labels, confusion } = confusionIn(inputs);
    const { size, counts } = confusion;
    const table = labels.map((_, k) => counts.subarray(k * size, (k + 1) * size));
    const [TN, FP, FN, TP] = counts;
    const n = counts.reduce((sum, count) => sum + count, 0);
    return { values: { table, labels, n, ...(size === 2 ? { TP, FP, FN, TN } : {}) } };
  },
};

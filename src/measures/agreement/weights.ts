import { apart, type Disagreement } from "../../statistics/disagreement.js";
import { type Inputs, MeasureError, shown, squareOf, textOf } from "../inputs.js";
import type { Scale } from "./ratings.js";

export const weightNames = [
  "unweighted",
  "linear",
  "quadratic",
  "ordinal",
  "radical",
  "ratio",
  "circular",
  "bipolar",
] as const;
/** Agreement weights by name, as Gwet 2014 defines them. His `ordinal` is not Krippendorff's ordinal metric. */
export type WeightName = (typeof weightNames)[number];

/** Other names in use for the same: R's irr says "equal" and "squared", irrCAC in Python "identity". */
const synonyms: Readonly<Record<string, WeightName>> = {
  identity: "unweighted",
  none: "unweighted",
  nominal: "unweighted",
  equal: "linear",
  squared: "quadratic",
};

/**
 * 1 − weight of each pair of categories, row by row; 0 on the diagonal, the greatest is 1.
 *
 * @param values the categories on their scale: their ranks, or what they are worth
 * @throws MeasureError where the ratio of values below 0 is asked
 */
export function disagreementOf(name: WeightName, values: readonly number[]): Disagreement {
  const size = values.length;
  if (name === "unweighted" || size < 2) return { kind: "nominal" };
  if (name === "ratio" && values.some((value) => value < 0))
    throw new MeasureError("input-range", {
      input: "categories",
      expected: { zh: "比例尺度的值至少为 0", en: "values of a ratio scale, at least 0" },
      found: values.join(", "),
    });
  const low = Math.min(...values);
  const high = Math.max(...values);
  const apart = (a: number, b: number, i: number, j: number): number => {
    switch (name) {
      case "linear":
        return Math.abs(a - b);
      case "quadratic":
        return (a - b) ** 2;
      case "radical":
        return Math.sqrt(Math.abs(a - b));
      case "ratio":
        return ((a - b) / (a + b)) ** 2;
      case "ordinal":
        return (Math.abs(i - j) * (Math.abs(i - j) + 1)) / 2;
      case "circular":
        return Math.sin((Math.PI * (a - b)) / (high - low + 1)) ** 2;
      case "bipolar":
        return (a - b) ** 2 / ((a + b - 2 * low) * (2 * high - a - b));
    }
  };
  const matrix = new Float64Array(size * size);
  values.forEach((a, i) => {
    values.forEach((b, j) => {
      if (i !== j) matrix[i * size + j] = apart(a, b, i, j);
    });
  });
  const greatest = Math.max(...matrix);
  return { kind: "matrix", values: matrix.map((one) => one / greatest) };
}

/**
 * Disagreement by the input `weights`: a name, or a matrix of agreement weights.
 *
 * @param values what the categories are worth; `undefined` where only their ranks are to count
 * @throws MeasureError
 */
export function weightsOf(inputs: Inputs, scale: Scale, values: readonly number[] | undefined): Disagreement {
  if (Array.isArray(inputs["weights"])) return weightMatrixOf(inputs, scale.labels.length);
  const given = inputs["weights"];
  const wanted = typeof given === "string" ? (synonyms[given.toLowerCase()] ?? given.toLowerCase()) : given;
  const name = textOf({ weights: wanted }, "weights", weightNames, "unweighted");
  if (name !== "unweighted") needsOrder(scale);
  return disagreementOf(name, values ?? scale.labels.map((_, rank) => rank + 1));
}

/** The worth of categories where they are numbers. */
export function worthOf({ labels }: Scale): readonly number[] | undefined {
  const numbers = labels.filter((label) => typeof label === "number");
  return numbers.length === labels.length ? numbers : undefined;
}

/** "high, low, middle" is the order of the alphabet and would give a number that means nothing. */
export function needsOrder({ ordered }: Scale): void {
  if (!ordered)
    throw new MeasureError("input-missing", {
      input: "categories",
      expected: { zh: "按次序列出的类别", en: "the categories in their order" },
    });
}

function weightMatrixOf(inputs: Inputs, size: number): Disagreement {
  const { rows, values } = squareOf(inputs, "weights", { min: -1e100, max: 1 });
  if (rows !== size)
    throw new MeasureError("inputs-disagree", {
      input: "weights",
      expected: { zh: `${size} × ${size}`, en: `${size} × ${size}` },
      found: `${rows} × ${rows}`,
    });
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      const weight = values[i * size + j] ?? 0;
      const fits = i === j ? weight === 1 : weight <= 1 && weight === values[j * size + i];
      if (!fits)
        throw new MeasureError("input-range", {
          input: `weights[${i}][${j}]`,
          expected: {
            zh: "对角线为 1，其余至多为 1 且对称",
            en: "1 on the diagonal, elsewhere at most 1 and the same both ways",
          },
          found: shown(weight),
        });
    }
  return { kind: "matrix", values: values.map((weight) => 1 - weight) };
}

/** The disagreement of each pair of categories, row by row. */
export function matrixOf(metric: Disagreement, size: number): Float64Array {
  const matrix = new Float64Array(size * size);
  for (let c = 0; c < size; c++) for (let k = 0; k < size; k++) matrix[c * size + k] = apart(metric, c, k, size);
  return matrix;
}

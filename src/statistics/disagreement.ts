import { answersOf, type UnitTypes } from "./unit-types.js";

/**
 * How far two categories are apart; 0 for a category and itself. `interval` is (v − w)², `ordinal` the same over the mean ranks of the pooled answers
 * (Krippendorff's ordinal metric is just that: the sum of what lies between, half of the ends), `ratio` is ((v − w)/(v + w))² of values from 0, `matrix` is
 * given row by row and is symmetric.
 */
export type Disagreement =
  | { readonly kind: "nominal" }
  | { readonly kind: "ordinal" }
  | { readonly kind: "interval"; readonly values: Float64Array }
  | { readonly kind: "ratio"; readonly values: Float64Array }
  | { readonly kind: "matrix"; readonly values: Float64Array };

/** Of a pair of categories; for the ordinal metric, whose scale comes from the answers, ask `scaleOf` first. */
export function apart(metric: Disagreement, c: number, k: number, size: number): number {
  if (c === k) return 0;
  if (metric.kind === "interval") return (metric.values[c]! - metric.values[k]!) ** 2;
  if (metric.kind === "matrix") return metric.values[c * size + k]!;
  if (metric.kind !== "ratio") return 1;
  const v = metric.values[c]!;
  const w = metric.values[k]!;
  return ((v - w) / (v + w)) ** 2;
}

/** Values whose squared difference is the disagreement, where it has that form. */
export function scaleOf(metric: Disagreement, marginals: Float64Array): Float64Array | undefined {
  if (metric.kind === "interval") return metric.values;
  if (metric.kind !== "ordinal") return undefined;
  const ranks = new Float64Array(marginals.length);
  let before = 0;
  for (let c = 0; c < marginals.length; c++) {
    ranks[c] = before + marginals[c]! / 2;
    before += marginals[c]!;
  }
  return ranks;
}

/**
 * For each category the mean disagreement with categories of these weights (shares or counts; they are divided by their sum).
 */
export function meanDisagreements(metric: Disagreement, weights: Float64Array): Float64Array {
  const size = weights.length;
  const means = new Float64Array(size);
  let total = 0;
  for (let c = 0; c < size; c++) total += weights[c]!;
  const scale = scaleOf(metric, weights);
  if (scale !== undefined) {
    let mean = 0;
    for (let c = 0; c < size; c++) mean += weights[c]! * scale[c]!;
    mean /= total;
    let variance = 0;
    for (let c = 0; c < size; c++) variance += weights[c]! * (scale[c]! - mean) ** 2;
    variance /= total;
    for (let c = 0; c < size; c++) means[c] = (scale[c]! - mean) ** 2 + variance;
  } else if (metric.kind !== "nominal") {
    for (let c = 0; c < size; c++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += apart(metric, c, k, size) * weights[k]!;
      means[c] = sum / total;
    }
  } else for (let c = 0; c < size; c++) means[c] = (total - weights[c]!) / total;
  return means;
}

/**
 * Σ over ordered pairs of answers of a unit of their disagreement, for each type; 0 for a type with one answer.
 *
 * @param scale what `scaleOf` gives
 */
export function pairSums(
  types: UnitTypes,
  metric: Disagreement,
  scale: Float64Array | undefined,
  categories: number,
): Float64Array {
  const sums = new Float64Array(types.size);
  for (let type = 0; type < types.size; type++)
    sums[type] =
      scale !== undefined
        ? squareSum(types, type, scale)
        : metric.kind === "nominal"
          ? unlikeSum(types, type)
          : pairSum(types, type, metric, categories);
  return sums;
}

function unlikeSum(types: UnitTypes, type: number): number {
  const { offsets, counts } = types;
  const answers = answersOf(types, type);
  let sum = 0;
  for (let i = offsets[type]!; i < offsets[type + 1]!; i++) sum += counts[i]! * (answers - counts[i]!);
  return sum;
}

/** 2m·Σ(v − v̄)²: the differences from the mean lose no digits, and a unit of a thousand answers takes a thousand steps, not a million. */
function squareSum({ offsets, categories, counts }: UnitTypes, type: number, scale: Float64Array): number {
  const from = offsets[type]!;
  const to = offsets[type + 1]!;
  if (to - from < 2) return 0;
  let answers = 0;
  let mean = 0;
  for (let i = from; i < to; i++) {
    answers += counts[i]!;
    mean += counts[i]! * scale[categories[i]!]!;
  }
  mean /= answers;
  let squares = 0;
  for (let i = from; i < to; i++) squares += counts[i]! * (scale[categories[i]!]! - mean) ** 2;
  return 2 * answers * squares;
}

function pairSum(types: UnitTypes, type: number, metric: Disagreement, size: number): number {
  const { offsets, categories, counts } = types;
  let sum = 0;
  for (let i = offsets[type]!; i < offsets[type + 1]!; i++)
    for (let j = offsets[type]!; j < i; j++)
      sum += counts[i]! * counts[j]! * apart(metric, categories[i]!, categories[j]!, size);
  return 2 * sum;
}

import { exactSumOf } from "../statistics/exact-sum.js";
import { quartiles } from "../statistics/quantile.js";
import { type GroupAnswer, type GroupCheckDeclaration, type GroupColumns, units } from "./declaration.js";

// How far the `value` of a member is from those of its group. Sums are exact: the order of the members changes no bit.
// A member without a value gets 0.

/**
 * Distance beyond the quartiles in interquartile ranges: (x − Q3)/IQR or (Q1 − x)/IQR, 0 between them. Infinite for a value outside a range
 * of 0. Quartiles: type 7 of Hyndman & Fan 1996, as in R and NumPy; the fence is Tukey's (1977).
 */
export function iqrDistance(columns: GroupColumns): GroupAnswer {
  const values = new Float64Array(columns.size);
  const fences = quartiles(presentValues(columns));
  if (fences === undefined) return { values };
  const { low, high } = fences;
  for (let i = 0; i < columns.size; i++) {
    const x = columns.value[i]!;
    if (x > high) values[i] = (x - high) / (high - low);
    else if (x < low) values[i] = (low - x) / (high - low);
  }
  return { values };
}

/** As `iqrDistance`, above the upper quartile only. */
export function iqrExcess(columns: GroupColumns): GroupAnswer {
  const values = new Float64Array(columns.size);
  const fences = quartiles(presentValues(columns));
  if (fences === undefined) return { values };
  const { low, high } = fences;
  for (let i = 0; i < columns.size; i++) {
    const x = columns.value[i]!;
    if (x > high) values[i] = (x - high) / (high - low);
  }
  return { values };
}

/**
 * Distance of a box from the boxes of the group in standard deviations: the largest of those of width, height, area, shorter and longer side.
 * Members without a box get 0.
 */
export function boxSizeDistance({ size, box }: GroupColumns): GroupAnswer {
  const values = new Float64Array(size);
  const measured = new Float64Array(size);
  for (let kind = 0; kind < boxSizes; kind++) {
    for (let i = 0; i < size; i++) measured[i] = boxSize(kind, box[4 * i + 2]!, box[4 * i + 3]!);
    toSigmas(measured);
    for (let i = 0; i < size; i++) if (measured[i]! > values[i]!) values[i] = measured[i]!;
  }
  return { values };
}

const boxSizes = 5;

/** Width, height, area, shorter and longer side. */
function boxSize(kind: number, width: number, height: number): number {
  if (kind === 0) return width;
  if (kind === 1) return height;
  if (kind === 2) return width * height;
  return kind === 3 ? Math.min(width, height) : Math.max(width, height);
}

/** Distance from the mean in standard deviations of the group (divided by n, not n − 1): |x − μ|/σ, two-pass; 0 where σ is 0. */
export function sigmaDistance({ value, size }: GroupColumns): GroupAnswer {
  const values = value.slice(0, size);
  toSigmas(values);
  return { values };
}

/** Puts its distance in the place of each number, 0 where there is none. The sums are exact, so the order of the members changes no bit. */
function toSigmas(list: Float64Array): void {
  const present = presentOf(list);
  // Equal values may miss their rounded mean: what is left then is rounding, not spread.
  if (present.every((x) => x === present[0])) {
    list.fill(0);
    return;
  }
  const mean = exactSumOf(present) / present.length;
  for (let i = 0; i < present.length; i++) present[i] = (present[i]! - mean) ** 2;
  const deviation = Math.sqrt(exactSumOf(present) / present.length);
  for (let i = 0; i < list.length; i++) list[i] = Number.isNaN(list[i]!) ? 0 : Math.abs(list[i]! - mean) / deviation;
}

/** Number of members that have a value: few say nothing about outliers. The same for every member. */
export function valueCount(columns: GroupColumns): GroupAnswer {
  return { values: new Float64Array(columns.size).fill(presentValues(columns).length) };
}

/** Number of different values in the group: 1 where all agree; members without one are left out. The same for every member. */
export function distinctValues(columns: GroupColumns): GroupAnswer {
  return { values: new Float64Array(columns.size).fill(countDistinct(sortedValues(columns))) };
}

/** Number of different categories in the group; members without one are left out. The same for every member. */
export function distinctCategories(columns: GroupColumns): GroupAnswer {
  const sorted = withoutNaN(columns.category.subarray(0, columns.size));
  return { values: new Float64Array(columns.size).fill(countDistinct(sorted)) };
}

function presentValues({ value, size }: GroupColumns): Float64Array {
  return presentOf(value.subarray(0, size));
}

/** A copy of the numbers that are there, in the order of the members. */
function presentOf(list: Float64Array): Float64Array {
  const present = new Float64Array(list.length);
  let count = 0;
  for (let i = 0; i < list.length; i++) if (!Number.isNaN(list[i]!)) present[count++] = list[i]!;
  return present.subarray(0, count);
}

function sortedValues(columns: GroupColumns): Float64Array {
  return withoutNaN(columns.value.subarray(0, columns.size));
}

/** A sorted copy. */
function withoutNaN(numbers: Float64Array): Float64Array {
  const sorted = numbers.slice().sort(); // NaN last
  let count = sorted.length;
  while (count > 0 && Number.isNaN(sorted[count - 1]!)) count--;
  return sorted.subarray(0, count);
}

function countDistinct(sorted: Float64Array): number {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i === 0 || sorted[i] !== sorted[i - 1]) distinct++;
  return distinct;
}

export const groupDeclarations: readonly GroupCheckDeclaration[] = [
  {
    cel: "iqrDistance(Siblings, int): double",
    says: { zh: "超出四分位的距离", en: "distance beyond the quartiles" },
    unit: units.iqr,
    columns: ["value"],
    answer: iqrDistance,
  },
  {
    cel: "iqrExcess(Siblings, int): double",
    says: { zh: "超出上四分位的距离", en: "distance above the upper quartile" },
    unit: units.iqr,
    columns: ["value"],
    answer: iqrExcess,
  },
  {
    cel: "boxSizeDistance(Siblings, int): double",
    says: { zh: "框的尺寸偏离均值", en: "distance of the size of the box from the mean" },
    unit: units.sigma,
    columns: ["box"],
    answer: boxSizeDistance,
  },
  {
    cel: "sigmaDistance(Siblings, int): double",
    says: { zh: "偏离均值", en: "distance from the mean" },
    unit: units.sigma,
    columns: ["value"],
    answer: sigmaDistance,
  },
  {
    cel: "valueCount(Siblings, int): int",
    says: { zh: "参与统计的标注", en: "annotations in the statistic" },
    unit: units.annotations,
    columns: ["value"],
    answer: valueCount,
  },
  {
    cel: "distinctValues(Siblings, int): int",
    says: { zh: "不同的取值", en: "different values" },
    unit: units.items,
    columns: ["value"],
    answer: distinctValues,
  },
  {
    cel: "distinctCategories(Siblings, int): int",
    says: { zh: "不同的类别", en: "different categories" },
    unit: units.items,
    columns: ["category"],
    answer: distinctCategories,
  },
];

/**
 * Intersection over union of the ith box of one list and the jth of another; 0 where they have no area in common.
 *
 * @param left boxes as left, top, width, height in turn
 */
export function boxOverlap(left: Float64Array, i: number, right: Float64Array, j: number): number {
  const x = left[4 * i]!;
  const y = left[4 * i + 1]!;
  const width = Math.max(0, left[4 * i + 2]!);
  const height = Math.max(0, left[4 * i + 3]!);
  const x2 = right[4 * j]!;
  const y2 = right[4 * j + 1]!;
  const width2 = Math.max(0, right[4 * j + 2]!);
  const height2 = Math.max(0, right[4 * j + 3]!);
  const across = Math.min(x + width, x2 + width2) - Math.max(x, x2);
  const down = Math.min(y + height, y2 + height2) - Math.max(y, y2);
  if (across <= 0 || down <= 0) return 0;
  const both = across * down;
  return both / (width * height + width2 * height2 - both);
}

/** Squared Euclidean distance of two boxes as points (left, top, width, height). */
export function boxDifference2(left: Float64Array, i: number, right: Float64Array, j: number): number {
  let sum = 0;
  for (let k = 0; k < 4; k++) sum += (left[4 * i + k]! - right[4 * j + k]!) ** 2;
  return sum;
}

import { boxIntersection } from "../geometry/box-overlap.js";
import type { CandidatePairs } from "../matching.js";
import { orderByRank, rowsOf } from "./order.js";

/** Boxes by column: x, y, width and height of each in turn; `group` numbers what may be paired (one image and category) from 0. */
export interface GroupedBoxes {
  readonly group: Int32Array;
  readonly boxes: Float64Array;
}

/** Pairs of one group whose IoU is at least the threshold, which is above 0. */
export function boxPairs(left: GroupedBoxes, right: GroupedBoxes, groups: number, threshold: number): CandidatePairs {
  const [lefts, rights] = [
    orderByRank(rowsOf(left.group.length), left.group, groups),
    orderByRank(rowsOf(right.group.length), right.group, groups),
  ];
  const found: { left: number[]; right: number[]; value: number[] } = { left: [], right: [], value: [] };
  let from = 0;
  for (let k = 0; k < lefts.length; k++) {
    const i = lefts[k]!;
    const group = left.group[i]!;
    while (from < rights.length && right.group[rights[from]!]! < group) from++;
    for (let at = from; at < rights.length && right.group[rights[at]!] === group; at++) {
      const j = rights[at]!;
      const value = iouOf(left.boxes, 4 * i, right.boxes, 4 * j);
      if (value < threshold) continue;
      found.left.push(i);
      found.right.push(j);
      found.value.push(value);
    }
  }
  return {
    left: Int32Array.from(found.left),
    right: Int32Array.from(found.right),
    value: Float64Array.from(found.value),
  };
}

function iouOf(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const shared = boxIntersection(a, i, b, j);
  if (shared === 0) return 0;
  // x + width − x may be rounded to more than width.
  return Math.min(1, shared / (a[i + 2]! * a[i + 3]! + b[j + 2]! * b[j + 3]! - shared));
}

import type { Box, RleMask } from "../records/types.gen.js";
import type { Similarity } from "../statistics/detection/columns.js";
import { rleTightBox } from "./rle.js";

/** What a comparison asks of a mask, worked out once. */
interface Prepared {
  readonly mask: RleMask;
  /** Where each run ends. */
  readonly ends: Float64Array;
  readonly area: number;
  /** Asked for late; null where there is no foreground. */
  box: Box | null | undefined;
}

/** @param ends at least as long as the runs */
function preparedOf(mask: RleMask, ends: Float64Array): Prepared {
  const { counts } = mask;
  let end = 0;
  let area = 0;
  for (let i = 0; i < counts.length; i++) {
    end += counts[i]!;
    ends[i] = end;
    if ((i & 1) === 1) area += counts[i]!;
  }
  return { mask, ends: ends.subarray(0, counts.length), area, box: undefined };
}

function boxOf(prepared: Prepared): Box | null {
  if (prepared.box === undefined) prepared.box = rleTightBox(prepared.mask) ?? null;
  return prepared.box;
}

/** Of the one detection that is compared. */
let scratch = new Float64Array(1024);

/**
 * Intersection over union of masks; of a crowd region, over the detection's area. A pair whose areas, or boxes, cannot reach the lowest threshold is not
 * compared run by run: its similarity stays 0 (all pairs: 1.1 times as long).
 *
 * @param truth the mask of a row of ground truth; the masks of an image are of one size
 * @param lowest threshold; 0 for the similarity of every pair
 */
export function maskSimilarity(
  truth: (row: number) => RleMask,
  crowd: Uint8Array,
  detection: (row: number) => RleMask,
  lowest: number,
): Similarity {
  return (rows, first, after, objects, firstObject, afterObject, out) => {
    const known: Prepared[] = [];
    for (let g = firstObject; g < afterObject; g++) {
      const mask = truth(objects[g]!);
      known.push(preparedOf(mask, new Float64Array(mask.counts.length)));
    }
    let at = 0;
    for (let d = first; d < after; d++) {
      const mask = detection(rows[d]!);
      if (scratch.length < mask.counts.length) scratch = new Float64Array(2 * mask.counts.length);
      const own = preparedOf(mask, scratch);
      for (let g = 0; g < known.length; g++, at++) {
        const other = known[g]!;
        const inCrowd = crowd[objects[firstObject + g]!] === 1;
        const least = Math.min(own.area, other.area);
        if (least === 0 || shareOf(least, own.area, other.area, inCrowd) < lowest) continue;
        const most = Math.min(least, sharedBox(boxOf(own), boxOf(other)));
        if (most === 0 || shareOf(most, own.area, other.area, inCrowd) < lowest) continue;
        out[at] = shareOf(sharedPixels(own, other), own.area, other.area, inCrowd);
      }
    }
  };
}

function shareOf(shared: number, own: number, other: number, crowd: boolean): number {
  return shared / (crowd ? own : own + other - shared);
}

/** Pixels in both boxes. */
function sharedBox(left: Box | null, right: Box | null): number {
  if (left === null || right === null) return 0;
  const w = Math.min(left.x + left.width, right.x + right.width) - Math.max(left.x, right.x);
  const h = Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y);
  return w > 0 && h > 0 ? w * h : 0;
}

function sharedPixels(left: Prepared, right: Prepared): number {
  const [boxA, boxB] = [boxOf(left), boxOf(right)];
  if (boxA === null || boxB === null) return 0;
  const [a, b] = [left.ends, right.ends];
  const { height } = left.mask;
  // Only the columns that both have: a search for the first, a stop after the last.
  const from = Math.max(boxA.x, boxB.x) * height;
  const to = Math.min(boxA.x + boxA.width, boxB.x + boxB.width) * height;
  let i = runAfter(a, from);
  let j = runAfter(b, from);
  let shared = 0;
  while (i < a.length && j < b.length) {
    const start = Math.max(a[i - 1]!, b[j - 1]!);
    if (start >= to) break;
    const endA = a[i]!;
    const endB = b[j]!;
    const end = endA < endB ? endA : endB;
    if (end > start) shared += end - start;
    if (endA <= endB) i += 2;
    if (endB <= endA) j += 2;
  }
  return shared;
}

/** The first run of the foreground that ends after that pixel. */
function runAfter(ends: Float64Array, pixel: number): number {
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle]! > pixel) high = middle;
    else low = middle + 1;
  }
  return low | 1;
}

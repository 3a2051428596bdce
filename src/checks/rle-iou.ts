import type { Box, RleMask } from "../records/types.gen.js";
import type { Similarity } from "../statistics/detection/columns.js";
import { rleArea, rleTightBox } from "./rle.js";

/** What a comparison asks of a mask, worked out once. */
interface Prepared {
  readonly height: number;
  /** Where each run ends. */
  readonly ends: Float64Array;
  readonly area: number;
  /** Undefined where there is no foreground. */
  readonly box: Box | undefined;
}

function preparedOf(mask: RleMask): Prepared {
  const ends = new Float64Array(mask.counts.length);
  let end = 0;
  for (let i = 0; i < ends.length; i++) {
    end += mask.counts[i]!;
    ends[i] = end;
  }
  return { height: mask.height, ends, area: rleArea(mask), box: rleTightBox(mask) };
}

/**
 * Intersection over union of masks; of a crowd region, over the detection's area. A pair whose boxes, or sizes, cannot reach the lowest threshold is not
 * compared pixel by pixel: its similarity stays 0.
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
    for (let g = firstObject; g < afterObject; g++) known.push(preparedOf(truth(objects[g]!)));
    let at = 0;
    for (let d = first; d < after; d++) {
      const own = preparedOf(detection(rows[d]!));
      for (let g = 0; g < known.length; g++, at++) {
        const other = known[g]!;
        const most = Math.min(own.area, other.area, sharedBox(own.box, other.box));
        if (most === 0) continue;
        const inCrowd = crowd[objects[firstObject + g]!] === 1;
        if (shareOf(most, own.area, other.area, inCrowd) < lowest) continue;
        out[at] = shareOf(sharedPixels(own, other), own.area, other.area, inCrowd);
      }
    }
  };
}

function shareOf(shared: number, own: number, other: number, crowd: boolean): number {
  return shared / (crowd ? own : own + other - shared);
}

/** Pixels in both boxes. */
function sharedBox(left: Box | undefined, right: Box | undefined): number {
  if (left === undefined || right === undefined) return 0;
  const w = Math.min(left.x + left.width, right.x + right.width) - Math.max(left.x, right.x);
  const h = Math.min(left.y + left.height, right.y + right.height) - Math.max(left.y, right.y);
  return w > 0 && h > 0 ? w * h : 0;
}

function sharedPixels({ height, ends: a, box: boxA }: Prepared, { ends: b, box: boxB }: Prepared): number {
  if (boxA === undefined || boxB === undefined) return 0;
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

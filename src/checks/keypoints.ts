import type { Mark } from "../records/finding.js";
import type { Box, Keypoint } from "../records/types.gen.js";
import { type CheckDeclaration, units } from "./declaration.js";

// A keypoint is labelled where v > 0 (COCO: 0 not labelled, 1 hidden, 2 visible).

export function labelledCount(keypoints: readonly Keypoint[]): number {
  let count = 0;
  for (let i = 0; i < keypoints.length; i++) if (keypoints[i]!.v > 0) count++;
  return count;
}

/** How far the furthest labelled point lies outside the image [0, width] × [0, height], px, along x or y; 0 where none does. */
export function keypointOvershoot(keypoints: readonly Keypoint[], width: number, height: number): number {
  return furthestOutside(keypoints, 0, 0, width, height);
}

/**
 * How far the furthest labelled point lies outside a box, px, along x or y, after each side of the box was moved outwards; 0 where none does.
 *
 * @param growth share of the width (left, right) or of the height (top, bottom) by which a side is moved
 */
export function keypointBoxOvershoot(keypoints: readonly Keypoint[], box: Box, growth: number): number {
  const dx = growth * box.width;
  const dy = growth * box.height;
  return furthestOutside(keypoints, box.x - dx, box.y - dy, box.x + box.width + dx, box.y + box.height + dy);
}

/** Distance of the two labelled points that lie closest together, px; infinite for fewer than two. */
export function closestLabelledPair(keypoints: readonly Keypoint[]): number {
  return closestPair(keypoints, undefined);
}

/** Position of the first edge of a skeleton that does not join two different keypoints 1 … count, -1 for none; half an edge at the end is one. */
export function firstInvalidSkeletonEdge(skeleton: Float64Array, count: number): number {
  for (let i = 0; i < skeleton.length; i += 2) {
    const from = skeleton[i]!;
    const to = skeleton[i + 1];
    if (!isPoint(from, count) || to === undefined || !isPoint(to, count) || from === to) return i / 2;
  }
  return -1;
}

/** Length of the longest limb of which both ends are labelled, px; 0 for none. Ends that the skeleton names and are not there are left out. */
export function longestLimb(keypoints: readonly Keypoint[], skeleton: Float64Array): number {
  let longest = 0;
  for (let i = 0; i + 1 < skeleton.length; i += 2) {
    const from = keypoints[skeleton[i]! - 1];
    const to = keypoints[skeleton[i + 1]! - 1];
    if (from === undefined || to === undefined || !(from.v > 0 && to.v > 0)) continue;
    const length = Math.sqrt((to.x - from.x) ** 2 + (to.y - from.y) ** 2);
    if (length > longest) longest = length;
  }
  return longest;
}

/** Length of the longest limb as a share of the size of the object, √(width · height). */
export function limbRatio(keypoints: readonly Keypoint[], skeleton: Float64Array, box: Box): number {
  return longestLimb(keypoints, skeleton) / Math.sqrt(box.width * box.height);
}

function isPoint(n: number, count: number): boolean {
  return n >= 1 && n <= count && Math.floor(n) === n;
}

function furthestOutside(
  points: readonly Keypoint[],
  left: number,
  top: number,
  right: number,
  bottom: number,
): number {
  let furthest = 0;
  for (let i = 0; i < points.length; i++) {
    const { x, y, v } = points[i]!;
    if (!(v > 0)) continue;
    if (left - x > furthest) furthest = left - x;
    if (x - right > furthest) furthest = x - right;
    if (top - y > furthest) furthest = top - y;
    if (y - bottom > furthest) furthest = y - bottom;
  }
  return furthest;
}

/** All pairs up to 64 points; else in the order of x, up to where x alone is further than the best pair. */
function closestPair(keypoints: readonly Keypoint[], pair: Keypoint[] | undefined): number {
  const sorted = keypoints.length > 64;
  const points = sorted ? keypoints.filter(({ v }) => v > 0).sort((a, b) => a.x - b.x) : keypoints;
  let closest = Number.POSITIVE_INFINITY; // squared
  for (let i = 1; i < points.length; i++) {
    const a = points[i]!;
    if (!(a.v > 0)) continue;
    for (let j = i - 1; j >= 0; j--) {
      const b = points[j]!;
      const dx = a.x - b.x;
      if (sorted && dx * dx >= closest) break;
      const distance = dx * dx + (a.y - b.y) * (a.y - b.y);
      if (!(b.v > 0) || distance >= closest) continue;
      closest = distance;
      if (pair !== undefined) {
        pair[0] = b;
        pair[1] = a;
      }
    }
  }
  return Math.sqrt(closest);
}

function pairMarks(keypoints: readonly Keypoint[]): readonly Mark[] {
  const pair: Keypoint[] = [];
  closestPair(keypoints, pair);
  const [a, b] = pair;
  return a === undefined || b === undefined ? [] : [{ kind: "pair", points: [a.x, a.y, b.x, b.y] }];
}

function imageMarks(keypoints: readonly Keypoint[], width: number, height: number): readonly Mark[] {
  return outsideMarks(keypoints, 0, 0, width, height);
}

function boxMarks(keypoints: readonly Keypoint[], box: Box, growth: number): readonly Mark[] {
  const dx = growth * box.width;
  const dy = growth * box.height;
  return outsideMarks(keypoints, box.x - dx, box.y - dy, box.x + box.width + dx, box.y + box.height + dy);
}

/** A line to each labelled point outside, from the nearest point inside. */
function outsideMarks(
  keypoints: readonly Keypoint[],
  left: number,
  top: number,
  right: number,
  bottom: number,
): readonly Mark[] {
  const marks: Mark[] = [];
  for (const { x, y, v } of keypoints) {
    const nearX = Math.min(Math.max(x, left), right);
    const nearY = Math.min(Math.max(y, top), bottom);
    if (v > 0 && (nearX !== x || nearY !== y)) marks.push({ kind: "overflow", points: [nearX, nearY, x, y] });
  }
  return marks;
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "labelledCount(list<Keypoint>): int",
    says: { zh: "已标注的关键点", en: "labelled keypoints" },
    unit: units.items,
    call: labelledCount,
  },
  {
    cel: "keypointOvershoot(list<Keypoint>, double, double): double",
    says: { zh: "关键点超出图像的距离", en: "distance of a keypoint outside the image" },
    unit: units.px,
    call: keypointOvershoot,
    marks: imageMarks,
  },
  {
    cel: "keypointBoxOvershoot(list<Keypoint>, Box, double): double",
    says: { zh: "关键点超出框的距离", en: "distance of a keypoint outside the box" },
    unit: units.px,
    call: keypointBoxOvershoot,
    marks: boxMarks,
  },
  {
    cel: "closestLabelledPair(list<Keypoint>): double",
    says: { zh: "最近两个关键点的距离", en: "distance of the two closest keypoints" },
    unit: units.px,
    call: closestLabelledPair,
    marks: pairMarks,
  },
  {
    cel: "firstInvalidSkeletonEdge(list<double>, int): int",
    says: {
      zh: "连线没有连接两个不同的已有关键点",
      en: "the edge does not join two different keypoints of the category",
    },
    tells: "place",
    call: firstInvalidSkeletonEdge,
  },
  {
    cel: "longestLimb(list<Keypoint>, list<double>): double",
    says: { zh: "最长肢段的长度", en: "length of the longest limb" },
    unit: units.px,
    call: longestLimb,
  },
  {
    cel: "limbRatio(list<Keypoint>, list<double>, Box): double",
    says: { zh: "最长肢段与目标尺寸之比", en: "longest limb as a share of the size of the object" },
    call: limbRatio,
  },
];

import type { Mark } from "../records/finding.js";
import type { CheckDeclaration } from "./declaration.js";
import { signedRingArea } from "./rings.js";

// A rotated box is its four corners, x and y in turn, px, y downwards.

/**
 * How far the worst of four corners is from a right angle: the largest |cos∠|, 0 for a rectangle; 1 where a side has no length. A corner counts as right
 * where moving an end of its shorter side by `roundingPx` would make it so: corners in whole pixels are off by that much.
 */
export function cornerAngleDeviation(corners: Float64Array, roundingPx: number): number {
  let worst = 0;
  worstCorner = -1;
  for (let i = 0; i < 4; i++) {
    const x = corners[2 * i]!;
    const y = corners[2 * i + 1]!;
    const before = (i + 3) % 4;
    const after = (i + 1) % 4;
    const ax = corners[2 * before]! - x;
    const ay = corners[2 * before + 1]! - y;
    const bx = corners[2 * after]! - x;
    const by = corners[2 * after + 1]! - y;
    const a = Math.sqrt(ax * ax + ay * ay);
    const b = Math.sqrt(bx * bx + by * by);
    const cosine = a * b === 0 ? 1 : Math.abs(ax * bx + ay * by) / (a * b);
    if (cosine <= worst || (a * b > 0 && cosine * Math.min(a, b) <= roundingPx)) continue;
    worst = cosine;
    worstCorner = i;
  }
  return worst;
}

/** The corner that was furthest off, -1 for none. */
let worstCorner = -1;

/** How much opposite sides differ in length: the larger of the two differences, each as a share of the longer side; 0 for a rectangle and up to `roundingPx`. */
export function oppositeSideDifference(corners: Float64Array, roundingPx: number): number {
  return Math.max(
    relativeDifference(side(corners, 0), side(corners, 2), roundingPx),
    relativeDifference(side(corners, 1), side(corners, 3), roundingPx),
  );
}

/**
 * Whether the corners run clockwise as one sees them, beginning at the top left: the corner with the smallest x + y, of two such the
 * higher one (a square on its tip begins at its top).
 */
export function clockwiseFromTopLeft(corners: Float64Array): boolean {
  return signedRingArea(corners) > 0 && topLeftCorner(corners) === 0;
}

/** Position of the corner with the smallest x + y, of several such the highest; -1 for no corners. */
export function topLeftCorner(corners: Float64Array): number {
  let best = -1;
  for (let i = 0; 2 * i + 1 < corners.length; i++) {
    if (best < 0 || higherLeft(corners, i, best)) best = i;
  }
  return best;
}

function higherLeft(corners: Float64Array, i: number, j: number): boolean {
  const sum = corners[2 * i]! + corners[2 * i + 1]!;
  const other = corners[2 * j]! + corners[2 * j + 1]!;
  return sum < other || (sum === other && corners[2 * i + 1]! < corners[2 * j + 1]!);
}

function side(corners: Float64Array, i: number): number {
  const next = (i + 1) % 4;
  const dx = corners[2 * next]! - corners[2 * i]!;
  const dy = corners[2 * next + 1]! - corners[2 * i + 1]!;
  return Math.sqrt(dx * dx + dy * dy);
}

function relativeDifference(a: number, b: number, roundingPx: number): number {
  const difference = Math.abs(a - b);
  return difference <= roundingPx ? 0 : difference / Math.max(a, b);
}

function angleMarks(corners: Float64Array, roundingPx: number): readonly Mark[] {
  cornerAngleDeviation(corners, roundingPx);
  if (worstCorner < 0) return [];
  return [{ kind: "vertex", points: [corners[2 * worstCorner]!, corners[2 * worstCorner + 1]!] }];
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "cornerAngleDeviation(list<double>, double): double",
    says: { zh: "顶角偏离直角的程度（|cos|）", en: "deviation of a corner from a right angle (|cos|)" },
    call: cornerAngleDeviation,
    marks: angleMarks,
  },
  {
    cel: "oppositeSideDifference(list<double>, double): double",
    says: { zh: "对边长度的相对差", en: "difference between opposite sides, as a share" },
    call: oppositeSideDifference,
  },
  {
    cel: "clockwiseFromTopLeft(list<double>): bool",
    says: { zh: "顶点从左上角起顺时针排列", en: "the corners run clockwise from the top left" },
    says_not: { zh: "顶点没有从左上角起顺时针排列", en: "the corners do not run clockwise from the top left" },
    call: clockwiseFromTopLeft,
  },
  {
    cel: "topLeftCorner(list<double>): int",
    says: { zh: "左上角点的序号（从 0 起）", en: "position of the top left corner (counted from 0)" },
    call: topLeftCorner,
  },
];

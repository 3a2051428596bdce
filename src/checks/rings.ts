import type { Mark } from "../records/finding.js";
import { type CheckDeclaration, units } from "./declaration.js";

// A ring is x and y in turn, px, y downwards; the last point joins the first. An odd number at the end is no point and is left out
// (`polygon-odd-length` finds it).

/**
 * Area that a ring encloses, in px²; the direction of drawing does not matter.
 * The lobes of a figure of eight cancel, so a rule asks `selfIntersects` as well. Source: shoelace formula (Meister 1769).
 *
 * @param ring fewer than three points enclose 0.
 */
export function ringArea(ring: Float64Array): number {
  return Math.abs(signedRingArea(ring));
}

/** As `ringArea`, and negative where the ring is drawn anticlockwise as one sees it (y grows downwards). */
export function signedRingArea(ring: Float64Array): number {
  const x0 = ring[0] ?? 0;
  const y0 = ring[1] ?? 0;
  let twice = 0;
  // Measured from the first vertex: far from the origin the products would cancel and lose digits.
  for (let i = 2; i + 3 < ring.length; i += 2) {
    twice += (ring[i]! - x0) * (ring[i + 3]! - y0) - (ring[i + 2]! - x0) * (ring[i + 1]! - y0);
  }
  return twice / 2;
}

/** Length of the outline, px, the side from the last point to the first included. */
export function ringPerimeter(ring: Float64Array): number {
  const last = (ring.length & ~1) - 2;
  if (last < 0) return 0;
  let length = 0;
  let x = ring[last]!;
  let y = ring[last + 1]!;
  for (let i = 0; i <= last; i += 2) {
    const dx = ring[i]! - x;
    const dy = ring[i + 1]! - y;
    length += Math.sqrt(dx * dx + dy * dy); // Math.hypot takes ten times as long
    x = ring[i]!;
    y = ring[i + 1]!;
  }
  return length;
}

/** Number of different points in a ring, counted up to `limit`: a rule that asks for three need not look at a thousand. */
export function distinctVertices(ring: Float64Array, limit: number): number {
  const count = ring.length >> 1;
  if (limit > mostCompared) return Math.min(limit, distinctBySet(ring, count));
  let distinct = 0;
  for (let i = 0; i < count && distinct < limit; i++) {
    const x = ring[2 * i]!;
    const y = ring[2 * i + 1]!;
    let known = false;
    for (let j = 0; j < distinct && !known; j++) known = different[2 * j] === x && different[2 * j + 1] === y;
    if (known) continue;
    different[2 * distinct] = x;
    different[2 * distinct + 1] = y;
    distinct++;
  }
  return distinct;
}

/** Up to here every point is compared with those that were found different. */
const mostCompared = 16;
const different = new Float64Array(2 * mostCompared);

/** Number of points that equal the one before, other than one closing point (the first again, at the end). */
export function repeatedVertices(ring: Float64Array): number {
  const count = ring.length >> 1;
  let repeated = 0;
  for (let i = 1; i < count; i++) if (samePoint(ring, i, i - 1)) repeated++;
  return repeated;
}

/** Whether the last point is the first again. A ring of one point is not closed. */
export function closedExplicitly(ring: Float64Array): boolean {
  const count = ring.length >> 1;
  return count > 1 && samePoint(ring, count - 1, 0);
}

/** How far the furthest vertex lies outside the image [0, width] × [0, height], px, along x or y; 0 where none does. */
export function ringOvershoot(ring: Float64Array, width: number, height: number): number {
  let furthest = 0;
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const x = ring[i]!;
    const y = ring[i + 1]!;
    if (-x > furthest) furthest = -x;
    if (x - width > furthest) furthest = x - width;
    if (-y > furthest) furthest = -y;
    if (y - height > furthest) furthest = y - height;
  }
  return furthest;
}

/** Mean distance from vertex to vertex along the outline, px: large where an outline is coarse. 0 for no points. */
export function ringVertexSpacing(ring: Float64Array): number {
  const count = (ring.length >> 1) - (closedExplicitly(ring) ? 1 : 0);
  return count === 0 ? 0 : ringPerimeter(ring) / count;
}

function samePoint(ring: Float64Array, i: number, j: number): boolean {
  return ring[2 * i] === ring[2 * j] && ring[2 * i + 1] === ring[2 * j + 1];
}

function distinctBySet(ring: Float64Array, count: number): number {
  const rows = new Map<number, Set<number>>();
  let distinct = 0;
  for (let i = 0; i < count; i++) {
    let row = rows.get(ring[2 * i]!);
    if (row === undefined) {
      row = new Set();
      rows.set(ring[2 * i]!, row);
    }
    const before = row.size;
    distinct += row.add(ring[2 * i + 1]!).size - before;
  }
  return distinct;
}

function repeatedVertexMarks(ring: Float64Array): readonly Mark[] {
  const marks: Mark[] = [];
  for (let i = 1; i < ring.length >> 1; i++) {
    if (samePoint(ring, i, i - 1)) marks.push({ kind: "vertex", points: [ring[2 * i]!, ring[2 * i + 1]!] });
  }
  return marks;
}

/** A line from each vertex outside to the nearest point of the image. */
export function overshootMarks(ring: Float64Array, width: number, height: number): readonly Mark[] {
  const marks: Mark[] = [];
  for (let i = 0; i + 1 < ring.length; i += 2) {
    const x = ring[i]!;
    const y = ring[i + 1]!;
    const nearX = Math.min(Math.max(x, 0), width);
    const nearY = Math.min(Math.max(y, 0), height);
    if (nearX !== x || nearY !== y) marks.push({ kind: "overflow", points: [nearX, nearY, x, y] });
  }
  return marks;
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "ringArea(list<double>): double",
    says: { zh: "环的面积", en: "area of the ring" },
    unit: units.px2,
    call: ringArea,
  },
  {
    cel: "signedRingArea(list<double>): double",
    says: { zh: "环的有向面积（顺时针为正）", en: "signed area of the ring (positive when clockwise)" },
    unit: units.px2,
    call: signedRingArea,
  },
  {
    cel: "ringPerimeter(list<double>): double",
    says: { zh: "环的周长", en: "perimeter of the ring" },
    unit: units.px,
    call: ringPerimeter,
  },
  {
    cel: "distinctVertices(list<double>, double): double",
    says: { zh: "不同的顶点", en: "distinct vertices" },
    unit: units.items,
    call: distinctVertices,
  },
  {
    cel: "repeatedVertices(list<double>): int",
    says: { zh: "与前一点重合的顶点", en: "vertices that repeat the one before" },
    unit: units.items,
    call: repeatedVertices,
    marks: repeatedVertexMarks,
  },
  {
    cel: "closedExplicitly(list<double>): bool",
    says: { zh: "末点与首点相同", en: "the last point is the first again" },
    says_not: { zh: "末点与首点不同", en: "the last point is not the first again" },
    call: closedExplicitly,
  },
  {
    cel: "ringOvershoot(list<double>, double, double): double",
    says: { zh: "顶点超出图像的距离", en: "distance of a vertex outside the image" },
    unit: units.px,
    call: ringOvershoot,
    marks: overshootMarks,
  },
  {
    cel: "ringVertexSpacing(list<double>): double",
    says: { zh: "顶点的平均间距", en: "mean distance between vertices" },
    unit: units.px,
    call: ringVertexSpacing,
  },
];

import type { Mark } from "../records/finding.js";
import type { Box } from "../records/types.gen.js";
import { type CheckDeclaration, units } from "./declaration.js";
import { ringArea, ringPerimeter, ringVertexSpacing } from "./rings.js";

/** Area of all parts together, px²: the parts of one annotation are taken not to overlap, and holes are not subtracted. */
export function polygonArea(polygon: readonly Float64Array[]): number {
  let area = 0;
  for (let i = 0; i < polygon.length; i++) area += ringArea(polygon[i]!);
  return area;
}

/**
 * How far a declared area is from that of a polygon, as a share of the declared one; 0 where counting pixels explains the difference: a mask
 * drawn from an outline gains or loses at most `rasterPx` px along it (half a pixel each way). Infinite for a declared area of 0 beyond that.
 */
export function polygonAreaDifference(polygon: readonly Float64Array[], area: number, rasterPx: number): number {
  const difference = Math.abs(area - polygonArea(polygon));
  if (difference === 0) return 0;
  const share = difference / Math.abs(area);
  if (share <= surelyRounding) return share; // spares the perimeter
  let perimeter = 0;
  for (let i = 0; i < polygon.length; i++) perimeter += ringPerimeter(polygon[i]!);
  return difference <= rasterPx * perimeter ? 0 : share;
}

/** Below any tolerance that a rule would set. */
const surelyRounding = 1e-4;

/** Position of the first list with an odd number of coordinates, -1 for none. */
export function firstOddLength(lengths: Float64Array): number {
  // `% 2` of a double is a call into the C library.
  for (let i = 0; i < lengths.length; i++) if ((lengths[i]! & 1) !== 0) return i;
  return -1;
}

/** Mean distance from vertex to vertex over all parts, weighted by their vertices, px: large where outlines are coarse. */
export function polygonVertexSpacing(polygon: readonly Float64Array[]): number {
  let length = 0;
  let vertices = 0;
  for (let i = 0; i < polygon.length; i++) {
    const ring = polygon[i]!;
    length += ringVertexSpacing(ring) * (ring.length >> 1);
    vertices += ring.length >> 1;
  }
  return vertices === 0 ? 0 : length / vertices;
}

/**
 * How far a box is from the tight box of all parts, px: the largest difference of the four sides. A polygon without points has no
 * tight box; the answer is then 0, and `polygon-too-few-points` finds it.
 */
export function tightBoxDeviation(polygon: readonly Float64Array[], box: Box): number {
  return measureTightBox(polygon) ? sideDeviation(box, tight[0]!, tight[1]!, tight[2]!, tight[3]!) : 0;
}

/** Left, top, right and bottom of the tight box measured last. */
const tight = new Float64Array(4);

/** false where there are no points. */
function measureTightBox(polygon: readonly Float64Array[]): boolean {
  let left = Number.POSITIVE_INFINITY;
  let top = Number.POSITIVE_INFINITY;
  let right = Number.NEGATIVE_INFINITY;
  let bottom = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < polygon.length; p++) {
    const ring = polygon[p]!;
    for (let i = 0; i + 1 < ring.length; i += 2) {
      const x = ring[i]!;
      const y = ring[i + 1]!;
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
  }
  tight[0] = left;
  tight[1] = top;
  tight[2] = right;
  tight[3] = bottom;
  return left <= right;
}

/** The largest difference between the sides of a box and those of another, px. */
export function sideDeviation(box: Box, left: number, top: number, right: number, bottom: number): number {
  return Math.max(
    Math.abs(box.x - left),
    Math.abs(box.y - top),
    Math.abs(box.x + box.width - right),
    Math.abs(box.y + box.height - bottom),
  );
}

function tightBoxMarks(polygon: readonly Float64Array[], box: Box): readonly Mark[] {
  return measureTightBox(polygon) ? sideMarks(box, tight[0]!, tight[1]!, tight[2]!, tight[3]!) : [];
}

/** A line from the side of a box that is furthest off to where the other box has it, across the middle of the box. */
export function sideMarks(box: Box, left: number, top: number, right: number, bottom: number): readonly Mark[] {
  const most = sideDeviation(box, left, top, right, bottom);
  const middleX = box.x + box.width / 2;
  const middleY = box.y + box.height / 2;
  const gap = (...points: number[]): readonly Mark[] => [{ kind: "gap", points }];
  if (Math.abs(box.x - left) === most) return gap(box.x, middleY, left, middleY);
  if (Math.abs(box.y - top) === most) return gap(middleX, box.y, middleX, top);
  if (Math.abs(box.x + box.width - right) === most) return gap(box.x + box.width, middleY, right, middleY);
  return gap(middleX, box.y + box.height, middleX, bottom);
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "polygonAreaDifference(list<list<double>>, double, double): double",
    says: {
      zh: "声明面积与多边形面积的相对差",
      en: "difference of the declared area from that of the polygon, as a share",
    },
    call: polygonAreaDifference,
  },
  {
    cel: "firstOddLength(list<double>): int",
    says: { zh: "坐标个数为奇数", en: "it has an odd number of coordinates" },
    tells: "place",
    call: firstOddLength,
  },
  {
    cel: "polygonArea(list<list<double>>): double",
    says: { zh: "多边形面积", en: "area of the polygon" },
    unit: units.px2,
    call: polygonArea,
  },
  {
    cel: "polygonVertexSpacing(list<list<double>>): double",
    says: { zh: "多边形顶点的平均间距", en: "mean distance between vertices of the polygon" },
    unit: units.px,
    call: polygonVertexSpacing,
  },
  {
    cel: "tightBoxDeviation(list<list<double>>, Box): double",
    says: {
      zh: "框与多边形外接框的最大偏差",
      en: "largest difference between the box and the tight box of the polygon",
    },
    unit: units.px,
    call: tightBoxDeviation,
    marks: tightBoxMarks,
  },
];

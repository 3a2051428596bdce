import type { Box } from "../records/types.gen.js";
import type { CheckDeclaration } from "./declaration.js";
import { ringArea, ringVertexSpacing } from "./rings.js";

/** Area of all parts together, px²: the parts of one annotation are taken not to overlap, and holes are not subtracted. */
export function polygonArea(polygon: readonly Float64Array[]): number {
  let area = 0;
  for (let i = 0; i < polygon.length; i++) area += ringArea(polygon[i]!);
  return area;
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
  return left > right ? 0 : sideDeviation(box, left, top, right, bottom);
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

export const declarations: readonly CheckDeclaration[] = [
  { cel: "polygonArea(list<list<double>>): double", call: polygonArea },
  { cel: "polygonVertexSpacing(list<list<double>>): double", call: polygonVertexSpacing },
  { cel: "tightBoxDeviation(list<list<double>>, Box): double", call: tightBoxDeviation },
];

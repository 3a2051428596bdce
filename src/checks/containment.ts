import { buildChains, chainsCross, chainsMeet, locate, newChains } from "./chains.js";
import type { CheckDeclaration } from "./declaration.js";
import { orientation } from "./orientation.js";

const innerChains = newChains();
const outerChains = newChains();

/**
 * Whether a ring lies wholly within another; touching it from inside is allowed. Every vertex and the middle of every side must be
 * inside or on the outline, and no two sides may cross. Decisions are exact but for the rounding of the middles; a side that leaves the
 * other ring through its vertices on the way out and back, and not at its middle, is not seen.
 *
 * @param inner a ring without points lies in every ring.
 */
export function ringInsideRing(inner: Float64Array, outer: Float64Array): boolean {
  buildChains(outerChains, outer);
  const count = inner.length >> 1;
  for (let i = 0; i < count; i++) {
    const x = inner[2 * i]!;
    const y = inner[2 * i + 1]!;
    if (locate(outerChains, x, y) < 0) return false;
    const next = i + 1 === count ? 0 : i + 1;
    const nextX = inner[2 * next]!;
    const nextY = inner[2 * next + 1]!;
    // The middle of a part of the outline itself may be rounded to the outside.
    if (locate(outerChains, (x + nextX) / 2, (y + nextY) / 2) < 0 && !onOneSide(outer, x, y, nextX, nextY))
      return false;
  }
  buildChains(innerChains, inner, outerChains.alongX);
  for (let a = 0; a < innerChains.count; a++) {
    for (let b = 0; b < outerChains.count; b++) {
      if (chainsMeet(innerChains, a, outerChains, b) && chainsCross(innerChains, a, outerChains, b)) return false;
    }
  }
  return true;
}

/** Whether two points lie on one side of a ring. */
function onOneSide(ring: Float64Array, x1: number, y1: number, x2: number, y2: number): boolean {
  const count = ring.length >> 1;
  for (let i = 0; i < count; i++) {
    const next = i + 1 === count ? 0 : i + 1;
    const ax = ring[2 * i]!;
    const ay = ring[2 * i + 1]!;
    const bx = ring[2 * next]!;
    const by = ring[2 * next + 1]!;
    if (onSide(ax, ay, bx, by, x1, y1) && onSide(ax, ay, bx, by, x2, y2)) return true;
  }
  return false;
}

function onSide(ax: number, ay: number, bx: number, by: number, x: number, y: number): boolean {
  return (
    orientation(ax, ay, bx, by, x, y) === 0 &&
    x >= Math.min(ax, bx) &&
    x <= Math.max(ax, bx) &&
    y >= Math.min(ay, by) &&
    y <= Math.max(ay, by)
  );
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "ringInsideRing(list<double>, list<double>): bool",
    says: { zh: "内环在外环之内", en: "the inner ring lies within the outer ring" },
    says_not: { zh: "内环不在任何外环之内", en: "the inner ring lies within no outer ring" },
    call: ringInsideRing,
  },
];

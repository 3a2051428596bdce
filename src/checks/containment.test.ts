import fc from "fast-check";
import { expect, test } from "vitest";
import { ringInsideRing } from "./containment.js";

const square = [0, 0, 8, 0, 8, 8, 0, 8];
const notched = [0, 0, 8, 0, 8, 8, 4, 4, 0, 8]; // a notch from below to the middle

test.each([
  ["a smaller square", [2, 2, 4, 2, 4, 4, 2, 4], square, true],
  ["the same square", square, square, true],
  ["the same square drawn the other way", [0, 8, 8, 8, 8, 0, 0, 0], square, true],
  ["a square that touches a side", [0, 2, 2, 2, 2, 4, 0, 4], square, true],
  ["a square partly outside", [6, 6, 10, 6, 10, 7, 6, 7], square, false],
  ["a square wholly outside", [10, 10, 12, 10, 12, 12, 10, 12], square, false],
  ["the square around it", [-1, -1, 9, -1, 9, 9, -1, 9], square, false],
  ["a level line across the notch between two vertices", [0, 8, 8, 8, 4, 1], notched, false],
  ["a square in the notch", [4, 6, 5, 7, 4, 7.5, 3, 7], notched, false],
  ["a bar across the notch, corners inside", [0.5, 5, 7.5, 5, 7.5, 6, 0.5, 6], notched, false],
  ["part of a slanted side", [0.3, 0.1, 0.6, 0.2, 0.4, 1], [0, 0, 0.9, 0.3, 0, 3], true],
  ["nothing", [], square, true],
  ["a point in nothing", [1, 1], [], false],
])("whether %s lies inside", (_, inner, outer, inside) =>
  expect(ringInsideRing(Float64Array.from(inner), Float64Array.from(outer))).toBe(inside));

test("a ring lies in its convex hull's box, and not in it moved away by more than its own extent", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(30), fc.nat(30)), { minLength: 1, maxLength: 60 }), (points) => {
      const xs = points.map(([x]) => x);
      const ys = points.map(([, y]) => y);
      const [l, r, t, b] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
      const ring = Float64Array.from(points.flat());
      expect(ringInsideRing(ring, Float64Array.of(l, t, r, t, r, b, l, b))).toBe(true);
      expect(ringInsideRing(ring, Float64Array.of(l + 31, t, r + 31, t, r + 31, b, l + 31, b))).toBe(false);
    }),
  ));

test("points are located as counting sides says, on a star of whole coordinates", () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { minLength: 3, maxLength: 20 }),
      fc.nat(8),
      fc.nat(8),
      (points, x, y) => {
        const ring = Float64Array.from(points.flat());
        expect(ringInsideRing(Float64Array.of(x, y), ring)).toBe(slowInside(points, x, y));
      },
    ),
    { numRuns: 1000 },
  ));

/** Even-odd rule over whole numbers, the outline included. */
function slowInside(points: readonly (readonly [number, number])[], x: number, y: number): boolean {
  let inside = false;
  for (let i = 0; i < points.length; i++) {
    const [ax, ay] = points[i]!;
    const [bx, by] = points[(i + 1) % points.length]!;
    const turn = (bx - ax) * (y - ay) - (by - ay) * (x - ax);
    const between = (p: number, a: number, b: number) => p >= Math.min(a, b) && p <= Math.max(a, b);
    if (turn === 0 && between(x, ax, bx) && between(y, ay, by)) return true;
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
  }
  return inside;
}

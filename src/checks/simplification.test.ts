import fc from "fast-check";
import { expect, test } from "vitest";
import { collinearShare } from "./simplification.js";

test.each([
  ["a square", [0, 0, 4, 0, 4, 4, 0, 4], 0],
  ["a square closed explicitly", [0, 0, 4, 0, 4, 4, 0, 4, 0, 0], 0],
  ["a square with the middles of its sides", [0, 0, 2, 0, 4, 0, 4, 2, 4, 4, 2, 4, 0, 4, 0, 2], 0.5],
  ["a square with a middle half a pixel off", [0, 0, 2, 0.5, 4, 0, 4, 4, 0, 4], 0.2],
  ["a square with a middle further off", [0, 0, 2, 0.75, 4, 0, 4, 4, 0, 4], 0],
  ["three points on a line", [0, 0, 1, 0, 2, 0], 1 / 3],
  ["three equal points, of which the last one closes", [1, 1, 1, 1, 1, 1], 0],
  ["two points", [0, 0, 4, 3], 0],
])("collinearShare of %s at 0.5 px", (_, ring, share) =>
  expect(collinearShare(Float64Array.from(ring), 0.5, 0)).toBeCloseTo(share, 12));

test("a wider tolerance removes no fewer vertices of a convex outline, and the share stays within 0 … 1", () =>
  fc.assert(
    fc.property(fc.integer({ min: 3, max: 300 }), fc.double({ min: 0, max: 20, noNaN: true }), (n, tolerance) => {
      const ring = Float64Array.from({ length: 2 * n }, (_, i) => {
        const angle = ((i >> 1) / n) * 2 * Math.PI;
        return 50 * (i % 2 === 0 ? Math.cos(angle) : Math.sin(angle));
      });
      const share = collinearShare(ring, tolerance, 0);
      expect(share).toBeGreaterThanOrEqual(0);
      expect(share).toBeLessThan(1);
      expect(collinearShare(ring, 200, 0)).toBeGreaterThanOrEqual(share);
    }),
  ));

test("what a rule allows ends the search early, and decides the same", () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 6, maxLength: 80 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (xy, most) => {
        const ring = Float64Array.from(xy);
        const share = collinearShare(ring, 2, 0);
        const early = collinearShare(ring, 2, most);
        expect(early > most).toBe(share > most);
        if (share > most) expect(early).toBe(share);
        else expect(early).toBeGreaterThanOrEqual(share);
      },
    ),
  ));

import fc from "fast-check";
import { expect, test } from "vitest";
import { orientation } from "./orientation.js";

test.each([
  ["to the right of a line to the right, y downwards", [0, 0, 1, 0, 0, 1], 1],
  ["to the left of it", [0, 0, 1, 0, 0, -1], -1],
  ["on a line", [0, 0, 3, 1, 6, 2], 0],
  ["an end of the line", [0.1, 0.7, 3.3, 1.9, 3.3, 1.9], 0],
  ["tenths that are not on the line", [0.1, 0.1, 0.2, 0.2, 0.3, 0.30000000000000004], 1],
  ["a point a rounding beside a line far from the origin", [12, 12, 24, 24, 0.5, 0.5 + 2 ** -53], 1],
])("a point is %s", (_, [ax, ay, bx, by, cx, cy], sign) =>
  expect(Math.sign(orientation(ax!, ay!, bx!, by!, cx!, cy!))).toBe(sign));

// Points near the line x = y, where rounding decides: the sign must be that of the exact determinant.
const near = fc.integer({ min: 0, max: 64 }).map((n) => 0.5 + n * 2 ** -53);
const any = fc.oneof(
  near,
  fc.constantFrom(12, 24, 0.1, 0.3, 1e8 + 0.1),
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
);
const sane = any.map((x) => (Math.abs(x) < 1e-60 ? 0 : x)); // a product of two smaller ones would underflow

test("the sign is the sign of the exact determinant", () =>
  fc.assert(
    fc.property(fc.tuple(sane, sane, sane, sane, sane, sane), ([ax, ay, bx, by, cx, cy]) => {
      const [a, b, c, d, e, f] = [ax, ay, bx, by, cx, cy].map(scaled) as [
        bigint,
        bigint,
        bigint,
        bigint,
        bigint,
        bigint,
      ];
      const exact = (a - e) * (d - f) - (b - f) * (c - e);
      expect(Math.sign(orientation(ax, ay, bx, by, cx, cy))).toBe(exact > 0n ? 1 : exact < 0n ? -1 : 0);
    }),
    { numRuns: 3000 },
  ));

/** x in whole multiples of 2⁻¹⁰⁷⁴. */
function scaled(x: number): bigint {
  const pattern = new BigUint64Array(Float64Array.of(x).buffer)[0]!;
  const exponent = (pattern >> 52n) & 0x7ffn;
  const mantissa = pattern & 0xfffffffffffffn;
  const size = exponent === 0n ? mantissa : (mantissa | 0x10000000000000n) << (exponent - 1n);
  return pattern >> 63n === 0n ? size : -size;
}

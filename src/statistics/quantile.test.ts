import fc from "fast-check";
import { expect, test } from "vitest";
import { quantile, quartiles } from "./quantile.js";

// R: quantile(x, p, type = 7)
test.each([
  ["the median of an odd number", [1, 2, 10], 0.5, 2],
  ["the median of an even number", [1, 2, 4, 10], 0.5, 3],
  ["the lower quartile", [1, 2, 3, 4], 0.25, 1.75],
  ["the upper quartile", [1, 2, 3, 4], 0.75, 3.25],
  ["the ninth decile", [1, 2, 3, 4, 5, 6, 7, 8, 9, 20], 0.9, 10.1],
  ["the lowest", [3, 5], 0, 3],
  ["the highest", [3, 5], 1, 5],
  ["one number", [7], 0.3, 7],
  ["infinities", [-Infinity, -Infinity, 0, 1], 0.25, -Infinity],
])("quantile of %s", (_, sorted, p, value) => expect(quantile(Float64Array.from(sorted), p)).toBeCloseTo(value, 12));

test("no numbers have no quantile", () => expect(quantile(new Float64Array(0), 0.5)).toBeUndefined());

test("a quantile lies between the smallest and the largest, and grows with p", () =>
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -1e6, max: 1e6 }), { minLength: 1 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (numbers, p, q) => {
        const sorted = Float64Array.from(numbers).sort();
        const [low, high] = [quantile(sorted, Math.min(p, q))!, quantile(sorted, Math.max(p, q))!];
        expect(low).toBeGreaterThanOrEqual(sorted[0]!);
        expect(high).toBeLessThanOrEqual(sorted.at(-1)!);
        expect(low).toBeLessThanOrEqual(high + 1e-9);
      },
    ),
  ));

const anyNumber = fc.oneof(fc.double({ noNaN: true }), fc.integer({ min: 0, max: 5 }));
test("quartiles of an unsorted list are the quantiles of the sorted one", () =>
  fc.assert(
    fc.property(fc.array(anyNumber, { maxLength: 300 }), (numbers) => {
      const sorted = Float64Array.from(numbers).sort();
      const found = quartiles(Float64Array.from(numbers));
      const low = quantile(sorted, 0.25);
      const high = quantile(sorted, 0.75);
      // -0 and 0 are equal here: which of them stands first decides nothing.
      const plain = (x: number | undefined) => (x === undefined ? undefined : x + 0);
      expect(found === undefined ? undefined : [plain(found.low), plain(found.high)]).toEqual(
        low === undefined || high === undefined ? undefined : [plain(low), plain(high)],
      );
    }),
    { numRuns: 1000 },
  ));

import fc from "fast-check";
import { expect, test } from "vitest";
import { hypergeometricTail } from "./hypergeometric.js";
import { binomialTail } from "./special.js";

// github:kotaooka/sampling-calc tests/reference.js (scipy).
test.each([
  [1000, 40, 80, 5, 0.9075408713064181],
  [50, 5, 13, 1, 0.6109620721554115],
  [100, 3, 20, 0, 0.5081014223871366],
  [500, 10, 80, 2, 0.7951511998017091],
  [10, 1, 8, 0, 0.2],
])("of %i with %i marked %i are drawn: at most %i", (lot, marked, drawn, k, p) => {
  expect(hypergeometricTail(k, { lot, marked, drawn }, "lower")).toBeCloseTo(p, 13);
  expect(hypergeometricTail(k, { lot, marked, drawn }, "upper")).toBeCloseTo(1 - p, 13);
});

// Sums of exact fractions of whole numbers, to 17 digits.
test.each([
  [100_000, 2000, 1000, 3, 2.5639242711776637e-6, 0.9999974360757288],
  [100_000, 2000, 1000, 60, 0.999999999999962, 3.798952399492189e-14],
  [5000, 4000, 300, 0, 3.200976354895195e-228, 1],
])("of %i with %i marked %i are drawn: the small tail at %i keeps its digits", (lot, marked, drawn, k, lower, upper) => {
  expect(Math.abs(hypergeometricTail(k, { lot, marked, drawn }, "lower") / lower - 1)).toBeLessThan(1e-13);
  expect(Math.abs(hypergeometricTail(k, { lot, marked, drawn }, "upper") / upper - 1)).toBeLessThan(1e-13);
});

const draws = fc.integer({ min: 1, max: 300 }).chain((lot) =>
  fc.record({
    lot: fc.constant(lot),
    marked: fc.integer({ min: 0, max: lot }),
    drawn: fc.integer({ min: 0, max: lot }),
  }),
);
test("both tails are probabilities, add up to 1, and do not care which of marked and drawn is which", () =>
  fc.assert(
    fc.property(draws, fc.integer({ min: -1, max: 300 }), ({ lot, marked, drawn }, k) => {
      const lower = hypergeometricTail(k, { lot, marked, drawn }, "lower");
      const upper = hypergeometricTail(k, { lot, marked, drawn }, "upper");
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(upper).toBeGreaterThanOrEqual(0);
      expect(lower + upper).toBeCloseTo(1, 13);
      expect(hypergeometricTail(k, { lot, marked: drawn, drawn: marked }, "lower")).toBeCloseTo(lower, 12);
    }),
  ));
test("of a large lot it is the binomial distribution", () => {
  for (const k of [0, 2, 5])
    expect(hypergeometricTail(k, { lot: 1e9, marked: 2.5e7, drawn: 80 }, "lower")).toBeCloseTo(
      binomialTail(k, 80, 0.025, "lower"),
      6,
    );
});

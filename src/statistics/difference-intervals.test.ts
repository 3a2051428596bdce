import fc from "fast-check";
import { expect, test } from "vitest";
import { agrestiCaffo, newcombeDifference, waldDifference } from "./difference-intervals.js";

const seven = { successes: 7, trials: 34 };
const one = { successes: 1, trials: 34 };

// R package PropCIs, as statsmodels keeps it (stats/tests/test_proportion.py, test_confint_2indep_propcis); Newcombe's by Fagerland, Lydersen & Laake 2015.
test.each([
  ["Wald", waldDifference, 0.02916942, 0.32377176, 6],
  ["Agresti–Caffo", agrestiCaffo, 0.01161167, 0.32172166, 6],
  ["Newcombe", newcombeDifference, 0.019, 0.34, 2],
] as const)("%s of 7 in 34 against 1 in 34, as published", (_, interval, low, high, digits) => {
  expect(interval(seven, one)?.low).toBeCloseTo(low, digits);
  expect(interval(seven, one)?.high).toBeCloseTo(high, digits);
});

// Newcombe 1998, Statistics in Medicine 17, 873–890, table II, method 10.
test.each([
  [56, 70, 48, 80, 0.0524, 0.3339],
  [9, 10, 3, 10, 0.1705, 0.809],
  [10, 10, 0, 10, 0.6075, 1],
  [0, 10, 0, 20, -0.1611, 0.2775],
])("Newcombe of %i/%i against %i/%i is his", (x1, n1, x2, n2, low, high) => {
  const got = newcombeDifference({ successes: x1, trials: n1 }, { successes: x2, trials: n2 });
  expect(got?.low).toBeCloseTo(low, 4);
  expect(got?.high).toBeCloseTo(high, 4);
});

const group = fc
  .integer({ min: 1, max: 500 })
  .chain((trials) => fc.record({ successes: fc.integer({ min: 0, max: trials }), trials: fc.constant(trials) }));
test.each([
  ["Wald", waldDifference],
  ["Agresti–Caffo", agrestiCaffo],
  ["Newcombe", newcombeDifference],
])("%s turns its sign where the groups change places, and is nested", (name, interval) =>
  fc.assert(
    fc.property(group, group, (first, second) => {
      const there = interval(first, second);
      const back = interval(second, first);
      const wide = interval(first, second, 0.99);
      if (there === undefined || back === undefined || wide === undefined) throw new Error("undefined");
      expect(there.low).toBeCloseTo(-back.high, 10);
      expect(wide.low).toBeLessThanOrEqual(there.low + 1e-12);
      expect(wide.high).toBeGreaterThanOrEqual(there.high - 1e-12);
      if (name === "Newcombe") {
        expect(there.low).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(there.high).toBeLessThanOrEqual(1 + 1e-12);
      }
    }),
  ));

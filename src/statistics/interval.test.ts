import fc from "fast-check";
import { expect, test } from "vitest";
import { wilsonInterval } from "./interval.js";

// Newcombe 1998, Statistics in Medicine 17, 857–872, table I, method 3 (score, no continuity correction)
test.each([
  [81, 263, 0.2553, 0.3662],
  [15, 148, 0.0624, 0.1605],
  [0, 20, 0, 0.1611],
  [1, 29, 0.0061, 0.1718],
])("the interval of %i of %i", (successes, trials, low, high) => {
  const interval = wilsonInterval(successes, trials)!;
  expect(interval.low).toBeCloseTo(low, 4);
  expect(interval.high).toBeCloseTo(high, 4);
});

test("no trials have no interval", () => expect(wilsonInterval(0, 0)).toBeUndefined());

test("the interval holds the share and mirrors with it", () =>
  fc.assert(
    fc.property(fc.nat(1e6), fc.nat(1e6), (failures, successes) => {
      const trials = failures + successes + 1;
      const interval = wilsonInterval(successes, trials)!;
      const mirrored = wilsonInterval(trials - successes, trials)!;
      expect(interval.low).toBeGreaterThanOrEqual(0);
      expect(interval.low).toBeLessThanOrEqual(successes / trials);
      expect(interval.high).toBeGreaterThanOrEqual(successes / trials);
      expect(interval.high).toBeLessThanOrEqual(1);
      expect(mirrored.low).toBeCloseTo(1 - interval.high, 9);
    }),
  ));

import fc from "fast-check";
import { expect, test } from "vitest";
import { clusteredProportion } from "./clustered-proportion.js";
import { clopperPearson } from "./exact-interval.js";

const successes = [8, 9, 3, 10, 7, 10, 2, 9, 10, 6];
const trials = [10, 10, 9, 10, 8, 11, 10, 9, 10, 7];

// The formula of the doc comment at 40 digits, with quantiles found by mpmath 1.3 (scipy's t.ppf stops at ten digits).
test("ten media, with the degrees of freedom of the design and with effective ones", () => {
  const design = clusteredProportion(successes, trials, { df: "design" });
  expect(design?.estimate).toBeCloseTo(74 / 94, 15);
  expect(design?.low).toBeCloseTo(0.5069946625860158, 12);
  expect(design?.high).toBeCloseTo(0.95004923338161, 12);
  expect(design?.effective_n).toBeCloseTo(15.159186565334227, 12);
  expect(design?.df).toBe(9);
  const effective = clusteredProportion(successes, trials);
  expect(effective?.low).toBeCloseTo(0.4993710041313238, 12);
  expect(effective?.high).toBeCloseTo(0.952409631681557, 12);
  expect(effective?.effective_n).toBeCloseTo(14.4799398184154, 10);
  expect(effective?.df).toBeCloseTo(7.832667237104534, 10);
});

test("clusters that do not vary count as one unit each", () => {
  expect(clusteredProportion([3, 1, 2], [3, 1, 2])).toEqual({
    ...clopperPearson(3, 3),
    estimate: 1,
    effective_n: 3,
    df: 2,
  });
  expect(clusteredProportion([0, 0], [40, 60])).toEqual({
    ...clopperPearson(0, 2),
    estimate: 0,
    effective_n: 2,
    df: 1,
  });
  // A third of each, whose squares of distances are roundings.
  expect(clusteredProportion([1, 7, 11], [3, 21, 33])?.effective_n).toBe(3);
});
test("clusters without trials do not count", () =>
  expect(clusteredProportion([8, 0, 3], [10, 0, 9])).toEqual(clusteredProportion([8, 3], [10, 9])));
test("without any confidence the interval is a number still", () => {
  const got = clusteredProportion(successes, trials, { confidence: 1e-300 });
  expect(Number.isFinite(got?.low)).toBe(true);
  expect(Number.isFinite(got?.effective_n)).toBe(true);
});
test("one cluster has no interval", () => {
  expect(clusteredProportion([8], [10])).toBeUndefined();
  expect(clusteredProportion([8, 0], [10, 0])).toBeUndefined();
  expect(clusteredProportion([], [])).toBeUndefined();
});

const clusters = fc.array(
  fc.integer({ min: 0, max: 30 }).chain((n) => fc.record({ n: fc.constant(n), x: fc.integer({ min: 0, max: n }) })),
  { minLength: 2, maxLength: 60 },
);
test("it contains the estimate, is mirrored, nested, and never says more than independent units would", () =>
  fc.assert(
    fc.property(clusters, (all) => {
      const n = all.map((one) => one.n);
      const x = all.map((one) => one.x);
      const got = clusteredProportion(x, n);
      if (got === undefined) return;
      expect(got.low).toBeLessThanOrEqual(got.estimate + 1e-12);
      expect(got.high).toBeGreaterThanOrEqual(got.estimate - 1e-12);
      expect(got.effective_n).toBeLessThanOrEqual(n.reduce((a, b) => a + b, 0));
      expect(got.df).toBeLessThanOrEqual(all.filter((one) => one.n > 0).length - 1);
      const mirrored = clusteredProportion(
        all.map((one) => one.n - one.x),
        n,
      );
      expect(mirrored?.low).toBeCloseTo(1 - got.high, 9);
      expect(mirrored?.high).toBeCloseTo(1 - got.low, 9);
      const turned = clusteredProportion([...x].reverse(), [...n].reverse());
      expect(turned?.low).toBeCloseTo(got.low, 9);
      const design = clusteredProportion(x, n, { df: "design" });
      expect(design?.low).toBeGreaterThanOrEqual(got.low - 1e-12);
      expect(design?.high).toBeLessThanOrEqual(got.high + 1e-12);
    }),
  ));

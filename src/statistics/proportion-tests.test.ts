import fc from "fast-check";
import { expect, test } from "vitest";
import { effectSizeH, equalProportions, givenProportions, holmAdjust, zTwoProportions } from "./proportion-tests.js";

// R stats::prop.test on its example (Fleiss 1981, p. 139), as statsmodels keeps it: stats/tests/test_proportion.py.
const smokers = { x: [73, 90, 114, 75], n: [86, 93, 136, 82] };
test("the smokers of four studies have not one share", () => {
  const got = equalProportions(smokers.x, smokers.n);
  expect(got?.statistic).toBeCloseTo(11.11938768628861, 12);
  expect(got?.df).toBe(3);
  expect(got?.p).toBeCloseTo(0.011097511366581344, 13);
});
test("one study against 0.9", () => {
  const got = givenProportions([73], [86], [0.9]);
  expect(got.statistic).toBeCloseTo(2.501291989664086, 12);
  expect(got.p).toBeCloseTo(0.113752943640092, 13);
});
test("Yates' correction is R's: prop.test(c(15, 25), c(50, 50)) gives 3.375, p 0.0662", () => {
  const got = equalProportions([15, 25], [50, 50], true);
  expect(got?.statistic).toBeCloseTo(3.375, 12);
  expect(got?.p).toBeCloseTo(0.06619258, 7);
});
test("a correction takes off no more than there is", () => {
  expect(equalProportions([5, 5], [10, 10], true)?.statistic).toBe(0);
  expect(givenProportions([5], [10], [0.5], true).statistic).toBe(0);
  expect(givenProportions([5], [10], [0.52], true).statistic).toBe(0);
});
test("where nothing or everything succeeded there is no test", () => {
  expect(equalProportions([0, 0], [10, 10])).toBeUndefined();
  expect(zTwoProportions([10, 10], [10, 10])).toBeUndefined();
});
test("z of 5 in 83 against 12 in 99, as statsmodels publishes it", () => {
  const got = zTwoProportions([5, 12], [83, 99]);
  expect(got?.z).toBeCloseTo(-1.4078304151258787, 12);
  expect(got?.p).toBeCloseTo(0.15918129181156992, 12);
});
test("h of 0.5 and 0.4; Cohen's table 6.2.2 has φ(0.5) = 1.571 and φ(0.4) = 1.369", () => {
  expect(effectSizeH(0.5, 0.4)).toBeCloseTo(0.2013579207903309, 15);
  expect(effectSizeH(1, 0)).toBeCloseTo(Math.PI, 15);
});

const pair = fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 300 })).chain(([n1, n2]) =>
  fc.record({
    x: fc.tuple(fc.integer({ min: 0, max: n1 }), fc.integer({ min: 0, max: n2 })),
    n: fc.constant([n1, n2]),
  }),
);
test("the χ² of two groups is the square of their z", () =>
  fc.assert(
    fc.property(pair, ({ x, n }) => {
      const square = equalProportions(x, n);
      const z = zTwoProportions(x, n);
      if (square === undefined || z === undefined) return;
      expect(square.statistic).toBeCloseTo(z.z ** 2, 9);
      expect(square.p).toBeCloseTo(z.p, 9);
    }),
  ));

test("Holm's adjustment by hand", () => {
  expect([...holmAdjust([0.01, 0.04, 0.03, 0.005])].map((p) => Number(p.toFixed(12)))).toEqual([
    0.03, 0.06, 0.06, 0.02,
  ]);
});
test("adjusted values keep the order of the raw ones, are not below them, and are at most 1", () =>
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 30 }), (raw) => {
      const adjusted = holmAdjust(raw);
      for (let i = 0; i < raw.length; i++) {
        expect(adjusted[i]).toBeGreaterThanOrEqual(raw[i] ?? 2);
        expect(adjusted[i]).toBeLessThanOrEqual(1);
        for (let j = 0; j < raw.length; j++)
          if ((raw[i] ?? 0) < (raw[j] ?? 0)) expect(adjusted[i]).toBeLessThanOrEqual(adjusted[j] ?? -1);
      }
    }),
  ));

import fc from "fast-check";
import { expect, test } from "vitest";
import { clopperPearson, hypergeometricInterval } from "./exact-interval.js";
import { hypergeometricTail } from "./hypergeometric.js";

/** P(X ≥ least) of the binomial distribution, summed term by term. */
function atLeast(least: number, trials: number, share: number): number {
  let sum = 0;
  for (let k = least; k <= trials; k++) {
    let term = 1;
    for (let i = 0; i < k; i++) term *= ((trials - i) / (k - i)) * share;
    sum += term * (1 - share) ** (trials - k);
  }
  return sum;
}

// Nothing found of n: 1 - (α/2)^(1/n), which needs no quantile. The rule of three is near it.
test.each([1, 3, 20, 1000])("0 of %i reaches up to 1 - 0.025^(1/n)", (trials) => {
  const { low, high } = clopperPearson(0, trials) ?? { low: -1, high: -1 };
  expect(low).toBe(0);
  expect(high).toBeCloseTo(1 - 0.025 ** (1 / trials), 12);
});

// Published by the R package binom 1.1 (binom.confint, exact), as statsmodels keeps it: statsmodels/stats/tests/results/results_proportion.py at 82c59e3.
test.each([
  [4, 20, 0.05733399705003284, 0.436614002996668],
  [4, 200, 0.005475565879556443, 0.05041360908989634],
  [29, 30, 0.8278305, 0.9991564],
  [0, 30, 0, 0.11570331],
])("%i of %i, as published", (successes, trials, low, high) => {
  const got = clopperPearson(successes, trials) ?? { low: -1, high: -1 };
  expect(got.low).toBeCloseTo(low, 7);
  expect(got.high).toBeCloseTo(high, 7);
});

test("no trials have no interval", () => expect(clopperPearson(0, 0)).toBeUndefined());

test("each end leaves 2.5 % of the binomial distribution beyond what was seen, and both are mirrored", () =>
  fc.assert(
    fc.property(
      fc
        .integer({ min: 1, max: 60 })
        .chain((trials) => fc.tuple(fc.integer({ min: 1, max: trials }), fc.constant(trials))),
      ([successes, trials]) => {
        const { low } = clopperPearson(successes, trials) ?? { low: -1 };
        const { high } = clopperPearson(trials - successes, trials) ?? { high: -1 };
        expect(atLeast(successes, trials, low)).toBeCloseTo(0.025, 9);
        expect(high).toBeCloseTo(1 - low, 9);
      },
    ),
  ));

test("of a lot the interval has exactly the counts that leave more than 2.5 % on either side", () =>
  fc.assert(
    fc.property(
      fc
        .tuple(fc.integer({ min: 1, max: 40 }), fc.nat(60))
        .chain(([trials, rest]) =>
          fc.tuple(fc.integer({ min: 0, max: trials }), fc.constant(trials), fc.constant(trials + rest)),
        ),
      ([successes, trials, lot]) => {
        const got = hypergeometricInterval(successes, trials, lot);
        const kept = Array.from({ length: lot - trials + 1 }, (_, i) => successes + i).filter((marked) => {
          const draws = { lot, marked, drawn: trials };
          return (
            hypergeometricTail(successes, draws, "lower") > 0.025 &&
            hypergeometricTail(successes - 1, draws, "upper") > 0.025
          );
        });
        expect([got?.low_count, got?.high_count]).toEqual([kept[0], kept.at(-1)]);
        expect(kept).toHaveLength((got?.high_count ?? 0) - (got?.low_count ?? 0) + 1);
      },
    ),
  ));
test("of a lot that was drawn whole the interval is what was seen", () =>
  expect(hypergeometricInterval(3, 40, 40)).toEqual({ low: 0.075, high: 0.075, low_count: 3, high_count: 3 }));
test("of a very large lot it is Clopper and Pearson's", () => {
  const large = hypergeometricInterval(4, 200, 1e9);
  const endless = clopperPearson(4, 200);
  expect(large?.low).toBeCloseTo(endless?.low ?? -1, 7);
  expect(large?.high).toBeCloseTo(endless?.high ?? -1, 7);
  expect(hypergeometricInterval(0, 0, 5)).toBeUndefined();
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptanceProbability, type LotModel, lotDisposition } from "./acceptance.js";

// R package AcceptanceSampling (cran/AcceptanceSampling@06741b3), OC2c, run under R 4.2.2.
test.each([
  [
    "double",
    [125, 125],
    [1, 4],
    [4, 5],
    "binomial",
    [
      [0.01, 0.899955981075],
      [0.05, 0.0150757134673],
      [0.1, 2.84527535441e-5],
    ],
  ],
  [
    "triple",
    [32, 32, 32],
    [0, 1, 3],
    [3, 4, 4],
    "binomial",
    [
      [0.02, 0.892381012059],
      [0.2, 0.000797975190223],
    ],
  ],
  [
    "single",
    [80],
    [5],
    [6],
    "poisson",
    [
      [0.02, 0.993959708888],
      [0.2, 0.00138378502476],
    ],
  ],
] as const)("the curve of a %s plan is R's", (_, n, ac, re, distribution, points) => {
  for (const [quality, pa] of points)
    expect(acceptanceProbability({ n, ac, re }, quality, { distribution })).toBeCloseTo(pa, 11);
});

// Letter L at AQL 2.5: the figure that the tables' `misleads` gives.
test("200 units with Ac 10 accept a lot of 5 % defects 58 % of the time", () =>
  expect(acceptanceProbability({ n: [200], ac: [10], re: [11] }, 0.05, { distribution: "binomial" })).toBeCloseTo(
    0.5831,
    4,
  ));

/** All ways to draw the samples one after the other, unit by unit of a small lot: an independent reckoning. */
function enumerated(
  n: readonly number[],
  ac: readonly number[],
  re: readonly number[],
  lot: number,
  marked: number,
): number {
  const choose = (of: number, k: number): number => {
    let ways = 1;
    for (let i = 0; i < k; i++) ways = (ways * (of - i)) / (i + 1);
    return k < 0 || k > of ? 0 : ways;
  };
  const from = (stage: number, found: number, left: number): number => {
    const size = n[stage] ?? 0;
    let accepted = 0;
    for (let x = 0; x <= size; x++) {
      const chance = (choose(marked - found, x) * choose(left - marked + found, size - x)) / choose(left, size);
      if (chance === 0) continue;
      const total = found + x;
      if (total <= (ac[stage] ?? 0)) accepted += chance;
      else if (total < (re[stage] ?? 0)) accepted += chance * from(stage + 1, total, left - size);
    }
    return accepted;
  };
  return from(0, 0, lot);
}
test("a double plan of a lot draws the second sample from what is left", () => {
  const model = { distribution: "hypergeometric", lot: 40 } as const;
  for (let marked = 0; marked <= 40; marked++)
    expect(acceptanceProbability({ n: [8, 8], ac: [0, 3], re: [3, 4] }, marked / 40, model)).toBeCloseTo(
      enumerated([8, 8], [0, 3], [3, 4], 40, marked),
      12,
    );
});

const distribution = fc.constantFrom<LotModel>(
  { distribution: "binomial" },
  { distribution: "poisson" },
  { distribution: "hypergeometric", lot: 600 },
);
const plan = fc
  .tuple(fc.integer({ min: 1, max: 150 }), fc.integer({ min: 1, max: 150 }), fc.nat(6), fc.nat(8))
  .map(([n1, n2, c1, more]) => ({ n: [n1, n2], ac: [c1, c1 + more], re: [c1 + more + 1, c1 + more + 1] }));
const quality = fc.double({ min: 0, max: 1, noNaN: true });
test("the curve falls as quality gets worse, and is a probability", () =>
  fc.assert(
    fc.property(plan, distribution, quality, quality, (stages, model, one, other) => {
      const better = acceptanceProbability(stages, Math.min(one, other), model);
      const worse = acceptanceProbability(stages, Math.max(one, other), model);
      expect(worse).toBeLessThanOrEqual(better + 1e-12);
      expect(better).toBeLessThanOrEqual(1);
      expect(worse).toBeGreaterThanOrEqual(0);
    }),
  ));
test("a stage that decides at once makes a single plan", () =>
  fc.assert(
    fc.property(plan, distribution, quality, ({ n, ac }, model, p) => {
      const single = acceptanceProbability({ n: n.slice(0, 1), ac: ac.slice(0, 1), re: [(ac[0] ?? 0) + 1] }, p, model);
      const staged = acceptanceProbability(
        { n, ac: [ac[0] ?? 0, ac[0] ?? 0], re: [(ac[0] ?? 0) + 1, (ac[0] ?? 0) + 1] },
        p,
        model,
      );
      expect(staged).toBeCloseTo(single, 13);
    }),
  ));

// github:kotaooka/sampling-calc tests/reference.js (scipy).
test.each([
  [1000, 10, 80, 2, 0.9607516815523856, 0.5673192783475505, 8.93133601243305],
  [500, 25, 50, 0, 0.06699941405064595, 0.9330005859493541, 1.6749853512661488],
  [10000, 150, 315, 5, 0.6652915863560388, 0.9920750396468273, 97.45222333234447],
])("a lot of %i with %i defectives", (lot, defectives, n, c, pa, find, escaped) => {
  const got = lotDisposition(lot, defectives, { n, c });
  expect(got.pa).toBeCloseTo(pa, 12);
  expect(got.p_find_any).toBeCloseTo(find, 12);
  expect(got.escaped_defectives).toBeCloseTo(escaped, 10);
});
test("a lot without defectives is accepted, and lets none out", () =>
  expect(lotDisposition(50, 0, { n: 8, c: 0 })).toEqual({ pa: 1, p_find_any: 0, escaped_defectives: 0 }));

import fc from "fast-check";
import { expect, test } from "vitest";
import { acceptanceProbability, type LotModel } from "./acceptance.js";
import { designSinglePlan } from "./design.js";
import { averageOutgoingQualityLimit, lotTolerance } from "./dodge-romig.js";
import { designVariablesPlan, variablesAcceptance } from "./variables.js";

// R package AcceptanceSampling (cran/AcceptanceSampling@06741b3), find.plan, run under R 4.2.2; kotaooka/sampling-calc, tests/reference.js.
test.each([
  [0.05, 0.05, 0.15, 0.075, { distribution: "hypergeometric", lot: 100 }, 47, 4],
  [0.01, 0.05, 0.06, 0.1, { distribution: "binomial" }, 110, 3],
  [0.005, 0.05, 0.03, 0.1, { distribution: "binomial" }, 221, 3],
  [0.02, 0.05, 0.08, 0.1, { distribution: "binomial" }, 98, 4],
] as const)("good %d at %d, bad %d at %d", (p1, producer_risk, p2, consumer_risk, model, n, c) =>
  expect(designSinglePlan({ p1, producer_risk, p2, consumer_risk }, model)).toEqual({ n, c }));

test("a lot whose good and bad counts are the same has no plan", () =>
  expect(
    designSinglePlan(
      { p1: 0.05, producer_risk: 0.05, p2: 0.052, consumer_risk: 0.1 },
      { distribution: "hypergeometric", lot: 100 },
    ),
  ).toBeUndefined());

const points = fc
  .tuple(
    fc.double({ min: 0.02, max: 0.1, noNaN: true }),
    fc.double({ min: 3, max: 8, noNaN: true }),
    fc.double({ min: 0.01, max: 0.2, noNaN: true }),
    fc.double({ min: 0.01, max: 0.2, noNaN: true }),
  )
  .map(([p1, ratio, producer_risk, consumer_risk]) => ({ p1, producer_risk, p2: p1 * ratio, consumer_risk }));
const model = fc.constantFrom<LotModel>(
  { distribution: "binomial" },
  { distribution: "poisson" },
  { distribution: "hypergeometric", lot: 2000 },
);
test("a plan meets both risks, and none with a smaller c or a smaller n does", () =>
  fc.assert(
    fc.property(points, model, (risks, of) => {
      const plan = designSinglePlan(risks, of);
      if (plan === undefined) return;
      const accepts = (n: number, c: number, quality: number) =>
        acceptanceProbability({ n: [n], ac: [c], re: [c + 1] }, quality, of);
      const meets = (n: number, c: number) =>
        accepts(n, c, risks.p1) >= 1 - risks.producer_risk && accepts(n, c, risks.p2) <= risks.consumer_risk;
      expect(meets(plan.n, plan.c)).toBe(true);
      // Every smaller c at every size that may hold, and this c and larger ones at every smaller size.
      for (let c = 0; c < plan.c; c++) for (let n = c + 1; n <= plan.n; n++) expect(meets(n, c)).toBe(false);
      for (let c = plan.c; c < plan.c + 4; c++) for (let n = c + 1; n < plan.n; n++) expect(meets(n, c)).toBe(false);
    }),
    { numRuns: 25 },
  ));

test("a variables plan is R's, to what its root finder leaves", () => {
  const plan = designVariablesPlan({ p1: 0.05, producer_risk: 0.05, p2: 0.15, consumer_risk: 0.075 }, "unknown");
  expect(plan?.n).toBe(49);
  expect(plan?.k).toBeCloseTo(1.32656169503, 3);
});
test("the curve of a variables plan with known sigma is R's (OCvar, n 10, k 1.5)", () => {
  expect(variablesAcceptance({ n: 10, k: 1.5 }, 0.01, "known")).toBeCloseTo(0.995514291472, 11);
  expect(variablesAcceptance({ n: 10, k: 1.5 }, 0.19, "known")).toBeCloseTo(0.0245763541745, 11);
  expect(variablesAcceptance({ n: 10, k: 1.5 }, 0, "unknown")).toBe(1);
  expect(variablesAcceptance({ n: 10, k: 1.5 }, 1, "unknown")).toBe(0);
});
test("a variables plan meets the producer's risk exactly and the consumer's with no smaller sample", () =>
  fc.assert(
    fc.property(points, fc.constantFrom("known", "unknown"), (risks, sigma) => {
      const plan = designVariablesPlan(risks, sigma);
      if (plan === undefined) throw new Error("no plan");
      expect(variablesAcceptance(plan, risks.p1, sigma)).toBeCloseTo(1 - risks.producer_risk, 10);
      expect(variablesAcceptance(plan, risks.p2, sigma)).toBeLessThanOrEqual(risks.consumer_risk + 1e-10);
      // One unit less, at any k: what is too lenient for the producer's risk met exactly is so for a smaller k as well.
      const n = plan.n - 1;
      if (n < 2) return;
      let [low, high] = [-50, 50];
      for (let i = 0; i < 100; i++) {
        const k = (low + high) / 2;
        if (variablesAcceptance({ n, k }, risks.p1, sigma) > 1 - risks.producer_risk) low = k;
        else high = k;
      }
      expect(variablesAcceptance({ n, k: low }, risks.p2, sigma)).toBeGreaterThan(risks.consumer_risk - 1e-10);
    }),
    { numRuns: 25 },
  ));

// Dodge & Romig 1959, table 2-3: y by acceptance number.
test.each([
  [0, 0.3679],
  [1, 0.84],
  [2, 1.371],
  [3, 1.942],
  [10, 6.528],
])("with c %i the worst average is %d over n", (c, y) =>
  expect(averageOutgoingQualityLimit(1e15, { n: 1000, c }) * 1000).toBeCloseTo(y, 3));
test("rows of the AOQL 3 % and the LTPD 1 % table of Dodge and Romig", () => {
  expect(averageOutgoingQualityLimit(1000, { n: 44, c: 2 })).toBeCloseTo(0.0298, 4);
  expect(averageOutgoingQualityLimit(10_000, { n: 520, c: 2 })).toBeCloseTo(0.0025, 5);
  expect(averageOutgoingQualityLimit(40, { n: 40, c: 0 })).toBe(0);
  expect(lotTolerance(2000, { n: 12, c: 0 })).toBeCloseTo(0.175, 2);
});
test("the tolerance is the first share that is accepted with the consumer's risk or less", () => {
  const accepted = (marked: number) =>
    acceptanceProbability({ n: [45], ac: [2], re: [3] }, marked / 1000, { distribution: "hypergeometric", lot: 1000 });
  const share = lotTolerance(1000, { n: 45, c: 2 });
  expect(accepted(share * 1000)).toBeLessThanOrEqual(0.1);
  expect(accepted(share * 1000 - 1)).toBeGreaterThan(0.1);
});

test("qualities that are all but the same have no plan of a size that anybody inspects", () => {
  const near = { p1: 0.5, producer_risk: 0.05, p2: 0.5000001, consumer_risk: 0.1 };
  expect(designVariablesPlan(near, "unknown")).toBeUndefined();
  expect(designVariablesPlan(near, "known")).toBeUndefined();
  expect(designSinglePlan(near, { distribution: "binomial" })).toBeUndefined();
});

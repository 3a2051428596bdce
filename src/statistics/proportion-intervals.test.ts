import fc from "fast-check";
import { expect, test } from "vitest";
import { clopperPearson } from "./exact-interval.js";
import { type Interval, wilsonInterval } from "./interval.js";
import { agrestiCoull, logitInterval, twoSidedZ, waldInterval, wilsonCorrected } from "./proportion-intervals.js";

type Method = (x: number, n: number, confidence: number) => Interval | undefined;

const methods: readonly (readonly [string, Method])[] = [
  ["Wald", (x, n, confidence) => waldInterval(x, n, { confidence })],
  ["Agresti–Coull", (x, n, confidence) => agrestiCoull(x, n, { confidence })],
  ["Wilson", (x, n, confidence) => wilsonInterval(x, n, twoSidedZ(confidence))],
  ["Wilson with correction", wilsonCorrected],
  ["logit", logitInterval],
  ["Clopper–Pearson", clopperPearson],
];
const of = Object.fromEntries(methods);

// Published by the R package binom 1.1 (binom.confint), as statsmodels keeps it: statsmodels/stats/tests/results/results_proportion.py at 82c59e3.
test.each([
  ["Wald", 4, 200, 0.000597346459104517, 0.0394026535408955],
  ["Wald", 30, 30, 1, 1],
  ["Agresti–Coull", 4, 20, 0.0749115102767071, 0.4217635845549845],
  ["Agresti–Coull", 1, 30, 0, 0.18091798],
  ["Wilson", 190, 200, 0.910421851861224, 0.972617354399236],
  ["Wilson with correction", 18, 20, 0.668722403162941, 0.982487361226571],
  ["Wilson with correction", 1, 30, 0.00174246, 0.19053022],
  ["Wilson with correction", 30, 30, 0.8586795, 1],
  ["logit", 18, 20, 0.676197991611287, 0.974866415649319],
  ["logit", 29, 30, 0.7979976, 0.9953247],
  ["logit", 0, 30, 0, 0.11570331], // where the logit has no value, the exact one
])("%s of %i in %i, as published", (method, x, n, low, high) => {
  const got = of[method]?.(x, n, 0.95) ?? { low: -1, high: -1 };
  expect(got.low).toBeCloseTo(low, 7);
  expect(got.high).toBeCloseTo(high, 7);
});

test("ends are cut off at 0 and 1 only where that is asked for", () => {
  expect(waldInterval(1, 30, { clip: false })?.low).toBeCloseTo(-0.0309007, 7);
  expect(agrestiCoull(29, 30, { clip: false })?.high).toBeCloseTo(1.0083055, 7);
  expect(waldInterval(1, 30)?.low).toBe(0);
  expect(agrestiCoull(29, 30)?.high).toBe(1);
});

test("Wilson's interval with correction takes off ½ at x = n/2 as well", () => {
  // Newcombe 1998, table I: 81 of 263 → 0.2535 … 0.3682; 15 of 148 → 0.0598 … 0.1644.
  expect(wilsonCorrected(81, 263)?.low).toBeCloseTo(0.2535, 4);
  expect(wilsonCorrected(81, 263)?.high).toBeCloseTo(0.3682, 4);
  expect(wilsonCorrected(15, 148)?.low).toBeCloseTo(0.0598, 4);
  expect(wilsonCorrected(15, 148)?.high).toBeCloseTo(0.1644, 4);
  expect(wilsonCorrected(5, 10)?.low ?? 1).toBeLessThan(wilsonInterval(5, 10)?.low ?? 0);
});

const counts = fc
  .integer({ min: 1, max: 2000 })
  .chain((trials) => fc.record({ x: fc.integer({ min: 0, max: trials }), n: fc.constant(trials) }));
const confidence = fc.double({ min: 0.5, max: 0.999, noNaN: true });

test.each(methods)("%s contains the share, lies within 0 … 1, mirrors, and is nested", (name, method) => {
  fc.assert(
    fc.property(counts, confidence, confidence, ({ x, n }, one, other) => {
      const narrow = method(x, n, Math.min(one, other));
      const wide = method(x, n, Math.max(one, other));
      const mirrored = method(n - x, n, Math.min(one, other));
      if (narrow === undefined || wide === undefined || mirrored === undefined) throw new Error("undefined");
      // Agresti and Coull's centre is drawn towards ½, so that at 0 and n the share may lie outside where confidence is low.
      if (name !== "Agresti–Coull") {
        expect(narrow.low).toBeLessThanOrEqual(x / n + 1e-12);
        expect(narrow.high).toBeGreaterThanOrEqual(x / n - 1e-12);
      }
      expect(narrow.low).toBeGreaterThanOrEqual(0);
      expect(narrow.high).toBeLessThanOrEqual(1);
      expect(mirrored.low).toBeCloseTo(1 - narrow.high, 9);
      expect(mirrored.high).toBeCloseTo(1 - narrow.low, 9);
      if (name !== "Agresti–Coull") {
        expect(wide.low).toBeLessThanOrEqual(narrow.low + 1e-12);
        expect(wide.high).toBeGreaterThanOrEqual(narrow.high - 1e-12);
      }
    }),
  );
});

test.each(methods)("%s of no trials is undefined", (_, method) => expect(method(0, 0, 0.95)).toBeUndefined());

// The beta quantiles at 50 digits by mpmath 1.3 (findroot on betainc).
test.each([
  [1, 2.531780766379418e-8, 5.571630655172244e-6],
  [10, 4.795398777545602e-6, 1.8390278891238535e-5],
  [1000, 9.390012079500722e-4, 1.0639181073152277e-3],
  [999999, 0.9999944283693448, 0.9999999746821923],
])("%i of a million keeps eleven digits at both ends", (x, low, high) => {
  const got = clopperPearson(x, 1e6) ?? { low: 0, high: 0 };
  expect(Math.abs(got.low / low - 1)).toBeLessThan(1e-11);
  expect(Math.abs(got.high / high - 1)).toBeLessThan(1e-11);
});

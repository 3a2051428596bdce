import { expect, test } from "vitest";
import { clusteredMean } from "./clustered-mean.js";

test("one unit a cluster gives the interval of a mean by Student", () => {
  // s of 0.5, 0.6, 0.7 is 0.1; t of two degrees of freedom has a closed form, (2p − 1) / √(2p(1 − p)).
  const t = 0.95 / Math.sqrt(2 * 0.975 * 0.025);
  const { low, high } = clusteredMean([0.5, 0.6, 0.7], [1, 1, 1]) ?? { low: 0, high: 0 };
  expect(low).toBeCloseTo(0.6 - (t * 0.1) / Math.sqrt(3), 12);
  expect(high).toBeCloseTo(0.6 + (t * 0.1) / Math.sqrt(3), 12);
});

test("units that are alike within clusters say no more than the clusters do", () => {
  const each = clusteredMean([0.5, 0.6, 0.7], [1, 1, 1]);
  expect(clusteredMean([5, 6, 7], [10, 10, 10])?.low).toBeCloseTo(each?.low ?? 0, 12);
});

test("it stays within 0 and 1, and one cluster has none", () => {
  expect(clusteredMean([0.1, 2], [1, 2])).toMatchObject({ low: 0, high: 1 });
  expect(clusteredMean([3, 0], [4, 0])).toBeUndefined();
  expect(clusteredMean([1, 2, 0.3], [1, 2, 0.3])).toBeUndefined(); // they do not vary
});

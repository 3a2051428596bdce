import { expect, test } from "vitest";
import { clusterBootstrap } from "./cluster-bootstrap.js";

const values = Array.from({ length: 200 }, (_, i) => (i * 37) % 101);
const mean = (times: Uint32Array) => {
  let [sum, n] = [0, 0];
  times.forEach((k, i) => {
    sum += k * (values[i] ?? 0);
    n += k;
  });
  return sum / n;
};

test("of a mean of independent values it is nearly the interval of Student", () => {
  const all = values.reduce((a, b) => a + b, 0) / 200;
  const s = Math.sqrt(values.reduce((a, b) => a + (b - all) ** 2, 0) / 199);
  const { low, high } = clusterBootstrap(200, mean, { draws: 4000 }) ?? { low: 0, high: 0 };
  expect((all - low) / ((1.972 * s) / Math.sqrt(200))).toBeCloseTo(1, 1);
  expect((high - all) / ((1.972 * s) / Math.sqrt(200))).toBeCloseTo(1, 1);
});

test("the same seed gives the same interval, another seed another", () => {
  expect(clusterBootstrap(200, mean)).toEqual(clusterBootstrap(200, mean));
  expect(clusterBootstrap(200, mean, { seed: 2 })).not.toEqual(clusterBootstrap(200, mean));
});

test("fewer than 30 clusters, or a value that is mostly undefined, have none", () => {
  expect(clusterBootstrap(29, () => 1)).toBeUndefined();
  expect(clusterBootstrap(30, () => 1)).toEqual({ low: 1, high: 1 });
  expect(clusterBootstrap(30, () => undefined)).toBeUndefined();
});

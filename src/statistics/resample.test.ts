import { expect, test } from "vitest";
import { binomialDraw, indexDraw, uniformDraw } from "./binomial-draw.js";
import { Random } from "./random.js";
import { unitResampler } from "./resample.js";
import { chiSquareTail, logChoose } from "./special.js";

// Seeded, so what passes once passes always; below 1e-4 a draw would be wrong, not unlucky.
const unlikely = 1e-4;

test.each([
  [1, 0.3],
  [7, 0.5],
  [40, 0.01],
  [100_000, 0.00003],
  [30, 0.9],
  [40, 0.4],
  [1000, 0.02],
  [200_000, 0.0001],
  [5000, 0.73],
])("draws of %d trials with probability %d are binomial", (n, p) => {
  const random = new Random(11);
  const draws = 200_000;
  const seen = new Map<number, number>();
  for (let i = 0; i < draws; i++) {
    const k = binomialDraw(random, n, p);
    seen.set(k, (seen.get(k) ?? 0) + 1);
  }
  // Values with fewer than ten draws expected are taken together.
  let chi = 0;
  let cells = 0;
  let restSeen = draws;
  let restWanted = draws;
  const middle = Math.round(n * p);
  for (let k = Math.max(0, middle - 400); k <= Math.min(n, middle + 400); k++) {
    const wanted = draws * Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
    if (wanted < 10) continue;
    chi += ((seen.get(k) ?? 0) - wanted) ** 2 / wanted;
    restSeen -= seen.get(k) ?? 0;
    restWanted -= wanted;
    cells++;
  }
  if (restWanted >= 10) {
    chi += (restSeen - restWanted) ** 2 / restWanted;
    cells++;
  } else expect(restSeen).toBeLessThan(60);
  expect(chiSquareTail(chi, cells - 1, "upper")).toBeGreaterThan(unlikely);
});

test("no trial and no chance give 0, certainty gives all", () => {
  const random = new Random(1);
  expect(binomialDraw(random, 0, 0.4)).toBe(0);
  expect(binomialDraw(random, 9, 0)).toBe(0);
  expect(binomialDraw(random, 9, 1)).toBe(9);
});

test("an index below 6 is a fair die, and a uniform number stays below 1", () => {
  const random = new Random(5);
  const seen = new Float64Array(6);
  for (let i = 0; i < 60_000; i++) seen[indexDraw(random, 6)]! += 1;
  const chi = seen.reduce((sum, count) => sum + (count - 10_000) ** 2 / 10_000, 0);
  expect(chiSquareTail(chi, 5, "upper")).toBeGreaterThan(unlikely);
  for (let i = 0; i < 1000; i++) expect(uniformDraw(random)).toBeLessThan(1);
});

test("how many of a type are drawn has the mean, the variance and the covariance of drawing with replacement", () => {
  // Two heavy types, two whole blocks and what is left: all three ways to draw.
  const units = Float64Array.from([900, 300, 40, 40, 3, ...new Array<number>(2200).fill(1)]);
  const n = units.reduce((sum, count) => sum + count, 0);
  const sample = unitResampler(units);
  const random = new Random(3);
  const times = new Int32Array(units.length);
  const rounds = 4000;
  const picks = [0, 1, 2, 4, 900, 2204];
  const sums = picks.map(() => 0);
  const squares = picks.map(() => picks.map(() => 0));
  for (let round = 0; round < rounds; round++) {
    times.fill(0);
    sample(random, times);
    expect(times.reduce((sum, count) => sum + count, 0)).toBe(n);
    picks.forEach((type, i) => {
      const off = times[type]! - units[type]!;
      sums[i]! += off;
      picks.forEach((other, j) => {
        squares[i]![j]! += off * (times[other]! - units[other]!);
      });
    });
  }
  picks.forEach((type, i) => {
    const variance = units[type]! * (1 - units[type]! / n);
    expect(Math.abs(sums[i]! / rounds)).toBeLessThan(4 * Math.sqrt(variance / rounds));
    picks.forEach((other, j) => {
      const shared = units[other]! * (1 - units[other]! / n);
      const wanted = i === j ? variance : (-units[type]! * units[other]!) / n;
      // Four standard errors of a sample covariance; a count of 1 has a kurtosis of 4.
      expect(Math.abs(squares[i]![j]! / rounds - wanted)).toBeLessThan(4 * Math.sqrt((4 * variance * shared) / rounds));
    });
  });
});

/**
 * npm run check:coverage
 *
 * How often intervals of 95 % cover the true share. Status 1 where one covers less than its bar.
 *
 * Exact intervals by enumeration: the whole distribution of x for each share from 0.001 to 0.999 in steps of 0.0005 and for each end of an interval, at which
 * coverage drops; the bar is 95 % everywhere, of a binomial sample and of one from a finite population.
 * The interval of clusters by simulation, 10,000 seeded samples a cell: beta-binomial clusters of 1 … 20 units, each size as likely; the bar is 92.5 % from 50
 * clusters on. Beside it is what it covers with clusters − 1 degrees of freedom, and what Clopper and Pearson's does.
 */
import { clusteredProportion } from "../src/statistics/clustered-proportion.js";
import { clopperPearson, hypergeometricInterval } from "../src/statistics/exact-interval.js";
import { hypergeometricTail } from "../src/statistics/hypergeometric.js";
import type { Interval } from "../src/statistics/interval.js";
import { Random } from "../src/statistics/random.js";

const percent = (share: number, digits: number) => `${(share * 100).toFixed(digits)} %`;
let missed = 0;

console.log(
  "exact intervals, 95 %, enumerated: the bar is 95 % everywhere\ninterval            n       shares      least coverage  at share",
);
for (const n of [20, 50, 100, 386, 1000]) exactCell(n);
for (const n of [20, 50, 100, 386]) lotCell(n, 1000);

console.log(
  "\nKorn–Graubard, 95 %, clusters of 1 … 20 units, 10,000 samples a cell: the bar is 92.5 % from 50 clusters\n" +
    "clusters  share  ICC  covers     share below  share above  mean width  with k − 1 df  Clopper–Pearson",
);
for (const clusters of [20, 50, 100, 200])
  for (const share of [0.5, 0.9, 0.98]) for (const icc of [0, 0.2]) clusteredCell(clusters, share, icc);
console.log(missed === 0 ? "every bar is met" : `${missed} cells miss their bar`);
process.exitCode = missed === 0 ? 0 : 1;

function told(met: boolean): string {
  if (!met) missed += 1;
  return met ? "" : "  ✗";
}

function exactCell(n: number): void {
  const intervals = Array.from({ length: n + 1 }, (_, x) => clopperPearson(x, n) ?? { low: 0, high: 1 });
  const grid = Array.from({ length: 1997 }, (_, i) => 0.001 + i * 0.0005);
  const ends = intervals.flatMap(({ low, high }) => [low * (1 - 1e-9), high * (1 + 1e-9)]);
  const shares = [...grid, ...ends.filter((share) => share >= 0.001 && share <= 0.999)];
  let least = { covers: 1, share: 0 };
  for (const share of shares) {
    const covers = binomialCoverage(intervals, share);
    if (covers < least.covers) least = { covers, share };
  }
  console.log(
    `${"Clopper–Pearson".padEnd(19)} ${String(n).padEnd(7)} ${String(shares.length).padEnd(11)} ${percent(least.covers, 6).padEnd(15)} ${least.share.toFixed(6)}${told(least.covers >= 0.95 - 1e-9)}`,
  );
}

/** Every count that a lot may have. */
function lotCell(n: number, lot: number): void {
  const intervals = Array.from({ length: n + 1 }, (_, x) => hypergeometricInterval(x, n, lot));
  let least = { covers: 1, share: 0 };
  for (let marked = 0; marked <= lot; marked++) {
    const holds = intervals.map((one) => one !== undefined && one.low_count <= marked && marked <= one.high_count);
    const draws = { lot, marked, drawn: n };
    const first = holds.indexOf(true);
    const last = holds.lastIndexOf(true);
    const covers = hypergeometricTail(last, draws, "lower") - hypergeometricTail(first - 1, draws, "lower");
    if (covers < least.covers) least = { covers, share: marked / lot };
  }
  console.log(
    `${"of a lot of 1000".padEnd(19)} ${String(n).padEnd(7)} ${String(lot + 1).padEnd(11)} ${percent(least.covers, 6).padEnd(15)} ${least.share.toFixed(6)}${told(least.covers >= 0.95 - 1e-9)}`,
  );
}

/** P(the interval of X contains the share), term by term from the likeliest x. */
function binomialCoverage(intervals: readonly Interval[], share: number): number {
  const n = intervals.length - 1;
  const mode = Math.min(n, Math.floor((n + 1) * share));
  const odds = share / (1 - share);
  const terms = new Float64Array(n + 1);
  terms[mode] = 1;
  for (let x = mode; x < n; x++) terms[x + 1] = (terms[x] ?? 0) * ((n - x) / (x + 1)) * odds;
  for (let x = mode; x > 0; x--) terms[x - 1] = ((terms[x] ?? 0) * x) / (n - x + 1) / odds;
  let covered = 0;
  let all = 0;
  for (const [x, { low, high }] of intervals.entries()) {
    const term = terms[x] ?? 0;
    all += term;
    if (low <= share && share <= high) covered += term;
  }
  return covered / all;
}

function clusteredCell(clusters: number, share: number, icc: number): void {
  const samples = 10_000;
  const trials = new Float64Array(clusters);
  const successes = new Float64Array(clusters);
  const random = new Random(clusters * 1000 + share * 100 + icc * 10);
  let [covered, below, above, width, design, independent] = [0, 0, 0, 0, 0, 0];
  const within = (interval: Interval | undefined) =>
    interval !== undefined && interval.low <= share && share <= interval.high ? 1 : 0;
  for (let seed = 0; seed < samples; seed++) {
    random.reset(seed, clusters * 10_000 + share * 1000 + icc * 10);
    draw(random, { trials, successes, share, icc });
    const { low, high } = clusteredProportion(successes, trials) ?? { low: 1, high: 0 };
    if (share < low) below++;
    else if (share > high) above++;
    else covered++;
    width += high - low;
    design += within(clusteredProportion(successes, trials, { df: "design" }));
    independent += within(clopperPearson(sum(successes), sum(trials)));
  }
  const covers = covered / samples;
  console.log(
    `${String(clusters).padEnd(9)} ${String(share).padEnd(6)} ${String(icc).padEnd(4)} ${percent(covers, 2).padEnd(10)} ${percent(below / samples, 2).padEnd(12)} ${percent(above / samples, 2).padEnd(12)} ${(width / samples).toFixed(4).padEnd(11)} ${percent(design / samples, 2).padEnd(14)} ${percent(independent / samples, 2)}${told(covers >= 0.925 || clusters < 50)}`,
  );
}

interface Sample {
  readonly trials: Float64Array;
  readonly successes: Float64Array;
  readonly share: number;
  readonly icc: number;
}

/** Pólya's urn: of i units drawn with s successes the next one is a success with probability (α + s)/(α + β + i), α + β = (1 − ICC)/ICC. */
function draw(random: Random, { trials, successes, share, icc }: Sample): void {
  for (let cluster = 0; cluster < trials.length; cluster++) {
    const size = 1 + Math.floor((random.word() / 2 ** 32) * 20);
    let seen = 0;
    for (let i = 0; i < size; i++) {
      const chance = (share * (1 - icc) + icc * seen) / (1 - icc + icc * i);
      if (random.word() / 2 ** 32 < chance) seen++;
    }
    trials[cluster] = size;
    successes[cluster] = seen;
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}

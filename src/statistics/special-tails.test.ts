import { expect, test } from "vitest";
import {
  betaQuantile,
  betaTail,
  binomialTail,
  chiSquareTail,
  fQuantile,
  fTail,
  poissonTail,
  type Tail,
  tQuantile,
  tTail,
} from "./special.js";

// By mpmath 1.3 at 60 digits: betainc, gammainc and, for the binomial distribution, sums of exact fractions; quantiles by findroot on the logarithm of the tail.
// What counts far out is the relative error: 1 − p would have lost every digit.
function relative(got: number, wanted: number, within: number): void {
  expect(Math.abs(got / wanted - 1)).toBeLessThan(within);
}

test.each<[number, number, number, Tail, number]>([
  [0.001, 5, 50, "lower", 3.0359946363576073e-9],
  [0.9, 5, 50, "upper", 2.093121325e-45],
  [0.5, 200, 300, "upper", 3.543480264392538e-6],
  [1e-6, 0.5, 3, "lower", 0.001874998750000375],
  [0.02, 0.5, 100, "upper", 0.04468549636263337],
  [0.3, 1000, 1000, "lower", 4.230925036907834e-78],
  [0.99, 12.5, 0.5, "upper", 0.3802994469585505],
  [0.0013, 1001, 999001, "upper", 2.334127217297483e-18],
])("beta at %d of %d and %d, %s tail", (x, a, b, tail, p) => relative(betaTail(x, a, b, tail), p, 1e-10));

test.each<[number, number, Tail, number]>([
  [100, 3, "upper", 1.554159431389605e-21],
  [500, 10, "upper", 4.414736099913731e-101],
  [1e-6, 5, "lower", 5.31922850562766e-17],
  [0.5, 50, "lower", 4.502725978878787e-41],
  [200, 100, "upper", 1.1784500720979422e-8],
])("χ² at %d with %d, %s tail", (x, df, tail, p) => relative(chiSquareTail(x, df, tail), p, 1e-11));

test.each<[number, number, Tail, number]>([
  [0, 50, "lower", 1.928749847963918e-22],
  [100, 30, "upper", 2.170886831039916e-24],
  [3, 1e-4, "upper", 4.166333347221825e-18],
  [900, 1000, "lower", 0.0006977673277963068],
])("Poisson at %d with mean %d, %s tail", (k, lambda, tail, p) => relative(poissonTail(k, lambda, tail), p, 1e-11));

test.each<[number, number, number]>([
  [40, 5, 9.205981085886477e-8],
  [10, 30, 2.2876257041148064e-11],
  [7, 2.5, 0.005286184763795705],
  [1e6, 2, 4.9999999999925e-13],
  [5, 1000, 3.383628182324315e-7],
  [30, 200, 2.862080604413926e-76],
])("t at %d with %d degrees of freedom", (t, df, p) => {
  relative(tTail(t, df, "upper"), p, 1e-11);
  relative(tTail(-t, df, "lower"), p, 1e-11);
});

test.each<[number, number, number, Tail, number]>([
  [50, 3, 20, "upper", 1.7760683360454812e-9],
  [1000, 1, 5, "upper", 5.938297253037584e-7],
  [20, 10, 100, "upper", 9.052974736110645e-20],
  [0.01, 5, 5, "lower", 5.242913357854934e-5],
])("F at %d with %d and %d, %s tail", (f, df1, df2, tail, p) => relative(fTail(f, df1, df2, tail), p, 1e-11));

test.each<[number, number, number, Tail, number]>([
  [50, 100, 0.1, "upper", 6.323256842131447e-25],
  [2, 300, 0.25, "lower", 1.6773088291233352e-34],
  [999, 1000, 0.5, "upper", 9.332636185032189e-302],
])("binomial at %d of %d draws with %d, %s tail", (k, n, p, tail, wanted) =>
  relative(binomialTail(k, n, p, tail), wanted, 1e-11));

test.each<[number, number, number, number]>([
  [1e-10, 3, 18, 4.44406506939924e-5],
  [0.025, 0.7, 12, 0.0003794755567988419],
  [1e-4, 2000, 3000, 0.37442123176927145],
  [0.025, 11, 999990, 5.491172746671715e-6],
])("beta quantile of %d with %d and %d", (p, a, b, x) => {
  relative(betaQuantile(p, a, b), x, 1e-11);
  relative(1 - betaQuantile(p, b, a, "upper"), x, 1e-6); // as a distance from 1 it has the digits that 1 leaves it
});
test.each<[number, number, number]>([
  [1e-10, 7, 53.83557948467373],
  [0.025, 2.3, 3.807163208232132],
  [1e-6, 500, 4.810085161637655],
  [0.025, 93, 1.9858018143458234],
])("t quantile of %d with %d degrees of freedom", (p, df, t) => {
  relative(tQuantile(p, df, "upper"), t, 1e-12);
  relative(tQuantile(p, df), -t, 1e-12);
});
test.each<[number, number, number, number]>([
  [1e-8, 4, 30, 22.77025116178693],
  [0.05, 1, 1, 161.4476387975885],
  [0.01, 100, 5, 9.129907129299957],
])("F quantile of %d with %d and %d", (p, df1, df2, f) => relative(fQuantile(p, df1, df2, "upper"), f, 1e-10));

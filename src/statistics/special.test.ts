import { expect, test } from "vitest";
import {
  betaQuantile,
  betaTail,
  binomialTail,
  chiSquareTail,
  digamma,
  fQuantile,
  fTail,
  normalQuantile,
  normalTail,
  poissonTail,
  tQuantile,
  tTail,
} from "./special.js";

/** Equal to that many digits, whatever the size: what matters in a tail. */
const near = (got: number, wanted: number, digits = 10) =>
  expect(Math.abs(got - wanted) / Math.abs(wanted)).toBeLessThan(10 ** -digits);

// Abramowitz & Stegun 1964, tables 26.1, 26.2 and 26.6; NIST DLMF 7.12 for erfc far out.
test.each([
  ["z 1.96", normalTail(1.96, "upper"), 0.024997895148220435],
  ["z 6", normalTail(6, "upper"), 9.865876450376946e-10],
  ["z −10", normalTail(-10, "lower"), 7.619853024160527e-24],
  ["z 37", normalTail(37, "upper"), 5.725571e-300],
])("normal tail at %s", (_, got, wanted) => near(got, wanted, 7));
test.each([
  [0.975, 1.959963984540054],
  [0.995, 2.5758293035489004],
  [0.9995, 3.2905267314918945],
  [1e-10, -6.361340902404056],
  [1e-100, -21.273453560965326],
])("normal quantile of %d", (p, z) => near(normalQuantile(p), z, 12));
test.each([
  // Fisher & Yates; A&S table 26.10 to its printed digits.
  [0.975, 1, 12.706204736174696, 12],
  [0.975, 10, 2.228138851986274, 12],
  [0.995, 30, 2.7499956535672259, 12],
  [0.9995, 5, 6.868826625881, 10],
])("t quantile of %d with %d degrees of freedom", (p, df, t, digits) => {
  near(tQuantile(p, df), t, digits);
  near(tTail(t, df, "lower"), p, 10);
  near(tTail(-t, df, "lower"), 1 - p, 9);
});
test("t of one degree of freedom is Cauchy's, far out as well", () => {
  near(tTail(1e8, 1, "upper"), Math.atan(1e-8) / Math.PI, 12);
  near(tQuantile(1e-12, 1), -1 / Math.tan(Math.PI * 1e-12), 10);
});
test.each([
  [0.95, 1, 1, 161.44763879758827],
  [0.95, 5, 10, 3.3258345304130112],
  [0.99, 10, 20, 3.368186389188742],
])("F quantile of %d with %d and %d", (p, df1, df2, f) => {
  near(fQuantile(p, df1, df2), f, 9);
  near(fTail(f, df1, df2, "upper"), 1 - p, 8);
});
test.each([
  [3.841458820694124, 1, 0.05],
  [18.307038053275146, 10, 0.05],
  [40, 2, Math.exp(-20)], // with two degrees of freedom the tail is exp(−x/2)
])("χ² tail at %d with %d", (x, df, p) => near(chiSquareTail(x, df, "upper"), p, 11));
test("Poisson and binomial tails are their sums", () => {
  near(poissonTail(2, 1.5, "lower"), Math.exp(-1.5) * (1 + 1.5 + 1.125), 13);
  near(poissonTail(0, 1e-9, "upper"), 1e-9, 8);
  near(binomialTail(1, 3, 0.2, "lower"), 0.512 + 0.384, 13);
  near(binomialTail(2, 3, 1e-4, "upper"), 1e-12, 10);
  expect(binomialTail(3, 3, 0.2, "lower")).toBe(1);
  expect(binomialTail(-1, 3, 0.2, "upper")).toBe(1);
});
test("beta quantiles and tails undo each other on both sides", () => {
  for (const tail of ["lower", "upper"] as const)
    for (const p of [1e-8, 0.025, 0.5, 0.9]) near(betaTail(betaQuantile(p, 3, 18, tail), 3, 18, tail), p, 8);
});

// Abramowitz & Stegun 1964, 6.3.2–6.3.5, 6.3.8: ψ(1) = −γ, ψ(1/2) = −γ − 2 ln 2, and duplication; table 6.1 for ψ(1.5).
test("digamma", () => {
  const euler = 0.5772156649015329;
  near(digamma(1), -euler, 14);
  near(digamma(0.5), -euler - 2 * Math.LN2, 14);
  near(digamma(1.5), 0.03648997397857652, 12);
  near(digamma(100), 4.600161852738087, 14);
  near(digamma(1e-5), -100000.577199216, 13);
  for (const x of [0.3, 2.7, 40]) near(digamma(2 * x), (digamma(x) + digamma(x + 0.5)) / 2 + Math.LN2, 13);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import type { AgreementEstimate, NoEstimate } from "../../statistics/chance-corrected.js";
import type { UnitTypes } from "../../statistics/unit-types.js";
import type { MeasureState } from "../function.js";
import { calculate } from "../functions.js";
import { partLaws } from "../testing/state-laws.js";
import { brennanPrediger } from "./brennan-prediger.js";
import { coefficientOf } from "./estimate.js";
import { fleissKappa, fleissTest, type RandolphKappa, randolphKappa } from "./fleiss-kappa.js";
import { gwetAc, unitState } from "./gwet-ac.js";
import { percentAgreement, percentAgreementAllRaters, type UnanimityTally, unanimity } from "./percent-agreement.js";
import { pabak, scottPi } from "./scott-pi.js";
import { completeRows, gappyRows, ranks, typesOfRows } from "./testing/answers.js";
import { weightNames } from "./weights.js";

const abstractors = Float64Array.of(13, 0, 0, 0, 20, 7, 0, 4, 56);
const abstractorTable = [
  [13, 0, 0],
  [0, 20, 7],
  [0, 4, 56],
];

// irrCAC 1.0 (K. Gwet), printed in the vignette overview.html: 100 women, two abstractors.
test.each([
  ["gwet-ac", 0.8493305, 0.04321747, 5.1e-8],
  ["brennan-prediger", 0.835, 0.04693346, 5.1e-4],
  ["percent-agreement", 0.89, 0.03128898, 5.1e-8],
])("%s of Gwet's abstractors is what irrCAC prints", (id, coefficient, se, within) => {
  const { values } = calculate(id, { table: abstractorTable });
  expect(Math.abs((values["coefficient"] as number) - coefficient)).toBeLessThan(within);
  expect(Math.abs((values["se"] as number) - se)).toBeLessThan(5.1e-9);
});

test("of a frame with so many units the variance is that of what was not drawn", () => {
  const se = (id: string, population: number) =>
    calculate(id, { table: abstractorTable, population, se_convention: "large-sample, divides by n" }).values["se"];
  // irrCAC 0.4.4: CAC(table, N=150, digits=16)
  expect(se("gwet-ac", 150)).toBeCloseTo(0.0249516165078435, 14);
  expect(se("cohen-kappa", 150)).toBeCloseTo(0.0340121190837174, 14);
  expect(se("gwet-ac", 100)).toBe(0);
  expect(() => se("cohen-kappa", 99)).toThrow(/population/);
});

test("Scott's π and PABAK of the abstractors are what pycm has", () => {
  const pi = scottPi(abstractors, [1, 2, 3]) as AgreementEstimate;
  expect(pi.coefficient).toBeCloseTo(0.7962396962119107, 12); // pycm Test/verified_test.py:215
  expect(pabak(Float64Array.of(9, 3, 0, 3, 5, 1, 1, 1, 4), [1, 2, 3])).toBeCloseTo(1 / 3, 12); // :60
});

test("Randolph's example has the κ of his calculator", () => {
  const types = typesOfRows([
    [0, 0, 0, 0, 0, 0, 1],
    [1, 1, 1, 1, 1, 1, 1],
  ]);
  // statsmodels test_fleis_randolph, from the online calculator
  const found = randolphKappa(types, 3) as RandolphKappa;
  expect(found.percent_agreement).toBeCloseTo(0.857143, 6);
  expect(found.fixed_marginal).toBeCloseTo(0.708333, 6);
  expect(found.free_marginal).toBeCloseTo(0.785714, 6);
});

type Coefficient = (units: UnitTypes, values: readonly number[]) => AgreementEstimate | NoEstimate;
const coefficients: readonly (readonly [string, Coefficient])[] = [
  ["Fleiss' κ", fleissKappa],
  ["Gwet's AC1", gwetAc],
  ["Brennan–Prediger", brennanPrediger],
  ["percent agreement", percentAgreement],
];

test.each(coefficients)("%s is 1 on identical answers in two categories or more", (_, coefficient) =>
  fc.assert(
    fc.property(
      fc.array(fc.nat(3), { minLength: 2, maxLength: 20 }),
      fc.integer({ min: 2, max: 5 }),
      (said, raters) => {
        const rows = [...said, 0, 1].map((category) => new Array<number>(raters).fill(category));
        const found = coefficientOf(coefficient(typesOfRows(rows), ranks(4)) as AgreementEstimate);
        expect(found.coefficient).toBeCloseTo(1, 12);
        expect(found.ci_high).toBeLessThanOrEqual(1);
      },
    ),
  ));

test.each(
  coefficients,
)("%s does not depend on the order of units or raters, nor on the names of categories", (_, coefficient) =>
  fc.assert(
    fc.property(gappyRows(4), (rows) => {
      const found = coefficient(typesOfRows(rows), ranks(4));
      const turned = rows.map((row) => [...row].reverse()).reverse();
      expect(coefficient(typesOfRows(turned), ranks(4))).toEqual(found);
      const renamed = rows.map((row) => row.map((code) => (code < 0 ? code : 3 - code)));
      const other = coefficient(typesOfRows(renamed), ranks(4));
      if (typeof found === "string") expect(other).toBe(found);
      else {
        expect((other as AgreementEstimate).coefficient).toBeCloseTo(found.coefficient, 12);
        expect((other as AgreementEstimate).spread).toBeCloseTo(found.spread ?? Number.NaN, 10);
      }
    }),
  ));

test.each(coefficients)("%s is at most 1, and never NaN", (_, coefficient) =>
  fc.assert(
    fc.property(gappyRows(3), (rows) => {
      const found = coefficient(typesOfRows(rows), ranks(3));
      if (typeof found === "string") return;
      expect(found.coefficient).toBeLessThanOrEqual(1 + 1e-12);
      expect(found.spread).toBeGreaterThanOrEqual(0);
    }),
  ));

test("Fleiss' κ by categories, each with its weight p(1 − p), is Fleiss' κ", () =>
  fc.assert(
    fc.property(completeRows(4), (rows) => {
      const types = typesOfRows(rows);
      const tests = fleissTest(types, 4);
      if (typeof tests === "string") return;
      const flat = rows.flat();
      let above = 0;
      let below = 0;
      tests.category_kappa.forEach((kappa, c) => {
        const p = flat.filter((one) => one === c).length / flat.length;
        above += (kappa ?? 0) * p * (1 - p);
        below += p * (1 - p);
      });
      expect((fleissKappa(types, ranks(4)) as AgreementEstimate).coefficient).toBeCloseTo(above / below, 10);
    }),
  ));

partLaws({
  name: "unit types",
  state: unitState,
  parts: gappyRows(4).map(typesOfRows),
  value: (units) => weightNames.map((weights) => gwetAc(units, [1, 2, 3, 4], weights)),
});

partLaws({
  name: "percent agreement of all raters",
  state: percentAgreementAllRaters.state as MeasureState<UnanimityTally>,
  parts: completeRows(2).map((rows) => unanimity(Float64Array.from(rows.flat()), rows[0]?.length ?? 1)),
  value: (tally) => tally,
});

test("units on which all agree within the tolerance are counted, those with a gap are not", () => {
  const ratings = [
    [1, 2, 3],
    [2, 2, 2],
    [4, 5, null],
  ];
  const percent = (tolerance: number) => calculate("percent-agreement-all-raters", { ratings, tolerance }).values;
  expect(percent(0)).toEqual({ percent: 50 });
  expect(percent(2)).toEqual({ percent: 100 });
});

test.each([
  ["no ratings", "gwet-ac", { ratings: [] }, "nothing-asked"],
  ["all missing", "gwet-ac", { ratings: [[null, null]], categories: ["a", "b"] }, "nothing-asked"],
  ["one rater", "fleiss-kappa", { ratings: [[1], [2]] }, "no-pairs"],
  [
    "one category",
    "fleiss-kappa",
    {
      ratings: [
        ["a", "a"],
        ["a", "a"],
      ],
    },
    "one-category",
  ],
  ["one category", "scott-pi", { table: [[7]] }, "one-category"],
  [
    "an empty table",
    "pabak",
    {
      table: [
        [0, 0],
        [0, 0],
      ],
    },
    "nothing-asked",
  ],
  ["no categories", "brennan-prediger", { counts: [] }, "nothing-asked"],
])("%s: %s is undefined", (_, id, inputs, reason) => {
  const { values, undefined_because } = calculate(id, inputs);
  expect(values["coefficient"]).toBeUndefined();
  expect(undefined_because?.["coefficient"]).toBe(reason);
});

test.each([
  ["labels of two types", { ratings: [["a", 1]] }, "input-type"],
  ["not a number", { ratings: [[Number.NaN, 1]] }, "input-type"],
  ["rows of unequal length", { ratings: [[1, 2], [1]] }, "inputs-disagree"],
  ["a label off the scale", { ratings: [[1, 9]], categories: [1, 2] }, "input-range"],
  ["a category twice", { ratings: [[1, 2]], categories: [1, 2, 2] }, "input-range"],
  ["a negative count", { counts: [[1, -1]] }, "input-range"],
  ["a table that is not square", { table: [[1, 2]] }, "inputs-disagree"],
  ["two layouts", { table: [[1]], counts: [[1]] }, "inputs-disagree"],
  ["no layout", {}, "input-missing"],
  ["weights of no name", { counts: [[1, 1]], weights: "cubic" }, "input-range"],
  [
    "weights that are not symmetric",
    {
      counts: [[1, 1]],
      weights: [
        [1, 0],
        [0.5, 1],
      ],
    },
    "input-range",
  ],
  ["an order that nobody gave", { ratings: [["high", "low"]], weights: "linear" }, "input-missing"],
  ["a ratio of values below 0", { ratings: [[-1, 2]], weights: "ratio" }, "input-range"],
  ["a convention of no name", { counts: [[1, 1]], se_convention: "jackknife" }, "not-supported"],
  ["a confidence of 1", { counts: [[1, 1]], confidence: 1 }, "input-range"],
  ["an input of no name", { counts: [[1, 1]], rater: 2 }, "input-unknown"],
])("%s: the measure says %s", (_, inputs, code) => {
  let caught: unknown;
  try {
    calculate("gwet-ac", inputs);
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code });
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { addPairs, type Confusion, mergeConfusions, newConfusion } from "../../statistics/confusion.js";
import { calculate } from "../functions.js";
import { partLaws } from "../testing/state-laws.js";
import { type CohenKappa, cohenKappa } from "./cohen-kappa.js";
import { scottPi } from "./scott-pi.js";
import { type WeightName, weightNames } from "./weights.js";

function tableOf(pairs: readonly (readonly [number, number])[], size = 4): Confusion {
  const table = newConfusion(size);
  addPairs(
    table,
    Int32Array.from(pairs, ([left]) => left),
    Int32Array.from(pairs, ([, right]) => right),
  );
  return table;
}
const counted = (rows: readonly (readonly number[])[]): Confusion => ({
  size: rows.length,
  counts: Float64Array.from(rows.flat()),
});

// SAS PROC FREQ, carried by statsmodels' test_inter_rater.py (table10): four digits are printed.
test.each([
  ["unweighted", { kappa: 0.4842, se: 0.138, ci_low: 0.2137, ci_high: 0.7547, se0: 0.1484, z: 3.2626 }],
  ["linear", { kappa: 0.4701, se: 0.1457, ci_low: 0.1845, ci_high: 0.7558, se0: 0.1426, z: 3.2971 }],
] as const)("κ with %s weights is what SAS prints", (weights, printed) => {
  const found = cohenKappa(
    counted([
      [0, 4, 1],
      [0, 8, 0],
      [0, 1, 5],
    ]),
    { weights },
  ) as CohenKappa;
  for (const [name, value] of Object.entries(printed))
    expect(Math.abs((found[name as keyof CohenKappa] ?? Number.NaN) - value)).toBeLessThan(6e-5);
});

test("Cohen's own weights 0, 1, 3, 6 give his κ, and shares without n have no standard error", () => {
  const inputs = {
    table_proportions: [
      [0.44, 0.07, 0.09],
      [0.05, 0.2, 0.05],
      [0.01, 0.03, 0.06],
    ],
    disagreement_weights: [
      [0, 1, 3],
      [1, 0, 6],
      [3, 6, 0],
    ],
  };
  const alone = calculate("cohen-kappa", inputs);
  expect(alone.values["kappa"]).toBeCloseTo(0.348, 3); // Cohen 1968, Table 1
  expect(alone.undefined_because?.["se"]).toBe("size-unknown");
  expect(calculate("cohen-kappa", { ...inputs, n: 200 }).values["se"]).toBeTypeOf("number");
});

test("weights stand on the ranks of the categories that occur, or on their values where asked", () => {
  const ratings = [
    [1, 1],
    [2, 10],
    [10, 10],
    [2, 2],
  ];
  const kappa = (more: object) => calculate("cohen-kappa", { ratings, weights: "linear", ...more }).values["kappa"];
  const table = [
    [1, 0, 0],
    [0, 1, 1],
    [0, 0, 1],
  ];
  expect(kappa({})).toBe(calculate("cohen-kappa", { table, weights: "linear" }).values["kappa"]);
  expect(kappa({ categories: [1, 2, 5, 10] })).toBe(kappa({}));
  expect(kappa({ weight_scale: "category value" })).not.toBeCloseTo(kappa({}) as number, 3);
});

test("a unit that one rater left out does not count", () => {
  const kappa = (ratings: unknown) => calculate("cohen-kappa", { ratings }).values["kappa"];
  const whole = [
    ["a", "a"],
    ["b", "a"],
    ["b", "b"],
  ];
  expect(kappa([...whole, ["c", null]])).toBe(kappa(whole));
});

const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 2, maxLength: 60 });

test.each(weightNames)("κ with %s weights is the same with the raters changed over", (weights: WeightName) =>
  fc.assert(
    fc.property(pairs, (all) => {
      const found = cohenKappa(tableOf(all), { weights });
      const turned = cohenKappa(tableOf(all.map(([left, right]) => [right, left])), { weights });
      if (typeof found === "string") expect(turned).toBe(found);
      else {
        expect((turned as CohenKappa).kappa).toBeCloseTo(found.kappa, 12);
        expect((turned as CohenKappa).se).toBeCloseTo(found.se ?? Number.NaN, 10);
      }
    }),
  ));

test("κ does not depend on the names of categories, is 1 on identical answers and lies in −1 … 1", () =>
  fc.assert(
    fc.property(pairs, (all) => {
      const found = cohenKappa(tableOf(all));
      const renamed = cohenKappa(tableOf(all.map(([left, right]) => [3 - left, 3 - right])));
      if (typeof found === "string") expect(renamed).toBe(found);
      else {
        expect((renamed as CohenKappa).kappa).toBeCloseTo(found.kappa, 12);
        expect(Math.abs(found.kappa)).toBeLessThanOrEqual(1 + 1e-12);
      }
      const same = cohenKappa(tableOf([[0, 0], [1, 1], ...all.map(([left]) => [left, left] as const)])) as CohenKappa;
      expect(same.kappa).toBe(1);
      expect(same.ci_high).toBe(1);
    }),
  ));

test("κ is not below π, whose agreement by chance is never less", () =>
  fc.assert(
    fc.property(pairs, (all) => {
      const kappa = cohenKappa(tableOf(all));
      const pi = scottPi(tableOf(all).counts, [1, 2, 3, 4]);
      if (typeof kappa !== "string" && typeof pi !== "string")
        expect(kappa.kappa).toBeGreaterThanOrEqual(pi.coefficient - 1e-12);
    }),
  ));

partLaws({
  name: "a table of two raters",
  state: { empty: () => newConfusion(4), merge: mergeConfusions },
  parts: pairs.map((all) => tableOf(all)),
  value: (table) => [cohenKappa(table), cohenKappa(table, { weights: "quadratic" })],
});

test.each([
  [
    "an empty table",
    {
      table: [
        [0, 0],
        [0, 0],
      ],
    },
    "nothing-asked",
  ],
  ["no ratings", { ratings: [] }, "nothing-asked"],
  [
    "one category",
    {
      ratings: [
        ["a", "a"],
        ["a", "a"],
      ],
    },
    "one-category",
  ],
])("%s: κ is undefined", (_, inputs, reason) => {
  const { values, undefined_because } = calculate("cohen-kappa", inputs);
  expect(values["kappa"]).toBeUndefined();
  expect(undefined_because?.["kappa"]).toBe(reason);
});

test.each([
  ["three raters", { ratings: [[1, 2, 3]] }, "inputs-disagree"],
  ["two layouts", { table: [[1]], table_proportions: [[1]] }, "inputs-disagree"],
  [
    "shares that sum to 3",
    {
      table_proportions: [
        [1, 1],
        [1, 0],
      ],
    },
    "input-range",
  ],
  ["a share above 1", { table_proportions: [[2]] }, "input-range"],
  [
    "weights of another size",
    {
      table: [
        [1, 2],
        [3, 4],
      ],
      disagreement_weights: [[0]],
    },
    "inputs-disagree",
  ],
  [
    "no weights at all",
    {
      table: [
        [1, 2],
        [3, 4],
      ],
      disagreement_weights: [],
    },
    "inputs-disagree",
  ],
  ["a disagreement with oneself", { table: [[1]], disagreement_weights: [[1]] }, "inputs-disagree"],
  ["two kinds of weights", { table: [[1]], disagreement_weights: [[0]], weights: "linear" }, "inputs-disagree"],
  ["half a unit", { table: [[0.5]] }, "input-range"],
])("%s: the measure says %s", (_, inputs, code) => {
  let caught: unknown;
  try {
    calculate("cohen-kappa", inputs);
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code });
});

test("columns of different length and categories beyond the last are faults", () => {
  expect(() => addPairs(newConfusion(2), Int32Array.of(0, 1), Int32Array.of(0))).toThrow(RangeError);
  expect(() => addPairs(newConfusion(2), Int32Array.of(0), Int32Array.of(2))).toThrow(RangeError);
});

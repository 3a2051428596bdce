import fc from "fast-check";
import { expect, test } from "vitest";
import type { AgreementEstimate } from "../../statistics/chance-corrected.js";
import { calculate } from "../functions.js";
import { partLaws } from "../testing/state-laws.js";
import { type CohenKappa, cohenKappa } from "./cohen-kappa.js";
import { congerKappa, lightKappa, mergePairTables, pairTables, type RatingRows, rowTypes } from "./conger-kappa.js";
import { coefficientOf } from "./estimate.js";
import { unitState } from "./gwet-ac.js";
import { completeRows, type Rows, ranks } from "./testing/answers.js";
import { weightNames } from "./weights.js";

const rowsOf = (rows: Rows): RatingRows => ({ raters: rows[0]?.length ?? 0, codes: Int32Array.from(rows.flat()) });

// irr 0.84.1, data set video: 20 units, 4 raters.
const video = "4434 4445 4455 4444 4324 4434 4325 4434 4334 4334 4434 4334 4444 4444 4434 4444 4444 4444 4444 4554"
  .split(" ")
  .map((digits) => [...digits].map(Number));

test("Conger's and Light's κ of the video data are those of irr", () => {
  expect(calculate("conger-kappa", { ratings: video }).values["kappa"]).toBeCloseTo(0.0951061865189, 10);
  expect(calculate("light-kappa", { ratings: video }).values["kappa"]).toBeCloseTo(0.0688452716032, 10);
});

const two = fc.array(fc.array(fc.nat(3), { minLength: 2, maxLength: 2 }), { minLength: 3, maxLength: 30 });

test.each(
  weightNames,
)("of two raters, with %s weights, Conger's κ is Cohen's, and so is its standard error", (weights) =>
  fc.assert(
    fc.property(two, (rows) => {
      const conger = congerKappa(rowTypes(rowsOf(rows), 4), 2, ranks(4), weights);
      const counts = new Float64Array(16);
      for (const [left = 0, right = 0] of rows) counts[left * 4 + right]! += 1;
      const cohen = cohenKappa({ size: 4, counts }, { weights });
      if (typeof cohen === "string") {
        expect(conger).toBe(cohen);
        return;
      }
      expect((conger as AgreementEstimate).coefficient).toBeCloseTo(cohen.kappa, 12);
      const { se } = coefficientOf(conger as AgreementEstimate, { divisor: "n" });
      expect(se).toBeCloseTo(cohen.se ?? Number.NaN, 9);
    }),
  ));

test("Light's κ of two raters is Cohen's", () =>
  fc.assert(
    fc.property(two, (rows) => {
      const light = lightKappa(pairTables(rowsOf(rows), 4));
      const counts = new Float64Array(16);
      for (const [left = 0, right = 0] of rows) counts[left * 4 + right]! += 1;
      const cohen = cohenKappa({ size: 4, counts });
      expect(light).toBe(typeof cohen === "string" ? cohen : (cohen as CohenKappa).kappa);
    }),
  ));

test("neither depends on the order of units or raters", () =>
  fc.assert(
    fc.property(completeRows(3), (rows) => {
      const turned = rows.map((row) => [...row].reverse()).reverse();
      const raters = rows[0]?.length ?? 0;
      const found = congerKappa(rowTypes(rowsOf(rows), 3), raters, ranks(3));
      const other = congerKappa(rowTypes(rowsOf(turned), 3), raters, ranks(3));
      if (typeof found === "string") expect(other).toBe(found);
      else {
        expect((other as AgreementEstimate).coefficient).toBeCloseTo(found.coefficient, 12);
        expect((other as AgreementEstimate).spread).toBeCloseTo(found.spread ?? Number.NaN, 10);
      }
      const light = lightKappa(pairTables(rowsOf(rows), 3));
      if (typeof light === "number") expect(lightKappa(pairTables(rowsOf(turned), 3))).toBeCloseTo(light, 12);
    }),
  ));

const three = fc.array(fc.array(fc.nat(2), { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 20 });
partLaws({
  name: "Conger's κ",
  state: unitState,
  parts: three.map((rows) => rowTypes(rowsOf(rows), 3)),
  value: (rows) => congerKappa(rows, 3, ranks(3), "quadratic"),
});
partLaws({
  name: "Light's κ",
  state: { empty: () => ({ tables: [] }), merge: mergePairTables },
  parts: three.map((rows) => pairTables(rowsOf(rows), 3)),
  value: lightKappa,
});

test.each([
  ["conger-kappa", [], "nothing-asked"],
  ["light-kappa", [], "nothing-asked"],
  ["conger-kappa", [[1], [2]], "one-rater"],
  ["light-kappa", [[1], [2]], "one-rater"],
  [
    "conger-kappa",
    [
      ["a", null],
      ["b", null],
    ],
    "one-rater",
  ],
  [
    "conger-kappa",
    [
      ["a", null],
      [null, "b"],
    ],
    "no-pairs",
  ],
  [
    "conger-kappa",
    [
      ["a", "a"],
      ["a", "a"],
    ],
    "one-category",
  ],
  [
    "light-kappa",
    [
      ["a", "a"],
      ["a", "a"],
    ],
    "one-category",
  ],
])("%s of %j is undefined", (id, ratings, reason) => {
  const { values, undefined_because } = calculate(id, { ratings });
  expect(values["kappa"]).toBeUndefined();
  expect(undefined_because?.["kappa"]).toBe(reason);
});

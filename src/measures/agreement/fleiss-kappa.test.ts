import { expect, test } from "vitest";
import { calculate } from "../functions.js";

// Fleiss 1971: 30 psychiatric patients, 6 raters, 5 diagnoses; z by irr 0.84.1, kappam.fleiss(diagnoses, detail = TRUE).
const diagnoses = [
  ..."00060 03003 01401 00006 03030 20400 00402 20310 20040 00006 10050 11040 03300 10050 02031".split(" "),
  ..."00501 30012 51000 02040 10203 00006 01050 02013 20040 10041 05010 40002 02040 10500 00006".split(" "),
].map((digits) => [...digits].map(Number));

test("κ and z of each diagnosis are those that irr prints", () => {
  const { values } = calculate("fleiss-kappa", { counts: diagnoses });
  const near = (wanted: readonly number[]) => wanted.map((one) => expect.closeTo(one, 3) as number);
  expect(values["category_kappa"]).toEqual(near([0.245, 0.245, 0.52, 0.471, 0.566]));
  expect(values["category_z"]).toEqual(near([5.192, 5.192, 11.031, 9.994, 12.009]));
});

test("without a test of its own where units have different numbers of answers", () => {
  const { values, undefined_because } = calculate("fleiss-kappa", {
    counts: [
      [2, 0],
      [1, 2],
    ],
  });
  expect(values["z"]).toBeUndefined();
  expect(undefined_because?.["z"]).toBe("unequal-answers");
  expect(values["kappa"]).toBeTypeOf("number");
});

test("the κ of a category that nobody gave is undefined, and the others stand", () => {
  const { values } = calculate("fleiss-kappa", {
    counts: [
      [2, 0, 0],
      [0, 2, 0],
      [1, 1, 0],
    ],
  });
  expect(values["category_kappa"]).toEqual([expect.closeTo(1 / 3, 12), expect.closeTo(1 / 3, 12), undefined]);
});

test("more answers of a unit than raters is refused", () =>
  expect(() => calculate("fleiss-kappa", { counts: [[3, 0]], raters: 2 })).toThrow(/raters/));

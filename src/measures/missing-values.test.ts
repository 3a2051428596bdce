import { expect, test } from "vitest";
import { missingValues } from "./missing-values.js";
import { tallyOf, totals } from "./testing/laws.js";

const measured = (...annotations: readonly object[]) =>
  missingValues.measure(
    tallyOf(
      missingValues,
      annotations.map((annotation) => ({ annotation })),
    ),
    totals,
  );

test("the field that is missing most often: area, in two of three", () => {
  expect(measured({ id: 1, area: 4 }, { id: 2 }, { id: 3 })).toEqual({ a: 2, b: 3, x: 2 / 3 });
});

test("a field that the dataset does not use is not missing", () => {
  expect(measured({ id: 1 }, { id: 2 })).toEqual({ a: 0, b: 2, x: 0 });
});

test("a mask stands for a polygon, a label for a category", () => {
  const rle = { height: 1, width: 1, counts: Float64Array.of(1) };
  expect(measured({ polygon: [], category_id: 1 }, { rle, label: "cat" })).toEqual({ a: 0, b: 2, x: 0 });
});

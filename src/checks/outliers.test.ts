import fc from "fast-check";
import { expect, test } from "vitest";
import type { GroupColumns } from "./declaration.js";
import {
  boxSizeDistance,
  distinctCategories,
  distinctValues,
  iqrDistance,
  iqrExcess,
  sigmaDistance,
  valueCount,
} from "./outliers.js";

test.each([
  ["beyond the quartiles 2 and 4", [1, 2, 3, 4, 7], [0.5, 0, 0, 0, 1.5]],
  ["without a value", [1, NaN, 1], [0, 0, 0]],
  ["outside a range of 0", [1, 1, 1, 1, 2], [0, 0, 0, 0, Infinity]],
  ["of an empty group", [], []],
])("iqrDistance of values %s", (_, value, distances) =>
  expect([...iqrDistance(columnsOf(value)).values]).toEqual(distances));

test.each([
  ["around the mean 5, σ 2", [2, 4, 4, 4, 5, 5, 7, 9], [1.5, 0.5, 0.5, 0.5, 0, 0, 1, 2]],
  ["all equal", [0.1, 0.1, 0.1], [0, 0, 0]],
  ["without a value", [1, NaN, 3], [1, 0, 1]],
  ["of an empty group", [], []],
])("sigmaDistance of values %s", (_, value, distances) =>
  expect([...sigmaDistance(columnsOf(value)).values]).toEqual(distances));

test("iqrExcess looks upwards only", () =>
  expect([...iqrExcess(columnsOf([1, 2, 3, 4, 7])).values]).toEqual([0, 0, 0, 0, 1.5]));

test("a box is as far off as the worst of its five sizes", () => {
  // Widths and heights have the mean 5 and σ 5, the areas are all 0 but one.
  const boxes = [0, 0, 0, 0, 0, 0, 10, 10, 0, 0, NaN, NaN];
  const columns = { ...columnsOf([0, 0, 0]), box: Float64Array.from(boxes) };
  expect([...boxSizeDistance(columns).values]).toEqual([1, 1, 0]);
  expect([...boxSizeDistance({ ...columns, size: 0 }).values]).toEqual([]);
});

test("values are counted without those that are absent", () => {
  const columns = columnsOf([1, NaN, 1, 2]);
  expect([...valueCount(columns).values]).toEqual([3, 3, 3, 3]);
  expect([...distinctValues(columns).values]).toEqual([2, 2, 2, 2]);
  expect([...distinctCategories({ ...columns, category: Float64Array.of(5, NaN, 5, 5) }).values]).toEqual([1, 1, 1, 1]);
});

const number = fc.oneof(fc.double({ min: -1e6, max: 1e6 }), fc.nat(5));
test("the order of the members changes no bit", () =>
  fc.assert(
    fc.property(fc.array(number, { minLength: 1 }), fc.nat(), (value, turn) => {
      const by = turn % value.length;
      const turned = (list: readonly number[]) => [...list.slice(by), ...list.slice(0, by)];
      for (const check of [iqrDistance, sigmaDistance]) {
        expect([...check(columnsOf(turned(value))).values]).toEqual(turned([...check(columnsOf(value)).values]));
      }
    }),
  ));

function columnsOf(value: readonly number[]): GroupColumns {
  const none = new Float64Array(value.length).fill(NaN);
  const box = new Float64Array(4 * value.length).fill(NaN);
  return { size: value.length, box, category: none, area: none, iscrowd: none, value: Float64Array.from(value) };
}

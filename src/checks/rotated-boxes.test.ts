import { expect, test } from "vitest";
import {
  clockwiseFromTopLeft,
  cornerAngleDeviation,
  declarations,
  oppositeSideDifference,
  topLeftCorner,
} from "./rotated-boxes.js";

test.each([
  ["an upright rectangle", [0, 0, 4, 0, 4, 3, 0, 3], 0, 0],
  ["a square on its tip", [2, 0, 4, 2, 2, 4, 0, 2], 0, 0],
  ["a parallelogram", [0, 0, 5, 0, 8, 4, 3, 4], 0.6, 0],
  ["a trapezium with two right angles", [0, 0, 4, 0, 4, 3, 0, 6], 0.6, 0.5],
  ["a point", [1, 1, 1, 1, 1, 1, 1, 1], 1, 0],
])("the corners and sides of %s", (_, corners, angle, sides) => {
  expect(cornerAngleDeviation(Float64Array.from(corners), 0)).toBeCloseTo(angle, 12);
  expect(oppositeSideDifference(Float64Array.from(corners), 0)).toBeCloseTo(sides, 12);
});

test("what rounding to whole pixels explains is no deviation", () => {
  const trapezium = Float64Array.of(0, 0, 4, 0, 4, 3, 0, 4); // cos∠ 0.24, 0.97 px at the end of the side of 4 px
  expect([cornerAngleDeviation(trapezium, 1), oppositeSideDifference(trapezium, 1)]).toEqual([0, 0]);
  expect(cornerAngleDeviation(trapezium, 0.7)).toBeCloseTo(0.2425, 4);
  expect(cornerAngleDeviation(new Float64Array(8), 1)).toBe(1);
});

test("the corner that is furthest from a right angle is marked", () => {
  const marks = declarations.find(({ call }) => call === cornerAngleDeviation)!.marks!;
  expect(marks(Float64Array.of(0, 0, 10, 0, 12, 10, 0, 10), 0)).toEqual([{ kind: "vertex", points: [10, 0] }]);
  expect(marks(Float64Array.of(0, 0, 4, 0, 4, 3, 0, 3), 0)).toEqual([]);
});

test.each([
  ["clockwise from the top left", [0, 0, 4, 0, 4, 3, 0, 3], 0, true],
  ["clockwise from the top right", [4, 0, 4, 3, 0, 3, 0, 0], 3, false],
  ["anticlockwise from the top left", [0, 0, 0, 3, 4, 3, 4, 0], 0, false],
  ["a square on its tip, from its top", [2, 0, 4, 2, 2, 4, 0, 2], 0, true],
  ["a square on its tip, from its left", [0, 2, 2, 0, 4, 2, 2, 4], 1, false],
])("the order of corners %s", (_, corners, first, clockwise) => {
  expect(topLeftCorner(Float64Array.from(corners))).toBe(first);
  expect(clockwiseFromTopLeft(Float64Array.from(corners))).toBe(clockwise);
});

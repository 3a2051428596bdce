import { expect, test } from "vitest";
import { clockwiseFromTopLeft, cornerAngleDeviation, oppositeSideDifference, topLeftCorner } from "./rotated-boxes.js";

test.each([
  ["an upright rectangle", [0, 0, 4, 0, 4, 3, 0, 3], 0, 0],
  ["a square on its tip", [2, 0, 4, 2, 2, 4, 0, 2], 0, 0],
  ["a parallelogram", [0, 0, 5, 0, 8, 4, 3, 4], 0.6, 0],
  ["a trapezium with two right angles", [0, 0, 4, 0, 4, 3, 0, 6], 0.6, 0.5],
  ["a point", [1, 1, 1, 1, 1, 1, 1, 1], 1, 0],
])("the corners and sides of %s", (_, corners, angle, sides) => {
  expect(cornerAngleDeviation(Float64Array.from(corners))).toBeCloseTo(angle, 12);
  expect(oppositeSideDifference(Float64Array.from(corners))).toBeCloseTo(sides, 12);
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

import { expect, test } from "vitest";
import {
  declarations,
  firstOddLength,
  polygonArea,
  polygonAreaDifference,
  polygonVertexSpacing,
  tightBoxDeviation,
} from "./polygons.js";

const square = Float64Array.of(0, 0, 4, 0, 4, 4, 0, 4);
const triangle = Float64Array.of(10, 10, 14, 10, 14, 13);

test("the parts of a polygon add up", () => {
  expect(polygonArea([square, triangle])).toBe(22);
  expect(polygonArea([])).toBe(0);
});

test("vertex spacing is the whole outline over all vertices", () => {
  expect(polygonVertexSpacing([square, triangle])).toBe(4); // (16 + 12) / 7
  expect(polygonVertexSpacing([])).toBe(0);
});

test.each([
  ["the tight box", { x: 0, y: 0, width: 14, height: 13 }, 0],
  ["a box of the first part only", { x: 0, y: 0, width: 4, height: 4 }, 10],
  ["a box moved to the left", { x: -1.5, y: 0, width: 15.5, height: 13 }, 1.5],
  ["a box that is too high", { x: 0, y: 2, width: 14, height: 11 }, 2],
])("tightBoxDeviation of %s", (_, box, px) => expect(tightBoxDeviation([square, triangle], box)).toBe(px));

test("no points deviate by 0", () =>
  expect(tightBoxDeviation([new Float64Array(0)], { x: 3, y: 3, width: 1, height: 1 })).toBe(0));

test("the side that is furthest off is marked", () => {
  const marks = declarations.find(({ call }) => call === tightBoxDeviation)!.marks!;
  expect(marks([square], { x: 0, y: 0, width: 9, height: 6 })).toEqual([{ kind: "gap", points: [9, 3, 4, 3] }]);
  expect(marks([square], { x: 0, y: -3, width: 4, height: 7 })).toEqual([{ kind: "gap", points: [2, -3, 2, 0] }]);
  expect(marks([new Float64Array(0)], { x: 0, y: 0, width: 9, height: 6 })).toEqual([]);
});

test.each([
  ["its own area", 16, 0, 0],
  ["an area that is a tenth off", 20, 0, 0.2],
  ["the same, where counting pixels explains it", 20, 0.5, 0], // perimeter 16: up to 8 px²
  ["one beyond that", 32, 0.5, 0.5],
  ["none at all", 0, 0, Number.POSITIVE_INFINITY],
])("a square of 16 px² differs from %s", (_, area, rasterPx, share) =>
  expect(polygonAreaDifference([square], area, rasterPx)).toBe(share));

test.each([
  [[6, 8, 7, 9], 2],
  [[6, 8], -1],
  [[], -1],
])("in lists of %s numbers the first odd one is at %s", (lengths, at) =>
  expect(firstOddLength(Float64Array.from(lengths))).toBe(at));

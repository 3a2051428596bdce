import fc from "fast-check";
import { expect, test } from "vitest";
import {
  closedExplicitly,
  declarations,
  distinctVertices,
  repeatedVertices,
  ringArea,
  ringOvershoot,
  ringPerimeter,
  ringVertexSpacing,
  signedRingArea,
} from "./rings.js";

test.each([
  ["a triangle", [0, 0, 4, 0, 4, 3], 6],
  ["the same triangle drawn the other way", [4, 3, 4, 0, 0, 0], 6],
  ["two points", [0, 0, 4, 3], 0],
  ["nothing", [], 0],
  ["a triangle and half a point", [0, 0, 4, 0, 4, 3, 9], 6],
  ["a unit square far from the origin", [1e8, 1e8, 1e8 + 1, 1e8, 1e8 + 1, 1e8 + 1, 1e8, 1e8 + 1], 1], // naive sum: 0
])("ringArea of %s", (_, ring, area) => expect(ringArea(Float64Array.from(ring))).toBe(area));

test.each([
  ["drawn clockwise as one sees it is positive", [0, 0, 4, 0, 4, 3], 6],
  ["drawn anticlockwise is negative", [0, 0, 4, 3, 4, 0], -6],
])("the signed area of a ring %s", (_, ring, area) => expect(signedRingArea(Float64Array.from(ring))).toBe(area));

test.each([
  ["a triangle", [0, 0, 4, 0, 4, 3], 12],
  ["a triangle closed explicitly", [0, 0, 4, 0, 4, 3, 0, 0], 12],
  ["two points: there and back", [0, 0, 4, 3], 10],
  ["one point", [4, 3], 0],
  ["nothing", [], 0],
])("ringPerimeter of %s", (_, ring, length) => expect(ringPerimeter(Float64Array.from(ring))).toBe(length));

test.each([
  ["there and back", [0, 0, 4, 3, 0, 0, 4, 3], 2],
  ["a triangle closed explicitly", [0, 0, 4, 0, 4, 3, 0, 0], 3],
  ["0 and -0", [0, 0, -0, -0], 1],
  ["65 points, two of them equal", [...Array(64).keys(), 0].flatMap((n) => [n % 8, n >> 3]), 64],
  ["nothing", [], 0],
])("distinctVertices of %s", (_, ring, count) => {
  expect(distinctVertices(Float64Array.from(ring), 100)).toBe(count);
  expect(distinctVertices(Float64Array.from(ring), 3)).toBe(Math.min(3, count));
});

test.each([
  ["a triangle closed explicitly", [0, 0, 4, 0, 4, 3, 0, 0], 0],
  ["a triangle closed twice", [0, 0, 4, 0, 4, 3, 0, 0, 0, 0], 1],
  ["three equal points in a row", [1, 1, 1, 1, 1, 1, 4, 0], 2],
  ["a point that comes back later", [0, 0, 4, 3, 0, 0, 4, 3], 0],
])("repeatedVertices of %s", (_, ring, count) => expect(repeatedVertices(Float64Array.from(ring))).toBe(count));

test("the repeated vertex is marked", () => {
  const marks = declarations.find(({ call }) => call === repeatedVertices)!.marks!;
  expect(marks(Float64Array.of(0, 0, 2, 3, 2, 3, 4, 0))).toEqual([{ kind: "vertex", points: [2, 3] }]);
});

test.each([
  ["whose last point is its first", [0, 0, 4, 0, 0, 0], true],
  ["whose last point is another", [0, 0, 4, 0, 0, 1], false],
  ["of one point", [0, 0], false],
])("closedExplicitly of a ring %s", (_, ring, closed) =>
  expect(closedExplicitly(Float64Array.from(ring))).toBe(closed));

test.each([
  ["on the border", [0, 0, 10, 0, 10, 20, 0, 20], 0],
  ["outside to the left", [-2, 5, 3, 3, 3, 6], 2],
  ["outside below, and less so to the right", [11, 5, 3, 3, 3, 22.5], 2.5],
  ["without a point", [], 0],
])("ringOvershoot of a ring %s, image 10 × 20", (_, ring, px) =>
  expect(ringOvershoot(Float64Array.from(ring), 10, 20)).toBe(px));

test("a vertex outside is marked with the way to it", () => {
  const marks = declarations.find(({ call }) => call === ringOvershoot)!.marks!;
  expect(marks(Float64Array.of(12, -1, 3, 3, 3, 6), 10, 20)).toEqual([{ kind: "overflow", points: [10, 0, 12, -1] }]);
});

test("ringVertexSpacing of a square of side 4 is 4, closed explicitly or not", () => {
  expect(ringVertexSpacing(Float64Array.of(0, 0, 4, 0, 4, 4, 0, 4))).toBe(4);
  expect(ringVertexSpacing(Float64Array.of(0, 0, 4, 0, 4, 4, 0, 4, 0, 0))).toBe(4);
  expect(ringVertexSpacing(new Float64Array(0))).toBe(0);
});

const point = fc.tuple(fc.nat(2 ** 20), fc.nat(2 ** 20)); // whole numbers: the sums are exact, so toBe is fair
const ring = fc.array(point, { minLength: 3, maxLength: 40 }).map((points) => points.flat());
test("the area of a ring does not depend on where it starts", () =>
  fc.assert(
    fc.property(ring, (xy) => {
      const turned = [...xy.slice(2), ...xy.slice(0, 2)];
      expect(ringArea(Float64Array.from(turned))).toBe(ringArea(Float64Array.from(xy)));
    }),
  ));

test("distinct vertices are as many as distinct pairs", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 150 }), (points) => {
      const distinct = new Set(points.map(String)).size;
      expect(distinctVertices(Float64Array.from(points.flat()), 1000)).toBe(distinct);
    }),
  ));

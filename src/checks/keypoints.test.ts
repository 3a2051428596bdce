import fc from "fast-check";
import { expect, test } from "vitest";
import type { Keypoint } from "../records/types.gen.js";
import {
  closestLabelledPair,
  declarations,
  firstInvalidSkeletonEdge,
  keypointBoxOvershoot,
  keypointOvershoot,
  labelledCount,
  limbRatio,
  longestLimb,
} from "./keypoints.js";

const points = (...xyv: readonly [number, number, number][]): Keypoint[] => xyv.map(([x, y, v]) => ({ x, y, v }));
const marksOf = (check: unknown) => declarations.find(({ call }) => call === check)!.marks!;

test("labelled is what has v above 0", () => expect(labelledCount(points([0, 0, 0], [1, 1, 1], [2, 2, 2]))).toBe(2));

test("only labelled points lie outside the image", () => {
  const keypoints = points([-9, 5, 0], [100, 50, 2], [103, 20, 1], [50, -2, 2]);
  expect(keypointOvershoot(keypoints, 100, 50)).toBe(3);
  expect(keypointOvershoot([], 100, 50)).toBe(0);
  expect(marksOf(keypointOvershoot)(keypoints, 100, 50)).toEqual([
    { kind: "overflow", points: [100, 20, 103, 20] },
    { kind: "overflow", points: [50, 0, 50, -2] },
  ]);
});

test("a box is grown on each side before points are outside it", () => {
  const box = { x: 10, y: 10, width: 20, height: 40 };
  const keypoints = points([8, 6, 2], [33, 56, 2]);
  expect(keypointBoxOvershoot(keypoints, box, 0.125)).toBe(1);
  expect(keypointBoxOvershoot(keypoints, box, 0)).toBe(6);
  expect(marksOf(keypointBoxOvershoot)(keypoints, box, 0.125)).toEqual([
    { kind: "overflow", points: [32.5, 55, 33, 56] },
  ]);
});

test("the closest pair is one of labelled points", () => {
  const keypoints = points([0, 0, 2], [0, 0, 0], [6, 8, 1], [3, 4, 2], [50, 50, 2]);
  expect(closestLabelledPair(keypoints)).toBe(5);
  expect(marksOf(closestLabelledPair)(keypoints)).toEqual([{ kind: "pair", points: [6, 8, 3, 4] }]);
});

test("fewer than two labelled points are infinitely far apart", () => {
  expect(closestLabelledPair(points([0, 0, 2], [0, 0, 0]))).toBe(Infinity);
  expect(marksOf(closestLabelledPair)(points([0, 0, 2]))).toEqual([]);
});

const place = fc.nat(500).map((n) => n / 64); // less than 1 px apart too
const keypoint = fc.record({ x: place, y: place, v: fc.nat(2) });
test("the closest pair of many points is that of all pairs", () =>
  fc.assert(
    fc.property(fc.array(keypoint, { minLength: 60, maxLength: 120 }), (keypoints) => {
      const labelled = keypoints.filter(({ v }) => v > 0);
      const distances = labelled.flatMap((a, i) =>
        labelled.slice(0, i).map((b) => Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2)),
      );
      expect(closestLabelledPair(keypoints)).toBe(Math.min(...distances));
    }),
  ));

test.each([
  ["edges between 1 and the last", [1, 3, 2, 3], -1],
  ["no edges", [], -1],
  ["an edge from 0", [1, 2, 0, 1], 1],
  ["an edge beyond the last", [1, 4], 0],
  ["an edge from a point to itself", [2, 2], 0],
  ["a half number", [1, 2, 1.5, 3], 1],
  ["half an edge", [1, 2, 3], 1],
])("of %s among three keypoints", (_, skeleton, at) =>
  expect(firstInvalidSkeletonEdge(Float64Array.from(skeleton), 3)).toBe(at));

test("the longest limb joins labelled points that are there", () => {
  const keypoints = points([0, 0, 2], [3, 4, 2], [100, 0, 0], [0, 1, 1]);
  expect(longestLimb(keypoints, Float64Array.of(1, 2, 1, 3, 4, 1, 1, 9))).toBe(5);
  expect(longestLimb(keypoints, new Float64Array(0))).toBe(0);
  expect(limbRatio(keypoints, Float64Array.of(1, 2), { x: 0, y: 0, width: 20, height: 5 })).toBe(
    longestLimb(keypoints, Float64Array.of(1, 2)) / 10,
  );
});

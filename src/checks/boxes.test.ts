import { expect, test } from "vitest";
import { boxBorderDistance, boxDeviation, boxIntersectsImage, boxOvershoot, declarations } from "./boxes.js";

// The image is 100 × 50.
test.each([
  ["that fills the image", { x: 0, y: 0, width: 100, height: 50 }, 0, true, 0],
  ["inside", { x: 10, y: 20, width: 5, height: 5 }, 0, true, 10],
  ["a pixel too wide", { x: 0, y: 0, width: 101, height: 50 }, 1, true, 0],
  ["with a negative origin", { x: -2.5, y: -1, width: 10, height: 10 }, 2.5, true, 0],
  ["beside the image", { x: 100, y: 0, width: 10, height: 10 }, 10, false, 0],
  ["above the image", { x: 0, y: -30, width: 10, height: 10 }, 30, false, 0],
])("a box %s", (_, box, overshoot, intersects, distance) => {
  expect(boxOvershoot(box, 100, 50)).toBe(overshoot);
  expect(boxIntersectsImage(box, 100, 50)).toBe(intersects);
  expect(boxBorderDistance(box, 100, 50)).toBe(distance);
});

test("the edge that a side lies beyond is marked", () => {
  const marks = declarations.find(({ call }) => call === boxOvershoot)!.marks!;
  expect(marks({ x: -2, y: 10, width: 104, height: 60 }, 100, 50)).toEqual([
    { kind: "overflow", points: [0, 10, 0, 50] },
    { kind: "overflow", points: [100, 10, 100, 50] },
    { kind: "overflow", points: [0, 50, 100, 50] },
  ]);
});

test("two boxes are as far apart as their worst side", () => {
  const box = { x: 0, y: 0, width: 4, height: 4 };
  expect(boxDeviation(box, box)).toBe(0);
  expect(boxDeviation(box, { x: 1, y: 0, width: 6, height: 4 })).toBe(3);
  const marks = declarations.find(({ call }) => call === boxDeviation)!.marks!;
  expect(marks(box, { x: 1, y: 0, width: 6, height: 4 })).toEqual([{ kind: "gap", points: [4, 2, 7, 2] }]);
});

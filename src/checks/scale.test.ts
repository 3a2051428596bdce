import { expect, test } from "vitest";
import { rescaledShare } from "./scale.js";

// The image is 640 × 480.
test.each([
  [
    "pixels",
    [
      [10, 10, 100, 100],
      [0, 0, 640, 480],
    ],
    0,
  ],
  [
    "ratios",
    [
      [0.1, 0.1, 0.5, 0.5],
      [0, 0, 1, 1],
    ],
    1,
  ],
  ["percent of pixels", [[1000, 1000, 10000, 10000]], 1],
  ["pixels that were multiplied by the size", [[64_000, 48_000, 64_000, 48_000]], 1],
  [
    "one ratio among pixels",
    [
      [0.1, 0.1, 0.5, 0.5],
      [10, 10, 100, 100],
      [0, 0, 9, 9],
      [5, 5, 9, 9],
    ],
    0.25,
  ],
  ["one that no factor mends", [[-500, 0, 10_000_000, 5]], 0],
  [
    "one that is absent",
    [
      [NaN, NaN, NaN, NaN],
      [0.1, 0.1, 0.5, 0.5],
    ],
    1,
  ],
  ["none", [], 0],
])("boxes in %s", (_, boxes, share) => {
  const none = new Float64Array(boxes.length).fill(NaN);
  const box = Float64Array.from(boxes.flat());
  const columns = { size: boxes.length, box, category: none, area: none, iscrowd: none, value: none };
  expect([...rescaledShare(columns, 640, 480).values]).toEqual(Array(boxes.length).fill(share));
});

import { expect, test } from "vitest";
import { fittingScales, sharedScale } from "./scale.js";

test.each([
  ["in pixels", [10, 10, 100, 100], 0],
  ["of the whole image", [0, 0, 640, 480], 0],
  ["in ratios", [0.1, 0.1, 0.5, 0.5], 1 + 4], // × 100 gives a box as well
  ["a ratio of the whole image", [0, 0, 1, 1], 1 + 4],
  ["in pixels, multiplied by 100", [1000, 1000, 10_000, 10_000], 2 + 8],
  ["in pixels, multiplied by the size", [64_000, 48_000, 64_000, 48_000], 8],
  ["drawn too large", [600, 0, 150, 150], 0],
  ["that no change mends", [-500, 0, 10_000_000, 5], 0],
])("a box %s", (_, [x = 0, y = 0, width = 0, height = 0], scales) =>
  expect(fittingScales({ x, y, width, height }, 640, 480)).toBe(scales));

test.each([
  ["all of one change", [4, 5, 4], 1],
  ["none", [0, 0], 0],
  ["one of four", [4, 0, 0, 0], 0.25],
  ["two changes, neither shared by all", [1, 2], 0.5],
  ["a member without a value", [Number.NaN, 8], 1],
  ["no members", [], 0],
])("the shared scale of %s", (_, list, share) => {
  const none = new Float64Array(0);
  const columns = { size: list.length, box: none, category: none, area: none, iscrowd: none };
  expect([...sharedScale({ ...columns, value: Float64Array.from(list) }).values]).toEqual(list.map(() => share));
});

import { expect, test } from "vitest";
import type { Keypoint } from "../records/types.gen.js";
import { sideSwapGain } from "./keypoint-sides.js";

const names = ["head", "left_elbow", "right_elbow", "Left_Wrist", "right_wrist"];
const skeleton = Float64Array.of(2, 4, 3, 5);
const box = { x: 0, y: 0, width: 10, height: 10 };
const points = (...xyv: readonly (readonly [number, number, number])[]): Keypoint[] =>
  xyv.map(([x, y, v]) => ({ x, y, v }));

// Elbows at x = 0 and 6; a wrist hangs 2 below its elbow.
test.each([
  ["straight arms", points([3, 0, 2], [0, 2, 2], [6, 2, 2], [0, 4, 2], [6, 4, 2]), names, 0],
  ["wrists taken for each other", points([3, 0, 2], [0, 2, 2], [6, 2, 2], [6, 4, 2], [0, 4, 2]), names, 0.865],
  [
    "one wrist alone, below the other elbow",
    points([3, 0, 2], [0, 2, 2], [6, 2, 2], [6, 4, 0], [0, 4, 2]),
    names,
    0.432,
  ],
  ["wrists without labelled elbows", points([3, 0, 2], [0, 2, 0], [6, 2, 0], [6, 4, 2], [0, 4, 2]), names, 0],
  ["the same, without sides", points([3, 0, 2], [0, 2, 2], [6, 2, 2], [6, 4, 2], [0, 4, 2]), ["a", "b"], 0],
  ["fewer points than names", points([3, 0, 2], [0, 2, 2]), names, 0],
])("the gain of %s", (_, list, of, gain) => expect(sideSwapGain(list, of, skeleton, box)).toBeCloseTo(gain, 3)); // 2 · (√40 − 2) / 10

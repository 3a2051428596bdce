import { expect, test } from "vitest";
import { calculate } from "../functions.js";

// Source: faster_coco_eval tests/test_mask_api.py.
test.each<[string, Record<string, unknown>, object]>([
  ["rle_encode", { bbox: [5, 3, 3, 5], size: [20, 20] }, { counts: "W35?000]7", area: 15 }],
  ["rle_encode", { raw_counts: [103, 5, 15, 5, 15, 5, 252], size: [20, 20] }, { counts: "W35?000]7", area: 15 }],
  [
    "rle_from_polygon",
    { polygon: [8, 8, 4, 7, 6, 3, 9, 4, 9, 4, 7, 8, 7, 8, 2, 9], size: [20, 20] },
    { counts: "f2110>212OO2Mj6", area: 15 },
  ],
  ["rle_merge", { counts: ["W35?000]7", "W35?000]7"], size: [20, 20], mode: "union" }, { counts: "W35?000]7" }],
  [
    "mask_to_bbox",
    {
      mask: [
        [0, 1],
        [1, 1],
      ],
    },
    { bbox: [0, 0, 2, 2] },
  ],
  [
    "mask_to_bbox",
    {
      mask: [
        [0, 0, 0],
        [0, 0, 1],
      ],
    },
    { bbox: [2, 1, 1, 1] },
  ],
])("%s of %j", (id, inputs, expected) => expect(calculate(id, inputs).values).toMatchObject(expected));

test("mask_iou of a crowd region is over the detection's area", () => {
  const [left, right] = ["Q21c000000o7", "W35?000]7"]; // areas 4 and 15 with 2 in common
  const iou = (iscrowd: readonly number[]) =>
    calculate("mask_iou", { dt_counts: [left, right], gt_counts: [left], iscrowd, size: [20, 20] }).values["iou"];
  expect(iou([0])).toEqual([Float64Array.of(1), Float64Array.of(2 / 17)]);
  expect(iou([1])).toEqual([Float64Array.of(1), Float64Array.of(2 / 15)]);
});

test("a mask without foreground has no box; COCO says four zeros", () =>
  expect(calculate("mask_to_bbox", { mask: [[0, 0]] })).toEqual({
    values: { bbox: undefined },
    undefined_because: { bbox: "no-foreground" },
    peer_convention: { bbox: [0, 0, 0, 0] },
  }));

test.each<[string, string, Record<string, unknown>, string]>([
  ["runs that do not make up the image", "rle_encode", { raw_counts: [1, 2], size: [2, 2] }, "inputs-disagree"],
  ["a negative run", "rle_encode", { raw_counts: [5, -1], size: [2, 2] }, "input-range"],
  ["neither box nor runs", "rle_encode", { size: [2, 2] }, "input-missing"],
  ["an empty image", "rle_encode", { bbox: [0, 0, 1, 1], size: [0, 2] }, "input-range"],
  ["two points", "rle_from_polygon", { polygon: [0, 0, 1, 1], size: [2, 2] }, "input-range"],
  ["an odd number of coordinates", "rle_from_polygon", { polygon: [0, 0, 1, 1, 2, 2, 3], size: [2, 2] }, "input-range"],
  ["a text that is no list of runs", "rle_merge", { counts: ["3/1"], size: [2, 2] }, "input-range"],
  ["no masks", "rle_merge", { counts: [], size: [2, 2] }, "input-range"],
  ["another mode", "rle_merge", { counts: ["4"], size: [2, 2], mode: "xor" }, "input-range"],
  [
    "flags of another number",
    "mask_iou",
    { dt_counts: ["4"], gt_counts: ["4"], iscrowd: [], size: [2, 2] },
    "inputs-disagree",
  ],
  ["rows of unequal length", "mask_to_bbox", { mask: [[0], [0, 1]] }, "inputs-disagree"],
])("%s is refused", (_, id, inputs, code) =>
  expect(() => calculate(id, inputs)).toThrowError(expect.objectContaining({ code })));

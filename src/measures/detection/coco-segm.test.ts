import { expect, test } from "vitest";
import { calculate } from "../functions.js";

const image = { id: 1, width: 20, height: 20 };
const square = [2, 2, 12, 2, 12, 12, 2, 12];
const object = { id: 1, image_id: 1, category_id: 1, segmentation: [square], area: 100, iscrowd: 0 };
const result = { image_id: 1, category_id: 1, score: 0.5 };
const inputs = (objects: readonly object[], detections: readonly object[], images: readonly object[] = [image]) => ({
  ground_truth: { images, categories: [{ id: 1 }], annotations: objects },
  detections,
});
const numbers = (given: Record<string, unknown>) => calculate("coco_map_segm", given).values;

const box = { bbox: [2, 2, 10, 10] };
/** The same square: 42 pixels before it, ten columns of ten, ten apart. */
const runs = [42, ...Array.from({ length: 19 }, () => 10), 168];

// AP by pycocotools 2.0.11 on these inputs, the polygon given as run lengths where it wants them.
test.each<[string, object, number]>([
  ["polygons", { segmentation: [square] }, 1],
  ["run lengths as numbers", { segmentation: { size: [20, 20], counts: runs } }, 1],
  ["run lengths as text", { segmentation: { size: [20, 20], counts: "Z1::00000000000000000n4" } }, 1],
  ["a box in place of a mask", box, 1],
  [
    "two halves, which are one mask",
    {
      segmentation: [
        [2, 2, 7, 2, 7, 12, 2, 12],
        [7, 2, 12, 2, 12, 12, 7, 12],
      ],
    },
    1,
  ],
  ["half of it", { segmentation: [[2, 2, 7, 2, 7, 12, 2, 12]] }, 0.1],
])("a result of %s", (_, shape, ap) =>
  expect(numbers(inputs([object], [{ ...result, ...shape }]))["AP"]).toBeCloseTo(ap, 12));

test("a result's area is its mask's, or its box's where the first result has a box", () => {
  // A false result outside the range of small ones does not count against them.
  const wide = { ...result, score: 0.9, image_id: 2, segmentation: [[0, 0, 40, 0, 40, 40, 0, 40]] };
  const images = [image, { id: 2, width: 60, height: 60 }];
  const right = { ...result, segmentation: [square] };
  expect(numbers(inputs([object], [wide, right], images))["APsmall"]).toBe(1);
  const boxed = [
    { ...wide, bbox: [0, 0, 1, 1] },
    { ...right, ...box },
  ];
  expect(numbers(inputs([object], boxed, images))["APsmall"]).toBe(0.5);
});

test.each<[string, object, object, string]>([
  ["no segmentation", object, result, "input-missing"],
  ["a polygon of two points", object, { ...result, segmentation: [[0, 0, 1, 1]] }, "input-range"],
  ["no polygon", object, { ...result, segmentation: [] }, "input-range"],
  ["a text in place of a mask", object, { ...result, segmentation: "Z1" }, "input-type"],
  ["a mask of another size", object, { ...result, segmentation: { size: [20, 21], counts: [420] } }, "inputs-disagree"],
  [
    "runs that do not make up the image",
    object,
    { ...result, segmentation: { size: [20, 20], counts: [399] } },
    "inputs-disagree",
  ],
  [
    "an object without mask",
    { ...object, segmentation: undefined },
    { ...result, segmentation: [square] },
    "input-missing",
  ],
])("%s is refused", (_, truth, found, code) =>
  expect(() => numbers(inputs([truth], [found]))).toThrowError(expect.objectContaining({ code })));

test("an image without size is refused", () =>
  expect(() => numbers(inputs([object], [{ ...result, segmentation: [square] }], [{ id: 1 }]))).toThrowError(
    expect.objectContaining({ code: "input-missing" }),
  ));

const person = { id: 1, image_id: 1, category_id: 1, bbox: [0, 0, 40, 40], area: 1600, iscrowd: 0 };
const poses = (keypoints: readonly number[], found: readonly number[], more: object = {}) => ({
  ...inputs(
    [{ ...person, keypoints, num_keypoints: keypoints.filter((v, k) => k % 3 === 2 && v > 0).length }],
    [{ ...result, keypoints: found }],
  ),
  ...{ sigmas: [0.1, 0.1] },
  ...more,
});
const pose = (given: Record<string, unknown>) => calculate("coco_map_keypoints", given);

test("OKS counts labelled points alone, and falls with the distance in σ", () => {
  const seen = [10, 10, 2, 30, 30, 2];
  expect(pose(poses(seen, [10, 10, 1, 30, 30, 1])).values).toMatchObject({
    AP: 1,
    APmedium: 1,
    AR: 1,
    APlarge: undefined,
  });
  // d = 8 of s·2σ = 8 in one of two points: OKS = (1 + e^-½) / 2 = 0.80, which 7 of the 10 thresholds reach.
  expect(pose(poses(seen, [18, 10, 1, 30, 30, 1])).values["AP"]).toBeCloseTo(0.7, 12);
  expect(pose(poses([10, 10, 2, 0, 0, 0], [10, 10, 1, 99, 99, 1])).values["AP"]).toBe(1);
});

test("an object without labelled points is ignored", () =>
  expect(pose(poses([0, 0, 0, 0, 0, 0], [1, 1, 1, 2, 2, 1])).undefined_because).toMatchObject({
    AP: "no-ground-truth",
  }));

test.each<[string, Record<string, unknown>, string]>([
  ["points of another number than σ", poses([1, 1, 2], [1, 1, 1]), "input-range"],
  ["a σ of 0", poses([1, 1, 2, 1, 1, 2], [1, 1, 1, 1, 1, 1], { sigmas: [0, 1] }), "input-range"],
  ["no detections to count", poses([1, 1, 2, 1, 1, 2], [1, 1, 1, 1, 1, 1], { max_dets: 0 }), "input-range"],
  ["another iou_type", poses([], [], { iou_type: "bbox" }), "input-range"],
])("%s is refused", (_, given, code) => expect(() => pose(given)).toThrowError(expect.objectContaining({ code })));

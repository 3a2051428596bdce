import { expect, test } from "vitest";
import { calculate } from "../functions.js";
import { MeasureError } from "../inputs.js";

const image = { id: 7, width: 100, height: 100 };
const object = { id: 1, image_id: 7, category_id: 3, bbox: [0, 0, 40, 40], area: 1600, iscrowd: 0 };
const result = { image_id: 7, category_id: 3, bbox: [0, 0, 40, 40], score: 0.9 };
const inputs = (annotations: readonly object[], detections: readonly object[], more: object = {}) => ({
  ground_truth: { images: [image, { id: 8 }], categories: [{ id: 3 }, { id: 5 }], annotations },
  detections,
  ...more,
});
const valuesOf = (given: object) => calculate("coco_map_bbox", given as Record<string, unknown>).values;

test("the one object found gives 1 in every range that has it, the others are undefined and −1 in COCO", () => {
  const { values, undefined_because, peer_convention } = calculate("coco_map_bbox", inputs([object], [result]));
  expect(values).toMatchObject({ AP: 1, AP50: 1, AR1: 1, AR100: 1, APmedium: 1, ARmedium: 1, APsmall: undefined });
  expect(undefined_because).toMatchObject({ APsmall: "no-ground-truth", published3dp: "no-ground-truth" });
  expect(peer_convention).toEqual({
    ...{ APsmall: -1, APlarge: -1, ARsmall: -1, ARlarge: -1 },
    published3dp: [1, 1, 1, -1, 1, -1, 1, 1, 1, -1, 1, -1],
  });
});

// Expected values: pycocotools 2.0.11 on these inputs.
test.each<[string, object, object]>([
  ["no detection", inputs([object], []), { AP: 0, AR100: 0 }],
  ["one of score 0.9 under min_score 0.95", inputs([object], [result], { min_score: 0.95 }), { AP: 0 }],
  ["one of score 0.9 at min_score 0.9", inputs([object], [result], { min_score: 0.9 }), { AP: 1 }],
  [
    "a false one of higher score",
    inputs([object], [{ ...result, bbox: [50, 50, 9, 9], score: 1 }, result]),
    { AP: 0.5, AR1: 0, AR10: 1 },
  ],
  ["a false one of a category without object", inputs([object], [result, { ...result, category_id: 5 }]), { AP: 1 }],
  ["a category that ground truth does not list", inputs([object], [result, { ...result, category_id: 6 }]), { AP: 1 }],
  [
    "a false one in a crowd region",
    inputs(
      [object, { ...object, bbox: [50, 50, 40, 40], iscrowd: 1 }],
      [result, { ...result, bbox: [55, 55, 9, 9], score: 1 }],
    ),
    { AP: 1 },
  ],
  ["IoU 0.6", inputs([object], [{ ...result, bbox: [0, 0, 40, 24] }]), { AP50: 1, AP75: 0, AP: 0.3 }],
])("%s", (_, given, expected) => expect(valuesOf(given)).toMatchObject(expected));

test.each<[string, object, string]>([
  ["an image that is not listed", inputs([object], [{ ...result, image_id: 9 }]), "inputs-disagree"],
  ["a result without score", inputs([object], [{ ...result, score: undefined }]), "input-missing"],
  ["NaN as score", inputs([object], [{ ...result, score: Number.NaN }]), "input-range"],
  ["a box of three numbers", inputs([object], [{ ...result, bbox: [0, 0, 1] }]), "input-range"],
  ["an object without area", inputs([{ ...object, area: undefined }], [result]), "input-missing"],
  ["no ground truth", { detections: [] }, "input-missing"],
  ["another iou_type", inputs([object], [result], { iou_type: "segm" }), "input-range"],
  ["results in an object", inputs([object], { list: [] } as unknown as object[]), "input-type"],
])("%s is refused", (_, given, code) => {
  expect(() => valuesOf(given)).toThrowError(MeasureError);
  expect(() => valuesOf(given)).toThrowError(expect.objectContaining({ code }));
});

test("without objects every number is undefined", () => {
  const { values } = calculate("coco_map_bbox", inputs([], [result]));
  expect(Object.values(values).filter((value) => value !== undefined)).toEqual([]);
});

import { expect, test } from "vitest";
import { calculate } from "../functions.js";

// Source: mmcv tests/test_ops/test_box_iou_rotated.py and test_iou3d.py, four digits.
test.each([
  ["oriented_box_iou", [1, 1, 3, 4, 0.5], [0, 2, 2, 5, 0.3], 0.3708],
  ["oriented_box_iof", [1, 1, 3, 4, 0.5], [0, 2, 2, 5, 0.3], 0.4959],
  ["bev_iou", [1, 1, 3, 4, 0.5], [0, 2, 2, 5, 0.3], 0.2621],
])("%s of mmcv's first pair", (id, one, other, value) => {
  const { values } = calculate(id, { boxes1: [one], boxes2: [other] });
  expect((values["matrix"] as number[][])[0]?.[0]).toBeCloseTo(value, 4);
});

test("degrees are radians of another name", () => {
  const inputs = { boxes1: [[1, 1, 3, 4, 90]], boxes2: [[1, 1, 4, 3, 0]], format: "cx,cy,w,h,angle(deg)" };
  expect((calculate("oriented_box_iou", inputs).values["matrix"] as number[][])[0]?.[0]).toBeCloseTo(1, 12);
});

test("formats of boxes say the same", () => {
  const iou = (format: string, one: number[]) =>
    calculate("box_iou", { preds: [one], target: [one], format }).values["mean_diagonal"];
  expect([iou("xyxy", [1, 2, 4, 6]), iou("xywh", [1, 2, 3, 4]), iou("cxcywh", [2.5, 4, 3, 4])]).toEqual([1, 1, 1]);
});

test("what is 0 / 0 is undefined", () => {
  const point = [1, 1, 1, 1];
  expect(calculate("box_giou", { preds: [point, [0, 0, 1, 1]], target: [point] })).toEqual({
    values: { matrix: [[undefined], [0]], mean_diagonal: undefined },
    undefined_because: { matrix: "no-extent", mean_diagonal: "no-extent" },
  });
  expect(calculate("box_iou", { preds: [], target: [] }).undefined_because).toEqual({ mean_diagonal: "nothing-asked" });
  expect(calculate("oriented_box_iof", { boxes1: [[0, 0, 0, 1, 0]], boxes2: [[0, 0, 1, 1, 0]] })).toEqual({
    values: { matrix: [[undefined]] },
    undefined_because: { matrix: "no-extent" },
  });
});

const unit = [
  [0, 0, 0],
  [1, 0, 0],
  [1, 1, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 0, 1],
  [1, 1, 1],
  [0, 1, 1],
];
// Source: pytorch3d tests/test_iou_box3d.py, 11th test; skewed boxes.
test("box3d_iou of pytorch3d's skewed boxes", () => {
  const corners1 = [
    [0, 0, 0],
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 0],
    [-2, -2, 2],
    [2, -2, 2],
    [2, 2, 2],
    [-2, 2, 2],
  ];
  const corners2 = [
    [2.015995, 0.695233, 2.152806],
    [2.832533, 0.663448, 1.576389],
    [2.675445, -0.309592, 1.40752],
    [1.858907, -0.277806, 1.983936],
    [-0.413922, 3.161758, 2.044343],
    [2.85223, 3.034615, -0.261321],
    [2.223878, -0.857545, -0.9368],
    [-1.042273, -0.730402, 1.368864],
  ];
  const { intersection, iou, volume1 } = calculate("box3d_iou", { corners1, corners2 }).values as Record<
    string,
    number
  >;
  expect(intersection).toBeCloseTo(5.431122, 3);
  expect(iou).toBeCloseTo(0.240646, 4);
  expect(volume1).toBeCloseTo(14, 9);
});

test.each<[string, string, Record<string, unknown>, string]>([
  ["a box that ends before it begins", "box_iou", { preds: [[3, 0, 1, 1]], target: [] }, "input-range"],
  ["a box of three numbers", "box_iou", { preds: [[0, 0, 1]], target: [] }, "input-range"],
  ["NaN", "box_iou", { preds: [[0, 0, 1, Number.NaN]], target: [] }, "input-range"],
  ["another format", "box_iou", { preds: [], target: [], format: "yxyx" }, "input-range"],
  ["no target", "box_ciou", { preds: [] }, "input-missing"],
  ["a negative width", "oriented_box_iou", { boxes1: [[0, 0, -1, 1, 0]], boxes2: [] }, "input-range"],
  ["a box that ends before it begins, from above", "bev_iou", { boxes1: [[1, 1, 0, 2, 0]], boxes2: [] }, "input-range"],
  ["seven corners", "box3d_iou", { corners1: unit.slice(1), corners2: unit }, "input-range"],
  ["a flat body", "box3d_iou", { corners1: unit.map(([x, y]) => [x, y, 0]), corners2: unit }, "input-range"],
  [
    "corners in another order",
    "box3d_iou",
    { corners1: [...unit.slice(0, 4), ...unit.slice(4).reverse()], corners2: unit },
    "input-range",
  ],
])("%s is refused", (_, id, inputs, code) =>
  expect(() => calculate(id, inputs)).toThrowError(expect.objectContaining({ code })));

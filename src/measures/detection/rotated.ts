import { type RotatedBox, rotatedIntersection } from "../../statistics/geometry/rotated-overlap.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, textOf, toList, toNumbers } from "../inputs.js";

/** Rotated boxes of an input. @throws MeasureError */
function rotatedOf(inputs: Inputs, name: string, boxOf: (five: Float64Array) => RotatedBox): readonly RotatedBox[] {
  return toList(inputs[name], name).map((one, k) => {
    const five = toNumbers(one, `${name}[${k}]`, {}, 5);
    const box = boxOf(five);
    if (five.length !== 5 || box.width < 0 || box.height < 0)
      throw new MeasureError("input-range", {
        input: `${name}[${k}]`,
        expected: { zh: "五个数，宽和高不为负", en: "five numbers, width and height not negative" },
        found: JSON.stringify(one),
      });
    return box;
  });
}

/** IoU of two rotated boxes; undefined where neither has an area. */
export function rotatedIou(a: RotatedBox, b: RotatedBox): number | undefined {
  const shared = rotatedIntersection(a, b);
  return share(shared, a.width * a.height + b.width * b.height - shared);
}

/** Share of the first box that the second one covers; undefined where it has no area. */
export function rotatedIof(a: RotatedBox, b: RotatedBox): number | undefined {
  return share(rotatedIntersection(a, b), a.width * a.height);
}

function share(part: number, whole: number): number | undefined {
  return whole > 0 ? Math.min(1, part / whole) : undefined;
}

function matrixAnswer(
  [left, right]: readonly [readonly RotatedBox[], readonly RotatedBox[]],
  overlap: (a: RotatedBox, b: RotatedBox) => number | undefined,
): Answer {
  const matrix = left.map((a) => right.map((b) => overlap(a, b)));
  const whole = matrix.every((row) => row.every((value) => value !== undefined));
  return { values: { matrix }, ...(whole ? {} : { undefined_because: { matrix: "no-extent" } }) };
}

const centred = ["cx,cy,w,h,angle(rad)", "cx,cy,w,h,angle(deg)"] as const;

function orientedOf(inputs: Inputs): readonly [readonly RotatedBox[], readonly RotatedBox[]] {
  const format = textOf(inputs, "format", centred, centred[0]);
  // Either sense: with both angles negated the picture is its mirror image.
  if (inputs["angle_sense"] !== undefined) textOf(inputs, "angle_sense");
  const unit = format === centred[0] ? 1 : Math.PI / 180;
  const boxOf = ([x = 0, y = 0, width = 0, height = 0, angle = 0]: Float64Array) => ({
    ...{ x, y, width, height },
    angle: angle * unit,
  });
  return [rotatedOf(inputs, "boxes1", boxOf), rotatedOf(inputs, "boxes2", boxOf)];
}

const ofPairs = { orientation: "higher-is-better", inference: "census", outputs: ["matrix"] } as const;
const misleads = {
  zh: "细长的框转几度就很低；近方形的框转 90° 仍很高",
  en: "A few degrees make it low for long thin boxes; one that is nearly square keeps it through a turn of 90°",
};

export const rotatedOverlaps: readonly MeasureFunction[] = [
  /**
   * Formula: |A ∩ B| / |A ∪ B| of rotated boxes
   * Convention: centre, width, height, angle in radians (`format` cx,cy,w,h,angle(deg) for degrees); clockwise or not is the same where it is so for both.
   * Edge: undefined where neither box has an area.
   * Unit: share, 0 … 1.
   * Source: mmcv box_iou_rotated; Sutherland & Hodgman 1974, Commun. ACM 17(1), 32–42.
   */
  {
    id: "oriented-box-iou",
    title: { zh: "旋转框的交并比", en: "IoU of rotated boxes" },
    answers: { zh: "两个旋转框重合多少", en: "How far two rotated boxes are the same" },
    misleads,
    ...ofPairs,
    inputs: ["boxes1", "boxes2", "format", "angle_sense"],
    calculate: (inputs) => matrixAnswer(orientedOf(inputs), rotatedIou),
  },
  /**
   * Formula: |A ∩ B| / |A|, A of `boxes1`
   * Convention: as of oriented-box-iou; the first box is the foreground, as in mmcv's mode `iof`.
   * Edge: undefined where the first box has no area.
   * Unit: share, 0 … 1.
   * Source: mmcv box_iou_rotated, mode iof.
   */
  {
    id: "oriented-box-iof",
    title: { zh: "旋转框被覆盖的比例（IoF）", en: "Share of a rotated box that is covered (IoF)" },
    answers: { zh: "第一个旋转框有多少被第二个覆盖", en: "How much of the first rotated box the second one covers" },
    misleads: { zh: "不对称：覆盖一切的大框总得 1", en: "Not symmetric: a large box that covers everything has 1" },
    ...ofPairs,
    inputs: ["boxes1", "boxes2", "format", "angle_sense"],
    calculate: (inputs) => matrixAnswer(orientedOf(inputs), rotatedIof),
  },
  /**
   * Formula: |A ∩ B| / |A ∪ B| of boxes seen from above
   * Convention: x1, y1, x2, y2 before turning, ry in radians about the middle (mmcv boxes_iou_bev).
   * Edge: undefined where neither box has an area.
   * Unit: share, 0 … 1.
   * Source: mmcv boxes_iou_bev; KITTI bird's eye view benchmark.
   */
  {
    id: "bev-iou",
    title: { zh: "鸟瞰交并比", en: "IoU in bird's eye view" },
    answers: { zh: "两个物体在地面上的占位重合多少", en: "How far two objects stand on the same ground" },
    misleads: {
      zh: "高度不计：上下相叠的物体也重合",
      en: "Height does not count: of two objects one above the other it is 1",
    },
    ...ofPairs,
    inputs: ["boxes1", "boxes2", "format"],
    calculate(inputs) {
      textOf(inputs, "format", ["x1,y1,x2,y2,ry (rad)"], "x1,y1,x2,y2,ry (rad)");
      const boxOf = ([x1 = 0, y1 = 0, x2 = 0, y2 = 0, angle = 0]: Float64Array) => ({
        ...{ x: (x1 + x2) / 2, y: (y1 + y2) / 2, width: x2 - x1, height: y2 - y1 },
        angle,
      });
      return matrixAnswer([rotatedOf(inputs, "boxes1", boxOf), rotatedOf(inputs, "boxes2", boxOf)], rotatedIou);
    },
  },
];

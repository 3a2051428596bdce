import {
  type BoxOverlap,
  boxCiou as ciou,
  boxDiou as diou,
  boxGiou as giou,
  boxIou as iou,
} from "../../statistics/geometry/box-overlap.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, textOf, toList, toNumbers } from "../inputs.js";

const formats = ["xyxy", "xywh", "cxcywh"] as const;
type BoxFormat = (typeof formats)[number];

/** Boxes of an input as x1, y1, x2, y2. @throws MeasureError */
export function cornersOf(inputs: Inputs, name: string): Float64Array {
  const format = textOf<BoxFormat>(inputs, "format", formats, "xyxy");
  const list = toList(inputs[name], name);
  const corners = new Float64Array(4 * list.length);
  list.forEach((one, k) => {
    const box = toNumbers(one, `${name}[${k}]`, {}, 4);
    const [a = 0, b = 0, c = 0, d = 0] = box;
    const xyxy =
      format === "xyxy"
        ? [a, b, c, d]
        : format === "xywh"
          ? [a, b, a + c, b + d]
          : [a - c / 2, b - d / 2, a + c / 2, b + d / 2];
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = xyxy;
    if (box.length !== 4 || x2 < x1 || y2 < y1)
      throw new MeasureError("input-range", {
        input: `${name}[${k}]`,
        expected: { zh: "四个数，宽和高不为负", en: "four numbers, width and height not negative" },
        found: JSON.stringify(one),
      });
    corners.set(xyxy, 4 * k);
  });
  return corners;
}

/** A value for every pair, and the mean over pairs of one position; what is 0 / 0 is undefined. */
function overlapAnswer(inputs: Inputs, overlap: BoxOverlap): Answer {
  const preds = cornersOf(inputs, "preds");
  const target = cornersOf(inputs, "target");
  let whole = true;
  const matrix = Array.from({ length: preds.length / 4 }, (_, i) =>
    Array.from({ length: target.length / 4 }, (_, j) => {
      const value = overlap(preds, 4 * i, target, 4 * j);
      if (!Number.isNaN(value)) return value;
      whole = false;
      return undefined;
    }),
  );
  const diagonal = Array.from({ length: Math.min(preds.length, target.length) / 4 }, (_, i) => matrix[i]?.[i]);
  const sum = diagonal.reduce<number | undefined>(
    (total, value) => (total === undefined || value === undefined ? undefined : total + value),
    0,
  );
  const mean_diagonal = sum === undefined || diagonal.length === 0 ? undefined : sum / diagonal.length;
  return {
    values: { matrix, mean_diagonal },
    undefined_because: {
      ...(whole ? {} : { matrix: "no-extent" }),
      ...(mean_diagonal !== undefined ? {} : { mean_diagonal: diagonal.length === 0 ? "nothing-asked" : "no-extent" }),
    },
  };
}

const ofBoxes = {
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["preds", "target", "format"],
  outputs: ["matrix", "mean_diagonal"],
} as const;

export const boxOverlaps: readonly MeasureFunction[] = [
  /**
   * Formula: |A ∩ B| / |A ∪ B|; `mean_diagonal` is the mean over pairs of one position
   * Convention: `format` xyxy (default), xywh or cxcywh; a box ends at x2, not a pixel further.
   * Edge: 0 where the boxes do not meet; undefined where neither has an area.
   * Unit: share, 0 … 1.
   * Source: Jaccard 1912; Everingham et al. 2010, Int. J. Comput. Vis. 88, 303–338.
   */
  {
    id: "box-iou",
    title: { zh: "框的交并比", en: "IoU of boxes" },
    answers: { zh: "两个框重合多少", en: "How far two boxes are the same" },
    misleads: {
      zh: "小框差几个像素就很低；不相交的框无论多远都是 0",
      en: "A few pixels make it low for small boxes; boxes that do not meet have 0, near or far",
    },
    ...ofBoxes,
    calculate: (inputs) => overlapAnswer(inputs, iou),
  },
  /**
   * Formula: IoU − (|C| − |A ∪ B|) / |C|, C the smallest box around both
   * Convention: `format` as of box-iou.
   * Edge: undefined where neither box has an area.
   * Unit: −1 … 1; 1 for equal boxes.
   * Source: Rezatofighi et al. 2019 (arXiv:1902.09630).
   */
  {
    id: "box-giou",
    title: { zh: "广义交并比（GIoU）", en: "Generalised IoU (GIoU)" },
    answers: {
      zh: "两个框重合多少，不相交时相离多远",
      en: "How far two boxes are the same, and how far apart where they do not meet",
    },
    misleads: {
      zh: "一框含另一框时与交并比相同，位置不起作用",
      en: "Where one box holds the other it is the IoU, wherever that one lies",
    },
    ...ofBoxes,
    calculate: (inputs) => overlapAnswer(inputs, giou),
  },
  /**
   * Formula: IoU − d² / c², d the distance of the centres, c the diagonal of the smallest box around both
   * Convention: without the 1e-7 that torchvision adds to c²; `format` as of box-iou.
   * Edge: undefined where neither box has an area.
   * Unit: −1 … 1; 1 for equal boxes.
   * Source: Zheng et al. 2020 (arXiv:1911.08287).
   */
  {
    id: "box-diou",
    title: { zh: "距离交并比（DIoU）", en: "Distance IoU (DIoU)" },
    answers: {
      zh: "两个框重合多少，中心相距多远",
      en: "How far two boxes are the same, and how far apart their centres are",
    },
    misleads: {
      zh: "中心相同的框，形状差异只经交并比体现",
      en: "Of boxes with one centre it is the IoU, whatever their shapes",
    },
    ...ofBoxes,
    calculate: (inputs) => overlapAnswer(inputs, diou),
  },
  /**
   * Formula: DIoU − αv, v = 4/π² · (atan(w₁/h₁) − atan(w₂/h₂))², α = v / (1 − IoU + v)
   * Convention: without torchvision's 1e-7; `format` as of box-iou.
   * Edge: αv is 0 for equal shapes; undefined where neither box has an area.
   * Unit: at most 1, which equal boxes have.
   * Source: Zheng et al. 2020 (arXiv:1911.08287).
   */
  {
    id: "box-ciou",
    title: { zh: "完整交并比（CIoU）", en: "Complete IoU (CIoU)" },
    answers: {
      zh: "两个框在重合、中心和长宽比上差多少",
      en: "How far two boxes differ in overlap, centre and aspect ratio",
    },
    misleads: {
      zh: "是训练用的损失，数值没有面积上的含义",
      en: "A loss for training; the number is no share of an area",
    },
    ...ofBoxes,
    calculate: (inputs) => overlapAnswer(inputs, ciou),
  },
];

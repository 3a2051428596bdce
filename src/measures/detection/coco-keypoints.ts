import { averagePrecision, cocoThresholds } from "../../statistics/detection/average-precision.js";
import { keypointSimilarity } from "../../statistics/detection/similarities.js";
import type { MeasureFunction } from "../function.js";
import { numberOf, numbersOf, textOf } from "../inputs.js";
import { boxesAt, type CocoRow, cocoDataOf, hasBox, numberAt, numbersAt } from "./coco-json.js";
import { type SummaryLine, summaryAnswer, summaryValue } from "./coco-summary.js";

/** Standard deviations of COCO's 17 points of a person, as shares of the object's scale. Source: cocoeval.py, kpt_oks_sigmas. */
export const cocoKeypointSigmas: Float64Array = Float64Array.from(
  [0.26, 0.25, 0.25, 0.35, 0.35, 0.79, 0.79, 0.72, 0.72, 0.62, 0.62, 1.07, 1.07, 0.87, 0.87, 0.89, 0.89],
  (sigma) => sigma / 10,
);

const areas = [
  [0, 1e10],
  [32 ** 2, 96 ** 2],
  [96 ** 2, 1e10],
] as const;

const lines: Readonly<Record<string, SummaryLine>> = Object.fromEntries(
  (["precision", "recall"] as const).flatMap((of) => {
    const name = of === "precision" ? "AP" : "AR";
    return [
      [name, { of, area: 0 }],
      [`${name}50`, { of, area: 0, threshold: 0 }],
      [`${name}75`, { of, area: 0, threshold: 5 }],
      [`${name}medium`, { of, area: 1 }],
      [`${name}large`, { of, area: 2 }],
    ];
  }),
);

/**
 * Formula: AP and AR as of boxes, with OKS = mean over labelled points of exp(−d² / 2·area·(2σ)²) in place of IoU
 * Convention: pycocotools: the area of an object is its `area`; of a detection that of its box, or of the points' extent; an object without labelled points is ignored; `max_dets` is 20 by default, `sigmas` those of COCO's 17 points.
 * Edge: undefined where there is no object with labelled points (pycocotools −1).
 * Unit: share, 0 … 1.
 * Source: cocoapi PythonAPI/pycocotools/cocoeval.py, computeOks; Ruggero Ronchi & Perona 2017 (arXiv:1707.05388).
 */
export const cocoMapKeypoints: MeasureFunction = {
  id: "coco-map-keypoints",
  title: { zh: "COCO 平均精度与平均召回率（关键点）", en: "COCO average precision and recall (keypoints)" },
  answers: {
    zh: "检测到的关键点姿态在各 OKS 阈值下有多准，又找回了多少目标",
    en: "How right detected poses are over all OKS thresholds, and how many objects they find",
  },
  misleads: {
    zh: "σ 出自 COCO 的人体点，不适于其他物体；未标注的点不计，检测多出的点不受罚",
    en: "The σ are those of COCO's persons and fit no other objects; points that are not labelled do not count, so extra ones cost nothing",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["ground_truth", "detections", "iou_type", "min_score", "max_dets", "sigmas"],
  outputs: [...Object.keys(lines), "published3dp"],
  calculate(inputs) {
    textOf(inputs, "iou_type", ["keypoints"], "keypoints");
    const sigmas =
      inputs["sigmas"] === undefined ? cocoKeypointSigmas : numbersOf(inputs, "sigmas", { min: 0, open: true }, 1);
    const limits = [numberOf(inputs, "max_dets", { min: 1, whole: true }, 20)];
    const { truths, image, category, score, objects, results } = cocoDataOf(inputs);
    const points = pointsAt(results, sigmas.length);
    const similarity = keypointSimilarity(
      { points: pointsAt(objects, sigmas.length), boxes: boxesAt(objects), area: truths.area },
      points,
      sigmas,
    );
    const boxed = hasBox(results[0]?.value);
    const boxes = boxed ? boxesAt(results) : undefined;
    const area = Float64Array.from(score, (_, row) =>
      boxes === undefined
        ? extentOf(points.subarray(3 * sigmas.length * row, 3 * sigmas.length * (row + 1)))
        : (boxes[4 * row + 2] ?? 0) * (boxes[4 * row + 3] ?? 0),
    );
    const ignore = Uint8Array.from(objects, (row) => Number(numberAt(row, "num_keypoints") === 0));
    const result = averagePrecision({ ...truths, ignore }, { image, category, score, area }, similarity, {
      thresholds: cocoThresholds,
      areas,
      limits,
    });
    const entries = Object.entries(lines).map(([name, line]) => [name, summaryValue(result, line)] as const);
    return summaryAnswer(Object.fromEntries(entries));
  },
};

/** x, y and v of each point in turn. @throws MeasureError */
function pointsAt(rows: readonly CocoRow[], count: number): Float64Array {
  const points = new Float64Array(3 * count * rows.length);
  rows.forEach((row, at) => {
    points.set(numbersAt(row, "keypoints", 3 * count), 3 * count * at);
  });
  return points;
}

/** Area of the box around all points, px². */
function extentOf(points: Float64Array): number {
  const x = points.filter((_, at) => at % 3 === 0);
  const y = points.filter((_, at) => at % 3 === 1);
  return (Math.max(...x) - Math.min(...x)) * (Math.max(...y) - Math.min(...y));
}

import { rleArea } from "../../checks/rle.js";
import { maskSimilarity } from "../../checks/rle-iou.js";
import type { RleMask } from "../../records/types.gen.js";
import { averagePrecision, cocoThresholds } from "../../statistics/detection/average-precision.js";
import type { Similarity } from "../../statistics/detection/columns.js";
import type { PrecisionRecall } from "../../statistics/detection/precision-recall.js";
import { boxSimilarity } from "../../statistics/detection/similarities.js";
import { MeasureError } from "../inputs.js";
import { type SummaryLine, summaryValue } from "./coco-summary.js";

/** Objects of the ground truth by column: row i of every column is one object; rows in any order. */
interface TruthColumns {
  /** Id of the image, a whole number of 32 bits. */
  readonly image: Int32Array;
  /** Id of the category, likewise. */
  readonly category: Int32Array;
  /** px²; decides whether the object is small, medium or large. COCO takes that of the mask. */
  readonly area: Float64Array;
  /** 1 for a region of many objects, which takes any number of detections without their counting. */
  readonly crowd: Uint8Array;
}

/** Detections by column. */
interface DetectionColumns {
  readonly image: Int32Array;
  readonly category: Int32Array;
  /** Finite; only the order counts, ties go by image id and then by row. */
  readonly score: Float64Array;
  /** px²; that of the box or mask where it is not given. */
  readonly area?: Float64Array;
}

export interface BoxTruths extends TruthColumns {
  /** x, y, width and height of each object in turn, px. */
  readonly boxes: Float64Array;
}

export interface BoxDetections extends DetectionColumns {
  /** x, y, width and height of each detection in turn, px. */
  readonly boxes: Float64Array;
}

export interface MaskTruths extends TruthColumns {
  /** The mask of a row; those of one image are of one size. Each is asked for once. */
  readonly mask: (row: number) => RleMask;
}

export interface MaskDetections extends DetectionColumns {
  /** The mask of a row; asked for once, or twice where `area` is not given. */
  readonly mask: (row: number) => RleMask;
}

export const detectionNumbers = [
  "AP",
  "AP50",
  "AP75",
  "APsmall",
  "APmedium",
  "APlarge",
  "AR1",
  "AR10",
  "AR100",
  "ARsmall",
  "ARmedium",
  "ARlarge",
] as const;
export type DetectionNumber = (typeof detectionNumbers)[number];

/** COCO's twelve numbers, 0 … 1; undefined where no object counts. */
export type DetectionNumbers = Readonly<Record<DetectionNumber, number | undefined>>;

export interface DetectionQuality {
  /** Means over the categories that have an object that counts. */
  readonly overall: DetectionNumbers;
  /** Each category of either side, by ascending id. */
  readonly categories: readonly {
    readonly category: number;
    /** Objects without crowds. */
    readonly objects: number;
    readonly numbers: DetectionNumbers;
  }[];
}

/** COCO's ranges of areas, px²: all, small, medium, large; the ends belong to both neighbours. */
const areas: readonly (readonly [number, number])[] = [
  [0, 1e10],
  [0, 32 ** 2],
  [32 ** 2, 96 ** 2],
  [96 ** 2, 1e10],
];
const options = { thresholds: cocoThresholds, areas, limits: [1, 10, 100] };

/** Positions of 0.5 and 0.75 in COCO's thresholds. */
const [at50, at75] = [0, 5];

const lines: Readonly<Record<DetectionNumber, SummaryLine>> = {
  AP: { of: "precision", area: 0 },
  AP50: { of: "precision", area: 0, threshold: at50 },
  AP75: { of: "precision", area: 0, threshold: at75 },
  APsmall: { of: "precision", area: 1 },
  APmedium: { of: "precision", area: 2 },
  APlarge: { of: "precision", area: 3 },
  AR1: { of: "recall", area: 0, limit: 0 },
  AR10: { of: "recall", area: 0, limit: 1 },
  AR100: { of: "recall", area: 0, limit: 2 },
  ARsmall: { of: "recall", area: 1, limit: 2 },
  ARmedium: { of: "recall", area: 2, limit: 2 },
  ARlarge: { of: "recall", area: 3, limit: 2 },
};

/**
 * COCO's average precision and recall of detected boxes, overall and by category: pycocotools' numbers (`coco-map-bbox` says with which conventions).
 *
 * @throws MeasureError where columns differ in length, or hold what is not finite
 */
export function boxDetectionQuality(truths: BoxTruths, detections: BoxDetections): DetectionQuality {
  checkColumns("truths", truths, truths.boxes);
  checkColumns("detections", detections, detections.boxes);
  const { boxes } = detections;
  const area =
    detections.area ?? detections.score.map((_, row) => (boxes[4 * row + 2] ?? 0) * (boxes[4 * row + 3] ?? 0));
  return qualityOf(truths, { ...detections, area }, boxSimilarity(truths.boxes, truths.crowd, boxes));
}

/** The same of masks (`coco-map-segm`). @throws MeasureError as of boxes */
export function maskDetectionQuality(truths: MaskTruths, detections: MaskDetections): DetectionQuality {
  checkColumns("truths", truths);
  checkColumns("detections", detections);
  const area = detections.area ?? detections.score.map((_, row) => rleArea(detections.mask(row)));
  const similarity = maskSimilarity(truths.mask, truths.crowd, detections.mask, cocoThresholds[0] ?? 0);
  return qualityOf(truths, { ...detections, area }, similarity);
}

function qualityOf(
  truths: TruthColumns,
  detections: DetectionColumns & { readonly area: Float64Array },
  similarity: Similarity,
): DetectionQuality {
  const result = averagePrecision(truths, detections, similarity, options);
  return {
    overall: numbersOf(result),
    categories: Array.from(result.categories, (category, at) => ({
      category,
      objects: result.objects[at * areas.length] ?? 0,
      numbers: numbersOf(result, at),
    })),
  };
}

function numbersOf(result: PrecisionRecall, category?: number): DetectionNumbers {
  const entries = detectionNumbers.map((name) => [name, summaryValue(result, lines[name], category)] as const);
  return Object.fromEntries(entries) as Record<DetectionNumber, number | undefined>;
}

interface AnyColumns {
  readonly image: Int32Array;
  readonly category?: Int32Array;
  readonly crowd?: Uint8Array;
  readonly score?: Float64Array;
  readonly area?: Float64Array;
}

/** @throws MeasureError */
function checkColumns(side: string, { image, category, crowd, score, area }: AnyColumns, boxes?: Float64Array): void {
  for (const [name, column, width] of [
    ["category", category, 1],
    ["crowd", crowd, 1],
    ["score", score, 1],
    ["area", area, 1],
    ["boxes", boxes, 4],
  ] as const) {
    if (column === undefined) continue;
    if (column.length !== width * image.length)
      throw new MeasureError("inputs-disagree", {
        input: `${side}.${name}`,
        expected: { zh: `${width * image.length} 项`, en: `${width * image.length} members` },
        found: `${column.length}`,
      });
    // Whole numbers are finite by their type.
    const bad = column instanceof Float64Array ? column.findIndex((value) => !Number.isFinite(value)) : -1;
    if (bad >= 0)
      throw new MeasureError("input-range", {
        input: `${side}.${name}[${bad}]`,
        expected: { zh: "有限的数", en: "a finite number" },
        found: String(column[bad]),
      });
  }
}

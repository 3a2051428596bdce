import { boxIntersection } from "../geometry/box-overlap.js";
import type { Similarity } from "./columns.js";

/**
 * Intersection over union of boxes; of a crowd region, over the detection's area.
 *
 * @param truths x, y, width and height of each object in turn
 */
export function boxSimilarity(truths: Float64Array, crowd: Uint8Array, detections: Float64Array): Similarity {
  return (rows, first, after, objects, firstObject, afterObject, out) => {
    let at = 0;
    for (let d = first; d < after; d++) {
      const i = 4 * rows[d]!;
      const own = detections[i + 2]! * detections[i + 3]!;
      for (let g = firstObject; g < afterObject; g++, at++) {
        const row = objects[g]!;
        const j = 4 * row;
        const shared = boxIntersection(detections, i, truths, j);
        if (shared === 0) continue;
        out[at] = shared / (crowd[row] === 1 ? own : own + truths[j + 2]! * truths[j + 3]! - shared);
      }
    }
  };
}

/** Objects with keypoints: x, y and visibility of each point in turn, `sigmas.length` points an object. */
export interface KeypointTruths {
  readonly points: Float64Array;
  /** x, y, width and height of each object. */
  readonly boxes: Float64Array;
  readonly area: Float64Array;
}

/**
 * Object keypoint similarity: mean over labelled points of exp(−d² / 2·area·(2σ)²). Where no point is labelled, d is the distance outside the box doubled
 * about its middle, as pycocotools has it.
 *
 * @param detections x, y and a score of each point in turn
 */
export function keypointSimilarity(truths: KeypointTruths, detections: Float64Array, sigmas: Float64Array): Similarity {
  const count = sigmas.length;
  return (rows, first, after, objects, firstObject, afterObject, out) => {
    let at = 0;
    for (let d = first; d < after; d++)
      for (let g = firstObject; g < afterObject; g++, at++) {
        const from = 3 * count * rows[d]!;
        const object = objects[g]!;
        const to = 3 * count * object;
        const scale = truths.area[object]! + Number.EPSILON;
        let labelled = 0;
        for (let k = 0; k < count; k++) if (truths.points[to + 3 * k + 2]! > 0) labelled++;
        let sum = 0;
        for (let k = 0; k < count; k++) {
          if (labelled > 0 && !(truths.points[to + 3 * k + 2]! > 0)) continue;
          const x = detections[from + 3 * k]!;
          const y = detections[from + 3 * k + 1]!;
          const dx = labelled > 0 ? x - truths.points[to + 3 * k]! : outside(x, truths.boxes, 4 * object);
          const dy = labelled > 0 ? y - truths.points[to + 3 * k + 1]! : outside(y, truths.boxes, 4 * object + 1);
          sum += Math.exp(-((dx * dx + dy * dy) / (2 * sigmas[k]!) ** 2 / scale / 2));
        }
        out[at] = sum / (labelled > 0 ? labelled : count);
      }
  };
}

/** How far a coordinate is outside the side of a box, grown by its own length at both ends. */
function outside(value: number, boxes: Float64Array, side: number): number {
  const start = boxes[side]!;
  const length = boxes[side + 2]!;
  return Math.max(0, start - length - value) + Math.max(0, value - (start + 2 * length));
}

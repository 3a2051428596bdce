import type { DistanceFrame } from "../../statistics/mot-accumulator.js";
import { boxDifference2, boxOverlap } from "../../statistics/track-boxes.js";
import { type TrackSequence, trackSequence } from "../../statistics/track-sequence.js";
import { MeasureError } from "../inputs.js";
import type { BoxFrame, SequenceData } from "./data.js";

/** Similarity = intersection over union. @throws MeasureError where the data are distances */
export function overlapSequence(data: SequenceData): TrackSequence {
  if (data.kind === "similarities") return data.sequence;
  if (data.kind !== "boxes")
    throw new MeasureError("not-supported", {
      input: "data",
      expected: { zh: "框或相似度", en: "boxes or similarities" },
      found: data.kind,
    });
  return trackSequence(
    data.frames.map((frame) => ({
      truth: frame.truth,
      tracker: frame.tracker,
      similarity: (i, j) => boxOverlap(frame.truthBoxes, i, frame.trackerBoxes, j),
    })),
  );
}

export interface Distance {
  readonly kind: "iou" | "euclidean" | "squared-euclidean";
  /** Greatest distance of a pair. */
  readonly most: number;
}

/** 1 − intersection over union, or the distance of (left, top, width, height), as py-motmetrics takes it. */
export function boxDistances(frame: BoxFrame, { kind, most }: Distance): DistanceFrame {
  const columns = frame.tracker.length;
  const distances = new Float64Array(frame.truth.length * columns);
  for (let at = 0; at < distances.length; at++) {
    const i = Math.floor(at / columns);
    const j = at % columns;
    const one = distanceOf(frame, i, j, kind);
    distances[at] = one > most ? Number.NaN : one;
  }
  return { objects: frame.truth, hypotheses: frame.tracker, distances };
}

function distanceOf({ truthBoxes, trackerBoxes }: BoxFrame, i: number, j: number, kind: Distance["kind"]): number {
  if (kind === "iou") return 1 - boxOverlap(truthBoxes, i, trackerBoxes, j);
  const squared = boxDifference2(truthBoxes, i, trackerBoxes, j);
  return kind === "euclidean" ? Math.sqrt(squared) : squared;
}

/** 1 − similarity, where that is no more than the greatest distance of a pair. */
export function similarityDistances(sequence: TrackSequence, most: number): readonly DistanceFrame[] {
  const { truth, truthStart, tracker, trackerStart, similarity, similarityStart } = sequence;
  return Array.from({ length: sequence.frames }, (_, t) => ({
    objects: Array.from(truth.subarray(truthStart[t], truthStart[t + 1])),
    hypotheses: Array.from(tracker.subarray(trackerStart[t], trackerStart[t + 1])),
    distances: similarity
      .slice(similarityStart[t], similarityStart[t + 1])
      .map((one) => (1 - one > most ? Number.NaN : 1 - one)),
  }));
}

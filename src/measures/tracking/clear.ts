import { type ClearState, clearCounts, clearState } from "../../statistics/clear-mot.js";
import { exactValue } from "../../statistics/exact-sum.js";
import type { TrackSequence } from "../../statistics/track-sequence.js";
import { answerOf } from "../answer.js";
import type { MeasureFunction } from "../function.js";
import { sequenceInputs, sequenceOf, thresholdOf } from "./present.js";

export interface ClearMot {
  /** Undefined without a detection in the truth; below 0 where errors outnumber it. */
  readonly MOTA: number | undefined;
  /** Mean similarity of matches, undefined without one. */
  readonly MOTP: number | undefined;
  readonly CLR_TP: number;
  readonly CLR_FN: number;
  readonly CLR_FP: number;
  readonly IDSW: number;
  readonly Frag: number;
  readonly MT: number;
  readonly PT: number;
  readonly ML: number;
}

/** Of one sequence, or of the merged state of several. @param threshold least similarity of a match */
export function clearMot(of: TrackSequence | ClearState, threshold = 0.5): ClearMot {
  const state = "frames" in of ? clearCounts(of, threshold) : of;
  const { tp, fn, fp, switches } = state;
  const truth = tp + fn;
  return {
    MOTA: truth === 0 ? undefined : (tp - fp - switches) / truth,
    MOTP: tp === 0 ? undefined : exactValue(state.similarity) / tp,
    ...{ CLR_TP: tp, CLR_FN: fn, CLR_FP: fp, IDSW: switches, Frag: state.fragments },
    ...{ MT: state.mostlyTracked, PT: state.partlyTracked, ML: state.mostlyLost },
  };
}

/**
 * Formula: MOTA = 1 − (FN + FP + IDSW)/(TP + FN); MOTP = mean similarity of TP; IDSW: a match of a truth track to another id than at its last match.
 * Convention: TrackEval: a frame's matching keeps most pairs of the frame before, then is the most similar, from `threshold` up (0.5); MT is above 80 % of a track's frames (py-motmetrics: from 80 % up), ML below 20 %, PT the rest.
 * Edge: no detection in the truth leaves MOTA undefined (TrackEval 0); no match MOTP (TrackEval 0). A frame without a detection on one side keeps the pairs of before.
 * Unit: MOTA −∞ … 1, MOTP 0 … 1; counts in detections, tracks for MT, PT, ML.
 * Source: Bernardin & Stiefelhagen 2008, EURASIP J. Image Video Process. 246309; TrackEval 1.3.0, metrics/clear.py.
 */
export const motClear: MeasureFunction = {
  id: "mot-clear",
  title: { zh: "CLEAR MOT：MOTA 与 MOTP", en: "CLEAR MOT: MOTA and MOTP" },
  answers: {
    zh: "漏检、误检与身份切换合计占真值检测的多少",
    en: "How much of the truth misses, false positives and identity switches amount to",
  },
  misleads: {
    zh: "由检测质量主导，关联差也可以分数高；身份切换在长轨迹中几乎不计",
    en: "Led by detection: bad association can score high, and a switch in a long track hardly counts",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: sequenceInputs,
  outputs: ["MOTA", "MOTP", "CLR_TP", "CLR_FN", "CLR_FP", "IDSW", "Frag", "MT", "PT", "ML"],
  state: clearState,
  calculate(inputs) {
    const values = clearMot(sequenceOf(inputs), thresholdOf(inputs));
    return answerOf(values, { MOTA: "no-ground-truth", MOTP: "no-matches" }, { MOTA: 0, MOTP: 0 });
  },
};

import { addExact, exactValue, newExactSum } from "../../statistics/exact-sum.js";
import { type HotaState, hotaCounts, hotaScores, hotaState } from "../../statistics/hota.js";
import type { TrackSequence } from "../../statistics/track-sequence.js";
import { answerOf } from "../answer.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, numberOf, textOf } from "../inputs.js";
import { overlapSequence } from "./box-overlap.js";
import { sequencesOfData } from "./data.js";
import { sequenceInputs, sequenceOf, thresholdOf } from "./present.js";

/** Means over α = 0.05, 0.10 … 0.95, and sums of the counts over these α. */
export interface Hota {
  readonly HOTA: number | undefined;
  readonly DetA: number | undefined;
  readonly AssA: number | undefined;
  readonly LocA: number | undefined;
  readonly HOTA_TP: number;
  readonly HOTA_FN: number;
  readonly HOTA_FP: number;
}

/** Of one sequence, or of the merged state of several. HOTA and DetA are undefined without a detection, AssA and LocA without a match at any α. */
export function hota(of: TrackSequence | HotaState): Hota {
  const state = "frames" in of ? hotaCounts(of) : of;
  const scores = hotaScores(state);
  const matched = state.tp.some((one) => one > 0);
  const mean = (list: readonly (number | undefined)[], otherwise: number) =>
    total(list.map((one) => one ?? otherwise)) / list.length;
  const asked = scores[0]?.detA !== undefined;
  return {
    HOTA: asked
      ? mean(
          scores.map((one) => one.hota),
          0,
        )
      : undefined,
    DetA: asked
      ? mean(
          scores.map((one) => one.detA),
          0,
        )
      : undefined,
    AssA: matched
      ? mean(
          scores.map((one) => one.assA),
          0,
        )
      : undefined,
    LocA: matched
      ? mean(
          scores.map((one) => one.locA),
          1,
        )
      : undefined,
    HOTA_TP: total(state.tp),
    HOTA_FN: total(state.fn),
    HOTA_FP: total(state.fp),
  };
}

function total(list: readonly number[]): number {
  const sum = newExactSum();
  for (const one of list) addExact(sum, one);
  return exactValue(sum);
}

/**
 * Formula: HOTA_α = √(DetA_α · AssA_α), DetA = TP/(TP + FN + FP), AssA = mean over TP of TPA/(TPA + FNA + FPA), LocA = mean similarity of TP; each the mean over α = 0.05, 0.10 … 0.95.
 * Convention: TrackEval: one matching a frame for all α, by alignment of the ids over the whole sequence × similarity; HOTA_TP, HOTA_FN, HOTA_FP are sums over the 19 α. Of several sequences counts and associations are summed before they are divided. `threshold` is taken and not used: α takes its place.
 * Edge: no detection on either side leaves all undefined; without a match at any α AssA and LocA are undefined (TrackEval 0 and 1). At an α without a match, of an answer with others, AssA counts 0 and LocA 1, as TrackEval counts them; HOTA is 0 there.
 * Unit: shares 0 … 1; counts in detections. Boxes of a file are left, top, width, height in px, their similarity is intersection over union.
 * Source: Luiten et al. 2021, Int. J. Comput. Vis. 129, 548–578; TrackEval 1.3.0, metrics/hota.py.
 */
export const motHota: MeasureFunction = {
  id: "mot-hota",
  title: { zh: "HOTA：高阶跟踪精度", en: "HOTA: higher order tracking accuracy" },
  answers: {
    zh: "检测与关联同等看重时，跟踪有多好",
    en: "How good tracking is where detecting and associating weigh alike",
  },
  misleads: {
    zh: "一个数里混着检测与关联，须与 DetA、AssA 一同看；忽略区与类别的预处理须先做",
    en: "One number mixes detection and association, so read DetA and AssA with it; ignored regions and classes are to be taken out before",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: [...sequenceInputs, "data", "frames", "gt_per_frame", "tracker_per_frame", "note"],
  outputs: ["HOTA", "DetA", "AssA", "LocA", "HOTA_TP", "HOTA_FN", "HOTA_FP"],
  state: hotaState,
  calculate(inputs) {
    thresholdOf(inputs);
    textOf(inputs, "note", undefined, "");
    const values = hota(stateOf(inputs));
    const reason = values.HOTA_TP + values.HOTA_FN + values.HOTA_FP === 0 ? "nothing-asked" : "no-matches";
    const reasons = { HOTA: reason, DetA: reason, AssA: reason, LocA: reason } as const;
    return answerOf(values, reasons, { HOTA: 0, DetA: 0, AssA: 0, LocA: 1 });
  },
};

function stateOf(inputs: Inputs): HotaState {
  if (inputs["data"] !== undefined)
    return sequencesOfData(inputs).map(overlapSequence).map(hotaCounts).reduce(hotaState.merge, hotaState.empty());
  if (inputs["similarity"] !== undefined || inputs["frames"] === undefined) return hotaCounts(sequenceOf(inputs));
  const frames = numberOf(inputs, "frames", { min: 0, whole: true });
  const truth = frames * numberOf(inputs, "gt_per_frame", { min: 0, whole: true });
  const tracker = frames * numberOf(inputs, "tracker_per_frame", { min: 0, whole: true });
  // Numbers of detections say all where one side has none.
  if (truth > 0 && tracker > 0)
    throw new MeasureError("input-missing", {
      input: "similarity",
      expected: { zh: "两侧都有检测", en: "it, as both sides have detections" },
    });
  const empty = hotaState.empty();
  return { ...empty, fn: empty.fn.map(() => truth), fp: empty.fp.map(() => tracker) };
}

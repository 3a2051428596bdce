import { addExact, type ExactSum, exactValue, mergeExact, newExactSum } from "../../statistics/exact-sum.js";
import { type IdentityState, identityCounts, identityState, vaceSums } from "../../statistics/track-identity.js";
import type { TrackSequence } from "../../statistics/track-sequence.js";
import { answerOf } from "../answer.js";
import type { MeasureFunction } from "../function.js";
import { sequenceInputs, sequenceOf, thresholdOf } from "./present.js";

export interface IdentityScores {
  readonly IDTP: number;
  readonly IDFN: number;
  readonly IDFP: number;
  readonly IDP: number | undefined;
  readonly IDR: number | undefined;
  readonly IDF1: number | undefined;
}

/** Of one sequence, or of the merged state of several. @param threshold least similarity of a match */
export function motIdentity(of: TrackSequence | IdentityState, threshold = 0.5): IdentityScores {
  const { idtp, idfn, idfp } = "frames" in of ? identityCounts(of, threshold) : of;
  return {
    ...{ IDTP: idtp, IDFN: idfn, IDFP: idfp },
    IDP: idtp + idfp === 0 ? undefined : idtp / (idtp + idfp),
    IDR: idtp + idfn === 0 ? undefined : idtp / (idtp + idfn),
    IDF1: idtp + idfp + idfn === 0 ? undefined : (2 * idtp) / (2 * idtp + idfp + idfn),
  };
}

/** Sums of VACE over sequences. */
export interface VaceState {
  readonly stda: ExactSum;
  readonly tracks: number;
  readonly fda: ExactSum;
  readonly frames: number;
}

export const vaceState = {
  empty: (): VaceState => ({ stda: newExactSum(), tracks: 0, fda: newExactSum(), frames: 0 }),
  merge: (left: VaceState, right: VaceState): VaceState => ({
    stda: mergeExact(left.stda, right.stda),
    tracks: left.tracks + right.tracks,
    fda: mergeExact(left.fda, right.fda),
    frames: left.frames + right.frames,
  }),
};

/** State of one sequence. @param threshold least similarity of a match */
export function vaceCounts(sequence: TrackSequence, threshold = 0.5): VaceState {
  const { stda, fda, ...counts } = vaceSums(sequence, threshold);
  const state = { ...vaceState.empty(), ...counts };
  addExact(state.stda, stda);
  addExact(state.fda, fda);
  return state;
}

export interface VaceScores {
  readonly STDA: number;
  /** Undefined without a track. */
  readonly ATA: number | undefined;
  /** Undefined without a detection. */
  readonly SFDA: number | undefined;
}

/** STDA, ATA and SFDA of the merged state of sequences. */
export function motVace(state: VaceState): VaceScores {
  const STDA = exactValue(state.stda);
  return {
    STDA,
    ATA: state.tracks === 0 ? undefined : STDA / (0.5 * state.tracks),
    SFDA: state.frames === 0 ? undefined : exactValue(state.fda) / state.frames,
  };
}

const common = {
  orientation: "higher-is-better",
  inference: "census",
  inputs: sequenceInputs,
} as const;

/** Measures of whole tracks paired one to one. */
export const trackIdentity: readonly MeasureFunction[] = [
  /**
   * Formula: IDTP = most detections that agree when each tracker id is given to one truth id; IDP = IDTP/(IDTP + IDFP), IDR = IDTP/(IDTP + IDFN), IDF1 = 2·IDTP/(2·IDTP + IDFP + IDFN).
   * Convention: a detection agrees from `threshold` up (0.5).
   * Edge: without detections of the tracker IDP is undefined, without truth IDR, without either IDF1 (TrackEval 0).
   * Unit: shares 0 … 1; counts in detections.
   * Source: Ristani et al. 2016, ECCV Workshops; TrackEval 1.3.0, metrics/identity.py.
   */
  {
    id: "mot-identity",
    title: { zh: "身份度量：IDF1、IDP、IDR", en: "Identity: IDF1, IDP, IDR" },
    answers: {
      zh: "一条轨迹的检测有多大份额归于同一个身份",
      en: "Which share of detections belongs to one identity over the whole sequence",
    },
    misleads: {
      zh: "每条真值只认一个跟踪身份：后半段跟对也不计；检测差时偏低",
      en: "One tracker id counts for a truth track: what another follows well later is lost; low where detection is bad",
    },
    ...common,
    outputs: ["IDTP", "IDFN", "IDFP", "IDR", "IDP", "IDF1"],
    state: identityState,
    calculate(inputs) {
      const values = motIdentity(sequenceOf(inputs), thresholdOf(inputs));
      const reasons = { IDP: "no-predictions", IDR: "no-ground-truth", IDF1: "nothing-asked" } as const;
      return answerOf(values, reasons, { IDP: 0, IDR: 0, IDF1: 0 });
    },
  },
  /**
   * Formula: STDA = greatest sum over tracks paired one to one of frames matched / frames in which one of the two is there; ATA = STDA / mean number of tracks; SFDA = mean over frames of the greatest overlap / mean number of detections.
   * Convention: the relaxed variant: a frame matches from `threshold` up (0.5), and counts whole.
   * Edge: without a track ATA is undefined, without a detection SFDA.
   * Unit: STDA in tracks; ATA and SFDA shares 0 … 1.
   * Source: Manohar et al. 2006, ACCV, 151–161; TrackEval 1.3.0, metrics/vace.py.
   */
  {
    id: "mot-vace",
    title: { zh: "VACE：ATA 与 STDA", en: "VACE: ATA and STDA" },
    answers: {
      zh: "轨迹一对一配对后，时间上重合多少",
      en: "How far tracks overlap in time once they are paired one to one",
    },
    misleads: {
      zh: "每条轨迹权重相同，短轨迹与长轨迹一样；多报的轨迹会拉低 ATA",
      en: "Each track weighs alike, short or long; surplus tracks lower ATA",
    },
    ...common,
    outputs: ["STDA", "ATA", "SFDA"],
    state: vaceState,
    calculate(inputs) {
      const values = motVace(vaceCounts(sequenceOf(inputs), thresholdOf(inputs)));
      return answerOf(values, { ATA: "nothing-asked", SFDA: "nothing-asked" });
    },
  },
];

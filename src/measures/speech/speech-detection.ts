import { addExact, type ExactSum, exactValue, mergeExact, newExactSum } from "../../statistics/exact-sum.js";
import { answerOf } from "../answer.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, refuseUnknown, shown, toNumber } from "../inputs.js";
import { regionsOf, type Span, sweep, type Tracks, tracksOf } from "./timeline.js";

/** Seconds of the evaluated recording; of several recordings the sums. */
export interface DetectionTimes {
  readonly truePositive: ExactSum;
  readonly falsePositive: ExactSum;
  readonly falseNegative: ExactSum;
  readonly trueNegative: ExactSum;
}

export const detectionTimes = {
  empty: (): DetectionTimes => ({
    truePositive: newExactSum(),
    falsePositive: newExactSum(),
    falseNegative: newExactSum(),
    trueNegative: newExactSum(),
  }),
  merge: (left: DetectionTimes, right: DetectionTimes): DetectionTimes => ({
    truePositive: mergeExact(left.truePositive, right.truePositive),
    falsePositive: mergeExact(left.falsePositive, right.falsePositive),
    falseNegative: mergeExact(left.falseNegative, right.falseNegative),
    trueNegative: mergeExact(left.trueNegative, right.trueNegative),
  }),
};

/** Times of one recording; labels are not looked at, overlap is speech once. */
export function detectionTimesOf(regions: readonly Span[], reference: Tracks, hypothesis: Tracks): DetectionTimes {
  const times = detectionTimes.empty();
  const is = (counts: Int32Array) => counts.some((count) => count > 0);
  sweep(regions, reference, hypothesis, (duration, heard, claimed) => {
    const sum = is(heard)
      ? times[is(claimed) ? "truePositive" : "falseNegative"]
      : times[is(claimed) ? "falsePositive" : "trueNegative"];
    addExact(sum, duration);
  });
  return times;
}

/** Weights of the false alarm rate and the miss rate. */
export interface CostWeights {
  readonly fa: number;
  readonly miss: number;
}

/** Rates of merged times. */
export function detectionRates(
  times: DetectionTimes,
  { fa, miss: missWeight }: CostWeights = { fa: 0.25, miss: 0.75 },
) {
  const hit = exactValue(times.truePositive);
  const false_alarm = exactValue(times.falsePositive);
  const miss = exactValue(times.falseNegative);
  const rest = exactValue(times.trueNegative);
  const total = hit + miss;
  const silence = false_alarm + rest;
  const share = (part: number, whole: number) => (whole === 0 ? undefined : part / whole);
  return {
    detection_error_rate: share(false_alarm + miss, total),
    ...{ false_alarm, miss, total },
    accuracy: share(hit + rest, total + silence),
    precision: share(hit, hit + false_alarm),
    recall: share(hit, total),
    f1: share(2 * hit, 2 * hit + false_alarm + miss),
    dcf: total === 0 || silence === 0 ? undefined : (fa * false_alarm) / silence + (missWeight * miss) / total,
  };
}

/**
 * Formula: detection_error_rate = (false alarm + miss)/total; accuracy, precision, recall and f1 of time; dcf = w_fa·false alarm/time without speech + w_miss·miss/time with speech.
 * Convention: pyannote.metrics: overlapping segments are speech once; `dcf_weights` {fa: 0.25, miss: 0.75} as in NIST OpenSAT. Without `uem` the recording goes from the first start to the last end of either side.
 * Edge: no speech in the reference leaves the error rate and recall undefined (pyannote 0 or 1, and 1), none in the hypothesis precision (1), no recording accuracy (1); dcf is undefined where there is only speech or none (pyannote counts that rate 0).
 * Unit: shares, the error rate can pass 1; times in seconds.
 * Source: Bredin 2017, Interspeech (pyannote.metrics 4.2.0, detection.py); NIST OpenSAT 2019 evaluation plan.
 */
export const speechDetection: MeasureFunction = {
  id: "speech-detection",
  title: { zh: "语音活动检测", en: "Speech activity detection" },
  answers: {
    zh: "语音与非语音的时间各判对多少",
    en: "How much of the time is rightly told to be speech or not",
  },
  misleads: {
    zh: "语音占多数时准确率虚高；没有 uem 时录音首尾的静音不计",
    en: "Accuracy flatters where speech prevails; without uem silence at the ends of the recording does not count",
  },
  orientation: "none",
  inference: "census",
  inputs: ["reference", "hypothesis", "uem", "dcf_weights"],
  outputs: ["detection_error_rate", "false_alarm", "miss", "total", "accuracy", "precision", "recall", "f1", "dcf"],
  state: detectionTimes,
  calculate(inputs) {
    const reference = tracksOf(inputs, "reference", false);
    const hypothesis = tracksOf(inputs, "hypothesis", false);
    const weights = weightsOf(inputs);
    const times = detectionTimesOf(regionsOf(inputs, reference, hypothesis), reference, hypothesis);
    const values = detectionRates(times, weights);
    const { total, miss, false_alarm } = values;
    const peer = {
      detection_error_rate: false_alarm > 0 ? 1 : 0,
      dcf:
        total === 0
          ? weights.fa * (false_alarm > 0 ? false_alarm / (false_alarm + exactValue(times.trueNegative)) : 0)
          : (weights.miss * miss) / total,
      ...{ accuracy: 1, precision: 1, recall: 1, f1: 1 },
    };
    const reasons = {
      detection_error_rate: "no-ground-truth",
      recall: "no-ground-truth",
      precision: "no-predictions",
      accuracy: "nothing-asked",
      f1: "nothing-asked",
      dcf: total === 0 ? "no-ground-truth" : "no-silence",
    } as const;
    return answerOf(values, reasons, peer);
  },
};

function weightsOf(inputs: Inputs): CostWeights {
  const given = inputs["dcf_weights"] ?? {};
  if (typeof given !== "object" || Array.isArray(given))
    throw new MeasureError("input-type", {
      input: "dcf_weights",
      expected: { zh: "{fa, miss}", en: "{fa, miss}" },
      found: shown(given),
    });
  const { fa = 0.25, miss = 0.75, ...rest } = given as Inputs;
  refuseUnknown(rest, ["fa", "miss"]);
  return {
    fa: toNumber(fa, "dcf_weights.fa", { min: 0 }),
    miss: toNumber(miss, "dcf_weights.miss", { min: 0 }),
  };
}

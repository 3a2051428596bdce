import { exactValue } from "../../statistics/exact-sum.js";
import {
  type AccumulatorState,
  accumulate,
  accumulatorState,
  type DistanceFrame,
} from "../../statistics/mot-accumulator.js";
import { type IdentityState, identityCounts, identityState } from "../../statistics/track-identity.js";
import { trackSequence } from "../../statistics/track-sequence.js";
import { answerOf } from "../answer.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, listOf, MeasureError, shown, textOf } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { boxDistances, type Distance, similarityDistances } from "./box-overlap.js";
import { distanceFrames, type SequenceData, sequencesOfData } from "./data.js";
import { motIdentity } from "./identity.js";

/** MOTA, MOTP, precision and recall of events; MOTP is a mean distance, less is better. */
export function accumulatorScores(state: AccumulatorState) {
  const { matches, switches, misses, falsePositives } = state;
  const detections = matches + switches;
  const objects = detections + misses;
  return {
    detections,
    objects,
    predictions: detections + falsePositives,
    mota: objects === 0 ? undefined : 1 - (misses + switches + falsePositives) / objects,
    motp: detections === 0 ? undefined : exactValue(state.distance) / detections,
    precision: detections + falsePositives === 0 ? undefined : detections / (detections + falsePositives),
    recall: objects === 0 ? undefined : detections / objects,
  };
}

/** What a summary of sequences is made of. */
export interface SummaryState {
  readonly events: AccumulatorState;
  readonly identity: IdentityState;
}

export const summaryState = {
  empty: (): SummaryState => ({ events: accumulatorState.empty(), identity: identityState.empty() }),
  merge: (left: SummaryState, right: SummaryState): SummaryState => ({
    events: accumulatorState.merge(left.events, right.events),
    identity: identityState.merge(left.identity, right.identity),
  }),
};

/** Events and identities of one sequence; for identities a pair agrees where it has a distance. */
export function summaryCounts(frames: readonly DistanceFrame[]): SummaryState {
  const pairs = trackSequence(
    frames.map(({ objects, hypotheses, distances }) => ({
      truth: objects,
      tracker: hypotheses,
      similarity: (i, j) => (Number.isFinite(distances[i * hypotheses.length + j]) ? 1 : 0),
    })),
  );
  return { events: accumulate(frames), identity: identityCounts(pairs, 0.5) };
}

/** Why a score of the summary is undefined. */
const reasonOf: Readonly<Record<string, Reason>> = {
  mota: "no-ground-truth",
  recall: "no-ground-truth",
  idr: "no-ground-truth",
  motp: "no-matches",
  precision: "no-predictions",
  idp: "no-predictions",
  idf1: "nothing-asked",
};

/** Measures under the names and conventions of py-motmetrics. */
export const motmetrics: readonly MeasureFunction[] = [
  /**
   * Formula: mota = 1 − (misses + switches + false positives)/objects; motp = mean distance of matches and switches.
   * Convention: py-motmetrics: a pair of before is kept while it may be paired; the rest is assigned at least distance. A switch gives an object another hypothesis, a transfer a hypothesis another object (beside match or switch); ascend: a switch to a hypothesis not seen before; migrate: a transfer to an object never matched before.
   * Edge: null in `dist` is a pair that may not be; without objects mota is undefined, without matches motp.
   * Unit: events; motp in the unit of the distances.
   * Source: Bernardin & Stiefelhagen 2008; py-motmetrics 1.4.0, mot.py.
   */
  {
    id: "mot-accumulator",
    title: { zh: "MOT 事件累计", en: "MOT events" },
    answers: {
      zh: "逐帧配对产生多少匹配、切换、漏检与误检",
      en: "How many matches, switches, misses and false positives pairing frame by frame gives",
    },
    misleads: {
      zh: "MOTP 是距离，越小越好，与 TrackEval 的相似度方向相反；配对的保留使早期错误延续",
      en: "MOTP is a distance, less is better, the other way round than TrackEval's; pairs that are kept carry an early error on",
    },
    orientation: "none",
    inference: "census",
    inputs: ["frames", "null"],
    outputs: [
      ...["frames", "matches", "switches", "transfers", "ascends", "migrates", "misses", "false_positives"],
      ...["detections", "objects", "predictions", "mota", "motp"],
    ],
    state: accumulatorState,
    calculate(inputs) {
      textOf(inputs, "null", undefined, "");
      const state = accumulate(distanceFrames(listOf(inputs, "frames"), "frames"));
      const { detections, objects, predictions, mota, motp } = accumulatorScores(state);
      const { frames, matches, switches, transfers, ascends, migrates, misses } = state;
      const values = {
        ...{ frames, matches, switches, transfers, ascends, migrates, misses, false_positives: state.falsePositives },
        ...{ detections, objects, predictions, mota, motp },
      };
      return answerOf(values, reasonOf);
    },
  },
  /**
   * Formula: as mot-accumulator and mot-identity; precision = detections/(detections + false positives), recall = detections/objects; mostly tracked: in at least 80 % of its frames, mostly lost: in less than 20 %.
   * Convention: py-motmetrics: distance 1 − intersection over union, at most 0.5 (`distance` iou, euc or seuc and a number change both; euc takes left, top, width, height as one point). Several sequences are summed before they are divided, as OVERALL is there. Rows are taken as they are: rows of a truth that are to be ignored go out before. A fragmentation is a run of misses between two frames in which the object is followed.
   * Edge: without objects mota, recall and idr are undefined, without matches motp, without predictions precision and idp (py-motmetrics NaN).
   * Unit: shares; motp in the unit of the distance, less is better; counts in detections, for unique objects and mostly … in tracks.
   * Source: py-motmetrics 1.4.0, metrics.py and utils.py; Milan et al. 2016 (MOT16, arXiv:1603.00831).
   */
  {
    id: "mot-summary",
    title: { zh: "MOTChallenge 汇总", en: "MOTChallenge summary" },
    answers: {
      zh: "一组序列的跟踪结果在 MOTChallenge 各指标上如何",
      en: "How tracking results of sequences stand in the measures of MOTChallenge",
    },
    misleads: {
      zh: "不做 MOT16/17 的忽略区与干扰类预处理，与官方服务器的数不可直接比；MT 的界是 ≥ 80 %，TrackEval 为 > 80 %",
      en: "Without the preprocessing of MOT16/17 (ignored rows, distractors) it does not compare with the server; MT is ≥ 80 % here, > 80 % in TrackEval",
    },
    orientation: "none",
    inference: "census",
    inputs: ["data", "datas", "distance", "aggregation", "layout"],
    outputs: [
      ...["idf1", "idp", "idr", "recall", "precision", "unique_objects", "mostly_tracked", "partially_tracked"],
      ...["mostly_lost", "false_positives", "misses", "switches", "fragmentations", "mota", "motp"],
    ],
    state: summaryState,
    calculate(inputs) {
      textOf(inputs, "layout", undefined, "");
      refuseMeans(textOf(inputs, "aggregation", undefined, "overall"));
      const distance = distanceOf(inputs);
      const { events, identity } = sequencesOfData(inputs)
        .map((data) => summaryCounts(framesOf(data, distance)))
        .reduce(summaryState.merge, summaryState.empty());
      const { mota, motp, precision, recall } = accumulatorScores(events);
      const { IDF1, IDP, IDR } = motIdentity(identity);
      const values = {
        ...{ idf1: IDF1, idp: IDP, idr: IDR, recall, precision, unique_objects: events.uniqueObjects },
        ...{ mostly_tracked: events.mostlyTracked, partially_tracked: events.partiallyTracked },
        ...{ mostly_lost: events.mostlyLost, false_positives: events.falsePositives, misses: events.misses },
        ...{ switches: events.switches, fragmentations: events.fragmentations, mota, motp },
      };
      return answerOf(values, reasonOf);
    },
  },
];

function framesOf(data: SequenceData, distance: Distance): readonly DistanceFrame[] {
  if (data.kind === "distances") return data.frames;
  if (data.kind === "similarities") return similarityDistances(data.sequence, distance.most);
  return data.frames.map((frame) => boxDistances(frame, distance));
}

/** Sequences are summed; a mean over them is another number. */
function refuseMeans(aggregation: string): void {
  if (/mean|average|macro/i.test(aggregation))
    throw new MeasureError("not-supported", {
      input: "aggregation",
      expected: { zh: "overall（各序列合计）", en: "overall, sums over sequences" },
      found: shown(aggregation),
    });
}

/** `iou`, `euc` or `seuc`, with the greatest distance of a pair behind it: "iou 0.5", "1-IoU, max 0.5". */
function distanceOf(inputs: Inputs): Distance {
  const value = inputs["distance"] ?? "iou 0.5";
  const text = typeof value === "number" ? `iou ${value}` : typeof value === "string" ? value : JSON.stringify(value);
  const numbers = text.replace(/1\s*[-−–]\s*iou/i, "iou").match(/\d+(\.\d+)?/g) ?? [];
  const most = Number(numbers.at(-1) ?? 0.5);
  if (/iou|jaccard/i.test(text)) return { kind: "iou", most };
  if (/seuc|squared/i.test(text)) return { kind: "squared-euclidean", most };
  if (/euc/i.test(text)) return { kind: "euclidean", most };
  throw new MeasureError("not-supported", {
    input: "distance",
    expected: { zh: "iou、euc 或 seuc", en: "iou, euc or seuc" },
    found: shown(value),
  });
}

import { assignRows } from "../../statistics/assignment.js";
import { addExact, type ExactSum, exactValue, mergeExact, newExactSum } from "../../statistics/exact-sum.js";
import { answerOf } from "../answer.js";
import type { MeasureFunction } from "../function.js";
import { booleanOf, type Inputs, numberOf } from "../inputs.js";
import { joined, overlaps, regionsOf, type Span, sweep, type Tracks, tracksOf, union, without } from "./timeline.js";

/** Seconds, each speaker's counted; of several recordings the sums. */
export interface SpeakerTimes {
  /** Of the reference, of the hypothesis. */
  readonly total: ExactSum;
  readonly claimed: ExactSum;
  readonly correct: ExactSum;
  readonly confusion: ExactSum;
  readonly falseAlarm: ExactSum;
  readonly missed: ExactSum;
}

export const speakerTimes = {
  empty: (): SpeakerTimes => ({
    total: newExactSum(),
    claimed: newExactSum(),
    correct: newExactSum(),
    confusion: newExactSum(),
    falseAlarm: newExactSum(),
    missed: newExactSum(),
  }),
  merge: (left: SpeakerTimes, right: SpeakerTimes): SpeakerTimes => ({
    total: mergeExact(left.total, right.total),
    claimed: mergeExact(left.claimed, right.claimed),
    correct: mergeExact(left.correct, right.correct),
    confusion: mergeExact(left.confusion, right.confusion),
    falseAlarm: mergeExact(left.falseAlarm, right.falseAlarm),
    missed: mergeExact(left.missed, right.missed),
  }),
};

/** Times of one recording. @param meant by label of the hypothesis the label of the reference that it stands for, −1 for none */
export function speakerTimesOf(
  regions: readonly Span[],
  reference: Tracks,
  hypothesis: Tracks,
  meant: readonly number[],
): SpeakerTimes {
  const times = speakerTimes.empty();
  sweep(regions, reference, hypothesis, (duration, heard, claimed) => {
    const speakers = sumOf(heard);
    const claims = sumOf(claimed);
    let matched = 0;
    claimed.forEach((count, label) => {
      matched += Math.min(count, heard[meant[label] ?? -1] ?? 0);
    });
    addExact(times.total, duration * speakers);
    addExact(times.claimed, duration * claims);
    addExact(times.correct, duration * matched);
    addExact(times.confusion, duration * (Math.min(speakers, claims) - matched));
    addExact(times.missed, duration * Math.max(0, speakers - claims));
    addExact(times.falseAlarm, duration * Math.max(0, claims - speakers));
  });
  return times;
}

function sumOf(counts: Int32Array): number {
  let sum = 0;
  for (const count of counts) sum += count;
  return sum;
}

/** Seconds that labels are heard together: reference × hypothesis, row by row. */
export function cooccurrence(regions: readonly Span[], reference: Tracks, hypothesis: Tracks): Float64Array {
  const columns = hypothesis.names.length;
  const together = new Float64Array(reference.names.length * columns);
  sweep(regions, reference, hypothesis, (duration, heard, claimed) => {
    heard.forEach((count, i) => {
      if (count > 0)
        claimed.forEach((other, j) => {
          const at = i * columns + j;
          together[at] = (together[at] ?? 0) + duration * count * other;
        });
    });
  });
  return together;
}

/** By label of the hypothesis the one of the reference, so that most time agrees; −1 where the two are never heard together. */
export function optimalMapping(regions: readonly Span[], reference: Tracks, hypothesis: Tracks): readonly number[] {
  const [rows, columns] = [reference.names.length, hypothesis.names.length];
  const together = cooccurrence(regions, reference, hypothesis);
  const cost = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) cost[j * rows + i] = -(together[i * columns + j] ?? 0);
  const chosen = assignRows(cost, columns, rows);
  return hypothesis.names.map((_, j) => {
    const i = chosen[j] ?? -1;
    return i >= 0 && (together[i * columns + j] ?? 0) > 0 ? i : -1;
  });
}

/** The part of the recording that is evaluated. */
function evaluated(inputs: Inputs, reference: Tracks, hypothesis: Tracks): readonly Span[] {
  const half = numberOf(inputs, "collar", { min: 0 }, 0) / 2;
  const skipped: Span[] = booleanOf(inputs, "skip_overlap", false) ? [...overlaps(reference)] : [];
  if (half > 0) for (const span of reference.spans) for (const edge of span) skipped.push([edge - half, edge + half]);
  return without(regionsOf(inputs, reference, hypothesis), union(skipped));
}

/** What a measure of one recording takes. */
function recordingOf(inputs: Inputs) {
  const reference = tracksOf(inputs, "reference");
  const hypothesis = tracksOf(inputs, "hypothesis");
  return { reference, hypothesis, regions: evaluated(inputs, reference, hypothesis) };
}

/** Rates of merged times. `rate` is undefined where the reference holds no speech, precision where the hypothesis holds none. */
export function speakerRates(times: SpeakerTimes) {
  const total = exactValue(times.total);
  const claimed = exactValue(times.claimed);
  const correct = exactValue(times.correct);
  const confusion = exactValue(times.confusion);
  const false_alarm = exactValue(times.falseAlarm);
  const missed = exactValue(times.missed);
  return {
    rate: total === 0 ? undefined : (confusion + false_alarm + missed) / total,
    precision: claimed === 0 ? undefined : correct / claimed,
    recall: total === 0 ? undefined : correct / total,
    ...{ total, correct, confusion, false_alarm, missed },
  };
}

const common = { inference: "census", inputs: ["reference", "hypothesis", "collar", "skip_overlap", "uem"] } as const;
const times = ["total", "correct", "confusion", "false_alarm", "missed"] as const;

/** Who spoke when. Segments are [start, end, speaker]. */
export const diarization: readonly MeasureFunction[] = [
  /**
   * Formula: der = (confusion + false alarm + missed)/total; at each moment with R speakers and H claimed ones, of which c agree, confusion is min(R, H) − c, missed max(0, R − H), false alarm max(0, H − R); total is all speakers' time.
   * Convention: pyannote.metrics: claimed speakers are paired with the reference's one to one so that most time agrees (`mapping`); `collar` is the whole width left out around each boundary of the reference, half on either side (NIST and dscore: 0.25 s means 0.25 on each side, collar 0.5 here). Overlap counts unless `skip_overlap`. Without `uem` the recording goes from the first start to the last end of either side.
   * Edge: no speech in the reference leaves der undefined (pyannote 0 without error, else 1). Segments of at most 1 µs are none.
   * Unit: share, can pass 1; times in seconds of speaker time.
   * Source: NIST RT-03 evaluation plan; Bredin 2017, Interspeech (pyannote.metrics 4.2.0, diarization.py).
   */
  {
    id: "diarization-error",
    title: { zh: "说话人日志错误率 DER", en: "Diarization error rate, DER" },
    answers: {
      zh: "说话时间中有多大份额漏了、多了或归错了人",
      en: "Which share of the speaking time is missed, surplus or given to another speaker",
    },
    misleads: {
      zh: "容差与是否计重叠不同则不可比；说得多的人主导；可超过 1",
      en: "Not comparable across collars or treatment of overlap; led by those who speak most; can pass 1",
    },
    orientation: "lower-is-better",
    ...common,
    outputs: ["der", ...times, "mapping"],
    state: speakerTimes,
    calculate(inputs) {
      const { regions, reference, hypothesis } = recordingOf(inputs);
      const meant = optimalMapping(regions, reference, hypothesis);
      const { rate: der, total, ...rest } = speakerRates(speakerTimesOf(regions, reference, hypothesis, meant));
      const pairs = hypothesis.names.flatMap((name, j) => {
        const other = reference.names[meant[j] ?? -1];
        return other === undefined ? [] : [[name, other] as const];
      });
      const values = { der, total, correct: rest.correct, ...timesIn(rest), mapping: Object.fromEntries(pairs) };
      return answerOf(values, { der: "no-ground-truth" }, { der: rest.false_alarm > 0 ? 1 : 0 });
    },
  },
  /**
   * Formula: as diarization-error, with the names of the speakers as they stand; precision = correct/time claimed, recall = correct/total.
   * Convention: pyannote.metrics; a name in both is the same speaker.
   * Edge: no speech in the reference leaves the rate and recall undefined, none in the hypothesis precision (pyannote 0 or 1, 1, 1).
   * Unit: shares, the rate can pass 1; times in seconds of speaker time.
   * Source: Bredin 2017, Interspeech (pyannote.metrics 4.2.0, identification.py).
   */
  {
    id: "identification-error",
    title: { zh: "说话人识别错误率 IER", en: "Identification error rate, IER" },
    answers: {
      zh: "说话时间中有多大份额漏了、多了或叫错了名",
      en: "Which share of the speaking time is missed, surplus or under another name",
    },
    misleads: {
      zh: "名字写法不同即算错；说得多的人主导；可超过 1",
      en: "Another spelling of a name is an error; led by those who speak most; can pass 1",
    },
    orientation: "lower-is-better",
    ...common,
    outputs: ["identification_error_rate", ...times, "precision", "recall"],
    state: speakerTimes,
    calculate(inputs) {
      const { regions, reference, hypothesis } = recordingOf(inputs);
      const meant = hypothesis.names.map((name) => reference.names.indexOf(name));
      const rates = speakerRates(speakerTimesOf(regions, reference, hypothesis, meant));
      const { rate: identification_error_rate, total, correct, precision, recall } = rates;
      const values = { identification_error_rate, total, correct, ...timesIn(rates), precision, recall };
      const reasons = {
        identification_error_rate: "no-ground-truth",
        recall: "no-ground-truth",
        precision: "no-predictions",
      } as const;
      const peer = { identification_error_rate: rates.false_alarm > 0 ? 1 : 0, recall: 1, precision: 1 };
      return answerOf(values, reasons, peer);
    },
  },
];

function timesIn({ confusion, false_alarm, missed }: { confusion: number; false_alarm: number; missed: number }) {
  return { confusion, false_alarm, missed };
}

/** Of several recordings the sums. */
export interface ClusterTimes {
  /** Time that claimed speakers share with the one of the reference they share most with; and the other way round. */
  readonly pure: ExactSum;
  readonly covered: ExactSum;
  /** Time of claimed speakers, of the reference's. */
  readonly claimed: ExactSum;
  readonly total: ExactSum;
}

export const clusterTimes = {
  empty: (): ClusterTimes => ({
    pure: newExactSum(),
    covered: newExactSum(),
    claimed: newExactSum(),
    total: newExactSum(),
  }),
  merge: (left: ClusterTimes, right: ClusterTimes): ClusterTimes => ({
    pure: mergeExact(left.pure, right.pure),
    covered: mergeExact(left.covered, right.covered),
    claimed: mergeExact(left.claimed, right.claimed),
    total: mergeExact(left.total, right.total),
  }),
};

/** Times of one recording; a speaker heard twice at once counts once. */
export function clusterTimesOf(regions: readonly Span[], left: Tracks, right: Tracks): ClusterTimes {
  const [reference, hypothesis] = [joined(left), joined(right)];
  const columns = hypothesis.names.length;
  const byRow = new Float64Array(reference.names.length);
  const byColumn = new Float64Array(columns);
  cooccurrence(regions, reference, hypothesis).forEach((time, at) => {
    const [i, j] = [Math.floor(at / columns), at % columns];
    byRow[i] = Math.max(byRow[i] ?? 0, time);
    byColumn[j] = Math.max(byColumn[j] ?? 0, time);
  });
  const state = clusterTimes.empty();
  for (const time of byColumn) addExact(state.pure, time);
  for (const time of byRow) addExact(state.covered, time);
  sweep(regions, reference, hypothesis, (duration, heard, claimed) => {
    addExact(state.total, duration * sumOf(heard));
    addExact(state.claimed, duration * sumOf(claimed));
  });
  return state;
}

/** Of merged times; purity is undefined where the hypothesis holds no speech, coverage where the reference holds none. */
export function clusterShares({ pure, covered, claimed, total }: ClusterTimes) {
  const share = (part: ExactSum, whole: ExactSum) =>
    exactValue(whole) === 0 ? undefined : exactValue(part) / exactValue(whole);
  return { purity: share(pure, claimed), coverage: share(covered, total) };
}

/**
 * Formula: purity = Σ over claimed speakers of the greatest time shared with one speaker of the reference / all time claimed; coverage = Σ over speakers of the reference of the greatest time shared with one claimed speaker / all their time.
 * Convention: pyannote.metrics 4.2.0: speakers count by their time, and so does time in which the other side is silent; version 3.2.1 leaves that time out of the denominators. A speaker's segments that overlap count once.
 * Edge: no speech in the hypothesis leaves purity undefined, none in the reference coverage (pyannote 1).
 * Unit: shares 0 … 1.
 * Source: Bredin 2017, Interspeech (pyannote.metrics, tests/test_diarization.py).
 */
export const purityCoverage: MeasureFunction = {
  id: "diarization-purity-coverage",
  title: { zh: "聚类纯度与覆盖率", en: "Purity and coverage of speakers" },
  answers: {
    zh: "一个类里是否只有一个人，一个人是否只在一个类里",
    en: "Whether a claimed speaker is one person, and a person one claimed speaker",
  },
  misleads: {
    zh: "拆得越碎纯度越高，并成一类覆盖率近 1，须两者同看",
    en: "Splitting raises purity and one class covers all, so read both",
  },
  orientation: "higher-is-better",
  ...common,
  outputs: ["purity", "coverage"],
  state: clusterTimes,
  calculate(inputs) {
    const { regions, reference, hypothesis } = recordingOf(inputs);
    const values = clusterShares(clusterTimesOf(regions, reference, hypothesis));
    return answerOf(values, { purity: "no-predictions", coverage: "no-ground-truth" }, { purity: 1, coverage: 1 });
  },
};

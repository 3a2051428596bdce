import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { exactValue } from "../../statistics/exact-sum.js";
import { calculate } from "../functions.js";
import { MeasureError } from "../inputs.js";
import { stateLaws } from "../testing/state-laws.js";
import {
  clusterShares,
  clusterTimes,
  clusterTimesOf,
  optimalMapping,
  speakerRates,
  speakerTimes,
  speakerTimesOf,
} from "./diarization.js";
import { detectionRates, detectionTimes, detectionTimesOf } from "./speech-detection.js";
import { overlaps, regionsOf, type Tracks, tracksOf, union, without } from "./timeline.js";

function codeOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof MeasureError) return error.code;
    throw error;
  }
  return undefined;
}

type Segment = readonly [number, number, string];

// pyannote.metrics tests/test_diarization.py (d785d78).
const reference: Segment[] = [
  [0, 10, "A"],
  [12, 20, "B"],
  [24, 27, "A"],
  [30, 40, "C"],
];
const hypothesis: Segment[] = [
  [2, 13, "a"],
  [13, 14, "d"],
  [14, 20, "b"],
  [22, 38, "c"],
  [38, 40, "d"],
];

test("values of pyannote's four speakers", () => {
  const { values } = calculate("diarization_error", { reference, hypothesis });
  expect(values).toMatchObject({ confusion: 7, correct: 22, false_alarm: 7, missed: 2, total: 31 });
  expect(values["der"]).toBeCloseTo(0.5161290322580645, 15);
  expect(values["mapping"]).toEqual({ a: "A", b: "B", c: "C" });
  expect(calculate("diarization_purity_coverage", { reference, hypothesis }).values).toEqual({
    purity: 24 / 36,
    coverage: 22 / 31,
  });
});

test("a collar is the whole width, half on either side of a boundary", () =>
  expect(calculate("diarization_error", { reference: [[0, 10, "A"]], hypothesis: [], collar: 1 }).values).toMatchObject(
    {
      total: 9,
      missed: 9,
    },
  ));

test("overlap counts for each speaker, or is left out", () => {
  const both = [[0, 13, "A"], ...reference.slice(1)];
  expect(calculate("diarization_error", { reference: both, hypothesis }).values).toMatchObject({ total: 34 });
  expect(calculate("diarization_error", { reference: both, hypothesis, skip_overlap: true }).values).toMatchObject({
    total: 32,
  });
});

test("identification knows speakers by their names", () => {
  const named = hypothesis.map(([start, end, name]) => [start, end, name.toUpperCase()]);
  const { values } = calculate("identification_error", { reference, hypothesis: named });
  expect(values).toMatchObject({ confusion: 7, correct: 22, precision: 22 / 36, recall: 22 / 31 });
  expect(calculate("identification_error", { reference, hypothesis }).values).toMatchObject({
    correct: 0,
    precision: 0,
  });
});

test("values of pyannote's detection, and its cost (tests/test_detection.py)", () => {
  const inputs = {
    reference: [
      [0, 5],
      [6, 10],
      [12, 14],
      [15, 20],
    ],
    hypothesis: [
      [1, 7],
      [7, 9],
      [7, 10],
      [11, 17],
      [18, 20],
    ],
    dcf_weights: { fa: 0.25, miss: 0.75 },
  };
  const { values } = calculate("speech_detection", inputs);
  expect(values).toMatchObject({
    detection_error_rate: 0.3125,
    false_alarm: 3,
    miss: 2,
    total: 16,
    accuracy: 0.75,
    recall: 0.875,
    dcf: 0.28125,
  });
  expect(calculate("speech_detection", { ...inputs, uem: [[0, 10]] }).values).toMatchObject({
    total: 9,
    false_alarm: 1,
    miss: 1,
  });
});

describe("edges", () => {
  test("without speech in the reference the rate is undefined; pyannote prints 1 or 0", () => {
    const answer = calculate("diarization_error", { reference: [], hypothesis: [[0, 1, "a"]] });
    expect(answer.values).toMatchObject({ der: undefined, false_alarm: 1, total: 0, mapping: {} });
    expect(answer.peer_convention).toEqual({ der: 1 });
    expect(calculate("diarization_error", { reference: [], hypothesis: [] }).peer_convention).toEqual({ der: 0 });
    expect(calculate("identification_error", { reference: [], hypothesis: [] }).undefined_because).toEqual({
      identification_error_rate: "no-ground-truth",
      recall: "no-ground-truth",
      precision: "no-predictions",
    });
  });

  test("without silence, or without a recording, the cost is undefined", () => {
    const all = calculate("speech_detection", { reference: [[0, 4]], hypothesis: [[1, 4]] });
    expect(all.undefined_because).toEqual({ dcf: "no-silence" });
    expect(all.peer_convention).toEqual({ dcf: 0.75 / 4 });
    expect(calculate("speech_detection", { reference: [], hypothesis: [] }).undefined_because).toMatchObject({
      accuracy: "nothing-asked",
      f1: "nothing-asked",
      dcf: "no-ground-truth",
    });
  });

  test("a segment of no length is none", () =>
    expect(
      calculate("diarization_error", {
        reference: [
          [3, 3, "A"],
          [0, 1, "A"],
        ],
        hypothesis: [],
      }).values,
    ).toMatchObject({ total: 1 }));
});

const spans = fc.array(
  fc
    .tuple(fc.nat(20), fc.integer({ min: 1, max: 6 }))
    .map(([start, length]): [number, number] => [start, start + length]),
  { maxLength: 6 },
);

test("what is left out and what is left make up the whole, second by second", () =>
  fc.assert(
    fc.property(spans, spans, (regions, others) => {
      const left = without(union(regions), others);
      const holds = (list: readonly (readonly [number, number])[], at: number) =>
        list.some(([start, end]) => start <= at && at < end);
      for (let at = 0.5; at < 30; at++) expect(holds(left, at)).toBe(holds(regions, at) && !holds(others, at));
      const twice = overlaps({ spans: regions, labels: regions.map(() => 0), names: ["A"] });
      for (let at = 0.5; at < 30; at++)
        expect(holds(twice, at)).toBe(regions.filter(([start, end]) => start <= at && at < end).length > 1);
    }),
  ));

const segments = (names: string) =>
  fc.array(
    fc
      .tuple(fc.nat(40), fc.integer({ min: 1, max: 12 }), fc.constantFrom(...names))
      .map(([start, length, name]): Segment => [start / 4, (start + length) / 4, name]),
    { maxLength: 6 },
  );

/** Whether segments of one name overlap. */
const overlapsItself = (list: readonly Segment[]): boolean =>
  [...new Set(list.map(([, , name]) => name))].some(
    (name) => overlaps(tracksOf({ t: list.filter((one) => one[2] === name) }, "t")).length > 0,
  );

test("the error does not depend on what speakers are called, and is 0 against itself", () =>
  fc.assert(
    fc.property(segments("ABC"), segments("xyz"), fc.boolean(), (truth, claimed, skip_overlap) => {
      const other: Record<string, string> = { x: "B", y: "A", z: "nobody" };
      const renamed = claimed.map(([start, end, name]): Segment => [start, end, other[name] ?? name]);
      const { mapping: _, ...before } = calculate("diarization_error", {
        reference: truth,
        hypothesis: claimed,
        skip_overlap,
      }).values;
      const { mapping, ...after } = calculate("diarization_error", {
        reference: truth,
        hypothesis: renamed,
        skip_overlap,
      }).values;
      // A speaker heard twice at once counts twice, as in pyannote: pairings that agree in as much time can then differ in what is correct.
      if (!overlapsItself(claimed) && !overlapsItself(truth)) expect(after).toEqual(before);
      const { der = 0 } = calculate("diarization_error", { reference: truth, hypothesis: truth, skip_overlap }).values;
      expect(der).toBe(0);
    }),
  ));

test("times add up: correct, confused and missed are the reference's, correct, confused and surplus the hypothesis'", () =>
  fc.assert(
    fc.property(segments("ABC"), segments("ABz"), (truth, claimed) => {
      const inputs = { reference: truth, hypothesis: claimed };
      const { total, correct, confusion, missed } = calculate("identification_error", inputs).values as Record<
        string,
        number
      >;
      expect((correct ?? 0) + (confusion ?? 0) + (missed ?? 0)).toBe(total);
      const { correct: best } = calculate("diarization_error", inputs).values as Record<string, number>;
      if (!overlapsItself(claimed) && !overlapsItself(truth)) expect(best).toBeGreaterThanOrEqual(correct ?? 0);
    }),
  ));

/** A recording: both sides and what is evaluated. */
const recording = fc
  .tuple(segments("ABC"), segments("xyz"))
  .map(([truth, claimed]): readonly [Tracks, Tracks] => [tracksOf({ t: truth }, "t"), tracksOf({ t: claimed }, "t")]);

const over =
  <S>(state: { empty(): S; merge(left: S, right: S): S }, of: (pair: readonly [Tracks, Tracks]) => S) =>
  (list: readonly (readonly [Tracks, Tracks])[]) =>
    list.map(of).reduce(state.merge, state.empty());

stateLaws("diarization-error", speakerTimes, {
  unit: recording,
  of: over(speakerTimes, ([left, right]) => {
    const regions = regionsOf({}, left, right);
    return speakerTimesOf(regions, left, right, optimalMapping(regions, left, right));
  }),
  value: (times) => [speakerRates(times), exactValue(times.claimed)],
});
stateLaws("diarization-purity-coverage", clusterTimes, {
  unit: recording,
  of: over(clusterTimes, ([left, right]) => clusterTimesOf(regionsOf({}, left, right), left, right)),
  value: clusterShares,
});
stateLaws("speech-detection", detectionTimes, {
  unit: recording,
  of: over(detectionTimes, ([left, right]) => detectionTimesOf(regionsOf({}, left, right), left, right)),
  value: (times) => detectionRates(times),
});

test.each([
  ["input-missing", "diarization_error", { reference: [] }],
  ["input-range", "diarization_error", { reference: [[0, 1]], hypothesis: [] }],
  [
    "input-type",
    "diarization_error",
    {
      reference: [
        [0, 1, "A"],
        [1, 2, 7],
      ],
      hypothesis: [],
    },
  ],
  ["input-range", "diarization_error", { reference: [[2, 1, "A"]], hypothesis: [] }],
  ["input-type", "diarization_error", { reference: [[0, "1", "A"]], hypothesis: [] }],
  ["input-range", "diarization_error", { reference: [], hypothesis: [], collar: -1 }],
  ["input-type", "identification_error", { reference: [["A", 0, 1]], hypothesis: [] }],
  ["input-type", "speech_detection", { reference: [[0, 1]], hypothesis: [], dcf_weights: [1] }],
  ["input-unknown", "speech_detection", { reference: [[0, 1]], hypothesis: [], dcf_weights: { false_alarm: 1 } }],
  ["input-range", "speech_detection", { reference: [[0, 1]], hypothesis: [], uem: [[3, 1]] }],
])("%s: %s refuses %j", (code, id, inputs) => expect(codeOf(() => calculate(id, inputs))).toBe(code));

/** The measures of tracking together: they share their sequences, and what one counts the others must explain; so the page is a long one. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clearCounts, clearState } from "../../statistics/clear-mot.js";
import { alphas, type HotaState, hotaCounts, hotaScores, hotaState } from "../../statistics/hota.js";
import { identityCounts, identityState } from "../../statistics/track-identity.js";
import { type TrackFrame, trackSequence } from "../../statistics/track-sequence.js";
import { calculate } from "../functions.js";
import { MeasureError } from "../inputs.js";
import { stateLaws } from "../testing/state-laws.js";
import { accumulatorScores, summaryCounts, summaryState } from "./accumulator.js";
import { clearMot } from "./clear.js";
import { hota } from "./hota.js";
import { motIdentity, motVace, vaceCounts, vaceState } from "./identity.js";

function codeOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof MeasureError) return error.code;
    throw error;
  }
  return undefined;
}

// TrackEval tests/test_metrics.py (12c8791), with_confusion() and split_tracks().
const confusion = {
  similarity: [
    [
      [0, 0],
      [1, 0],
    ],
    [
      [0, 0],
      [1, 1],
    ],
    [
      [1, 0],
      [0, 0],
    ],
    [
      [0, 1],
      [0, 0],
    ],
    [
      [0, 1],
      [0, 0],
    ],
  ],
  gt_present: [
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 0],
    [1, 0],
  ],
  tracker_present: [
    [1, 1],
    [1, 1],
    [1, 1],
    [1, 1],
    [0, 1],
  ],
};

test("values of TrackEval's sequence with a confusion", () => {
  expect(calculate("mot_clear", confusion).values).toMatchObject({ CLR_TP: 5, CLR_FN: 3, CLR_FP: 4, IDSW: 1, MOTA: 0 });
  const { values } = calculate("mot_identity", confusion);
  expect(values).toMatchObject({ IDTP: 4, IDFN: 4, IDFP: 5, IDR: 0.5, IDP: 4 / 9 });
  expect(values["IDF1"]).toBeCloseTo(0.47058823529411764, 15);
});

test("a layout that names the tracker first turns the matrices", () => {
  const turned = {
    ...confusion,
    similarity: confusion.similarity.map((one) => [one.map((row) => row[0]), one.map((row) => row[1])]),
    layout: "similarity[t][tracker][gt]",
  };
  expect(calculate("mot_hota", turned)).toEqual(calculate("mot_hota", confusion));
  expect(codeOf(() => calculate("mot_hota", { ...confusion, layout: "sparse" }))).toBe("not-supported");
});

test("an identity that changes half way keeps DetA and halves AssA", () => {
  // motrics tests/test_hota.py (08dc7c5), test_id_split_keeps_deta_but_halves_assa.
  const split = {
    similarity: [[[1, 0]], [[1, 0]], [[0, 1]], [[0, 1]]],
    gt_present: [[1], [1], [1], [1]],
    tracker_present: [
      [1, 0],
      [1, 0],
      [0, 1],
      [0, 1],
    ],
  };
  const { values } = calculate("mot_hota", split);
  expect(values).toMatchObject({ DetA: 1, AssA: 0.5, LocA: 1 });
  expect(values["HOTA"]).toBeCloseTo(Math.SQRT1_2, 15);
});

describe("edges", () => {
  test("a tracker without a truth has HOTA 0 and no AssA; TrackEval prints 0 and 1", () => {
    const answer = calculate("mot_hota", { frames: 2, gt_per_frame: 0, tracker_per_frame: 2 });
    expect(answer.values).toMatchObject({
      HOTA: 0,
      DetA: 0,
      AssA: undefined,
      LocA: undefined,
      HOTA_FP: 76,
      HOTA_FN: 0,
    });
    expect(answer.undefined_because).toEqual({ AssA: "no-matches", LocA: "no-matches" });
    expect(answer.peer_convention).toEqual({ AssA: 0, LocA: 1 });
  });

  test("nothing on either side leaves everything undefined", () => {
    const empty = { similarity: [[]], gt_present: [[]], tracker_present: [[]] };
    expect(calculate("mot_hota", empty).undefined_because).toMatchObject({
      HOTA: "nothing-asked",
      DetA: "nothing-asked",
    });
    expect(calculate("mot_clear", empty).undefined_because).toEqual({ MOTA: "no-ground-truth", MOTP: "no-matches" });
    expect(calculate("mot_identity", empty).undefined_because).toMatchObject({ IDF1: "nothing-asked" });
    expect(calculate("mot_vace", empty).undefined_because).toMatchObject({ ATA: "nothing-asked" });
    expect(calculate("mot_accumulator", { frames: [] }).undefined_because).toEqual({
      mota: "no-ground-truth",
      motp: "no-matches",
    });
  });

  test("an id that is in no frame is no track", () => {
    const wide = {
      similarity: confusion.similarity.map((one) => [...one, [0, 0]]),
      gt_present: confusion.gt_present.map((row) => [...row, 0]),
      tracker_present: confusion.tracker_present,
    };
    for (const id of ["mot_hota", "mot_clear", "mot_identity", "mot_vace"])
      expect(calculate(id, wide)).toEqual(calculate(id, confusion));
  });
});

test("a similarity of 0.15 reaches three α, and one of 0.7 fourteen, though the sum of steps of 0.05 is a bit above", () => {
  const of = (one: number) =>
    calculate("mot_hota", { similarity: [[[one]]], gt_present: [[1]], tracker_present: [[1]] }).values;
  expect(of(0.15)["HOTA_TP"]).toBe(3);
  expect(of(0.7)["HOTA_TP"]).toBe(14);
});

test("a track followed in 80 % of its frames is mostly tracked for py-motmetrics and not for TrackEval, with one fragment", () => {
  const there = [1, 1, 0, 1, 1];
  const inputs = {
    similarity: there.map((one) => [[one]]),
    gt_present: there.map(() => [1]),
    tracker_present: there.map(() => [1]),
  };
  expect(calculate("mot_clear", inputs).values).toMatchObject({ MT: 0, PT: 1, ML: 0, Frag: 1, CLR_FN: 1 });
  expect(calculate("mot_summary", { data: inputs }).values).toMatchObject({
    mostly_tracked: 1,
    partially_tracked: 0,
    fragmentations: 1,
  });
});

test("events of a sequence with switches and transfers", () => {
  // py-motmetrics tests/test_metrics.py, test_ids.
  const frames = [
    { gt: [], hyp: [], dist: [] },
    {
      gt: [1, 2],
      hyp: [1, 2],
      dist: [
        [1, 0],
        [0, 1],
      ],
    },
    {
      gt: [1, 2],
      hyp: [1, 2],
      dist: [
        [0.4, null],
        [null, 0.4],
      ],
    },
    {
      gt: [1, 2],
      hyp: [1, 2],
      dist: [
        [0, 1],
        [1, 0],
      ],
    },
    {
      gt: [1, 2],
      hyp: [2, 3],
      dist: [
        [1, 0],
        [0.4, 0.7],
      ],
    },
    {
      gt: [1, 3],
      hyp: [2, 3],
      dist: [
        [1, 0],
        [0.4, 0.7],
      ],
    },
    { gt: [], hyp: [], dist: [] },
  ];
  const { values } = calculate("mot_accumulator", { frames });
  expect(values).toMatchObject({
    matches: 7,
    switches: 3,
    transfers: 3,
    ascends: 1,
    migrates: 1,
    misses: 0,
    mota: 0.7,
    frames: 7,
  });
  expect(values["motp"]).toBeCloseTo(0.16, 15);
});

describe("a summary of MOTChallenge files", () => {
  const truth = [
    "1,1,0,0,10,10,1,-1,-1,-1",
    "2,1,1,0,10,10,1,-1,-1,-1",
    "3,1,2,0,10,10,1,-1,-1,-1",
    "4,1,3,0,10,10,1,-1,-1,-1",
    "",
  ].join("\n");
  const tracker = "1 7 0 0 10 10 -1\n3 8 3 0 10 10 -1\n4 8 3 0 10 10 -1\n4 9 50 50 10 10 -1\n";

  test("values are those that py-motmetrics 1.4.0 prints", () => {
    const { values } = calculate("mot_summary", {
      datas: [truth, tracker],
      distance: "iou 0.5",
      aggregation: "overall",
    });
    expect(values).toMatchObject({ unique_objects: 1, mostly_tracked: 0, partially_tracked: 1, mostly_lost: 0 });
    expect(values).toMatchObject({ false_positives: 1, misses: 1, switches: 1, fragmentations: 1, mota: 0.25 });
    expect(values).toMatchObject({ idf1: 0.5, idp: 0.5, idr: 0.5, recall: 0.75, precision: 0.75 });
    expect(values["motp"]).toBeCloseTo(2 / 33, 15);
  });

  test.each([
    ["rows", { gt: [[1, 1, 0, 0, 10, 10]], test: [[1, 7, 0, 0, 10, 10]] }, undefined],
    ["corners", { gt: [[1, 1, 5, 5, 15, 15]], test: [[1, 7, 5, 5, 15, 15]] }, "[frame, id, x1, y1, x2, y2]"],
    ["sequences by name", { a: { gt: "1,1,0,0,9,9", tracker: "1,1,0,0,9,9" } }, undefined],
    ["distances", { frames: [{ gt: ["a"], hyp: ["b"], dist: [[0]] }] }, undefined],
    [
      "boxes in frames",
      {
        frames: [
          { gt: [[1, 5, 5, 9, 9]], hyp: [[7, 5, 5, 9, 9]] },
          { gt: [], hyp: [] },
        ],
      },
      undefined,
    ],
    ["boxes frame by frame", { gt: [[[1, 5, 5, 9, 9]], []], tracker: [[[7, 5, 5, 9, 9]]] }, undefined],
    ["similarities", { similarity: [[[1]]], gt_present: [[1]], tracker_present: [[1]] }, undefined],
    ["TrackEval holds it", { gt_ids: [[4]], tracker_ids: [[9]], similarity_scores: [[[1]]] }, undefined],
  ])("data as %s", (_, data, layout) => {
    const { values } = calculate("mot_summary", { data, ...(layout === undefined ? {} : { layout }) });
    expect(values).toMatchObject({ mota: 1, motp: 0, idf1: 1, unique_objects: 1 });
  });

  test("similarities frame by frame are the same as in full", () => {
    const data = {
      gt_ids: [[0, 1], [0, 1], [0, 1], [0], [0]],
      tracker_ids: [[0, 1], [0, 1], [0, 1], [0, 1], [1]],
      similarity_scores: [
        [
          [0, 0],
          [1, 0],
        ],
        [
          [0, 0],
          [1, 1],
        ],
        [
          [1, 0],
          [0, 0],
        ],
        [[0, 1]],
        [[1]],
      ],
    };
    expect(calculate("mot_hota", { data })).toEqual(calculate("mot_hota", confusion));
    expect(calculate("mot_hota", { data: confusion })).toEqual(calculate("mot_hota", confusion));
    expect(codeOf(() => calculate("mot_hota", { data: { ...data, tracker_ids: [[0]] } }))).toBe("inputs-disagree");
    expect(codeOf(() => calculate("mot_hota", { data: { frames: [{ gt: [1], hyp: [1], dist: [[0]] }] } }))).toBe(
      "not-supported",
    );
  });

  test("the same boxes give HOTA", () =>
    expect(calculate("mot_hota", { data: { gt: truth, tracker: truth } }).values).toMatchObject({ HOTA: 1, LocA: 1 }));

  test.each([
    ["input-missing", {}],
    ["input-type", { data: "1,1,0,0,9,9" }],
    ["input-type", { data: 3 }],
    ["input-type", { datas: ["1,1,0,0,9,x", "1,1,0,0,9,9"] }],
    ["inputs-disagree", { datas: ["1,1,0,0,9,9\n1,1,5,5,9,9", "1,1,0,0,9,9"] }],
    ["not-supported", { datas: [truth, truth], distance: "cosine" }],
    ["not-supported", { datas: [truth, truth], aggregation: "mean over sequences" }],
  ])("%s: %j", (code, inputs) => expect(codeOf(() => calculate("mot_summary", inputs))).toBe(code));
});

const level = fc.integer({ min: 0, max: 8 }).map((eighths) => eighths / 8);
const ids = fc.uniqueArray(fc.nat(3), { maxLength: 4 });
const frame: fc.Arbitrary<TrackFrame> = fc
  .record({ truth: ids, tracker: ids, values: fc.array(level, { minLength: 16, maxLength: 16 }) })
  .map(({ truth, tracker, values }) => ({ truth, tracker, similarity: (i, j) => values[i * 4 + j]! }));
const drawn = fc.array(frame, { maxLength: 6 }).map(trackSequence);

test("HOTA² is DetA · AssA at every α", () =>
  fc.assert(
    fc.property(drawn, (sequence) => {
      for (const { hota: one, detA, assA } of hotaScores(hotaCounts(sequence)))
        if (one !== undefined) expect(one * one).toBeCloseTo((detA ?? 0) * (assA ?? 0), 12);
    }),
  ));

test("a tracker that is the truth scores 1, and counts add up to the detections", () =>
  fc.assert(
    fc.property(drawn, (sequence) => {
      const state = hotaCounts(sequence);
      state.tp.forEach((tp, a) => {
        expect(tp + state.fn[a]!).toBe(sequence.truth.length);
        expect(tp + state.fp[a]!).toBe(sequence.tracker.length);
      });
      const frames = Array.from({ length: sequence.frames }, (_, t): TrackFrame => {
        const here = Array.from(sequence.truth.subarray(sequence.truthStart[t]!, sequence.truthStart[t + 1]!));
        return { truth: here, tracker: here, similarity: (i, j) => (i === j ? 1 : 0) };
      });
      if (sequence.truth.length === 0) return;
      const same = trackSequence(frames);
      expect(hota(same)).toMatchObject({ HOTA: 1, DetA: 1, AssA: 1, LocA: 1 });
      expect(clearMot(same)).toMatchObject({ MOTA: 1, MOTP: 1, IDSW: 0 });
      expect(motIdentity(same)).toMatchObject({ IDF1: 1 });
      expect(motVace(vaceCounts(same))).toMatchObject({ ATA: 1, SFDA: 1 });
    }),
  ));

test("α runs from 0.05 to 0.95", () => {
  expect(alphas.length).toBe(19);
  expect(alphas[18]).toBeCloseTo(0.95, 15);
});

/** The state of several sequences. */
const over =
  <S>(state: { empty(): S; merge(left: S, right: S): S }, of: (one: ReturnType<typeof trackSequence>) => S) =>
  (list: readonly ReturnType<typeof trackSequence>[]) =>
    list.map(of).reduce(state.merge, state.empty());

stateLaws<HotaState, ReturnType<typeof trackSequence>>("mot-hota", hotaState, {
  unit: drawn,
  of: over(hotaState, hotaCounts),
  value: hota,
});
stateLaws("mot-clear", clearState, {
  unit: drawn,
  of: over(clearState, (one) => clearCounts(one, 0.5)),
  value: (state) => clearMot(state),
});
stateLaws("mot-identity", identityState, {
  unit: drawn,
  of: over(identityState, (one) => identityCounts(one, 0.5)),
  value: (state) => motIdentity(state),
});
stateLaws("mot-vace", vaceState, { unit: drawn, of: over(vaceState, (one) => vaceCounts(one)), value: motVace });

const distances = fc.array(
  fc
    .record({
      objects: ids,
      hypotheses: ids,
      values: fc.array(fc.oneof(level, fc.constant(Number.NaN)), { minLength: 16, maxLength: 16 }),
    })
    .map(({ objects, hypotheses, values }) => ({
      objects,
      hypotheses,
      distances: Float64Array.from(values.slice(0, objects.length * hypotheses.length)),
    })),
  { maxLength: 6 },
);

stateLaws("mot-summary", summaryState, {
  unit: distances,
  of: (list) => list.map(summaryCounts).reduce(summaryState.merge, summaryState.empty()),
  value: ({ events, identity }) => [{ ...events, distance: 0 }, accumulatorScores(events), motIdentity(identity)],
});

test.each([
  ["input-missing", "mot_clear", { similarity: [] }],
  ["inputs-disagree", "mot_clear", { ...confusion, gt_present: [[1, 1]] }],
  ["inputs-disagree", "mot_clear", { ...confusion, similarity: confusion.similarity.map((one) => one.slice(1)) }],
  [
    "input-range",
    "mot_clear",
    { ...confusion, similarity: confusion.similarity.map((one) => one.map((row) => row.map((x) => 2 * x))) },
  ],
  ["input-range", "mot_identity", { ...confusion, gt_present: confusion.gt_present.map((row) => row.map(() => 0.5)) }],
  ["input-range", "mot_vace", { ...confusion, threshold: 1.5 }],
  ["input-missing", "mot_hota", { frames: 2, gt_per_frame: 1, tracker_per_frame: 1 }],
  ["input-range", "mot_hota", { frames: -2, gt_per_frame: 0, tracker_per_frame: 1 }],
  ["input-type", "mot_accumulator", { frames: [[1]] }],
  ["inputs-disagree", "mot_accumulator", { frames: [{ gt: [1, 1], hyp: [], dist: [] }] }],
  ["inputs-disagree", "mot_accumulator", { frames: [{ gt: [1], hyp: [1, 2], dist: [[0]] }] }],
  ["input-range", "mot_accumulator", { frames: [{ gt: [1], hyp: [1], dist: [[-1]] }] }],
  ["input-type", "mot_accumulator", { frames: [{ gt: [null], hyp: [1], dist: [[1]] }] }],
])("%s: %s refuses %j", (code, id, inputs) => expect(codeOf(() => calculate(id, inputs))).toBe(code));

import fc from "fast-check";
import type { PeerCheck } from "./peer.js";

/** Similarities that are often 0 and often equal, so that matchings have ties, or that are all different. */
const similar = fc.oneof(
  { weight: 2, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 20 }).map((twentieths) => twentieths / 20) },
  { weight: 2, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
);

const flag = fc.constantFrom(0, 1, 1);

const listOf = <T>(one: fc.Arbitrary<T>, length: number) => fc.array(one, { minLength: length, maxLength: length });

const sequence = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }))
  .chain(([frames, truths, trackers]) =>
    fc.record({
      similarity: listOf(listOf(listOf(similar, trackers), truths), frames),
      gt_present: listOf(listOf(flag, truths), frames),
      tracker_present: listOf(listOf(flag, trackers), frames),
    }),
  )
  // Without a detection TrackEval divides by zero in VACE.
  .filter(({ gt_present, tracker_present }) => [...gt_present, ...tracker_present].flat().includes(1));

const withThreshold = fc
  .tuple(sequence, fc.constantFrom(0.3, 0.5, 0.75))
  .map(([one, threshold]) => ({ ...one, threshold }));

const distance = fc.oneof(
  fc.constant(null),
  fc.integer({ min: 0, max: 5 }).map((fifths) => fifths / 5),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

const ids = (most: number) => fc.uniqueArray(fc.nat(most), { maxLength: most + 1 });

const frames = fc.array(
  fc
    .tuple(ids(3), ids(4))
    .chain(([gt, hyp]) => listOf(listOf(distance, hyp.length), gt.length).map((dist) => ({ gt, hyp, dist }))),
  { minLength: 1, maxLength: 8 },
);

export const checks: readonly PeerCheck[] = [
  { measure: "mot-hota", peer: "trackeval", answers: "hota", inputs: sequence, runs: 400 },
  { measure: "mot-clear", peer: "trackeval", answers: "clear", inputs: withThreshold, runs: 400 },
  { measure: "mot-identity", peer: "trackeval", answers: "identity", inputs: withThreshold, runs: 400 },
  {
    measure: "mot-accumulator",
    peer: "motmetrics",
    answers: "events",
    inputs: frames.map((list) => ({ frames: list })),
  },
  {
    measure: "mot-summary",
    peer: "motmetrics",
    answers: "summary",
    inputs: frames.map((list) => ({ data: { frames: list } })),
  },
  { measure: "mot-vace", peer: "trackeval", answers: "vace", inputs: sequence },
];

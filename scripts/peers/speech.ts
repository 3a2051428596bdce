import fc from "fast-check";
import type { PeerCheck } from "./peer.js";

const sentence = fc
  .oneof(
    fc.array(fc.constantFrom("a", "b", "c", "dd"), { maxLength: 12 }),
    fc.array(fc.constantFrom("a", "b", "c", "dd", "e", "fff"), { maxLength: 90 }),
  )
  .map((words) => words.join(" "));

/** Characters that are one code point each, in NFC: jiwer counts code points, we what a person counts. */
const text = fc.string({ unit: fc.constantFrom(..."北京今天天气很好 abc，"), maxLength: 40 });

const sides = (one: fc.Arbitrary<string>) =>
  fc.array(fc.tuple(one, one), { minLength: 1, maxLength: 5 }).map((pairs) => ({
    reference: pairs.map(([left]) => left),
    hypothesis: pairs.map(([, right]) => right),
  }));

type Segment = [start: number, end: number, speaker: string];

/** Halves of a second, exact in binary, so that both sides cut at the same times; no two segments are equal, since pyannote then sorts them its own way. */
const segments = (speakers: string): fc.Arbitrary<Segment[]> =>
  fc.uniqueArray(
    fc
      .tuple(fc.nat(40), fc.integer({ min: 1, max: 16 }), fc.constantFrom(...speakers))
      .map(([start, length, speaker]): Segment => [start / 2, (start + length) / 2, speaker]),
    { minLength: 1, maxLength: 7, selector: ([start, end, speaker]) => `${start} ${end} ${speaker}` },
  );

const recording = (left: string, right: string) =>
  fc.record({
    reference: segments(left),
    hypothesis: segments(right),
    collar: fc.constantFrom(0, 0.5, 1),
    skip_overlap: fc.boolean(),
  });

/** pyannote's purity and coverage know neither collar nor overlap. */
const uncut = fc.record({ reference: segments("ABC"), hypothesis: segments("wxyz") });

const detected = fc
  .record({
    reference: segments("s"),
    hypothesis: segments("s"),
    uem: fc.constantFrom(
      [[0, 40]],
      [
        [2, 9],
        [12, 30],
      ],
    ),
  })
  .map(({ reference, hypothesis, uem }) => ({
    reference: reference.map(([start, end]) => [start, end]),
    hypothesis: hypothesis.map(([start, end]) => [start, end]),
    uem,
  }));

export const checks: readonly PeerCheck[] = [
  { measure: "word-error", peer: "jiwer", answers: "words", inputs: sides(sentence), runs: 400 },
  { measure: "character-error", peer: "jiwer", answers: "characters", inputs: sides(text) },
  { measure: "diarization-error", peer: "pyannote.metrics", answers: "error", inputs: recording("ABC", "wxyz") },
  { measure: "identification-error", peer: "pyannote.metrics", answers: "identity", inputs: recording("ABC", "ABCD") },
  { measure: "diarization-purity-coverage", peer: "pyannote.metrics", answers: "purity", inputs: uncut },
  { measure: "speech-detection", peer: "pyannote.metrics", answers: "speech", inputs: detected },
];

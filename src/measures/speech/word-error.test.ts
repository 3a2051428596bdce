import fc from "fast-check";
import { expect, test } from "vitest";
import { editCounts } from "../../statistics/edit-distance.js";
import { calculate } from "../functions.js";
import { MeasureError } from "../inputs.js";
import { stateLaws } from "../testing/state-laws.js";
import { graphemesOf } from "./units.js";
import {
  countCharacterErrors,
  countWordErrors,
  countWordErrorsOf,
  type Utterance,
  wordErrorRates,
} from "./word-error.js";

function codeOf(call: () => unknown): string | undefined {
  try {
    call();
  } catch (error) {
    if (error instanceof MeasureError) return error.code;
    throw error;
  }
  return undefined;
}

const word = (reference: unknown, hypothesis: unknown, pairing?: string) =>
  calculate("word_error", { reference, hypothesis, ...(pairing === undefined ? {} : { pairing }) });

test("values of Morris, Maier & Green 2004 (jiwer tests/test_measures.py)", () => {
  const { values } = word(["X Y X"], ["X Z"]);
  expect(values["wer"]).toBeCloseTo(2 / 3, 15);
  expect(values["mer"]).toBeCloseTo(2 / 3, 15);
  expect(values["wil"]).toBeCloseTo(0.8333333333333334, 15);
  expect(word("X", "Y Z").values).toMatchObject({ wer: 2, mer: 1, wil: 1, wip: 0 });
});

test("counts are summed before they are divided: no mean over utterances", () =>
  expect(word(["a", "b c d"], ["x", "b c d"]).values).toMatchObject({ wer: 0.25, hits: 3, substitutions: 1 }));

test("all of each side can be one utterance", () => {
  expect(codeOf(() => word(["a b", "c"], ["a b c"]))).toBe("inputs-disagree");
  expect(word(["a b", "c"], ["a b c"], "concatenated").values).toMatchObject({ wer: 0, wip: 1 });
});

test("an empty reference leaves wer undefined and its insertions counted; jiwer prints their number", () => {
  const answer = word([""], ["a b"]);
  expect(answer.values).toMatchObject({ wer: undefined, mer: 1, wip: undefined, insertions: 2 });
  expect(answer.undefined_because).toEqual({
    wer: "no-reference-words",
    wil: "no-reference-words",
    wip: "no-reference-words",
  });
  expect(answer.peer_convention).toEqual({ wer: 2, wil: 1, wip: 0 });
  expect(word("", "").peer_convention).toEqual({ wer: 0, mer: 0, wip: 1, wil: 0 });
  expect(word("a", " ").undefined_because).toEqual({ wil: "no-hypothesis-words", wip: "no-hypothesis-words" });
});

test("Chinese is counted by character", () => {
  // 北 is deleted, 汽 in place of 气, 很 inserted: three of seven.
  const { values } = calculate("character_error", { reference: ["北京今天天气好"], hypothesis: ["京今天天汽很好"] });
  expect(values).toMatchObject({ cer: 3 / 7, hits: 5, substitutions: 1, deletions: 1, insertions: 1 });
});

test("a character is what a person counts, however it is coded", () => {
  expect(graphemesOf("𠮷野家")).toEqual(["𠮷", "野", "家"]);
  expect(graphemesOf("e\u0301te\u0301")).toEqual(["é", "t", "é"]);
  expect(graphemesOf("👨‍👩‍👧你🇨🇳")).toEqual(["👨‍👩‍👧", "你", "🇨🇳"]);
  const { values } = calculate("character_error", { reference: "𠮷e\u0301", hypothesis: "吉é" });
  expect(values).toMatchObject({ cer: 0.5, substitutions: 1, hits: 1 });
});

const texts = fc.string({
  unit: fc.oneof(
    fc.constantFrom(..."你好，世界 abcＡ한é。「」"),
    fc.integer({ min: 32, max: 0x2fff }).map((code) => String.fromCharCode(code)),
  ),
  maxLength: 20,
});

test("the quick way to take a text apart gives what the segmenter gives", () => {
  const segmenter = new Intl.Segmenter("und", { granularity: "grapheme" });
  const ranges = fc.oneof(texts, fc.string({ unit: "binary", maxLength: 12 }));
  fc.assert(
    fc.property(ranges, (text) => {
      const whole = Array.from(segmenter.segment(text.normalize("NFC").trim()), ({ segment }) => segment);
      expect(graphemesOf(text)).toEqual(whole);
    }),
    { numRuns: 500 },
  );
  const different: string[] = [];
  for (let code = 0x20; code <= 0xffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const text = `你${String.fromCharCode(code)}好`;
    const count = Array.from(segmenter.segment(text.normalize("NFC"))).length;
    if (graphemesOf(text).length !== count) different.push(code.toString(16));
  }
  expect(different).toEqual([]);
});

test("texts that are equal in NFC have no character error", () =>
  fc.assert(
    fc.property(texts, (text) => {
      const counts = countCharacterErrors([[text.normalize("NFC"), text.normalize("NFD")]]);
      expect(counts).toEqual({ hits: graphemesOf(text).length, substitutions: 0, deletions: 0, insertions: 0 });
    }),
  ));

const sentence = fc.array(fc.constantFrom("a", "b", "c", "d"), { maxLength: 9 }).map((words) => words.join(" "));
const utterance = fc.tuple(sentence, sentence);

test("a text against itself has no error, and mer and wil stay between 0 and 1", () =>
  fc.assert(
    fc.property(sentence, sentence, (left, right) => {
      if (left !== "")
        expect(wordErrorRates(countWordErrors([[left, left]]))).toMatchObject({ wer: 0, mer: 0, wil: 0, wip: 1 });
      const { mer = 0, wil = 0, wip = 0 } = wordErrorRates(countWordErrors([[left, right]]));
      for (const share of [mer, wil, wip]) {
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
      }
    }),
  ));

test("streams, ids of words and texts give the same counts", async () =>
  fc.assert(
    fc.asyncProperty(fc.array(utterance, { maxLength: 6 }), async (pairs) => {
      const vocabulary = ["a", "b", "c", "d"];
      const idsOf = (text: string) =>
        Int32Array.from(text === "" ? [] : text.split(" "), (one) => vocabulary.indexOf(one));
      const whole = countWordErrors(pairs);
      expect(countWordErrors(pairs.map(([left, right]): Utterance => [idsOf(left), idsOf(right)]))).toEqual(whole);
      async function* stream() {
        yield* pairs;
      }
      expect(await countWordErrorsOf(stream())).toEqual(whole);
    }),
  ));

stateLaws("word-error", editCounts, {
  unit: utterance,
  of: countWordErrors,
  value: (counts) => [counts, wordErrorRates(counts)],
});

test.each([
  ["input-missing", "word_error", { reference: ["a"] }],
  ["input-type", "word_error", { reference: ["a"], hypothesis: [1] }],
  ["input-type", "character_error", { reference: 3, hypothesis: "a" }],
  ["inputs-disagree", "character_error", { reference: ["a", "b"], hypothesis: ["a"] }],
  ["not-supported", "word_error", { reference: ["a"], hypothesis: ["a"], pairing: "random" }],
])("%s: %s refuses %j", (code, id, inputs) => expect(codeOf(() => calculate(id, inputs))).toBe(code));

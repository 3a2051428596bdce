import { addAlignedEdits, type EditCounts, editCounts, newEditScratch } from "../../statistics/edit-distance.js";
import { answerOf } from "../answer.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, shown, textOf, toList } from "../inputs.js";
import { graphemeReader, type UnitReader, wordReader } from "./units.js";

/** Reference and hypothesis of one utterance: texts, or ids of their words. */
export type Utterance = readonly [reference: string, hypothesis: string] | readonly [Int32Array, Int32Array];

/** Edits of a corpus, utterance by utterance; only sums are held. Ids of words must come from one vocabulary. */
export function countWordErrors(utterances: Iterable<Utterance>): EditCounts {
  return countErrors(utterances, wordReader());
}

/** The same in grapheme clusters of texts in NFC. */
export function countCharacterErrors(utterances: Iterable<Utterance>): EditCounts {
  return countErrors(utterances, graphemeReader());
}

/** The same for a corpus that arrives bit by bit. */
export async function countWordErrorsOf(utterances: AsyncIterable<Utterance>): Promise<EditCounts> {
  const { idsOf } = wordReader();
  const scratch = newEditScratch();
  const total = { ...editCounts.empty() };
  for await (const [reference, hypothesis] of utterances)
    addAlignedEdits(total, asIds(reference, idsOf), asIds(hypothesis, idsOf), scratch);
  return total;
}

function countErrors(utterances: Iterable<Utterance>, { idsOf }: UnitReader): EditCounts {
  const scratch = newEditScratch();
  const total = { ...editCounts.empty() };
  for (const [reference, hypothesis] of utterances)
    addAlignedEdits(total, asIds(reference, idsOf), asIds(hypothesis, idsOf), scratch);
  return total;
}

function asIds(units: string | Int32Array, idsOf: UnitReader["idsOf"]): Int32Array {
  return typeof units === "string" ? idsOf(units) : units;
}

export interface WordErrorRates {
  /** Undefined where the reference has no word; above 1 where insertions outnumber it. */
  readonly wer: number | undefined;
  /** Undefined where neither side has a word. */
  readonly mer: number | undefined;
  /** Undefined where one side has no word. */
  readonly wil: number | undefined;
  readonly wip: number | undefined;
}

export function wordErrorRates({ hits, substitutions, deletions, insertions }: EditCounts): WordErrorRates {
  const errors = substitutions + deletions + insertions;
  const reference = hits + substitutions + deletions;
  const hypothesis = hits + substitutions + insertions;
  const wip = reference === 0 || hypothesis === 0 ? undefined : (hits / reference) * (hits / hypothesis);
  return {
    wer: reference === 0 ? undefined : errors / reference,
    mer: hits + errors === 0 ? undefined : errors / (hits + errors),
    wil: wip === undefined ? undefined : 1 - wip,
    wip,
  };
}

const common = {
  orientation: "lower-is-better",
  inference: "census",
  state: editCounts,
} as const;

/** Errors of transcripts, in words and in characters. */
export const transcriptErrors: readonly MeasureFunction[] = [
  /**
   * Formula: wer = (S + D + I)/N, mer = (S + D + I)/(H + S + D + I), wip = H²/(N·P), wil = 1 − wip; H hits, S substitutions, D deletions, I insertions of an alignment with the least edits, N = H + S + D words of the reference, P = H + S + I of the hypothesis.
   * Convention: counts are summed over utterances before they are divided, no mean over utterances. Words are what stands between white space; case and punctuation count. Where alignments with equally few edits differ (which changes mer, wil and wip, never wer), jiwer's: equal words at both ends first, then from the end a deletion before an insertion before a substitution. `pairing` is sentence (default: one hypothesis a reference) or concatenated (all of each side as one utterance).
   * Edge: without a word in the reference wer is undefined (jiwer prints the number of insertions), and the insertions are in the counts all the same; without a word on one side wip and wil are undefined (jiwer 0 and 1; both sides empty: 1 and 0), without any word mer.
   * Unit: shares; wer can pass 1. Counts in words.
   * Source: Morris, Maier & Green 2004, Interspeech; jiwer 4.0.0; Levenshtein 1966.
   */
  {
    id: "word-error",
    title: { zh: "词错误率 WER、MER、WIL、WIP", en: "Word error: WER, MER, WIL, WIP" },
    answers: {
      zh: "转写要改动多少词才与参考一致",
      en: "How many words of a transcript must be changed to have the reference",
    },
    misleads: {
      zh: "中文不以空格分词，用字错误率；大小写、标点、数字写法不统一时偏高；无关紧要的错与要害的错同样计数",
      en: "High where case, punctuation or numerals differ; a harmless error counts as much as a fatal one; for text without spaces, as Chinese, take character errors",
    },
    ...common,
    inputs: ["reference", "hypothesis", "pairing"],
    outputs: ["wer", "mer", "wil", "wip", "hits", "substitutions", "deletions", "insertions"],
    calculate(inputs) {
      const counts = countWordErrors(utterancesOf(inputs));
      const { hits, substitutions, deletions, insertions } = counts;
      const missing = hits + substitutions + deletions === 0 ? "no-reference-words" : "no-hypothesis-words";
      const reasons = { wer: "no-reference-words", mer: "nothing-asked", wil: missing, wip: missing } as const;
      const wip = hits + substitutions + deletions + insertions === 0 ? 1 : 0;
      const peer = { wer: insertions, mer: 0, wip, wil: 1 - wip };
      return answerOf({ ...wordErrorRates(counts), ...counts }, reasons, peer);
    },
  },
  /**
   * Formula: cer = (S + D + I)/N in characters.
   * Convention: a character is an extended grapheme cluster (UAX #29) of the text in NFC, so 汉 and 𠮷 and é are one each, however they are coded; jiwer counts code points. White space inside counts, at the ends it does not. Counts are summed over utterances before they are divided.
   * Edge: without a character in the reference cer is undefined (jiwer prints the number of insertions).
   * Unit: share, can pass 1. Counts in grapheme clusters.
   * Source: jiwer 4.0.0 (process_characters); Unicode Standard Annex #29.
   */
  {
    id: "character-error",
    title: { zh: "字错误率 CER", en: "Character error rate, CER" },
    answers: {
      zh: "转写要改动多少字才与参考一致",
      en: "How many characters of a transcript must be changed to have the reference",
    },
    misleads: {
      zh: "空格也计入，分词习惯不同即算错；全角与半角、繁与简算不同的字",
      en: "Spaces count, so habits of spacing are errors; full-width and half-width, traditional and simplified are different characters",
    },
    ...common,
    inputs: ["reference", "hypothesis"],
    outputs: ["cer", "hits", "substitutions", "deletions", "insertions"],
    calculate(inputs) {
      const counts = countCharacterErrors(utterancesOf(inputs));
      const { wer: cer } = wordErrorRates(counts);
      return answerOf({ cer, ...counts }, { cer: "no-reference-words" }, { cer: counts.insertions });
    },
  },
];

/** One text is one utterance. @throws MeasureError where the sides have different numbers of utterances and are not concatenated */
function utterancesOf(inputs: Inputs): readonly Utterance[] {
  const reference = textsOf(inputs, "reference");
  const hypothesis = textsOf(inputs, "hypothesis");
  if (concatenates(inputs)) return [[reference.join(" "), hypothesis.join(" ")]];
  if (reference.length !== hypothesis.length)
    throw new MeasureError("inputs-disagree", {
      input: "hypothesis",
      expected: {
        zh: `${reference.length} 条，与 reference 相同`,
        en: `${reference.length} utterances, as in reference`,
      },
      found: `${hypothesis.length}`,
    });
  return reference.map((text, at) => [text, hypothesis[at] ?? ""]);
}

function textsOf(inputs: Inputs, name: string): readonly string[] {
  const value = inputs[name];
  if (typeof value === "string") return [value];
  return toList(value, name).map((text, at) => {
    if (typeof text !== "string")
      throw new MeasureError("input-type", {
        input: `${name}[${at}]`,
        expected: { zh: "文本", en: "a text" },
        found: shown(text),
      });
    return text;
  });
}

/** How references and hypotheses go together: one by one, or all of a side as one utterance. */
function concatenates(inputs: Inputs): boolean {
  const pairing = textOf(inputs, "pairing", undefined, "sentence");
  if (/concat|contiguous|join|single|whole|flat|merge/i.test(pairing)) return true;
  if (/sentence|pair|utterance|each|one/i.test(pairing)) return false;
  throw new MeasureError("not-supported", {
    input: "pairing",
    expected: { zh: "sentence（逐句）或 concatenated（连成一段）", en: "sentence or concatenated" },
    found: shown(pairing),
  });
}

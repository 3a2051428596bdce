import type { MeasureFunction, MeasureState } from "../function.js";
import { pairedSequences } from "./tags.js";

/** Tokens by what the reference and the prediction say. */
export interface TokenConfusion {
  readonly TP: number;
  readonly FP: number;
  readonly FN: number;
  readonly TN: number;
}

export const tokenConfusionState: MeasureState<TokenConfusion> = {
  empty: () => ({ TP: 0, FP: 0, FN: 0, TN: 0 }),
  merge: (left, right) => ({
    TP: left.TP + right.TP,
    FP: left.FP + right.FP,
    FN: left.FN + right.FN,
    TN: left.TN + right.TN,
  }),
};

/**
 * Tags token by token, as seqeval's performance_measure counts them; streams, lists or typed arrays of tag ids, of one length.
 *
 * @param outside the tag, or the id, of tokens outside any entity
 */
export function tokenConfusion<T>(truth: Iterable<T>, predicted: Iterable<T>, outside: T): TokenConfusion {
  const counts = { TP: 0, FP: 0, FN: 0, TN: 0 };
  const guesses = predicted[Symbol.iterator]();
  for (const tag of truth) {
    const guess = guesses.next().value;
    if (tag === guess) counts[tag === outside ? "TN" : "TP"] += 1;
    else counts[guess === outside ? "FN" : "FP"] += 1;
  }
  return counts;
}

/**
 * Formula: TP: same tag, not O; FP: another tag than the reference's, not O; FN: O where the reference has a tag; TN: O in both.
 * Convention: seqeval's performance_measure: a wrong tag in place of another is one FP and no FN, so TP + FP + FN + TN is the number of tokens.
 * Edge: no tokens give four zeros.
 * Unit: tokens.
 * Source: seqeval 1.2.2, metrics/sequence_labeling.py.
 */
export const tokenConfusionMeasure: MeasureFunction = {
  id: "token-confusion",
  title: { zh: "词元级混淆计数", en: "Confusion of tokens" },
  answers: {
    zh: "逐个词元看，标签对、错、漏各多少",
    en: "Token by token, how many tags are right, wrong or left out",
  },
  misleads: {
    zh: "O 占多数时 TN 很大；错类只算 FP，由此得到的召回率偏高",
    en: "Where O prevails TN is large; a wrong type counts as FP only, so recall from these counts is high",
  },
  orientation: "none",
  inference: "census",
  inputs: ["y_true", "y_pred"],
  outputs: ["TP", "FP", "FN", "TN"],
  state: tokenConfusionState,
  calculate(inputs) {
    const { truth, predicted } = pairedSequences(inputs);
    const parts = truth.map((tags, at) => tokenConfusion(tags, predicted[at] ?? [], "O"));
    return { values: { ...parts.reduce(tokenConfusionState.merge, tokenConfusionState.empty()) } };
  },
};

import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, numberOf, textOf } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { countEntities, type EntityCounts, entityCounts, type Reading, type TypeCounts, totalOf } from "./counts.js";
import { tagSchemes } from "./strict.js";
import { pairedSequences } from "./tags.js";

/** A score, or why there is none. */
export type Score = number | Reason;

export interface Scores {
  readonly precision: Score;
  readonly recall: Score;
  /** F of the asked β. */
  readonly f: Score;
}

/** Scores of one type, or of all types counted together (micro). @param beta weight of recall against precision; Infinity is recall */
export function entityScores({ truth, predicted, correct }: TypeCounts, beta = 1): Scores {
  const precision = predicted === 0 ? "no-predictions" : correct / predicted;
  const recall = truth === 0 ? "no-ground-truth" : correct / truth;
  if (beta === Number.POSITIVE_INFINITY) return { precision, recall, f: recall };
  // (1 + β²)·PR / (β²P + R) in counts: it is also defined where one of P and R is not, and then 0.
  const weight = beta * beta;
  const below = weight * truth + predicted;
  const f =
    below === 0
      ? predicted === 0 && beta === 0
        ? "no-predictions"
        : "nothing-asked"
      : ((1 + weight) * correct) / below;
  return { precision, recall, f };
}

export type Average = "micro" | "macro" | "weighted";

/** One row of scores over all types. @param counts by type */
export function averageScores(counts: EntityCounts, average: Average, beta = 1): Scores {
  if (average === "micro") return entityScores(totalOf(counts), beta);
  const rows = [...counts.types.values()].map((one) => ({
    scores: entityScores(one, beta),
    weight: average === "macro" ? 1 : one.truth,
  }));
  const empty: Reason = average === "weighted" && rows.length > 0 ? "no-ground-truth" : "nothing-asked";
  const mean = (of: (scores: Scores) => Score): Score => {
    let sum = 0;
    let weights = 0;
    for (const { scores, weight } of rows) {
      if (weight === 0) continue;
      const value = of(scores);
      if (typeof value !== "number") return value;
      sum += weight * value;
      weights += weight;
    }
    return weights === 0 ? empty : sum / weights;
  };
  return { precision: mean((one) => one.precision), recall: mean((one) => one.recall), f: mean((one) => one.f) };
}

/** The same with 0 for what is undefined, as seqeval counts on; its macro mean of no type is NaN, which is no number to give. */
function averageWithZeros(counts: EntityCounts, average: Average, beta: number): readonly number[] {
  if (average === "micro") return triple(entityScores(totalOf(counts), beta)).map(orZero);
  const sums = [0, 0, 0];
  let weights = 0;
  for (const one of counts.types.values()) {
    const weight = average === "macro" ? 1 : one.truth;
    weights += weight;
    triple(entityScores(one, beta)).forEach((score, at) => {
      sums[at] = (sums[at] ?? 0) + weight * orZero(score);
    });
  }
  if (weights === 0) return average === "macro" ? [] : sums;
  return sums.map((sum) => sum / weights);
}

const triple = ({ precision, recall, f }: Scores): readonly Score[] => [precision, recall, f];
const orZero = (score: Score): number => (typeof score === "number" ? score : 0);

/** An answer while it is put together: what has an undefined part is undefined, with what the peer prints beside it. */
interface Draft {
  readonly values: Record<string, unknown>;
  readonly undefined_because: Record<string, Reason>;
  readonly peer_convention: Record<string, unknown>;
}

const averages = ["micro", "macro", "weighted"] as const;

/**
 * Formula: P = correct / found, R = correct / phrases, F_β = (1 + β²)·correct / (β²·phrases + found), correct being entities with the same type, first and last token.
 * Convention: `mode` strict reads the tags under `scheme` (seqeval strict); conlleval, and its other name default, reads them as conlleval. Without `mode` it is strict where a scheme is given. `average` is micro, macro or weighted (by support); without it strict gives a list by type in the order of `labels`, as classification_report does (one number where there is one type), and conlleval the micro value, as it prints it; null gives the list in both.
 * Edge: nothing found leaves P undefined, no entity of the truth R, neither of them F; a list or a mean with an undefined part is undefined (a type of weight 0 does not count in weighted). seqeval and conlleval print 0 there, and count on with it.
 * Unit: shares 0 … 1; support, phrases, found, correct in entities; accuracy is the share of tokens with the same tag.
 * Source: Tjong Kim Sang & Buchholz 2000 (CoNLL-2000, conlleval); seqeval 1.2.2, metrics/v1.py.
 */
export const sequencePrf: MeasureFunction = {
  id: "sequence-prf",
  title: { zh: "实体级精确率、召回率与 F 值", en: "Precision, recall and F of entities" },
  answers: {
    zh: "预测的实体中有多少与参考完全一致，参考的实体中有多少被找到",
    en: "How many of the predicted entities are those of the reference, and how many of the reference's were found",
  },
  misleads: {
    zh: "边界差一个词即记两次错；宏平均由少见类型主导；不同读法（严格、conlleval）之间不可比较",
    en: "A boundary off by one token counts as two errors; rare types lead the macro mean; readings (strict, conlleval) do not compare",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["y_true", "y_pred", "mode", "scheme", "average", "beta"],
  outputs: [
    ...["precision", "recall", "f1", "fbeta", "support", "labels", "per_type", "micro", "macro", "weighted"],
    ...["accuracy", "tokens", "phrases", "found", "correct"],
  ],
  state: entityCounts,
  calculate(inputs) {
    const { truth, predicted } = pairedSequences(inputs);
    const reading = readingOf(inputs);
    const average = inputs["average"] == null ? inputs["average"] : textOf(inputs, "average", averages);
    return answerOf(countEntities(truth, predicted, reading), { reading, average, beta: betaOf(inputs) });
  },
};

function readingOf(inputs: Inputs): Reading {
  const scheme = inputs["scheme"] == null ? undefined : textOf(inputs, "scheme", tagSchemes);
  const mode = textOf(
    inputs,
    "mode",
    ["strict", "conlleval", "default"],
    scheme === undefined ? "conlleval" : "strict",
  );
  if (mode !== "strict") return "conll";
  if (scheme !== undefined) return scheme;
  throw new MeasureError("input-missing", {
    input: "scheme",
    expected: { zh: `其中之一：${tagSchemes.join("、")}`, en: `one of ${tagSchemes.join(", ")}` },
  });
}

/** JSON has no infinity, so it comes as a text. */
function betaOf(inputs: Inputs): number {
  return inputs["beta"] === "Infinity" ? Number.POSITIVE_INFINITY : numberOf(inputs, "beta", { min: 0 }, 1);
}

interface Asked {
  readonly reading: Reading;
  /** null asks for lists by type. */
  readonly average: Average | null | undefined;
  readonly beta: number;
}

function answerOf(counts: EntityCounts, { reading, average, beta }: Asked): Answer {
  const answer: Draft = { values: {}, undefined_because: {}, peer_convention: {} };
  const { values } = answer;
  const labels = [...counts.types.keys()].sort();
  const total = totalOf(counts);
  const byType = average === null || (average === undefined && reading !== "conll" && labels.length > 1);
  if (byType) putLists(answer, counts, labels, beta);
  else {
    const over = average ?? "micro";
    const [precision, recall, fbeta] = averageWithZeros(counts, over, beta);
    const scores = averageScores(counts, over, beta);
    put(answer, "precision", [scores.precision], precision, first);
    put(answer, "recall", [scores.recall], recall, first);
    put(answer, "fbeta", [scores.f], fbeta, first);
    put(answer, "f1", [averageScores(counts, over).f], averageWithZeros(counts, over, 1)[2], first);
    values["support"] = total.truth;
  }
  for (const over of averages)
    put(answer, over, triple(averageScores(counts, over, beta)), averageWithZeros(counts, over, beta));
  putTypes(answer, counts, labels);
  put(answer, "accuracy", [counts.tokens === 0 ? "nothing-asked" : counts.tokensCorrect / counts.tokens], 0, first);
  Object.assign(values, { labels, tokens: counts.tokens, phrases: total.truth, found: total.predicted });
  values["correct"] = total.correct;
  return answer;
}

const first = (list: readonly Score[]): unknown => list[0];

function put(
  { values, undefined_because, peer_convention }: Draft,
  name: string,
  scores: readonly Score[],
  peer: unknown,
  form: (list: readonly Score[]) => unknown = (list) => list,
): void {
  const reason = scores.find((one) => typeof one === "string");
  values[name] = reason === undefined ? form(scores) : undefined;
  if (reason === undefined) return;
  undefined_because[name] = reason;
  if (peer !== undefined && !(Array.isArray(peer) && peer.length < scores.length)) peer_convention[name] = peer;
}

function putLists(answer: Draft, counts: EntityCounts, labels: readonly string[], beta: number): void {
  const rows = labels.map((label) => counts.types.get(label)).filter((one) => one !== undefined);
  const column = (name: string, of: (one: TypeCounts) => Score): void => {
    const scores = rows.map(of);
    put(answer, name, scores, scores.map(orZero));
  };
  column("precision", (one) => entityScores(one).precision);
  column("recall", (one) => entityScores(one).recall);
  column("f1", (one) => entityScores(one).f);
  column("fbeta", (one) => entityScores(one, beta).f);
  answer.values["support"] = rows.map((one) => one.truth);
}

/** A row a type; here an undefined score leaves the others of its row and its neighbours as they are. */
function putTypes(answer: Draft, counts: EntityCounts, labels: readonly string[]): void {
  const own: [string, object][] = [];
  const peer: [string, object][] = [];
  let undefinedOnes = 0;
  for (const label of labels) {
    const one = counts.types.get(label) ?? { truth: 0, predicted: 0, correct: 0 };
    const { precision, recall, f: f1 } = entityScores(one);
    const rest = { support: one.truth, found: one.predicted, correct: one.correct };
    const scores = Object.entries({ precision, recall, f1 });
    for (const [name, score] of scores)
      if (typeof score === "string") {
        answer.undefined_because[`per_type.${label}.${name}`] = score;
        undefinedOnes += 1;
      }
    const row = (of: (score: Score) => unknown) => Object.fromEntries(scores.map(([name, score]) => [name, of(score)]));
    own.push([label, { ...row((score) => (typeof score === "number" ? score : undefined)), ...rest }]);
    peer.push([label, { ...row(orZero), ...rest }]);
  }
  answer.values["per_type"] = Object.fromEntries(own);
  if (undefinedOnes > 0) answer.peer_convention["per_type"] = Object.fromEntries(peer);
}

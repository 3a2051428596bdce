import { normalTail } from "../../statistics/special.js";
import type { MeasureFunction } from "../function.js";
import { booleanOf, type Inputs, MeasureError, numberOf, numbersOf, textOf } from "../inputs.js";

export type EloCurve = "logistic" | "normal";

/** Score that a player of rating `own` may expect against `other`, 0 … 1: logistic with 400 points to ten times the odds, or Elo's normal curve of 200 points each. */
export function eloExpected(own: number, other: number, curve: EloCurve = "logistic"): number {
  const ahead = own - other;
  return curve === "normal" ? normalTail(-ahead / (200 * Math.SQRT2), "upper") : 1 / (1 + 10 ** (-ahead / 400));
}

/** Both ratings after a game in which the first scored `score` (1 won, 0.5 drawn, 0 lost): what one gains the other loses. */
export function eloUpdate(ratings: readonly [number, number], score: number, k: number): readonly [number, number] {
  const gain = k * (score - eloExpected(...ratings));
  return [ratings[0] + gain, ratings[1] - gain];
}

const misleads = {
  zh: "取决于 K 与比赛次序；评分只在同一批对手之内可比",
  en: "It depends on K and on the order of games; ratings compare only within one pool of opponents",
} as const;

const ofRatings = { orientation: "none", inference: "process" } as const;

/** Elo's ratings. */
export const elo: readonly MeasureFunction[] = [
  /**
   * Formula: new_rating = rating + k · (Σ scores − Σ expected), expected_i = 1 ÷ (1 + 10^((opponent_i − rating) ÷ 400))
   * Convention: logistic, as rating bodies and arenas use it. With `batch_update`, the default, all games of the period are expected at the rating before it; without,
   * the rating moves from game to game. `actual` and `expected_total` may stand for the sums.
   * Edge: no games leave the rating as it is.
   * Unit: points of rating, not rounded.
   * Source: Elo 1978, The Rating of Chessplayers, Past and Present.
   */
  {
    id: "elo",
    title: { zh: "Elo 评分更新", en: "Elo rating update" },
    answers: { zh: "一轮比较之后，评分变为多少", en: "What the rating is after some games" },
    misleads,
    ...ofRatings,
    inputs: ["rating", "k", "opponents", "scores", "batch_update", "actual", "expected_total"],
    outputs: ["expected_scores", "expected_total", "new_rating"],
    calculate(inputs) {
      const rating = numberOf(inputs, "rating");
      const k = numberOf(inputs, "k", { min: 0 });
      if (inputs["opponents"] === undefined) {
        const expected_total = numberOf(inputs, "expected_total", { min: 0 });
        return {
          values: {
            expected_total,
            new_rating: rating + k * (numberOf(inputs, "actual", { min: 0 }) - expected_total),
          },
        };
      }
      const { opponents, scores, actual } = gamesOf(inputs);
      const inBatch = booleanOf(inputs, "batch_update", true);
      let moving = rating;
      const expected_scores = opponents.map((opponent, game) => {
        const expected = eloExpected(inBatch ? rating : moving, opponent);
        moving += k * ((scores?.[game] ?? 0) - expected);
        return expected;
      });
      const expected_total = numberOf(inputs, "expected_total", { min: 0 }, sumOf(expected_scores));
      const new_rating = inBatch ? rating + k * (actual - expected_total) : moving;
      return { values: { expected_scores, expected_total, new_rating } };
    },
  },
  /**
   * Formula: 1 ÷ (1 + 10^((ratingB − ratingA) ÷ 400))
   * Convention: logistic; with `model` "normal", Elo's first curve Φ((ratingA − ratingB) ÷ 200√2). The two differ by less than 0.01 up to 200 points.
   * Edge: equal ratings give 0.5.
   * Unit: expected score, 0 … 1.
   * Source: Elo 1978, The Rating of Chessplayers, Past and Present.
   */
  {
    id: "elo-expected",
    title: { zh: "Elo 期望得分", en: "Elo expected score" },
    answers: { zh: "两个评分相遇时，前者期望得多少分", en: "Which score the first of two ratings may expect" },
    misleads,
    ...ofRatings,
    inputs: ["ratingA", "ratingB", "model"],
    outputs: ["expected"],
    calculate(inputs) {
      const model = textOf(inputs, "model", undefined, "logistic");
      const curve = /normal|gauss/i.test(model) && !/logistic/i.test(model) ? "normal" : "logistic";
      if (curve === "logistic" && !/logistic|elo/i.test(model))
        throw new MeasureError("input-range", {
          input: "model",
          expected: { zh: "logistic 或 normal", en: "logistic or normal" },
          found: model,
        });
      return { values: { expected: eloExpected(numberOf(inputs, "ratingA"), numberOf(inputs, "ratingB"), curve) } };
    },
  },
];

interface Period {
  readonly opponents: Float64Array;
  /** By game; absent where only their sum is known. */
  readonly scores: Float64Array | undefined;
  readonly actual: number;
}

function gamesOf(inputs: Inputs): Period {
  const opponents = numbersOf(inputs, "opponents");
  if (inputs["scores"] === undefined && inputs["batch_update"] !== false)
    return { opponents, scores: undefined, actual: numberOf(inputs, "actual", { min: 0, max: opponents.length }) };
  const scores = numbersOf(inputs, "scores", { min: 0, max: 1 });
  if (scores.length !== opponents.length)
    throw new MeasureError("inputs-disagree", {
      input: "scores",
      expected: { zh: `${opponents.length} 个`, en: `${opponents.length} of them` },
      found: String(scores.length),
    });
  return { opponents, scores, actual: numberOf(inputs, "actual", { min: 0 }, sumOf(scores)) };
}

function sumOf(list: Float64Array): number {
  return list.reduce((sum, x) => sum + x, 0);
}

import type { Summit } from "../../statistics/newton.js";
import { bradleyTerry, bradleyTerryMm, bradleyTerryOrderEffect, deviance } from "../../statistics/paired.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, numberOf, shown, textOf, toNumber } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { gamesOf, type NamedGames, zeroOf } from "./games.js";

const ofComparisons = { orientation: "none", inference: "process", interval: "asymptotic" } as const;

const misleads = {
  zh: "假定偏好可传递且彼此独立；同一评判者或同一提示的比较成群时，标准误偏小",
  en: "It takes preferences as transitive and independent; where comparisons come in clusters (one judge, one prompt), standard errors are too small",
} as const;

/** Strengths of items from comparisons of two. */
export const bradleyTerryModels: readonly MeasureFunction[] = [
  /**
   * Formula: logit P(i beats j) = θ_i − θ_j by maximum likelihood; se from the inverse of the Fisher information; residual_deviance = 2 Σ O ln(O ÷ E) over rows
   * Convention: θ of `reference` is 0 (its se too), as in R's BradleyTerry2; with `centering` "mean zero", and where neither is given, the mean of all θ is 0, as in
   * choix. Deviance and its degrees of freedom (rows − items + 1) count the rows of `games` as they stand, of `winner_loser` and `wins` one row a pair; rows
   * without a game are left out.
   * Edge: there is an estimate only where each item beat each other one, directly or by a chain; else no-estimate (choix and crowd-kit print large numbers).
   * Unit: log odds; ln of the ratio of strengths.
   * Source: Bradley & Terry 1952, Biometrika 39, 324–345; Ford 1957, Am. Math. Mon. 64(8), 28–33; Agresti 2002, Categorical Data Analysis, 10.6.
   */
  {
    id: "bradley-terry",
    title: { zh: "Bradley–Terry 模型", en: "Bradley–Terry model" },
    answers: {
      zh: "从两两比较看，各项目（模型、回答）有多强",
      en: "How strong items (models, answers) are, from comparisons of two",
    },
    misleads,
    ...ofComparisons,
    inputs: ["items", "winner_loser", "games", "games_layout", "wins", "wins_layout", "reference", "centering"],
    outputs: ["log_ability", "se", "residual_deviance", "residual_df"],
    calculate(inputs) {
      const games = gamesOf(inputs);
      const zero = zeroOf(inputs, games.names);
      const fit = bradleyTerry(games);
      if (fit === undefined) return noEstimate("log_ability", "se", "residual_deviance", "residual_df");
      const logOdds = Float64Array.from(
        games.first,
        (first, i) => (fit.x[first] ?? 0) - (fit.x[games.second[i] ?? 0] ?? 0),
      );
      return {
        values: {
          log_ability: shifted(fit.x, zero),
          se: errorsAgainst(fit, zero),
          residual_deviance: deviance(games, logOdds),
          residual_df: rowsOf(games) - games.names.length + 1,
        },
      };
    },
  },
  /**
   * Formula: se of θ_i − θ_reference, from the inverse of the Fisher information
   * Convention: without the reference itself, as R's glm and BradleyTerry2 print coefficients; the first item is the reference where none is named.
   * Edge: no estimate where the items are not strongly connected by wins.
   * Unit: log odds.
   * Source: Bradley & Terry 1952; R glm(binomial).
   */
  {
    id: "bradley-terry-se",
    title: { zh: "Bradley–Terry 标准误", en: "Standard errors of Bradley–Terry abilities" },
    answers: {
      zh: "各项目与参照项目的强度差有多不确定",
      en: "How uncertain the difference in strength from the reference is",
    },
    misleads,
    ...ofComparisons,
    inputs: ["items", "winner_loser", "games", "games_layout", "wins", "wins_layout", "reference"],
    outputs: ["se"],
    calculate(inputs) {
      const games = gamesOf(inputs);
      const zero = Math.max(0, zeroOf(inputs, games.names));
      const fit = bradleyTerry(games);
      if (fit === undefined) return noEstimate("se");
      return { values: { se: errorsAgainst(fit, zero).filter((_, item) => item !== zero) } };
    },
  },
  /**
   * Formula: logit P(first wins) = θ_first − θ_second + effect, by maximum likelihood
   * Convention: θ of `reference` is 0, the first item's where none is named. Rows of `games` count as they stand: degrees of freedom are rows with a game − items.
   * Edge: no estimate where abilities, with or without the effect, tell all winners from losers; decided exactly, not by a limit on the size of estimates.
   * Unit: log odds.
   * Source: Davidson & Beaver 1977, Biometrics 33(4), 693–702; Agresti 2002, 10.6; existence: Albert & Anderson 1984, Biometrika 71(1), 1–10.
   */
  {
    id: "bradley-terry-order-effect",
    title: { zh: "含先后次序效应的 Bradley–Terry 模型", en: "Bradley–Terry model with an order effect" },
    answers: {
      zh: "排在前面（先展示、主场）有多大好处，除去后各项目有多强",
      en: "How much it helps to come first (shown first, at home), and how strong items are beyond that",
    },
    misleads,
    ...ofComparisons,
    inputs: ["items", "games", "games_layout", "reference"],
    outputs: ["log_ability", "order_effect", "order_effect_se", "residual_deviance", "residual_df"],
    calculate(inputs) {
      const games = gamesOf(inputs);
      const items = games.names.length;
      const zero = Math.max(0, zeroOf(inputs, games.names));
      const fit = bradleyTerryOrderEffect(games, zero);
      if (fit === undefined)
        return noEstimate("log_ability", "order_effect", "order_effect_se", "residual_deviance", "residual_df");
      const effect = fit.x[items] ?? 0;
      const logOdds = Float64Array.from(
        games.first,
        (first, i) => (fit.x[first] ?? 0) - (fit.x[games.second[i] ?? 0] ?? 0) + effect,
      );
      return {
        values: {
          log_ability: fit.x.slice(0, items),
          order_effect: effect,
          order_effect_se: Math.sqrt(fit.covariance[items * (items + 2)] ?? 0),
          residual_deviance: deviance(games, logOdds),
          residual_df: rowsOf(games) - items,
        },
      };
    },
  },
  /**
   * Formula: θ that maximises ln L − λ Σ θ², λ the number in `penalty` (0.5 for "0.5*||theta||^2"); the mode under a normal prior of variance 1 ÷ 2λ
   * Convention: the penalty is taken as choix takes its alpha. Abilities sum to 0 by themselves.
   * Edge: there is always an estimate, also for items that never win or were never compared (0).
   * Unit: log odds, drawn towards 0.
   * Source: choix 0.4, opt_pairwise.
   */
  {
    id: "bradley-terry-regularised",
    title: { zh: "正则化 Bradley–Terry 模型", en: "Regularised Bradley–Terry model" },
    answers: {
      zh: "比较太少、最大似然估计不存在时，各项目有多强",
      en: "How strong items are where comparisons are too few for maximum likelihood",
    },
    misleads: {
      zh: "惩罚把强度拉向 0：比较少的项目显得平庸，数值随惩罚而变",
      en: "The penalty draws strengths towards 0: an item with few comparisons looks mediocre, and numbers depend on the penalty",
    },
    orientation: "none",
    inference: "process",
    inputs: ["items", "winner_loser", "penalty"],
    outputs: ["log_ability"],
    calculate(inputs) {
      const fit = bradleyTerry(gamesOf(inputs), penaltyOf(inputs));
      return fit === undefined ? noEstimate("log_ability") : { values: { log_ability: fit.x } };
    },
  },
  /**
   * Formula: score_i ← wins_i ÷ Σ_j n_ij ÷ (score_i + score_j), then scores ÷ their sum, so many times, from equal scores
   * Convention: all `iterations`, 100 by default, are made. crowd-kit with its default tolerance ends after two, since it compares the scores with themselves.
   * Edge: where there is no estimate, the scores of those who never win fall to 0 and are told as they are after so many steps.
   * Unit: strengths, which sum to 1.
   * Source: Hunter 2004, Ann. Stat. 32(1), 384–406; crowd-kit 1.4, BradleyTerry.
   */
  {
    id: "bradley-terry-mm",
    title: { zh: "Bradley–Terry 模型（MM 迭代）", en: "Bradley–Terry scores by MM steps" },
    answers: { zh: "若干步 MM 迭代之后各项目的得分", en: "Scores of items after so many MM steps" },
    misleads: {
      zh: "步数不足时不是估计值；不收敛时数值只反映步数",
      en: "With few steps it is no estimate; where there is none, numbers tell the number of steps",
    },
    orientation: "none",
    inference: "process",
    inputs: ["winner_loser", "iterations", "init", "algorithm"],
    outputs: ["scores"],
    calculate(inputs) {
      refuseOthers(inputs, "algorithm", /\bMM\b/i, "MM (Hunter 2004)");
      refuseOthers(inputs, "init", /equal|uniform|each|ones/i, "1/n each");
      const games = gamesOf(inputs);
      const scores = bradleyTerryMm(games, numberOf(inputs, "iterations", { min: 0, whole: true }, 100));
      return { values: { scores: Object.fromEntries(games.names.map((name, item) => [String(name), scores[item]])) } };
    },
  },
];

/** Undefined, all of it, since there is no estimate. */
export function noEstimate(...outputs: readonly string[]): Answer {
  const because = Object.fromEntries(outputs.map((name): [string, Reason] => [name, "no-estimate"]));
  return { values: Object.fromEntries(outputs.map((name) => [name, undefined])), undefined_because: because };
}

/** Abilities with 0 at that place; with -1 they sum to 0 already. */
export function shifted(abilities: Float64Array, zero: number): Float64Array {
  const by = zero === -1 ? 0 : (abilities[zero] ?? 0);
  return abilities.map((ability) => ability - by);
}

/** Standard errors of differences from the ability at that place, which has none; with -1, from the mean of all. */
function errorsAgainst({ covariance, x }: Summit, zero: number): Float64Array {
  const at = (i: number, j: number) => covariance[i * x.length + j] ?? 0;
  const variance = (item: number) =>
    zero === -1 ? at(item, item) : at(item, item) + at(zero, zero) - 2 * at(item, zero);
  return x.map((_, item) => (item === zero ? 0 : Math.sqrt(variance(item))));
}

function rowsOf({ firstWins, secondWins }: NamedGames): number {
  return firstWins.reduce((rows, wins, i) => rows + (wins + (secondWins[i] ?? 0) > 0 ? 1 : 0), 0);
}

/** λ: a number, or the factor before the sum of squares in a formula. */
function penaltyOf(inputs: Inputs): number {
  const { penalty } = inputs;
  if (penalty === undefined || typeof penalty === "number") return toNumber(penalty, "penalty", { min: 0 });
  const text = textOf(inputs, "penalty");
  const [, above, below] = /(\d+(?:\.\d+)?(?:e-?\d+)?)\s*(?:\/\s*(\d+(?:\.\d+)?))?/i.exec(text) ?? [];
  if (above === undefined)
    throw new MeasureError("input-range", {
      input: "penalty",
      expected: { zh: "一个数，或 0.5*||theta||^2 之类", en: "a number, or such as 0.5*||theta||^2" },
      found: shown(text),
    });
  return toNumber(Number(above) / Number(below ?? 1), "penalty", { min: 0 });
}

function refuseOthers(inputs: Inputs, name: string, known: RegExp, expected: string): void {
  if (inputs[name] === undefined) return;
  const text = textOf(inputs, name);
  if (!known.test(text))
    throw new MeasureError("not-supported", {
      input: name,
      expected: { zh: expected, en: expected },
      found: shown(text),
    });
}

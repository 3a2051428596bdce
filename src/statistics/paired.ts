import { choicesOf, logAbilities } from "./choices.js";
import { satisfiable, stronglyConnected } from "./graph.js";
import { climb, type Summit } from "./newton.js";
import { logSigmoid } from "./special.js";

/** Comparisons of two items, alike ones together: in row i the first won `firstWins[i]` times and the second `secondWins[i]` times. */
export interface Games {
  readonly items: number;
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly firstWins: Float64Array;
  readonly secondWins: Float64Array;
}

/** Abilities from comparisons, undefined where there is no estimate; see `logAbilities`. */
export function bradleyTerry({ items, first, second, firstWins, secondWins }: Games, penalty = 0): Summit | undefined {
  const lists: number[][] = [];
  const times: number[] = [];
  for (let i = 0; i < first.length; i++) {
    lists.push([first[i]!, second[i]!], [second[i]!, first[i]!]);
    times.push(firstWins[i]!, secondWins[i]!);
  }
  return logAbilities(choicesOf(items, lists, times), { penalty });
}

/**
 * Bradley & Terry's model with an advantage of the one that comes first: logit P(first wins) = θ_first − θ_second + effect (Davidson & Beaver 1977). Gives
 * abilities relative to `reference` (its place holds 0) and, last, the effect. Undefined where there is no estimate: where abilities, or abilities with the effect,
 * tell winners from losers without exception (Albert & Anderson 1984).
 */
export function bradleyTerryOrderEffect(games: Games, reference: number): Summit | undefined {
  if (!estimable(games)) return undefined;
  const { items, first, second, firstWins, secondWins } = games;
  const size = items;
  // The effect takes the place that the reference, whose ability is 0, leaves: item i is parameter i, the reference none.
  const abilityOf = (x: Float64Array, item: number) => (item === reference ? 0 : x[item]!);
  const summit = climb(
    {
      size,
      at(x, gradient, hessian) {
        let value = 0;
        gradient.fill(0);
        hessian.fill(0);
        for (let i = 0; i < first.length; i++) {
          const a = first[i]!;
          const b = second[i]!;
          const u = abilityOf(x, a) - abilityOf(x, b) + x[reference]!;
          const n = firstWins[i]! + secondWins[i]!;
          const p = 1 / (1 + Math.exp(-u));
          value += firstWins[i]! * logSigmoid(u) + secondWins[i]! * logSigmoid(-u);
          const missed = firstWins[i]! - n * p;
          const weight = n * p * (1 - p);
          const signed: [number, number][] = [[reference, 1]];
          if (a !== reference) signed.push([a, 1]);
          if (b !== reference) signed.push([b, -1]);
          for (const [one, sign] of signed) {
            gradient[one]! += sign * missed;
            for (const [other, turned] of signed) hessian[one * size + other]! -= sign * turned * weight;
          }
        }
        return value;
      },
    },
    new Float64Array(size),
  );
  if (summit === undefined) return undefined;
  const x = new Float64Array(items + 1);
  x.set(summit.x);
  x[reference] = 0;
  x[items] = summit.x[reference]!;
  const covariance = new Float64Array((items + 1) ** 2);
  const placeOf = (parameter: number) => (parameter === reference ? items : parameter);
  for (let i = 0; i < items; i++)
    for (let j = 0; j < items; j++)
      covariance[placeOf(i) * (items + 1) + placeOf(j)] = summit.covariance[i * items + j]!;
  return { ...summit, x, covariance };
}

function estimable({ items, first, second, firstWins, secondWins }: Games): boolean {
  const winner: number[] = [];
  const loser: number[] = [];
  // By how much the winner was ahead by coming first: 1, or -1 where it came second.
  const ahead: number[] = [];
  const add = (won: number, lost: number, by: number) => {
    winner.push(won);
    loser.push(lost);
    ahead.push(by);
  };
  for (let i = 0; i < first.length; i++) {
    if (firstWins[i]! > 0) add(first[i]!, second[i]!, 1);
    if (secondWins[i]! > 0) add(second[i]!, first[i]!, -1);
  }
  if (items === 0 || winner.length === 0) return false;
  const edges = { nodes: items, from: Int32Array.from(winner), to: Int32Array.from(loser) };
  if (!stronglyConnected(edges)) return false;
  // θ_winner − θ_loser + ahead · effect ≥ 0 for all, with effect 1 or -1: then a greater effect is ever likelier.
  return [1, -1].every(
    (effect) =>
      !satisfiable(
        edges,
        Float64Array.from(ahead, (by) => by * effect),
      ),
  );
}

/** Twice what the log likelihood of the data by itself is above that of a model with these log odds of the first: the residual deviance. */
export function deviance({ firstWins, secondWins }: Games, logOdds: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < logOdds.length; i++) {
    const [a, b] = [firstWins[i]!, secondWins[i]!];
    if (a > 0) sum += a * (Math.log(a / (a + b)) - logSigmoid(logOdds[i]!));
    if (b > 0) sum += b * (Math.log(b / (a + b)) - logSigmoid(-logOdds[i]!));
  }
  return Math.max(0, 2 * sum);
}

/**
 * Scores that sum to 1 after so many steps of Hunter's MM algorithm (2004, Ann. Stat. 32(1), 384–406) from equal ones: score_i = wins_i ÷ Σ_j n_ij ÷ (score_i + score_j).
 * Where there is no maximum the scores of those who never win go to 0.
 */
export function bradleyTerryMm({ items, first, second, firstWins, secondWins }: Games, steps: number): Float64Array {
  const scores = new Float64Array(items).fill(1 / items);
  const wins = new Float64Array(items);
  for (let i = 0; i < first.length; i++) {
    wins[first[i]!]! += firstWins[i]!;
    wins[second[i]!]! += secondWins[i]!;
  }
  const rates = new Float64Array(items);
  for (let step = 0; step < steps; step++) {
    rates.fill(0);
    for (let i = 0; i < first.length; i++) {
      const a = first[i]!;
      const b = second[i]!;
      const rate = (firstWins[i]! + secondWins[i]!) / (scores[a]! + scores[b]!);
      rates[a]! += rate;
      rates[b]! += rate;
    }
    let sum = 0;
    for (let i = 0; i < items; i++) {
      scores[i] = wins[i] === 0 ? 0 : wins[i]! / rates[i]!;
      sum += scores[i]!;
    }
    for (let i = 0; i < items; i++) scores[i]! /= sum;
  }
  return scores;
}

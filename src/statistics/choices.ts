import type { Edges } from "./graph.js";
import { stronglyConnected } from "./graph.js";
import { climb, type Summit } from "./newton.js";

/**
 * Choices of one item out of several, alike ones together: choice i was made `times[i]` times, of `item[start[i]]` out of `item[start[i]] … item[start[i + 1] - 1]`.
 * A comparison of two is a choice out of two, a ranking is as many choices as it has places but one.
 */
export interface Choices {
  readonly items: number;
  readonly start: Int32Array;
  readonly item: Int32Array;
  readonly times: Float64Array;
}

/** Choices from lists that name the chosen item first. */
export function choicesOf(items: number, lists: readonly (readonly number[])[], times?: readonly number[]): Choices {
  const start = new Int32Array(lists.length + 1);
  for (const [at, list] of lists.entries()) start[at + 1] = (start[at] ?? 0) + list.length;
  return {
    items,
    start,
    item: Int32Array.from(lists.flat()),
    times: Float64Array.from(lists, (_, at) => times?.[at] ?? 1),
  };
}

/** Rankings, best first, as choices: the first out of all, the second out of the rest, and so on (Plackett 1975). */
export function choicesOfRankings(items: number, rankings: readonly (readonly number[])[]): Choices {
  return choicesOf(
    items,
    rankings.flatMap((ranking) => ranking.slice(0, -1).map((_, place) => ranking.slice(place))),
  );
}

/** An edge from the chosen to each that it was preferred to. */
function preferences({ items, start, item, times }: Choices): Edges {
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < times.length; i++) {
    if (times[i] === 0) continue;
    for (let j = start[i]! + 1; j < start[i + 1]!; j++) {
      from.push(item[start[i]!]!);
      to.push(item[j]!);
    }
  }
  return { nodes: items, from: Int32Array.from(from), to: Int32Array.from(to) };
}

export interface ChoiceOptions {
  /** λ of a penalty λ·Σ ability²; 0 by default. */
  readonly penalty?: number;
}

/**
 * Log abilities θ where P(i out of S) = e^θi ÷ Σ_S e^θ, by maximum likelihood: Luce's choice axiom (Luce 1959), for two items the model of Bradley & Terry 1952.
 * Only differences count: they sum to 0. Undefined where there is no estimate: unless there is a penalty, each item must have been preferred to each other one,
 * directly or by a chain (Ford 1957; Hunter 2004, assumptions 1 and 2). The covariance is that of abilities that sum to 0.
 */
export function logAbilities(choices: Choices, { penalty = 0 }: ChoiceOptions = {}): Summit | undefined {
  const { items, start, item, times } = choices;
  if (items === 0 || (penalty === 0 && !stronglyConnected(preferences(choices)))) return undefined;
  const shares = new Float64Array(items);
  // Without a penalty nothing says where abilities lie: (Σ θ)² ÷ 2, taken off, puts their sum at 0 and changes nothing else.
  const pull = penalty === 0 ? 1 : 0;
  const summit = climb(
    {
      size: items,
      at(x, gradient, hessian) {
        let value = 0;
        let sum = 0;
        gradient.fill(0);
        hessian.fill(0);
        for (let i = 0; i < times.length; i++) {
          const from = start[i]!;
          const end = start[i + 1]!;
          const n = times[i]!;
          value += n * softmax(x, item, from, end, shares);
          gradient[item[from]!]! += n;
          for (let j = from; j < end; j++) {
            const a = item[j]!;
            gradient[a]! -= n * shares[j - from]!;
            hessian[a * items + a]! -= n * shares[j - from]!;
            for (let k = from; k < end; k++)
              hessian[a * items + item[k]!]! += n * shares[j - from]! * shares[k - from]!;
          }
        }
        for (let a = 0; a < items; a++) sum += x[a]!;
        for (let a = 0; a < items; a++) {
          value -= penalty * x[a]! * x[a]!;
          gradient[a]! -= 2 * penalty * x[a]! + pull * sum;
          hessian[a * items + a]! -= 2 * penalty;
          for (let b = 0; b < items; b++) hessian[a * items + b]! -= pull;
        }
        return value - (pull * sum * sum) / 2;
      },
    },
    new Float64Array(items),
  );
  if (summit === undefined || pull === 0) return summit;
  // The pull left its own variance in the direction of the sum: the same in every entry.
  const { covariance } = summit;
  return { ...summit, covariance: covariance.map((entry) => entry - 1 / (items * items)) };
}

/** Shares of e^x among the items of a choice; gives ln of the first one's. */
function softmax(x: Float64Array, item: Int32Array, from: number, end: number, shares: Float64Array): number {
  let most = -Infinity;
  for (let j = from; j < end; j++) most = Math.max(most, x[item[j]!]!);
  let sum = 0;
  for (let j = from; j < end; j++) {
    shares[j - from] = Math.exp(x[item[j]!]! - most);
    sum += shares[j - from]!;
  }
  for (let j = from; j < end; j++) shares[j - from]! /= sum;
  return x[item[from]!]! - most - Math.log(sum);
}

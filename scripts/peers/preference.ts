import fc from "fast-check";
import type { PeerCheck } from "./peer.js";

/** Each item beats the next, and the last the first: there is an estimate, whatever else is seen. */
const around = (items: number): [number, number][] => Array.from({ length: items }, (_, i) => [i, (i + 1) % items]);

const itemsOf = fc.integer({ min: 2, max: 6 });
const pair = (items: number): fc.Arbitrary<[number, number]> =>
  fc
    .tuple(fc.nat(items - 1), fc.integer({ min: 1, max: items - 1 }))
    .map(([winner, by]) => [winner, (winner + by) % items]);

const pairs = itemsOf.chain((items) =>
  fc.array(pair(items), { maxLength: 30 }).map((more) => ({ items, winner_loser: [...around(items), ...more] })),
);

/** At least one game either way in each meeting of the circle, at home and away, so that an effect of order has an estimate too. */
const games = itemsOf.chain((items) =>
  fc.array(fc.tuple(pair(items), fc.nat(9), fc.nat(9)), { maxLength: 20 }).map((more) => ({
    items,
    reference: 0,
    games: [
      ...around(items).flatMap(([a, b]) => [
        [a, b, 2, 1],
        [b, a, 1, 2],
      ]),
      ...more.map(([[a, b], won, lost]) => [a, b, won, lost]),
    ],
  })),
);

const subset = (items: number, least: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: items }, (_, i) => i),
    { minLength: least },
  );

const rankings = itemsOf.chain((items) =>
  fc.array(subset(items, 2), { maxLength: 12 }).map((more) => ({ items, rankings: [...around(items), ...more] })),
);

const choices = itemsOf.chain((items) =>
  fc.array(subset(items, 2), { maxLength: 12 }).map((more) => ({
    items,
    choices: [...around(items), ...more].map(([winner, ...losers]) => [winner, losers]),
  })),
);

export const checks: readonly PeerCheck[] = [
  { measure: "bradley-terry", peer: "choix", answers: "pairwise", inputs: pairs },
  { measure: "bradley-terry", peer: "statsmodels", answers: "abilities", inputs: games },
  { measure: "bradley-terry-order-effect", peer: "statsmodels", answers: "order_effect", inputs: games },
  {
    measure: "bradley-terry-regularised",
    peer: "choix",
    answers: "regularised",
    inputs: fc
      .tuple(pairs, fc.double({ min: 0.01, max: 2, noNaN: true }))
      .map(([compared, penalty]) => ({ ...compared, penalty })),
    tolerance: 1e-7,
  },
  {
    measure: "bradley-terry-mm",
    peer: "crowd-kit",
    answers: "mm",
    inputs: fc
      .tuple(pairs, fc.integer({ min: 1, max: 20 }))
      .map(([{ winner_loser }, iterations]) => ({ winner_loser, iterations })),
  },
  { measure: "plackett-luce", peer: "choix", answers: "rankings", inputs: rankings },
  { measure: "top1-choice", peer: "choix", answers: "top1", inputs: choices },
];

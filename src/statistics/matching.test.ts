import fc from "fast-check";
import { expect, test } from "vitest";
import { type CandidatePairs, matchPairs } from "./matching.js";

const side = 6;
const edges = fc.uniqueArray(
  fc.record({ left: fc.nat(side - 1), right: fc.nat(side - 1), value: fc.nat(8).map((one) => one / 8) }),
  { maxLength: 14, selector: ({ left, right }) => left * side + right },
);

function pairsOf(list: readonly { left: number; right: number; value: number }[]): CandidatePairs {
  return {
    left: Int32Array.from(list, ({ left }) => left),
    right: Int32Array.from(list, ({ right }) => right),
    value: Float64Array.from(list, ({ value }) => value),
  };
}

/** Greatest number of pairs, then greatest total, over all matchings. */
function best(list: readonly { left: number; right: number; value: number }[], used = 0): readonly [number, number] {
  const [head, ...rest] = list;
  if (head === undefined) return [0, 0];
  const without = best(rest, used);
  const bits = (1 << head.left) | (1 << (side + head.right));
  if ((used & bits) !== 0) return without;
  const [count, total] = best(rest, used | bits);
  const withIt = [count + 1, total + head.value] as const;
  return withIt[0] > without[0] || (withIt[0] === without[0] && withIt[1] > without[1]) ? withIt : without;
}

test("a matching has the most pairs, and of those the greatest total", () =>
  fc.assert(
    fc.property(edges, (list) => {
      const rightOf = matchPairs(pairsOf(list), side, side);
      const matched = list.filter(({ left, right }) => rightOf[left] === right);
      const pairs = Array.from(rightOf).filter((right) => right >= 0);
      expect(new Set(pairs).size).toBe(pairs.length);
      expect(matched.length).toBe(pairs.length);
      expect([matched.length, matched.reduce((sum, { value }) => sum + value, 0)]).toEqual(best(list));
    }),
    { numRuns: 2000 },
  ));

test.each<[string, readonly (readonly [number, number, number])[], readonly number[]]>([
  [
    "two pairs of 0.5 before one of 1",
    [
      [0, 0, 0.5],
      [0, 1, 1],
      [1, 1, 0.5],
    ],
    [0, 1],
  ],
  [
    "of one pair the better",
    [
      [0, 0, 0.5],
      [1, 0, 0.75],
    ],
    [-1, 0],
  ],
  ["nothing", [], [-1, -1]],
])("%s", (_, list, expected) =>
  expect(Array.from(matchPairs(pairsOf(list.map(([left, right, value]) => ({ left, right, value }))), 2, 2))).toEqual(
    expected,
  ));

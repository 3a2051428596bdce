import fc from "fast-check";
import { expect, test } from "vitest";
import { matchPairs } from "./matching.js";

test.each([
  // Row 0 is best with column 0, but then row 1 would have none.
  ["two pairs rather than the best one", [0.9, 0.6, 0.7, 0], 2, 2, 0.5, [1, 0]],
  ["a pair below the threshold is none", [0.49], 1, 1, 0.5, [-1]],
  ["on the threshold is a pair", [0.5], 1, 1, 0.5, [0]],
  ["more rows than columns", [0.6, 0.9, 0.7], 3, 1, 0.5, [-1, 0, -1]],
  ["of equal numbers of pairs the greater sum", [0.6, 0.8, 0.8, 0.7], 2, 2, 0.5, [1, 0]],
  ["nothing", [], 0, 3, 0.5, []],
])("matchPairs: %s", (_, similarity, rows, columns, threshold, wanted) =>
  expect([...matchPairs(Float64Array.from(similarity), rows, columns, threshold)]).toEqual(wanted));

/** The best by trying all: number of pairs, then sum. */
function best(similarity: readonly number[], columns: number, rows: number, threshold: number): [number, number] {
  const search = (row: number, taken: number): [number, number] => {
    if (row === rows) return [0, 0];
    let most = search(row + 1, taken);
    for (let j = 0; j < columns; j++) {
      const value = similarity[row * columns + j] ?? 0;
      if (value < threshold || (taken >> j) & 1) continue;
      const [pairs, sum] = search(row + 1, taken | (1 << j));
      if (pairs + 1 > most[0] || (pairs + 1 === most[0] && sum + value > most[1])) most = [pairs + 1, sum + value];
    }
    return most;
  };
  return search(0, 0);
}

test("it is as good as the best of all ways, and takes nobody twice", () =>
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 5 }).chain((rows) =>
        fc.integer({ min: 1, max: 5 }).chain((columns) =>
          fc.record({
            rows: fc.constant(rows),
            columns: fc.constant(columns),
            similarity: fc.array(
              fc.nat(8).map((k) => k / 8),
              { minLength: rows * columns, maxLength: rows * columns },
            ),
          }),
        ),
      ),
      ({ rows, columns, similarity }) => {
        const pairs = [...matchPairs(Float64Array.from(similarity), rows, columns, 0.5)];
        const made = pairs.flatMap((j, i) => (j < 0 ? [] : [similarity[i * columns + j] ?? 0]));
        const taken = pairs.filter((j) => j >= 0);
        expect(new Set(taken).size).toBe(taken.length);
        expect(made.every((value) => value >= 0.5)).toBe(true);
        const [count, sum] = best(similarity, columns, rows, 0.5);
        expect(made.length).toBe(count);
        expect(made.reduce((a, b) => a + b, 0)).toBeCloseTo(sum, 12);
      },
    ),
  ));

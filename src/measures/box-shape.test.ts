import { expect, test } from "vitest";
import { aspectBins, boxShapes, sizeCells } from "./box-shape.js";
import { tallyOf } from "./testing/laws.js";

const box = (width: number, height: number) => ({ annotation: { box: { x: 0, y: 0, width, height } } });

test.each([
  ["1 by 1", box(1, 1), 0, 0, 16],
  ["32 by 16", box(32, 16), 8, 10, 20],
  ["larger than the grid", box(1e6, 1e6), sizeCells - 1, sizeCells - 1, 16],
  ["thin beyond the bins", box(4000, 0.1), 0, 23, aspectBins - 1],
])("a box of %s falls into its cells", (_, one, row, column, bin) => {
  const tally = tallyOf(boxShapes, [one]);
  expect(tally.sizes.indexOf(1)).toBe(row * sizeCells + column);
  expect(tally.aspects.indexOf(1)).toBe(bin);
});

test("a box without extent has no shape", () => expect(tallyOf(boxShapes, [box(0, 5), box(-1, 5)]).boxes).toBe(0));

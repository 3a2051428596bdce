import { expect, test } from "vitest";
import { boxSizeDrift } from "./box-size-drift.js";
import { boxesInFullestTenth } from "./boxes-in-fullest-tenth.js";
import { type Observed, tallyOf, totals } from "./testing/laws.js";

const boxed = (x: number, y: number, width: number, height: number, split?: "train" | "val" | "test"): Observed => ({
  category_row: 0,
  annotation: { box: { x, y, width, height } },
  media: { width: 100, height: 100, split },
});

test("three of four centres in one tenth of the width", () => {
  const observed = [boxed(0, 0, 4, 15), boxed(0, 20, 8, 25), boxed(0, 40, 12, 35), boxed(80, 60, 20, 5)];
  expect(boxesInFullestTenth.measure(tallyOf(boxesInFullestTenth, observed), totals, 0)).toEqual({
    a: 3,
    b: 4,
    x: 0.75,
  });
});

test("a share of exactly one tenth is in the second tenth, the whole in the last, what lies outside in the outermost", () => {
  const pairs = [
    [boxed(0, 0, 10, 15), boxed(50, 50, 19, 33)],
    [boxed(0, 0, 100, 15), boxed(0, 50, 95, 33)],
    [boxed(150, 0, 20, 15), boxed(85, 50, 11, 33)],
  ];
  for (const observed of pairs)
    expect(boxesInFullestTenth.measure(tallyOf(boxesInFullestTenth, observed), totals, 0).a).toBe(2);
});

test("boxes of a medium without size are not asked, nor is another category's", () => {
  const observed: Observed[] = [
    { category_row: 0, annotation: { box: { x: 0, y: 0, width: 1, height: 1 } } },
    boxed(0, 0, 1, 1),
  ];
  expect(boxesInFullestTenth.measure(tallyOf(boxesInFullestTenth, observed), totals, 0).b).toBe(1);
  expect(boxesInFullestTenth.measure(tallyOf(boxesInFullestTenth, observed), totals, 1)).toEqual({
    a: 0,
    b: 0,
    x: undefined,
  });
});

test.each([
  ["the same octave", [50, 50], 0],
  ["another octave", [50, 25], 1],
  // A quarter of the image begins an octave, and what is a little less is in the next.
  ["on both sides of a quarter", [50, 49.9], 1],
])("box sizes in %s", (_, [train, val], x) => {
  const side = (length: number, split: "train" | "val") => boxed(0, 0, length, length, split);
  const observed = [side(train ?? 0, "train"), side(val ?? 0, "val")];
  expect(boxSizeDrift.measure(tallyOf(boxSizeDrift, observed), totals)).toEqual({ a: x, b: 1, x });
});

test("half of the boxes moved by an octave: p = (1, 0), q = (1/2, 1/2) diverge by 0.3113 bits", () => {
  const observed = [boxed(0, 0, 50, 50, "train"), boxed(0, 0, 50, 50, "test"), boxed(0, 0, 25, 25, "test")];
  // H(3/4, 1/4) − H(1/2, 1/2)/2 = 0.8112781 − 0.5
  expect(boxSizeDrift.measure(tallyOf(boxSizeDrift, observed), totals).x).toBeCloseTo(0.3112781, 7);
});

test("a box without extent has no octave", () => {
  const observed = [boxed(0, 0, 50, 50, "train"), boxed(0, 0, 0, 50, "val"), boxed(0, 0, -5, 50, "val")];
  expect(boxSizeDrift.measure(tallyOf(boxSizeDrift, observed), totals)).toEqual({ a: 0, b: 0, x: undefined });
});

import { expect, test } from "vitest";
import { labelDrift, labelDriftLargest, labelNewInBatch } from "./label-drift.js";
import { labelImbalanceRatio, labelLeastToMost, rarestLabelShare } from "./label-imbalance.js";
import { labelsOf } from "./labels.js";
import { labelsInUse } from "./labels-in-use.js";
import { type Observed, tallyOf } from "./testing/laws.js";

const totals = { media: 0, categories: 0 };

/** `{ train: "aab", val: "b" }`: an annotation for each letter, which is its label. */
function labelled(splits: Partial<Record<"train" | "val" | "test" | "none", string>>): Observed[] {
  return Object.entries(splits).flatMap(([split, letters]) =>
    [...letters].map((label) => ({
      annotation: { label },
      media: split === "none" ? {} : { split: split as "train" | "val" | "test" },
      category_row: label.charCodeAt(0) - 97,
    })),
  );
}

test("rows of one name are one label, in the order of the names", () => {
  const observed: Observed[] = [
    { category: { id: 1, name: "dog" }, category_row: 0 },
    { category: { id: 1, name: "cat" }, category_row: 1 },
    { category: { id: 7, name: "dog" }, category_row: 2, media: { split: "val" } },
    { media_row: 0 },
  ];
  expect(labelsOf(tallyOf(labelsInUse, observed))).toEqual([
    { name: "cat", all: 1, train: 0, val: 0, test: 0 },
    { name: "dog", all: 2, train: 0, val: 1, test: 0 },
  ]);
  expect(labelsInUse.measure(tallyOf(labelsInUse, observed), totals)).toEqual({ a: 2, b: 1, x: 2 });
});

test("imbalance is asked of labels in use alone: four a, two b, one c", () => {
  const observed = labelled({ none: "aaaabbc" });
  expect(labelImbalanceRatio.measure(tallyOf(labelImbalanceRatio, observed), totals)).toEqual({ a: 4, b: 1, x: 4 });
  expect(labelLeastToMost.measure(tallyOf(labelLeastToMost, observed), totals)).toEqual({ a: 1, b: 4, x: 0.25 });
  expect(rarestLabelShare.measure(tallyOf(rarestLabelShare, observed), totals)).toEqual({ a: 3, b: 7, x: 3 / 7 });
});

test.each([
  ["equal shares", { train: "aabb", val: "ab" }, 0],
  ["no label in both", { train: "aa", val: "bb" }, 1],
  // 2 × 2 table 3 1 / 1 3: chi-squared 2, n 8. scipy.stats.contingency.association gives 0.5 for it.
  ["three of four and one of four", { train: "aaab", val: "abbb" }, 0.5],
])("Cramér's V for %s", (_, splits, v) => {
  expect(labelDrift.measure(tallyOf(labelDrift, labelled(splits)), totals).x).toBeCloseTo(v, 12);
});

test("the split that differs most is the one measured", () => {
  const { b, x } = labelDrift.measure(tallyOf(labelDrift, labelled({ train: "ab", val: "abab", test: "cc" })), totals);
  expect({ b, x }).toEqual({ b: 2, x: 1 });
});

test("labels under one per cent of both samples are counted together: two rare ones that change places are no drift", () => {
  const common = "a".repeat(200);
  const observed = labelled({ train: `${common}b`, val: `${common}c` });
  expect(labelDrift.measure(tallyOf(labelDrift, observed), totals).x).toBe(0);
  expect(labelNewInBatch.measure(tallyOf(labelNewInBatch, observed), totals)).toEqual({ a: 1, b: 201, x: 1 / 201 });
});

test("the largest difference of shares: 1/2 of train and 3/4 of val are a", () => {
  const observed = labelled({ train: "ab", val: "aaab" });
  expect(labelDriftLargest.measure(tallyOf(labelDriftLargest, observed), totals)).toEqual({ a: 1, b: 4, x: 0.25 });
});

test.each(["train", "val"] as const)("with %s alone there is nothing to compare", (split) => {
  const observed = labelled({ [split]: "ab", none: "cc" });
  for (const measure of [labelDrift, labelDriftLargest, labelNewInBatch])
    expect(measure.measure(tallyOf(measure, observed), totals)).toEqual({ a: 0, b: 0, x: undefined });
});

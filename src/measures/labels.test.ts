import { expect, test } from "vitest";
import { annotationsByCategory } from "./annotations-by-category.js";
import { annotationsByLabel } from "./annotations-by-label.js";
import { labelDrift, labelDriftLargest, labelNewInBatch } from "./label-drift.js";
import { labelImbalanceRatio, labelLeastToMost, rarestLabelShare } from "./label-imbalance.js";
import { labelSetOfMedia } from "./label-set.js";
import { labelsOf } from "./labels.js";
import { labelsInUse } from "./labels-in-use.js";
import { type Observed, tallyOf, totals } from "./testing/laws.js";

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
  // Rows 0 and 3 are called cat, row 1 dog.
  const observed: Observed[] = [
    { category_row: 1 },
    { category_row: 0 },
    { category_row: 3, media: { split: "val" } },
    { media_row: 0 },
  ];
  expect(labelsOf(tallyOf(labelsInUse, observed), totals)).toEqual([
    { name: "cat", all: 2, train: 0, val: 1, test: 0 },
    { name: "dog", all: 1, train: 0, val: 0, test: 0 },
  ]);
  expect(labelsInUse.measure(tallyOf(labelsInUse, observed), totals)).toEqual({ a: 2, b: 1, x: 2 });
});

test("the annotations of a label are those of all rows of its name; a row without any has those of its namesake", () => {
  const tally = tallyOf(annotationsByLabel, [{ category_row: 0 }, { category_row: 0 }, { category_row: 1 }]);
  expect(annotationsByLabel.measure(tally, totals, 3)).toEqual({ a: 2, b: 3, x: 2 / 3 });
  expect(annotationsByLabel.measure(tally, totals, 2)).toEqual({ a: 0, b: 3, x: 0 });
});

test("the segments of a panoptic annotation count for their categories", () => {
  const tally = tallyOf(annotationsByCategory, [{ segment_rows: [1, 1, -1, 2] }]);
  expect(annotationsByCategory.measure(tally, totals, 1)).toEqual({ a: 2, b: 3, x: 2 / 3 });
});

test("two media have one number where they have one set of labels, however often each stands", () => {
  const on = (media_row: number, ...labels: string[]) =>
    labels.map((label) => ({ media_row, category_row: label.charCodeAt(0) - 97, annotation: { label } }));
  const tally = tallyOf(labelSetOfMedia, [
    ...on(0, "a", "b"),
    ...on(1, "b", "a", "a"),
    ...on(2, "a"),
    ...on(3, "a", "c"),
  ]);
  const [first, second, third, fourth, none] = [0, 1, 2, 3, 4].map(
    (row) => labelSetOfMedia.measure(tally, totals, row).x,
  );
  expect(second).toBe(first);
  expect(new Set([first, third, fourth, none]).size).toBe(4);
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

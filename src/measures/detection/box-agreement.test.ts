import fc from "fast-check";
import { expect, test } from "vitest";
import { calculate } from "../functions.js";
import { stateLaws } from "../testing/state-laws.js";
import { boxAgreement, boxTallyState, matchBoxes } from "./box-agreement.js";

test("F1, precision, recall and mean IoU of a matching", () => {
  const inputs = {
    preds: [
      [0, 0, 10, 10],
      [20, 20, 30, 30],
      [50, 50, 60, 60],
    ],
    target: [
      [0, 0, 10, 8],
      [50, 50, 60, 60],
    ],
  };
  expect(calculate("box-agreement", inputs).values).toEqual({
    ...{ f1: 4 / 5, precision: 2 / 3, recall: 1, mean_iou: 0.9, TP: 2, FP: 1, FN: 0 },
    pairs: [
      [0, 0, 0.8],
      [2, 1, 1],
    ],
  });
});

test("the most pairs are matched, where greed would take the best pair and lose two", () => {
  const [left, middle, right] = [
    [0, 0, 10, 10],
    [2, 0, 12, 10],
    [4, 0, 14, 10],
  ];
  // middle has IoU 2/3 with both; the first prediction fits nothing but left.
  const inputs = { preds: [middle, left], target: [middle, right], iou_threshold: 0.4 };
  expect(calculate("box-agreement", inputs).values).toMatchObject({ TP: 2, FP: 0, FN: 0 });
});

test("boxes of other images or labels are no partners", () => {
  const one = { preds: [[0, 0, 1, 1]], target: [[0, 0, 1, 1]] };
  expect(calculate("box-agreement", one).values["TP"]).toBe(1);
  expect(calculate("box-agreement", { ...one, preds_labels: ["a"], target_labels: ["b"] }).values["TP"]).toBe(0);
  expect(calculate("box-agreement", { ...one, preds_images: [1], target_images: [2] }).values["TP"]).toBe(0);
});

test("what was not asked is undefined", () => {
  expect(calculate("box-agreement", { preds: [], target: [] }).undefined_because).toEqual({
    ...{ f1: "nothing-asked", precision: "no-predictions", recall: "no-ground-truth", mean_iou: "no-matches" },
  });
  expect(calculate("box-agreement", { preds: [[0, 0, 1, 1]], target: [[5, 5, 6, 6]] })).toMatchObject({
    values: { f1: 0, precision: 0, recall: 0, mean_iou: undefined },
    undefined_because: { mean_iou: "no-matches" },
  });
});

const box = fc.tuple(fc.nat(20), fc.nat(20), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 12 }));
const row = fc.record({ image: fc.nat(2), category: fc.nat(1), box });
type Row = { image: number; category: number; box: number[] };
const columns = (rows: readonly Row[]) => ({
  image: Int32Array.from(rows, ({ image }) => image),
  category: Int32Array.from(rows, ({ category }) => category),
  boxes: Float64Array.from(rows.flatMap((one) => one.box)),
});
const rows = fc.array(row, { maxLength: 12 });

test("F1 is the same with the sides exchanged, and all values lie in 0 … 1", () =>
  fc.assert(
    fc.property(rows, rows, fc.constantFrom(0.1, 0.3, 0.5, 0.9), (left, right, threshold) => {
      const one = boxAgreement(matchBoxes(columns(left), columns(right), threshold).tally);
      const other = boxAgreement(matchBoxes(columns(right), columns(left), threshold).tally);
      expect([other.f1, other.precision, other.recall]).toEqual([one.f1, one.recall, one.precision]);
      if (one.mean_iou !== undefined) expect(other.mean_iou).toBeCloseTo(one.mean_iou, 12);
      for (const value of Object.values(one)) if (value !== undefined) expect(value >= 0 && value <= 1).toBe(true);
    }),
  ));

stateLaws("box-agreement", boxTallyState, {
  unit: fc.tuple(rows, rows),
  // Images of different units are different images.
  of: (units: readonly (readonly [Row[], Row[]])[]) => {
    const all = (side: 0 | 1) =>
      columns(units.flatMap((unit, k) => unit[side].map((one) => ({ ...one, image: 3 * k + one.image }))));
    return matchBoxes(all(0), all(1)).tally;
  },
  value: boxAgreement,
});

test.each<[string, Record<string, unknown>, string]>([
  ["labels of one side alone", { preds: [], target: [], preds_labels: [] }, "input-missing"],
  ["labels of another number", { preds: [], target: [], preds_labels: ["a"], target_labels: [] }, "inputs-disagree"],
  ["a threshold of 0", { preds: [], target: [], iou_threshold: 0 }, "input-range"],
  ["true for a label", { preds: [[0, 0, 1, 1]], target: [], preds_labels: [true], target_labels: [] }, "input-type"],
])("%s is refused", (_, inputs, code) =>
  expect(() => calculate("box-agreement", inputs)).toThrowError(expect.objectContaining({ code })));

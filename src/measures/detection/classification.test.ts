import fc from "fast-check";
import { expect, test } from "vitest";
import { calculate } from "../functions.js";
import { stateLaws } from "../testing/state-laws.js";
import { classificationPrf } from "./classification-prf.js";
import { confusionOf, confusionState } from "./confusion.js";
import { matthewsCorrelation } from "./mcc.js";

// Source: scikit-learn, docstrings of confusion_matrix, precision_recall_fscore_support and matthews_corrcoef.
const y_true = ["cat", "ant", "cat", "cat", "ant", "bird"];
const y_pred = ["ant", "ant", "cat", "cat", "ant", "cat"];

test("confusion: rows are the truth, labels ascend", () => {
  const { values } = calculate("confusion", { y_true, y_pred });
  expect(values["labels"]).toEqual(["ant", "bird", "cat"]);
  expect((values["table"] as Float64Array[]).map((row) => Array.from(row))).toEqual([
    [2, 0, 0],
    [0, 0, 1],
    [1, 0, 2],
  ]);
  expect(values["n"]).toBe(6);
});

test("confusion of two labels names its cells", () =>
  expect(calculate("confusion", { y_true: [0, 1, 0, 1], y_pred: [1, 1, 1, 0] }).values).toMatchObject({
    TN: 0,
    FP: 2,
    FN: 1,
    TP: 1,
  }));

test("precision, recall and F1 as scikit-learn's docstring has them", () => {
  const truth = ["cat", "dog", "pig", "cat", "dog", "pig"];
  const predicted = ["cat", "pig", "dog", "cat", "cat", "dog"];
  const { values } = calculate("classification-prf", { y_true: truth, y_pred: predicted });
  const third = expect.closeTo(1 / 3, 12);
  expect(values).toMatchObject({
    macro: { precision: expect.closeTo(2 / 9, 12), recall: third, f1: expect.closeTo(4 / 15, 12) },
    micro: { precision: third, recall: third, f1: third },
    weighted: { precision: expect.closeTo(2 / 9, 12), recall: third, f1: expect.closeTo(4 / 15, 12) },
    per_class: {
      cat: { precision: 2 / 3, recall: 1, f1: 0.8, support: 2 },
      dog: { precision: 0, recall: 0, f1: 0, support: 2 },
    },
  });
});

test("a category never predicted has no precision; scikit-learn says 0", () => {
  const { values, undefined_because, peer_convention } = calculate("classification-prf", { y_true, y_pred });
  expect(values).toMatchObject({
    per_class: { bird: { precision: undefined, recall: 0, f1: 0 } },
    macro: { precision: undefined, recall: expect.closeTo(5 / 9, 12) },
    micro: { f1: 4 / 6 },
    accuracy: 4 / 6,
  });
  expect(undefined_because).toEqual({
    per_class: "no-predictions",
    macro: "no-predictions",
    weighted: "no-predictions",
  });
  expect(peer_convention).toMatchObject({
    macro: { precision: expect.closeTo(4 / 9, 12) },
    per_class: { bird: { precision: 0 } },
  });
});

test.each<[string, readonly unknown[], readonly unknown[], number]>([
  ["scikit-learn's docstring", [1, 1, 1, -1], [1, -1, 1, 1], -1 / 3],
  ["all right", ["a", "b", "c"], ["a", "b", "c"], 1],
  ["all wrong, of two", [0, 1], [1, 0], -1],
])("mcc of %s", (_, truth, predicted, value) =>
  expect(calculate("mcc", { y_true: truth, y_pred: predicted }).values["mcc"]).toBeCloseTo(value, 12));

test("mcc is undefined where a side does not vary, and without units", () => {
  const undefinedFor = (reason: string) => ({
    values: { mcc: undefined },
    undefined_because: { mcc: reason },
    peer_convention: { mcc: 0 },
  });
  expect(calculate("mcc", { y_true: [1, 1], y_pred: [1, 0] })).toEqual(undefinedFor("no-variation"));
  expect(calculate("mcc", { y_true: [], y_pred: [] })).toEqual(undefinedFor("nothing-asked"));
  expect(calculate("classification-prf", { table: [[0]] }).undefined_because).toMatchObject({
    accuracy: "nothing-asked",
    micro: "nothing-asked",
  });
});

const pairs = fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { maxLength: 40 });
const confusion = (list: readonly (readonly [number, number])[]) =>
  confusionOf(
    Int32Array.from(list, ([truth]) => truth),
    Int32Array.from(list, ([, predicted]) => predicted),
    4,
  );

test("mcc lies in -1 … 1, has no side, and of two categories is Matthews' formula", () =>
  fc.assert(
    fc.property(pairs, (list) => {
      const value = matthewsCorrelation(confusion(list));
      const turned = matthewsCorrelation(confusion(list.map(([truth, predicted]) => [predicted, truth])));
      if (value === undefined) expect(turned).toBeUndefined();
      else {
        expect(Math.abs(value)).toBeLessThanOrEqual(1);
        expect(turned).toBeCloseTo(value, 12);
      }
      const [tn = 0, fp = 0, fn = 0, tp = 0] = [0, 1, 2, 3].map(
        (cell) => list.filter(([t, p]) => 2 * (t & 1) + (p & 1) === cell).length,
      );
      const whole = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
      const binary = matthewsCorrelation({ size: 2, counts: Float64Array.of(tn, fp, fn, tp) });
      if (whole === 0) expect(binary).toBeUndefined();
      else expect(binary).toBeCloseTo((tp * tn - fp * fn) / whole, 12);
    }),
  ));

test("micro F1 is the accuracy, and every F1 lies between precision and recall", () =>
  fc.assert(
    fc.property(pairs, (list) => {
      const { categories, micro, accuracy } = classificationPrf(confusion(list));
      expect(micro.f1).toBe(accuracy);
      for (const { precision, recall, f1 } of categories) {
        if (precision === undefined || recall === undefined || f1 === undefined) continue;
        expect(f1).toBeGreaterThanOrEqual(Math.min(precision, recall) - 1e-12);
        expect(f1).toBeLessThanOrEqual(Math.max(precision, recall) + 1e-12);
      }
    }),
  ));

stateLaws("confusion", confusionState, {
  unit: fc.tuple(fc.nat(3), fc.nat(3)),
  of: confusion,
  value: (state) => [matthewsCorrelation(state), classificationPrf({ ...state, size: state.size })],
});

test.each<[string, string, Record<string, unknown>, string]>([
  ["labels of mixed type", "mcc", { y_true: ["a", 1], y_pred: ["a", "b"] }, "input-type"],
  ["texts against numbers", "mcc", { y_true: ["1", "2"], y_pred: [1, 2] }, "input-type"],
  ["NaN", "confusion", { y_true: [Number.NaN], y_pred: [1] }, "input-type"],
  ["unequal lengths", "classification-prf", { y_true: ["a"], y_pred: [] }, "inputs-disagree"],
  ["a label that is not listed", "confusion", { y_true: ["a"], y_pred: ["b"], labels: ["a"] }, "inputs-disagree"],
  ["a label listed twice", "confusion", { y_true: ["a"], y_pred: ["a"], labels: ["a", "a"] }, "inputs-disagree"],
  [
    "negative counts",
    "mcc",
    {
      table: [
        [1, -1],
        [0, 1],
      ],
    },
    "input-range",
  ],
  ["a table that is not square", "mcc", { table: [[1, 1]] }, "inputs-disagree"],
  ["nothing", "mcc", {}, "input-missing"],
])("%s is refused", (_, id, inputs, code) =>
  expect(() => calculate(id, inputs)).toThrowError(expect.objectContaining({ code })));

test("a code beyond the categories is refused", () =>
  expect(() => confusionOf(Int32Array.of(0), Int32Array.of(2), 2)).toThrowError(
    expect.objectContaining({ code: "input-range" }),
  ));

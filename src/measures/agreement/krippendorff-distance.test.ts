import fc from "fast-check";
import { expect, test } from "vitest";
import { calculate } from "../functions.js";
import { krippendorffAlpha } from "./krippendorff-alpha.js";
import { krippendorffAlphaByDistance } from "./krippendorff-distance.js";
import { ranks, typesOfRows } from "./testing/answers.js";

const pets = [
  ["A", "X", ["dog"]],
  ["B", "X", ["dog"]],
  ["A", "Y", ["cat"]],
  ["B", "Y", ["cat"]],
  ["A", "Z", ["cat"]],
  ["B", "Z", ["cat", "mouse"]],
];

test("α of sets is crowd-kit's with the binary distance, and higher where an overlap counts", () => {
  const alpha = (distance: unknown) =>
    calculate("krippendorff-alpha-set-valued", { answers: pets, distance }).values["alpha"] as number;
  expect(alpha("binary (frozenset equality)")).toBeCloseTo(0.5454545454545454, 12); // crowd-kit tests/metrics/test_metrics.py
  // By hand: sets dog 2, cat 3, cat+mouse 1; D_o = 2·δ/6, D_e = 2·(6 + 2·δ(dog, cat+mouse) + 3·δ(cat, cat+mouse))/30.
  expect(alpha("jaccard")).toBeCloseTo(1 - (5 * 0.5) / (6 + 2 + 3 * 0.5), 12);
  expect(alpha("masi")).toBeCloseTo(1 - (5 * 0.665) / (6 + 2 + 3 * 0.665), 12);
});

test("a set does not depend on order or repetition", () => {
  const answers = [...pets.slice(0, 5), ["B", "Z", ["mouse", "cat", "mouse"]]];
  expect(calculate("krippendorff-alpha-set-valued", { answers })).toEqual(
    calculate("krippendorff-alpha-set-valued", { answers: pets }),
  );
});

test("a matrix of distances is taken as a distance by name is", () => {
  const sets = pets.map(([, , set]) => JSON.stringify(set));
  const distance = sets.map((a) => sets.map((b) => (a === b ? 0 : 1)));
  const { values } = calculate("krippendorff-alpha-set-valued", { answers: pets, distance });
  expect(values["alpha"]).toBeCloseTo(0.5454545454545454, 12);
});

test("boxes with 1 − IoU: two units, two raters, by hand", () => {
  // x, y, width, height; IoU in the first unit is 1/3, in the second 1, across the units 0.
  const boxes = [
    [0, 0, 2, 1],
    [1, 0, 2, 1],
    [9, 9, 1, 1],
    [9, 9, 1, 1],
  ];
  const iou = (i: number, j: number): number => {
    const [ax = 0, ay = 0, aw = 0, ah = 0] = boxes[i] ?? [];
    const [bx = 0, by = 0, bw = 0, bh = 0] = boxes[j] ?? [];
    const inner =
      Math.max(0, Math.min(ax + aw, bx + bw) - Math.max(ax, bx)) *
      Math.max(0, Math.min(ay + ah, by + bh) - Math.max(ay, by));
    return inner / (aw * ah + bw * bh - inner);
  };
  // Seen: 2/3 of one pair; expected: 2/3 + 4·1 of six pairs.
  const alpha = krippendorffAlphaByDistance(Int32Array.of(0, 0, 1, 1), (i, j) => 1 - iou(i, j));
  expect(alpha).toBeCloseTo(1 - (3 * (2 / 3)) / (2 / 3 + 4), 12);
});

test("with the distance of a metric it is the α of that metric", () =>
  fc.assert(
    fc.property(
      fc.array(fc.array(fc.nat(4), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 12 }),
      (rows) => {
        const units = Int32Array.from(rows.flatMap((row, at) => row.map(() => at)));
        const codes = rows.flat();
        const found = krippendorffAlphaByDistance(units, (i, j) => ((codes[i] ?? 0) - (codes[j] ?? 0)) ** 2);
        const wanted = krippendorffAlpha(typesOfRows(rows), ranks(5), "interval");
        if (typeof wanted === "string") expect(found).toBe(wanted);
        else expect(found).toBeCloseTo(wanted.coefficient, 10);
      },
    ),
  ));

test("all sets equal: undefined, where crowd-kit says 1", () => {
  const answer = calculate("krippendorff-alpha-set-valued", { answers: pets.slice(0, 2) });
  expect(answer.undefined_because?.["alpha"]).toBe("one-category");
  expect(answer.peer_convention?.["alpha"]).toBe(1);
});

test.each([
  ["no answers", [], undefined, "nothing-asked"],
  ["one answer a unit", [["A", "X", ["dog"]]], undefined, "no-pairs"],
])("%s is undefined", (_, answers, distance, reason) => {
  const inputs = { answers, ...(distance !== undefined && { distance }) };
  expect(calculate("krippendorff-alpha-set-valued", inputs).undefined_because?.["alpha"]).toBe(reason);
});

test.each([
  ["a label in place of a set", { answers: [["A", "X", "dog"]] }, "input-type"],
  ["a set of lists", { answers: [["A", "X", [["dog"]]]] }, "input-type"],
  ["a distance of no name", { answers: pets, distance: "euclid" }, "input-range"],
  ["a matrix of nothing", { answers: pets, distance: [] }, "inputs-disagree"],
  [
    "a matrix that is not symmetric",
    {
      answers: pets.slice(0, 2),
      distance: [
        [0, 1],
        [0, 0],
      ],
    },
    "inputs-disagree",
  ],
  ["a matrix of another size", { answers: pets, distance: [[0]] }, "inputs-disagree"],
  [
    "a negative distance",
    {
      answers: pets.slice(0, 2),
      distance: [
        [0, -1],
        [-1, 0],
      ],
    },
    "input-range",
  ],
])("%s: the measure says %s", (_, inputs, code) => {
  let caught: unknown;
  try {
    calculate("krippendorff-alpha-set-valued", inputs);
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code });
});

test("a distance that is not a number is refused", () =>
  expect(() => krippendorffAlphaByDistance(Int32Array.of(0, 0), () => Number.NaN)).toThrow(/distance/));

import fc from "fast-check";
import { expect, test } from "vitest";
import { calculate } from "../functions.js";
import type { Matrix } from "../inputs.js";
import { type Icc, icc } from "./icc.js";
import { kendallW } from "./kendall-w.js";

// Shrout & Fleiss 1979, Table 2: 6 targets, 4 judges; limits of ICC(2,k) by psych and by irr.
const judges = [
  [9, 2, 5, 8],
  [6, 1, 3, 2],
  [8, 4, 6, 8],
  [7, 1, 2, 6],
  [10, 5, 6, 9],
  [6, 2, 4, 7],
];

test.each([
  ["ICC(1,1)", "ICC(1)", 0.17],
  ["ICC(2,1)", "ICC(A,1)", 0.29],
  ["ICC(3,1)", "ICC(C,1)", 0.71],
  ["ICC(1,k)", "ICC(k)", 0.44],
  ["ICC(2,k)", "ICC(A,k)", 0.62],
  ["ICC(3,k)", "ICC(C,k)", 0.91],
])("%s of the judges of Shrout & Fleiss is what they print, under McGraw & Wong's name %s too", (form, other, printed) => {
  const { values } = calculate("icc", { ratings: judges, form });
  expect(values["published"]).toBe(printed);
  expect(calculate("icc", { ratings: judges, form: other }).values).toEqual(values);
});

test("the limits of ICC(2,k) are given by both conventions", () => {
  const { values } = calculate("icc", { ratings: judges, form: "ICC(2,k)" });
  expect(values["ci_low"]).toBeCloseTo(0.0711368153, 9); // psych 2.2.9
  expect(values["ci_high"]).toBeCloseTo(0.9272320402, 9);
  expect(values["ci_low_irr"]).toBeCloseTo(0.0394401799214, 11); // irr 0.84.1
  expect(values["ci_high_irr"]).toBeCloseTo(0.928573183377, 11);
});

const ratings = fc
  .tuple(fc.integer({ min: 2, max: 5 }), fc.integer({ min: 3, max: 12 }))
  .chain(([columns, rows]) =>
    fc
      .array(fc.integer({ min: 0, max: 20 }), { minLength: rows * columns, maxLength: rows * columns })
      .map((list): Matrix => ({ rows, columns, values: Float64Array.from(list) })),
  );
const forms = ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"] as const;

test.each(forms)("%s keeps its value in another unit, and lies within its limits", (form) =>
  fc.assert(
    fc.property(ratings, (matrix) => {
      const found = icc(matrix, form);
      if (typeof found === "string" || !Number.isFinite(found.F)) return;
      const moved = icc({ ...matrix, values: matrix.values.map((x) => x * 4 - 100) }, form) as Icc;
      expect(moved.icc).toBeCloseTo(found.icc, 8);
      // The parts of ICC(2,·) may come out negative, and then it is not bounded.
      if (form.startsWith("ICC(2")) return;
      expect(found.icc).toBeLessThanOrEqual(1 + 1e-12);
      expect(found.ci_low).toBeLessThanOrEqual(found.icc + 1e-12);
      expect(found.ci_high).toBeGreaterThanOrEqual(found.icc - 1e-12);
    }),
  ));

test.each(forms)("%s is 1 where the raters do not differ, and F has no value", (form) => {
  const same = [
    [1, 1, 1],
    [5, 5, 5],
    [9, 9, 9],
  ];
  const { values, undefined_because } = calculate("icc", { ratings: same, form });
  expect(values["icc"]).toBe(1);
  expect(values["F"]).toBeUndefined();
  expect(undefined_because?.["F"]).toBe("no-error-variation");
});

test("Kendall's W of the video data is irr's, with ties corrected", () => {
  const video = "4434 4445 4455 4444 4324 4434 4325 4434 4334 4334 4434 4334 4444 4444 4434 4444 4444 4444 4444 4554";
  const found = calculate("kendall-w", { ratings: video.split(" ").map((row) => [...row].map(Number)) }).values;
  expect(found["W"]).toBeCloseTo(0.391584158416, 11);
  expect(found["chisq"]).toBeCloseTo(29.7603960396, 9);
  expect(found["p"]).toBeCloseTo(0.0549280769926, 11);
});

test("W is 1 on one order, 0 on two opposite ones, and within 0 … 1", () => {
  const w = (values: readonly number[], columns: number) =>
    kendallW({ rows: values.length / columns, columns, values: Float64Array.from(values) });
  expect(w([1, 10, 2, 20, 3, 30], 2)).toMatchObject({ W: 1 });
  expect(w([1, 3, 2, 2, 3, 1], 2)).toMatchObject({ W: 0, p: 1 });
  fc.assert(
    fc.property(ratings, (matrix) => {
      const found = kendallW(matrix);
      if (typeof found === "string") return;
      expect(found.W).toBeGreaterThanOrEqual(0);
      expect(found.W).toBeLessThanOrEqual(1 + 1e-12);
    }),
  );
});

test.each([
  ["icc", { ratings: [] }, "nothing-asked"],
  ["icc", { ratings: [[1, 2]] }, "too-few-units"],
  ["icc", { ratings: [[1], [2]] }, "one-rater"],
  [
    "icc",
    {
      ratings: [
        [3, 3],
        [3, 3],
      ],
    },
    "no-variation",
  ],
  [
    "icc",
    {
      ratings: [
        [0, 1],
        [0, 1],
      ],
      form: "ICC(1,k)",
    },
    "no-variation",
  ],
  [
    "icc",
    {
      ratings: [
        [0, 1],
        [0, 1],
      ],
      form: "ICC(3,k)",
    },
    "no-variation",
  ],
  ["kendall-w", { ratings: [] }, "nothing-asked"],
  ["kendall-w", { ratings: [[1, 2]] }, "too-few-units"],
  ["kendall-w", { ratings: [[1], [2]] }, "one-rater"],
  [
    "kendall-w",
    {
      ratings: [
        [3, 4],
        [3, 4],
      ],
    },
    "no-variation",
  ],
])("%s of %j is undefined", (id, inputs, reason) => {
  const { undefined_because } = calculate(id, id === "icc" ? { form: "ICC(2,1)", ...inputs } : inputs);
  expect(undefined_because?.[id === "icc" ? "icc" : "W"]).toBe(reason);
});

test.each([
  [
    "icc",
    {
      ratings: [
        [1, 2],
        [2, 3],
      ],
    },
    "input-missing",
  ],
  [
    "icc",
    {
      ratings: [
        [1, 2],
        [2, 3],
      ],
      form: "ICC(4,1)",
    },
    "input-range",
  ],
  [
    "icc",
    {
      ratings: [
        [1, null],
        [2, 3],
      ],
      form: "ICC(2,1)",
    },
    "input-type",
  ],
  [
    "kendall-w",
    {
      ratings: [
        [1, "2"],
        [2, 3],
      ],
    },
    "input-type",
  ],
  ["kendall-w", { ratings: [[1, 2], [3]] }, "inputs-disagree"],
])("%s of %j: the measure says %s", (id, inputs, code) => {
  let caught: unknown;
  try {
    calculate(id, inputs);
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addPerson, mergeItemSums, noItemSums } from "../../statistics/item-sums.js";
import { mergeRaschCounts, rasch, raschCounts } from "../../statistics/rasch.js";
import { calculate } from "../functions.js";
import { MeasureError } from "../inputs.js";
import { stateLaws } from "../testing/state-laws.js";
import { cronbachAlpha, itemAnalysis, kr20, lengthFor, spearmanBrown } from "./reliability.js";

const codeOf = (id: string, inputs: Record<string, unknown>) => {
  try {
    calculate(id, inputs);
  } catch (error) {
    if (error instanceof MeasureError) return error.code;
    throw error;
  }
  return "taken";
};
const near = (got: unknown, wanted: readonly number[], within: number) => {
  const list = got as ArrayLike<number>;
  expect(list.length).toBe(wanted.length);
  for (const [i, x] of wanted.entries())
    expect(Math.abs((list[i] ?? Number.NaN) - x), `at ${i}`).toBeLessThanOrEqual(within);
};

/** LSAT section 6 of 1,000 persons (Bock & Lieberman 1970), as R's ltm has it. */
const lsat = [
  ...[
    "00000 3",
    "00001 6",
    "00010 2",
    "00011 11",
    "00100 1",
    "00101 1",
    "00110 3",
    "00111 4",
    "01000 1",
    "01001 8",
    "01011 16",
  ],
  ...[
    "01101 3",
    "01110 2",
    "01111 15",
    "10000 10",
    "10001 29",
    "10010 14",
    "10011 81",
    "10100 3",
    "10101 28",
    "10110 15",
  ],
  ...["10111 80", "11000 16", "11001 56", "11010 21", "11011 173", "11100 11", "11101 61", "11110 28", "11111 298"],
].map((row) => [row.slice(0, 5), Number(row.slice(6))] as const);

/** R package CTT, man/reliability.Rd. */
const ctt = ["00000", "00000", "00001", "00011", "00111", "01111", "11111", "10111", "00011", "01111"].map((row) =>
  Array.from(row, Number),
);

describe("reliability", () => {
  test("LSAT 6: α is ltm's 0.295, and KR-20 the same", () => {
    expect(calculate("cronbach_alpha", { patterns: lsat, n: 1000 }).values["alpha"]).toBeCloseTo(0.294997192216, 11);
    expect(calculate("kr-20", { patterns: lsat }).values["kr20"]).toBeCloseTo(0.294997192216, 11);
  });

  test("CTT's example, item by item", () => {
    const { values, undefined_because } = calculate("classical_item_analysis", { responses: ctt });
    expect(values["alpha"]).toBeCloseTo(0.815789473684, 11);
    expect([values["scale_mean"], values["scaleSD"]]).toEqual([2.5, expect.closeTo(1.77951304201, 10)]);
    near(values["item_mean"], [0.2, 0.3, 0.5, 0.7, 0.8], 1e-15);
    near(
      values["alpha_if_deleted"],
      [0.83257918552, 0.802721088435, 0.716666666667, 0.742424242424, 0.782752902156],
      1e-11,
    );
    near(
      values["item_rest_correlation"],
      [0.403603676398, 0.52995773343, 0.790569415042, 0.723746864456, 0.59954377348],
      1e-11,
    );
    expect(undefined_because).toBeUndefined();
  });

  const scores = fc
    .integer({ min: 2, max: 5 })
    .chain((items) =>
      fc.array(fc.array(fc.nat(1), { minLength: items, maxLength: items }), { minLength: 2, maxLength: 30 }),
    );
  const sumsOf = (rows: readonly (readonly number[])[]) => {
    const sums = noItemSums(rows[0]?.length ?? 0);
    for (const row of rows) addPerson(sums, row);
    return sums;
  };

  test("KR-20 is α of scores 0 and 1", () =>
    fc.assert(
      fc.property(scores, (rows) => {
        const [alpha, kr] = [cronbachAlpha(sumsOf(rows)), kr20(sumsOf(rows))];
        if (alpha === undefined) expect(kr).toBeUndefined();
        else expect(kr).toBeCloseTo(alpha, 11);
      }),
    ));

  test("an item's α without it is that of the others, and α does not depend on unit, zero or order", () =>
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 9 }), fc.integer({ min: -5, max: 5 }), (rows, unit, zero) => {
        const analysis = itemAnalysis(sumsOf(rows));
        for (const [at, without] of analysis?.alphaWithout.entries() ?? []) {
          const others = cronbachAlpha(sumsOf(rows.map((row) => row.filter((_, item) => item !== at))));
          if (others === undefined) expect(without).toBeUndefined();
          else expect(without).toBeCloseTo(others, 9);
        }
        const other = cronbachAlpha(sumsOf(rows.map((row) => row.map((x) => (x * unit) / 10 + zero)).reverse()));
        if (analysis?.alpha === undefined) expect(other).toBeUndefined();
        else expect(other).toBeCloseTo(analysis.alpha, 7);
      }),
    ));

  stateLaws(
    "classical-item-analysis",
    { empty: () => noItemSums(), merge: mergeItemSums },
    {
      unit: fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 3, maxLength: 3 }),
      of: (units) => {
        const sums = noItemSums(3);
        for (const unit of units) addPerson(sums, unit);
        return sums;
      },
      value: itemAnalysis,
    },
  );

  test("what cannot be said is undefined, with its reason", () => {
    const same = [
      [1, 1],
      [1, 1],
      [1, 1],
    ];
    expect(calculate("cronbach_alpha", { responses: same }).undefined_because).toEqual({ alpha: "no-variation" });
    expect(calculate("kr-20", { responses: [[1], [0]] }).undefined_because).toEqual({ kr20: "too-few-units" });
    expect(calculate("kr-20", { responses: [[1, 0]] }).undefined_because).toEqual({ kr20: "too-few-units" });
    const { undefined_because } = calculate("classical_item_analysis", {
      responses: [
        [0.1, 1],
        [0.1, 0],
        [0.1, 1],
      ],
    });
    expect(undefined_because).toEqual({
      "item_rest_correlation.0": "no-variation",
      "item_rest_correlation.1": "no-variation",
      "alpha_if_deleted.0": "too-few-units",
      "alpha_if_deleted.1": "too-few-units",
    });
    expect(
      Object.keys(calculate("classical_item_analysis", { responses: [[1, 0]] }).undefined_because ?? {}),
    ).toHaveLength(6);
  });

  test.each([
    ["nothing", {}, "input-missing"],
    ["no person", { responses: [] }, "input-range"],
    ["rows of unequal length", { responses: [[1, 0], [1]] }, "inputs-disagree"],
    [
      "patterns of unequal length",
      {
        patterns: [
          ["10", 1],
          ["1", 1],
        ],
      },
      "inputs-disagree",
    ],
    ["NaN", { responses: [[1, Number.NaN]] }, "input-range"],
    ["a letter", { patterns: [["1x", 2]] }, "input-range"],
    ["a negative count", { patterns: [["10", -1]] }, "input-range"],
    ["another number of persons", { patterns: [["10", 2]], n: 3 }, "inputs-disagree"],
    ["both forms", { patterns: [["10", 2]], responses: [[1, 0]] }, "inputs-disagree"],
    ["a score of two", { responses: [[2, 0]] }, "input-range"],
  ])("KR-20 refuses %s", (_, inputs, code) => expect(codeOf("kr-20", inputs)).toBe(code));

  test("Spearman–Brown there and back again", () => {
    expect(calculate("spearman_brown", { reliability: 0.5, length_factor: 2 }).values["reliability"]).toBeCloseTo(
      2 / 3,
      15,
    );
    expect(calculate("spearman_brown", { reliability: 0.5, target: 0.8 }).values["length_factor"]).toBeCloseTo(4, 14);
    expect(codeOf("spearman_brown", { reliability: 0.5, target: 1 })).toBe("input-range");
    expect(codeOf("spearman_brown", { reliability: 0.5 })).toBe("input-missing");
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        (reliability, length) => {
          expect(lengthFor(reliability, spearmanBrown(reliability, length))).toBeCloseTo(length, 6);
          expect(spearmanBrown(spearmanBrown(reliability, length), 1 / length)).toBeCloseTo(reliability, 10);
        },
      ),
    );
  });

  test("a correlation is corrected by both reliabilities", () => {
    expect(calculate("disattenuated_correlation", { r: 0.7, relX: 0.8, relY: 0.9 }).values["r_true"]).toBeCloseTo(
      0.824957911384,
      11,
    );
    expect(calculate("disattenuated_correlation", { r: 0.9, relX: 0.8, relY: 0.9 }).values["r_true"]).toBeGreaterThan(
      1,
    );
    expect(codeOf("disattenuated_correlation", { r: 0.7, relX: 0, relY: 0.9 })).toBe("input-range");
  });
});

describe("Rasch", () => {
  test("LSAT 6 with discrimination 1, and with one that is estimated (ltm; Rizopoulos 2006, JSS 17(5), 3.1)", () => {
    const fixed = calculate("rasch_mml", { patterns: lsat, model: "a=1" }).values;
    near(fixed["difficulty"], [-2.872, -1.063, -0.2576, -1.3881, -2.2188], 2e-4);
    expect(fixed["log_lik"]).toBeCloseTo(-2473.054, 3);
    expect(fixed["discrimination"]).toBe(1);
    const free = calculate("rasch_mml", { patterns: lsat, model: "common discrimination estimated" }).values;
    near(free["difficulty"], [-3.615, -1.322, -0.318, -1.73, -2.78], 6e-4);
    expect(free["discrimination"]).toBeCloseTo(0.755, 3);
    expect(free["log_lik"]).toBeCloseTo(-2466.938, 3);
    expect(codeOf("rasch_mml", { patterns: lsat, model: "2PL" })).toBe("not-supported");
  });

  test("an item that all got right has no difficulty", () => {
    const { undefined_because } = calculate("rasch_mml", {
      responses: [
        [1, 1],
        [1, 0],
        [1, 1],
      ],
    });
    expect(undefined_because).toMatchObject({ difficulty: "no-estimate" });
    // Who gets one right gets the other wrong: nothing hangs together.
    expect(
      calculate("rasch_mml", {
        responses: [
          [1, 0],
          [0, 1],
          [1, 0],
          [0, 1],
        ],
      }).values["discrimination"],
    ).toBeUndefined();
  });

  const rows = fc.array(fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }), { minLength: 4, maxLength: 30 });
  const of = (list: readonly (readonly number[])[]) => raschCounts(list, new Array<number>(list.length).fill(1));

  test("it is a maximum: a step away on any side is less likely", () =>
    fc.assert(
      fc.property(rows, (list) => {
        const fit = rasch(of(list), 1);
        if (fit === undefined) return;
        const { difficulties, logLikelihood } = fit;
        expect(likelihood(list, difficulties)).toBeCloseTo(logLikelihood, 8);
        for (let i = 0; i < 4; i++)
          for (const by of [0.01, -0.01]) {
            const moved = difficulties.map((b, item) => b + (item === i ? by : 0));
            expect(likelihood(list, moved)).toBeLessThan(logLikelihood);
          }
      }),
      { numRuns: 40 },
    ));

  stateLaws(
    "rasch-mml",
    { empty: () => of([]), merge: mergeRaschCounts },
    {
      unit: fc.array(fc.nat(1), { minLength: 4, maxLength: 4 }),
      of,
      value: (counts) => rasch(counts, 1),
    },
  );
});

/** Log marginal likelihood with discrimination 1, person by person, by Simpson's rule: another way than the model's own. */
function likelihood(rows: readonly (readonly number[])[], difficulties: Float64Array): number {
  let sum = 0;
  for (const row of rows) {
    let integral = 0;
    for (let q = 0; q <= 400; q++) {
      const theta = -10 + q / 20;
      const weight = q === 0 || q === 400 ? 1 : q % 2 === 1 ? 4 : 2;
      const chance = row.reduce(
        (all, x, i) => all / (1 + Math.exp((x === 1 ? -1 : 1) * (theta - (difficulties[i] ?? 0)))),
        1,
      );
      integral += weight * chance * Math.exp(-(theta * theta) / 2);
    }
    sum += Math.log(integral / 60 / Math.sqrt(2 * Math.PI));
  }
  return sum;
}

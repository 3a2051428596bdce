import fc from "fast-check";
import { expect, test } from "vitest";
import type { AgreementEstimate } from "../../statistics/chance-corrected.js";
import { calculate } from "../functions.js";
import { partLaws } from "../testing/state-laws.js";
import { fleissKappa } from "./fleiss-kappa.js";
import { unitState } from "./gwet-ac.js";
import { type AlphaMetric, krippendorffAlpha } from "./krippendorff-alpha.js";
import { completeRows, gappyRows, ranks, typesOfRows } from "./testing/answers.js";

const _ = null;
// Krippendorff 2011, Computing Krippendorff's Alpha-Reliability, section C.
const codersByUnits = [
  [1, 2, 3, 3, 2, 1, 4, 1, 2, _, _, _],
  [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, _, 3],
  [_, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, _],
  [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, _],
];

test.each([
  ["nominal", 0.743],
  ["ordinal", 0.815],
  ["interval", 0.849],
  ["ratio", 0.797],
])("Krippendorff's own example has the %s α that he prints", (metric, alpha) => {
  const { values } = calculate("krippendorff-alpha", { coders_x_units: codersByUnits, metric });
  expect(values["alpha"]).toBeCloseTo(alpha, 3);
});

test("all layouts of the same answers give the same α", () => {
  const ratings = codersByUnits[0]?.map((__, unit) => codersByUnits.map((coder) => coder[unit] ?? null)) ?? [];
  const triples = codersByUnits.flatMap((units, coder) => units.map((answer, unit) => [`c${coder}`, unit, answer]));
  const counts = ratings.map((row) => [1, 2, 3, 4, 5].map((k) => row.filter((one) => one === k).length));
  const alphas = [{ coders_x_units: codersByUnits }, { ratings }, { triples }, { answers: triples }, { counts }].map(
    (inputs) => calculate("krippendorff-alpha", { ...inputs, metric: "interval" }).values["alpha"],
  );
  expect(new Set(alphas).size).toBe(1);
});

test("a table of two raters is two answers a unit", () => {
  const table = [
    [2, 1],
    [0, 3],
  ];
  const ratings = ["aa", "aa", "ab", "bb", "bb", "bb"].map((row) => [...row]);
  const of = (inputs: object) => calculate("krippendorff-alpha", { ...inputs, metric: "nominal" }).values["alpha"];
  expect(of({ table })).toBe(of({ ratings }));
});

test("units with one answer change nothing", () => {
  const triples = [
    ["coder1", "dress1", "YES"],
    ["coder2", "dress1", "NO"],
    ["coder3", "dress1", "NO"],
    ["coder1", "dress2", "YES"],
    ["coder2", "dress2", "NO"],
  ];
  const of = (all: readonly unknown[]) => calculate("krippendorff-alpha", { triples: all }).values["alpha"];
  expect(of(triples)).toBeCloseTo(-1 / 3, 12); // nltk test_easy2
  expect(of([...triples, ["coder1", "dress3", "YES"]])).toBe(of(triples));
});

test("all answers of one category: undefined, where NLTK says 1", () => {
  const answer = calculate("krippendorff-alpha", { ratings: [["a", "a"]] });
  expect(answer.values["alpha"]).toBeUndefined();
  expect(answer.undefined_because?.["alpha"]).toBe("one-category");
  expect(answer.peer_convention?.["alpha"]).toBe(1);
});

const metrics: readonly AlphaMetric[] = ["nominal", "ordinal", "interval", "ratio"];
const alphaOf = (rows: readonly (readonly number[])[], values: readonly number[], metric: AlphaMetric) => {
  const found = krippendorffAlpha(typesOfRows(rows), values, metric);
  return typeof found === "string" ? found : found.coefficient;
};

test.each(metrics)("%s α is that of the coincidence matrix", (metric) =>
  fc.assert(
    fc.property(gappyRows(5), (rows) => {
      const found = alphaOf(rows, ranks(5), metric);
      const wanted = alphaByMatrix(rows, metric);
      if (wanted === undefined) expect(found).toBeTypeOf("string");
      else expect(found).toBeCloseTo(wanted, 10);
    }),
  ));

/** Krippendorff 2011, section C, step by step. */
function alphaByMatrix(rows: readonly (readonly number[])[], metric: AlphaMetric): number | undefined {
  const o = ranks(5).map(() => new Array<number>(5).fill(0));
  for (const row of rows) {
    const given = row.filter((code) => code >= 0);
    given.forEach((c, i) => {
      given.forEach((k, j) => {
        if (i !== j) o[c]![k]! += 1 / (given.length - 1);
      });
    });
  }
  const n = o.map((row) => row.reduce((sum, one) => sum + one, 0));
  const all = n.reduce((sum, one) => sum + one, 0);
  const delta = (c: number, k: number): number => {
    if (metric === "nominal") return c === k ? 0 : 1;
    if (metric === "interval") return (c - k) ** 2;
    if (metric === "ratio") return ((c - k) / (c + k + 2)) ** 2;
    const [low, high] = [Math.min(c, k), Math.max(c, k)];
    const between = n.slice(low, high + 1).reduce((sum, one) => sum + one, 0);
    return (between - (n[c]! + n[k]!) / 2) ** 2;
  };
  let seen = 0;
  let expected = 0;
  for (let c = 0; c < 5; c++)
    for (let k = 0; k < 5; k++) {
      seen += o[c]![k]! * delta(c, k);
      expected += n[c]! * n[k]! * delta(c, k);
    }
  return expected < 1e-12 ? undefined : 1 - ((all - 1) * seen) / expected;
}

test("nominal α of complete answers is κ_F + (1 − κ_F)/n", () =>
  fc.assert(
    fc.property(completeRows(4), (rows) => {
      const alpha = alphaOf(rows, ranks(4), "nominal");
      const kappa = fleissKappa(typesOfRows(rows), ranks(4));
      if (typeof kappa === "string") {
        expect(alpha).toBe(kappa);
        return;
      }
      const { coefficient } = kappa;
      expect(alpha).toBeCloseTo(coefficient + (1 - coefficient) / rows.flat().length, 12);
    }),
  ));

test.each(metrics)("%s α does not depend on the order of units and raters, and is 1 on identical answers", (metric) =>
  fc.assert(
    fc.property(gappyRows(4), (rows) => {
      const turned = rows.map((row) => [...row].reverse()).reverse();
      expect(alphaOf(turned, ranks(4), metric)).toBe(alphaOf(rows, ranks(4), metric));
      const same = [[0, 0], [3, 3, 3], ...rows.map((row) => row.map(() => Math.max(0, row[0] ?? 0)))];
      expect(alphaOf(same, ranks(4), metric)).toBeCloseTo(1, 12);
    }),
  ));

test("nominal α does not depend on the names of the categories", () =>
  fc.assert(
    fc.property(gappyRows(4), (rows) => {
      const renamed = rows.map((row) => row.map((code) => (code < 0 ? code : (code + 2) % 4)));
      const found = alphaOf(rows, ranks(4), "nominal");
      if (typeof found === "string") expect(alphaOf(renamed, ranks(4), "nominal")).toBe(found);
      else expect(alphaOf(renamed, ranks(4), "nominal")).toBeCloseTo(found, 12);
    }),
  ));

const ascending = fc
  .uniqueArray(fc.integer({ min: 0, max: 1000 }), { minLength: 4, maxLength: 4 })
  .map((values) => values.sort((a, b) => a - b));

test("interval α does not depend on unit and origin, ratio α not on the unit", () =>
  fc.assert(
    fc.property(
      gappyRows(4),
      ascending,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: -1e6, max: 1e6 }),
      (rows, values, by, from) => {
        const interval = alphaOf(rows, values, "interval");
        const ratio = alphaOf(rows, values, "ratio");
        const moved = alphaOf(
          rows,
          values.map((value) => value * by + from),
          "interval",
        );
        const scaled = alphaOf(
          rows,
          values.map((value) => value * by),
          "ratio",
        );
        if (typeof interval === "string") expect(moved).toBe(interval);
        else expect(moved).toBeCloseTo(interval, 9);
        if (typeof ratio === "string") expect(scaled).toBe(ratio);
        else expect(scaled).toBeCloseTo(ratio, 9);
      },
    ),
  ));

test("interval α far from 0 keeps its digits", () => {
  const rows = [
    [0, 1],
    [1, 1],
    [2, 3],
    [3, 3],
  ];
  const near = alphaOf(rows, [1, 2, 3, 4], "interval") as number;
  expect(alphaOf(rows, [1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4], "interval")).toBeCloseTo(near, 12);
});

partLaws({
  name: "α",
  state: unitState,
  parts: gappyRows(4).map(typesOfRows),
  value: (units) => metrics.map((metric) => krippendorffAlpha(units, ranks(4), metric)),
});

test("the ordinal metric has no standard error, and says why", () => {
  const inputs = { coders_x_units: codersByUnits };
  const ordinal = calculate("krippendorff-alpha", { ...inputs, metric: "ordinal" });
  expect(ordinal.values["se"]).toBeUndefined();
  expect(ordinal.undefined_because?.["se"]).toBe("bootstrap-only");
  const { pa, pe, alpha } = ordinal.values as { readonly pa: number; readonly pe: number; readonly alpha: number };
  expect(pe).toBeGreaterThan(0);
  expect(pa).toBeLessThan(1);
  expect((pa - pe) / (1 - pe)).toBeCloseTo(alpha, 12);
  const found = krippendorffAlpha(
    typesOfRows([
      [0, 1],
      [1, 1],
    ]),
    ranks(2),
  ) as AgreementEstimate;
  expect(found.spread).toBeTypeOf("number");
});

const long = Array.from({ length: 40 }, (__, unit) => [
  unit % 3,
  unit % 5 === 0 ? 1 : unit % 3,
  unit % 7 === 0 ? 2 : null,
]);

test("draws ask for the percentile interval, by unit or by cluster", () => {
  const of = (more: object) =>
    calculate("krippendorff-alpha", { ratings: long, metric: "nominal", draws: 500, ...more });
  const byUnit = of({ seed: 3 }).values;
  expect(byUnit["bootstrap_draws"]).toBe(500);
  expect(byUnit["bootstrap_low"]).toBeLessThan(byUnit["alpha"] as number);
  expect(byUnit["bootstrap_high"]).toBeGreaterThan(byUnit["alpha"] as number);
  const counts = long.map((row) => [0, 1, 2].map((k) => row.filter((one) => one === k).length));
  const ofCounts = calculate("krippendorff-alpha", { counts, metric: "nominal", draws: 500, seed: 3 }).values;
  expect(ofCounts["bootstrap_low"]).toBe(byUnit["bootstrap_low"]);
  const clusters = long.map((__, unit) => `image ${Math.floor(unit / 2)}`);
  const few = of({ clusters });
  expect(few.values["bootstrap_low"]).toBeUndefined();
  expect(few.undefined_because?.["bootstrap_low"]).toBe("too-few-clusters");
  const enough = of({ clusters: long.map((__, unit) => unit) }).values;
  expect(enough["bootstrap_low"]).toBeLessThan(enough["alpha"] as number);
});

test.each([
  ["clusters without draws", { clusters: [1] }, "input-missing"],
  ["a cluster too few", { draws: 10, clusters: [1] }, "inputs-disagree"],
  ["no draw", { draws: 0 }, "input-range"],
  ["half a seed", { draws: 10, seed: 0.5 }, "input-range"],
])("%s: the measure says %s", (__, more, code) => {
  let caught: unknown;
  try {
    calculate("krippendorff-alpha", { ratings: long, ...more });
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code });
});

test.each([
  ["metric and weights at once", { ratings: [[1, 2]], metric: "nominal", weights: "linear" }, "inputs-disagree"],
  ["the interval metric of words", { ratings: [["a", "b"]], metric: "interval" }, "input-type"],
  ["the ordinal metric of words without order", { ratings: [["a", "b"]], metric: "ordinal" }, "input-missing"],
  ["a ratio of values below 0", { ratings: [[-1, 2]], metric: "ratio" }, "input-range"],
  ["a metric of no name", { ratings: [[1, 2]], metric: "polar" }, "input-range"],
  [
    "a rater who answers twice",
    {
      answers: [
        ["a", "x", 1],
        ["a", "x", 2],
      ],
    },
    "inputs-disagree",
  ],
])("%s: the measure says %s", (__, inputs, code) => {
  let caught: unknown;
  try {
    calculate("krippendorff-alpha", inputs);
  } catch (error) {
    caught = error;
  }
  expect(caught).toMatchObject({ code });
});

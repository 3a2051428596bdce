import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { calculate } from "../functions.js";
import { MeasureError } from "../inputs.js";
import { stateLaws } from "../testing/state-laws.js";
import { majorityVote, mergeHits, mergeVotes, noHits, noVotes, votesOf, wawa } from "./votes.js";

/** crowd-kit 1.4, tests/aggregation/data_mv.py and its siblings: worker, task, label. */
const toy = [
  ...[
    "w1 t1 no",
    "w1 t2 yes",
    "w1 t3 yes",
    "w1 t4 yes",
    "w1 t5 yes",
    "w2 t1 yes",
    "w2 t2 yes",
    "w2 t3 no",
    "w2 t4 yes",
  ],
  ...["w2 t5 no", "w3 t2 yes", "w3 t3 no", "w3 t4 yes", "w3 t5 no", "w4 t1 yes", "w4 t2 no", "w4 t3 yes", "w4 t4 yes"],
  ...["w4 t5 no", "w5 t1 no", "w5 t2 no", "w5 t3 no", "w5 t4 yes", "w5 t5 no"],
].map((row) => row.split(" "));

const codeOf = (id: string, inputs: Record<string, unknown>) => {
  try {
    calculate(id, inputs);
  } catch (error) {
    if (error instanceof MeasureError) return error.code;
    throw error;
  }
  return "taken";
};

describe("votes", () => {
  test("crowd-kit's toy data: a tie goes to the first label, and on request to the last", () => {
    const { values } = calculate("majority_vote", { answers: toy });
    expect(values["labels"]).toEqual({ t1: "no", t2: "yes", t3: "no", t4: "yes", t5: "no" });
    expect(values["skills_on_aggregate"]).toEqual({ w1: 0.6, w2: 0.8, w3: 1, w4: 0.4, w5: 0.8 });
    const last = calculate("majority_vote", { answers: toy, tie_break: "last label in sorted order" });
    expect(last.values["labels"]).toMatchObject({ t1: "yes", t2: "yes" });
    expect(codeOf("majority_vote", { answers: toy, tie_break: "random" })).toBe("not-supported");
    expect(codeOf("majority_vote", { answers: toy.slice(0, 5), tie_break: "random" })).toBe("taken");
  });

  test("gold majority vote: a task whose workers are all wrong on gold has no label, and says why", () => {
    const answers = [
      ["a", "g", 1],
      ["b", "g", 0],
      ["a", "t", 1],
      ["b", "u", 1],
    ];
    const { values, undefined_because } = calculate("gold_majority_vote", { answers, gold: { g: 0 } });
    expect(values["labels"]).toEqual({ g: 0, t: undefined, u: 1 });
    expect(undefined_because).toEqual({ "labels.t": "no-weight", "probas.t": "no-weight" });
    expect(codeOf("gold_majority_vote", { answers, gold: { u: 0 } })).toBe("inputs-disagree");
  });

  test("accuracy on gold is undefined for whoever answered no gold task", () => {
    const { values, undefined_because } = calculate("golden_set_accuracy", { answers: toy, gold: { t1: "yes" } });
    expect(values).toEqual({ by_worker: { w1: 0, w2: 1, w3: undefined, w4: 1, w5: 0 }, overall: 0.5 });
    expect(undefined_because).toEqual({ "by_worker.w3": "no-ground-truth" });
    expect(calculate("golden_set_accuracy", { answers: toy, gold: {} }).undefined_because).toMatchObject({
      overall: "no-ground-truth",
    });
    // A gold label that nobody gave is an answer that nobody got right.
    expect(calculate("golden_set_accuracy", { answers: toy, gold: { t1: "maybe" } }).values["overall"]).toBe(0);
  });

  const rows = fc.array(fc.tuple(fc.nat(5), fc.nat(4), fc.nat(2)), { minLength: 1, maxLength: 40 });
  const ofRows = (list: readonly (readonly [number, number, number])[]) => ({
    ...{ tasks: 6, workers: 5, labels: 3, task: Int32Array.from(list, ([t]) => t) },
    ...{ worker: Int32Array.from(list, ([, w]) => w), label: Int32Array.from(list, ([, , l]) => l) },
  });

  test("majority and Wawa return what all agree on", () =>
    fc.assert(
      fc.property(rows, fc.array(fc.nat(2), { minLength: 6, maxLength: 6 }), (list, truth) => {
        const answers = ofRows(list.map(([t, w]) => [t, w, truth[t] ?? 0]));
        const asked = new Set(list.map(([t]) => t));
        const wanted = Int32Array.from(truth, (label, t) => (asked.has(t) ? label : -1));
        expect(majorityVote(votesOf(answers)).labels).toEqual(wanted);
        expect(wawa(answers).labels).toEqual(wanted);
      }),
    ));

  test("the order of answers does not matter", () =>
    fc.assert(
      fc.property(rows, (list) => {
        const back = ofRows([...list].reverse());
        expect(majorityVote(votesOf(back))).toEqual(majorityVote(votesOf(ofRows(list))));
      }),
    ));

  const unit = fc.tuple(fc.nat(5), fc.nat(4), fc.nat(2));
  stateLaws(
    "majority-vote",
    { empty: noVotes, merge: mergeVotes },
    {
      unit,
      of: (units) => (units.length === 0 ? noVotes() : votesOf(ofRows(units))),
      value: (votes) => majorityVote(votes),
    },
  );
  stateLaws(
    "golden-set-accuracy",
    { empty: noHits, merge: mergeHits },
    {
      unit: fc.record({ worker: fc.nat(3), right: fc.boolean() }),
      of: (units) => {
        const hits = noHits();
        return units.reduce((sum, { worker, right }) => {
          const one = { right: new Float64Array(worker + 1), asked: new Float64Array(worker + 1) };
          one.asked[worker] = 1;
          one.right[worker] = right ? 1 : 0;
          return mergeHits(sum, one);
        }, hits);
      },
      value: (hits) => hits,
    },
  );
});

describe("Dawid–Skene", () => {
  const answers = toy.filter(([w, t]) => !(w === "w3" && t === "t1"));

  test("one step on crowd-kit's toy data (test_ds_aggregation.py, to its two decimals)", () => {
    const inputs = { answers: toy.map(([w, t, l]) => [t, w, l]), answer_order: ["task", "worker", "label"] };
    const { values } = calculate("dawid_skene", {
      ...inputs,
      classes: ["no", "yes"],
      iterations: 1,
      init: "vote share",
    });
    const rounded = (value: unknown) =>
      JSON.parse(JSON.stringify(value), (_, x) => (typeof x === "number" ? Math.round(x * 100) / 100 : x));
    expect(rounded(values["probas"])).toEqual([
      [0.35, 0.65],
      [0.26, 0.74],
      [0.87, 0.13],
      [0, 1],
      [0.95, 0.05],
    ]);
    expect(rounded((values["errors"] as Record<string, unknown>)["w1"])).toEqual([
      [0.14, 0.25],
      [0.86, 0.75],
    ]);
    // The paper's layout has the true label first.
    expect(rounded((values["error_rates"] as Record<string, unknown>)["w1"])).toEqual([
      [0.14, 0.86],
      [0.25, 0.75],
    ]);
    expect(values["labels"]).toEqual(["yes", "yes", "no", "yes", "no"]);
    expect(values["map"]).toEqual(values["labels"]);
  });

  test("45 patients, seen three times by the first of five anaesthetists and once by each other (Dawid & Skene 1979, table 1 and the estimates from it)", () => {
    const seen = [
      ...[
        "1111111",
        "3334334",
        "1122122",
        "2223121",
        "2223222",
        "2223322",
        "1222111",
        "3333433",
        "2222223",
        "2322223",
        "4444444",
      ],
      ...[
        "2223343",
        "1111111",
        "2223212",
        "1211111",
        "1112111",
        "1111111",
        "1111111",
        "2222221",
        "2221322",
        "2222222",
        "2222221",
      ],
      ...[
        "2223222",
        "2212222",
        "1111111",
        "1111111",
        "2322222",
        "1111111",
        "1111111",
        "1121121",
        "1111111",
        "3333233",
        "1111111",
      ],
      ...[
        "2222222",
        "2223232",
        "4334343",
        "2212232",
        "2323233",
        "3333432",
        "1111111",
        "1111111",
        "1212111",
        "2322222",
        "1211111",
      ],
      "2222222",
    ];
    const answers = seen.flatMap((row, patient) =>
      Array.from(row, (grade, at) => [patient + 1, Math.max(1, at - 1), Number(grade)]),
    );
    const order = { answers, answer_order: ["patient", "observer", "class"] };
    const { values } = calculate("dawid_skene", { ...order, tol: 1e-7, iterations: 500 });
    const rounded = (list: Iterable<number>) => Array.from(list, (x) => Math.round(x * 100) / 100);
    expect(rounded(values["class_marginals"] as Float64Array)).toEqual([0.4, 0.42, 0.11, 0.07]);
    const first = (values["error_rates"] as Record<string, number[][]>)["1"] ?? [];
    expect(first.map(rounded)).toEqual([
      [0.89, 0.11, 0, 0],
      [0.07, 0.88, 0.05, 0],
      [0, 0.34, 0.66, 0],
      [0, 0, 0.56, 0.44],
    ]);
    expect(rounded(values["patient7"] as number[])).toEqual([0.98, 0.02, 0, 0]);
    // From the majority's label alone EM ends on a lower top.
    const other = calculate("dawid_skene", { ...order, init: "majority label" }).values;
    expect(other["log_lik"]).toBeLessThan((values["log_lik"] as number) - 1);
    expect(calculate("dawid_skene", { ...order, init: "majority vote" }).values["log_lik"]).toBeCloseTo(
      values["log_lik"] as number,
      6,
    );
  });

  test("a layout says which label is the true one, and answers may be grouped by task and worker", () => {
    const nested = { t1: { a: ["x", "x"], b: "y" }, t2: { a: "y", b: "y" } };
    const wanted = calculate("dawid_skene", {
      answers: [
        ["a", "t1", "x"],
        ["a", "t1", "x"],
        ["b", "t1", "y"],
        ["a", "t2", "y"],
        ["b", "t2", "y"],
      ],
    }).values;
    expect(calculate("dawid_skene", { answers: nested }).values).toEqual(wanted);
    const turned = calculate("dawid_skene", { answers: nested, errors_layout: "errors[worker][true][label]" }).values;
    expect(turned["errors"]).toEqual(wanted["error_rates"]);
    expect(codeOf("dawid_skene", { answers: nested, errors_layout: "as usual" })).toBe("input-range");
  });

  test.each([
    ["no answers", { answers: [] }, "input-range"],
    ["no list", { answers: "none" }, "input-type"],
    ["nothing", {}, "input-missing"],
    ["two members", { answers: [["w", "t"]] }, "inputs-disagree"],
    ["NaN for a label", { answers: [["w", "t", Number.NaN]] }, "input-type"],
    [
      "labels of mixed type",
      {
        answers: [
          ["w", "t", 1],
          ["w", "u", "1"],
        ],
      },
      "input-type",
    ],
    ["a label outside the classes", { answers, classes: ["no"] }, "inputs-disagree"],
    ["a class twice", { answers, classes: ["no", "yes", "no"] }, "inputs-disagree"],
    ["an unknown start", { answers, init: "spectral" }, "not-supported"],
    ["a negative number of steps", { answers, iterations: -1 }, "input-range"],
    ["an unknown order", { answers, answer_order: ["task", "task", "label"] }, "input-range"],
    ["an unknown input", { answers, seed: 1 }, "input-unknown"],
  ])("%s is refused", (_, inputs, code) => expect(codeOf("dawid_skene", inputs)).toBe(code));
});

describe("uncertainty and consistency", () => {
  test("crowd-kit's values (tests/metrics/test_metrics.py)", () => {
    const three = ["Yes", "No", "Maybe"].map((label, w) => [w, "X", label]);
    expect(calculate("label_uncertainty", { answers: three }).values["uncertainty"]).toBeCloseTo(
      1.0986122886681096,
      12,
    );
    const skills = { w1: 0.6, w2: 0.8, w3: 1, w4: 0.4, w5: 0.8 };
    expect(calculate("label_uncertainty", { answers: toy, skills }).values["uncertainty"]).toBeCloseTo(
      0.6308666201949331,
      12,
    );
    expect(calculate("label_consistency", { answers: toy }).values["consistency"]).toBeCloseTo(0.9384615384615385, 12);
    const two = [
      ["A", "X", "Yes"],
      ["B", "X", "No"],
      ["A", "Y", "Yes"],
      ["B", "Y", "Yes"],
    ];
    for (const [compute_by, log, wanted] of [
      ["worker", "ln", Math.LN2 / 2],
      ["task", 2, 0.5],
      ["task", "log10", Math.log10(2) / 2],
    ] as const)
      expect(calculate("label_uncertainty", { answers: two, compute_by, log }).values["uncertainty"]).toBeCloseTo(
        wanted,
        12,
      );
  });
  test.each([
    ["a worker without a skill", "label_uncertainty", { skills: { w1: 1 } }, "input-missing"],
    ["a skill above 1", "label_uncertainty", { skills: { w1: 1.5 } }, "input-range"],
    ["an unknown unit", "label_uncertainty", { compute_by: "label" }, "input-range"],
    ["an unknown base", "label_uncertainty", { log: "hartley" }, "input-range"],
    ["an unknown aggregator", "label_consistency", { aggregator: "median" }, "not-supported"],
  ])("%s is refused", (_, id, inputs, code) => expect(codeOf(id, { answers: toy, ...inputs })).toBe(code));
  test("with one label alone it is certain, and consistent", () => {
    const answers = toy.map(([w, t]) => [w, t, "same"]);
    expect(
      calculate("label_uncertainty", { answers, skills: { w1: 0.5, w2: 0.5, w3: 0.5, w4: 0.5, w5: 0 } }).values,
    ).toEqual({ uncertainty: 0 });
    expect(calculate("label_consistency", { answers }).values).toEqual({ consistency: 1 });
  });
  test("it is a probability with either aggregator", () => {
    for (const aggregator of ["wawa", "majority vote + skills from accuracy_on_aggregates"]) {
      const { consistency } = calculate("label_consistency", { answers: toy, aggregator }).values as {
        consistency: number;
      };
      expect(consistency).toBeGreaterThan(0);
      expect(consistency).toBeLessThanOrEqual(1);
    }
  });
});

describe("GLAD and MACE by their declarations", () => {
  const [one, two] = [toy.filter(([, t]) => t === "t4"), toy.filter(([, t]) => t === "t4" || t === "t5")];
  test("of one task its row, of several theirs; a number of classes adds those that nobody gave", () => {
    expect(calculate("glad", { answers: one, classes: 3 }).values["probas"]).toHaveLength(3);
    expect(calculate("glad", { answers: two }).values["probas"]).toHaveLength(2);
    expect(calculate("glad", { answers: two }).values["labels"]).toEqual({ t4: "yes", t5: "no" });
    expect(codeOf("glad", { answers: two, classes: 1 })).toBe("input-range");
  });
  test.each([
    ["an unknown method", { method: "mcmc" }, "input-range"],
    ["no start", { restarts: 0 }, "input-range"],
    ["a seed that is no whole number", { seed: 0.5 }, "input-range"],
    ["a prior of 0", { alpha: 0 }, "input-range"],
  ])("MACE refuses %s", (_, inputs, code) => expect(codeOf("mace", { answers: toy, ...inputs })).toBe(code));
  test("MACE finds what the toy data's majority says", () =>
    expect(calculate("mace", { answers: toy }).values["labels"]).toMatchObject({
      t2: "yes",
      t3: "no",
      t4: "yes",
      t5: "no",
    }));
});

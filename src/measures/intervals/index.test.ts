import { expect, test } from "vitest";
import { calculate } from "../functions.js";
import { type Inputs, MeasureError } from "../inputs.js";

function codeOf(id: string, inputs: Inputs): string {
  try {
    return JSON.stringify(calculate(id, inputs).values);
  } catch (error) {
    if (error instanceof MeasureError) return error.code;
    throw error;
  }
}

const ofOne = ["ci_wilson", "ci_wilson_cc", "ci_clopper_pearson", "ci_agresti_coull", "ci_wald", "ci_logit"];
test.each(ofOne)("%s takes x of n, and nothing else", (id) => {
  expect(codeOf(id, { x: 5, n: 4 })).toBe("input-range");
  expect(codeOf(id, { x: -1, n: 4 })).toBe("input-range");
  expect(codeOf(id, { x: 1.5, n: 4 })).toBe("input-range");
  expect(codeOf(id, { x: Number.NaN, n: 4 })).toBe("input-range");
  expect(codeOf(id, { x: "1", n: 4 })).toBe("input-type");
  expect(codeOf(id, { n: 4 })).toBe("input-missing");
  expect(codeOf(id, { x: 1, n: 4, confidence: 1 })).toBe("input-range");
  expect(codeOf(id, { x: 1, n: 4, level: 0.9 })).toBe("input-unknown");
});
test.each(ofOne)("%s of no trials is undefined, with its reason for each output", (id) => {
  const { values, undefined_because = {} } = calculate(id, { x: 0, n: 0 });
  for (const name of Object.keys(values)) {
    expect(values[name]).toBeUndefined();
    expect(undefined_because[name]).toBe("nothing-asked");
  }
});

test.each(["ci_diff_newcombe", "ci_diff_agresti_caffo", "ci_diff_wald"])("%s wants two groups", (id) => {
  expect(codeOf(id, { x1: 1, n1: 2, x2: 3, n2: 2 })).toBe("input-range");
  expect(codeOf(id, { x1: 1, n1: 2, x2: 1 })).toBe("input-missing");
  const { undefined_because } = calculate(id, { x1: 0, n1: 0, x2: 1, n2: 2 });
  expect(undefined_because).toEqual({ low: "nothing-asked", high: "nothing-asked" });
});

test("tests of groups want lists of one length, and counts within their trials", () => {
  expect(codeOf("chisq_equal_proportions", { x: [1, 2], n: [3] })).toBe("input-range");
  expect(codeOf("chisq_equal_proportions", { x: [1, 2, 3], n: [3, 3] })).toBe("inputs-disagree");
  expect(codeOf("chisq_equal_proportions", { x: [1, 4], n: [3, 3] })).toBe("input-range");
  expect(codeOf("chisq_given_proportions", { x: [1], n: [3], p0: 1 })).toBe("input-range");
  expect(codeOf("chisq_given_proportions", { x: [1], n: [3], p0: [0.5, 0.5] })).toBe("inputs-disagree");
  expect(codeOf("z_two_proportions", { x: [1, 1, 1], n: [3, 3, 3] })).toBe("input-range");
  expect(codeOf("effect_size_h", { p1: 1.1, p2: 0 })).toBe("input-range");
  expect(codeOf("holm_adjust", { p: [0.1, null] })).toBe("input-type");
  expect(codeOf("holm_adjust", { p: [0.1, 1.2] })).toBe("input-range");
});
test("tests are undefined where nothing succeeded", () => {
  expect(calculate("chisq_equal_proportions", { x: [0, 0], n: [3, 4] })).toEqual({
    values: { statistic: undefined, df: 1, p: undefined },
    undefined_because: { statistic: "no-variation", p: "no-variation" },
  });
  expect(calculate("z_two_proportions", { x: [0, 0], n: [3, 4] }).undefined_because).toEqual({
    z: "no-variation",
    p: "no-variation",
  });
});
test("several groups have an interval each", () => {
  const { ci_wilson } = calculate("chisq_given_proportions", { x: [73, 4], n: [86, 20], p0: 0.5 }).values;
  expect(ci_wilson).toHaveLength(2);
});

test("an interval of clusters is undefined with one cluster, or none", () => {
  expect(calculate("ci_korn_graubard", { x: [3], n: [5] }).undefined_because?.["low"]).toBe("too-few-units");
  expect(calculate("ci_korn_graubard", { x: [3, 0], n: [5, 0] }).undefined_because?.["low"]).toBe("too-few-units");
  expect(calculate("ci_korn_graubard", { x: [], n: [] }).undefined_because?.["low"]).toBe("nothing-asked");
  expect(codeOf("ci_korn_graubard", { x: [3, 6], n: [5, 5] })).toBe("input-range");
  expect(codeOf("ci_korn_graubard", { x: [3], n: [5, 5] })).toBe("inputs-disagree");
});

test("an interval of a lot wants a sample within the lot", () => {
  expect(codeOf("ci_hypergeometric", { x: 1, n: 6, lot_size: 5 })).toBe("input-range");
  expect(codeOf("ci_hypergeometric", { x: 1, n: 6 })).toBe("input-missing");
  expect(calculate("ci_hypergeometric", { x: 0, n: 0, lot_size: 5 }).undefined_because?.["high_count"]).toBe(
    "nothing-asked",
  );
  // scipy.stats.hypergeom.cdf(0, 200, D, 32) is 0.02517 at D = 20 and 0.02070 at D = 21.
  expect(calculate("ci_hypergeometric", { x: 0, n: 32, lot_size: 200 }).values).toEqual({
    low: 0,
    high: 0.1,
    low_count: 0,
    high_count: 20,
  });
});

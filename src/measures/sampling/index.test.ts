import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withFiles } from "../../cli/measure-text.js";
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

const iso = "ISO 2859-1:1999 / GB/T 2828.1-2012";
const lookup = { standard: iso, type: "single", severity: "normal", level: "II", lot_size: 1000, aql: 1 };

test("ISO and GB/T are answered from MIL-STD-105E where they are equal, and it says so", () => {
  const { values } = calculate("aql_plan_lookup", lookup);
  expect(values).toMatchObject({
    code_letter: "J",
    final_code: "J",
    n: [80],
    ac: [2],
    re: [3],
    full_inspection: false,
  });
  expect(values["note"]).toHaveProperty("zh");
  expect(calculate("aql_plan_lookup", { ...lookup, standard: "MIL-STD-105E" }).values).not.toHaveProperty("note");
});
test("the cell on which sources differ is refused for ISO, and answered for MIL-STD-105E", () => {
  const inputs = { standard: iso, severity: "tightened", code_letter: "A", aqls: [6.5, 10, 15] };
  expect(calculate("aql_single_plan", inputs)).toMatchObject({
    values: { final_code: ["B", undefined, "C"], n: [3, undefined, 5], ac: [0, undefined, 1], re: [1, undefined, 2] },
    undefined_because: { n: "disputed-cell" },
  });
  expect(calculate("aql_single_plan", { ...inputs, standard: "MIL-STD-105E" }).values["n"]).toEqual([3, 8, 5]);
  const cell = calculate("aql_plan_lookup", { ...lookup, severity: "tightened", lot_size: 5, aql: 10 });
  expect(cell.values).toMatchObject({ code_letter: "A", n: undefined });
  expect(cell.undefined_because?.["ac"]).toBe("disputed-cell");
});
test("reduced inspection by ISO or GB/T wants a loaded table; MIL-STD-105E has its own, with a gap", () => {
  const reduced = { ...lookup, severity: "reduced" };
  expect(codeOf("aql_plan_lookup", reduced)).toBe("table-not-loaded");
  expect(codeOf("aql_plan_lookup", { ...reduced, standard: "ISO 2859-1 / MIL-STD-105E" })).toBe("table-not-loaded");
  expect(codeOf("aql_plan_lookup", { ...lookup, type: "double" })).toBe("table-not-loaded");
  expect(calculate("aql_plan_lookup", { ...reduced, standard: "MIL-STD-105E" }).values).toMatchObject({
    n: [32],
    ac: [1],
    re: [3],
  });
});

// Made up: no plan of a standard has these numbers.
const madeUp = {
  severity: "reduced",
  aqls: [0.65, 1],
  plans: {
    J: [
      { final_code: "K", n: 51, ac: 7, re: 8 },
      { n: 33, ac: 1, re: 2 },
    ],
    K: [null, { n: 52, ac: 3, re: 4 }],
  },
};
test("a loaded table answers, from a file as well", () => {
  const reduced = { ...lookup, severity: "reduced" };
  expect(calculate("aql_plan_lookup", { ...reduced, table: madeUp }).values).toMatchObject({
    n: [33],
    ac: [1],
    re: [2],
  });
  expect(calculate("aql_plan_lookup", { ...reduced, table: madeUp }).values).not.toHaveProperty("note");
  const folder = mkdtempSync(join(tmpdir(), "touchstone-table-"));
  try {
    writeFileSync(join(folder, "table.json"), JSON.stringify(madeUp));
    const inputs = { standard: iso, severity: "reduced", code_letter: "J", aqls: [0.65, 1], table_file: "table.json" };
    expect(calculate("aql_single_plan", withFiles(inputs, folder)).values).toMatchObject({
      final_code: ["K", undefined],
      n: [51, 33],
      ac: [7, 1],
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
test("a loaded table answers for its severity alone, and for the cells that it has", () => {
  const single = { standard: iso, severity: "reduced", table: madeUp };
  expect(codeOf("aql_single_plan", { ...single, code_letter: "L", aqls: [1] })).toBe("table-not-loaded");
  expect(codeOf("aql_single_plan", { ...single, code_letter: "J", aqls: [1.5] })).toBe("table-not-loaded");
  expect(codeOf("aql_single_plan", { ...single, code_letter: "K", aqls: [0.65] })).toBe("table-not-loaded");
  const normal = calculate("aql_single_plan", { ...single, severity: "normal", code_letter: "J", aqls: [1] });
  expect(normal.values).toMatchObject({ n: [80], ac: [2] });
  expect(codeOf("aql_double_plan", { ...single, code_letter: "J", aqls: [1] })).toBe("inputs-disagree");
});
test("a table that cannot be one is refused, with the place", () => {
  const asked = (table: object) =>
    codeOf("aql_single_plan", { standard: iso, severity: "reduced", code_letter: "J", aqls: [1], table });
  expect(asked({ ...madeUp, severity: "lenient" })).toBe("input-range");
  expect(asked({ ...madeUp, aqls: [0.65, 2] })).toBe("input-range");
  expect(asked({ ...madeUp, plans: { J: [{ n: 33, ac: 1, re: 2 }] } })).toBe("input-range");
  expect(asked({ ...madeUp, plans: { J: [7, 8] } })).toBe("input-type");
  expect(
    asked({
      ...madeUp,
      plans: {
        J: [
          { n: 33, ac: 2, re: 2 },
          { n: 33, ac: 1, re: 2 },
        ],
      },
    }),
  ).toBe("inputs-disagree");
  expect(asked({ ...madeUp, plans: undefined })).toBe("input-type");
});

test("a double plan that is a single one is given as such", () => {
  const double = { ...lookup, standard: "MIL-STD-105E", type: "double" };
  expect(calculate("aql_plan_lookup", double).values).toMatchObject({ n: [50, 50], ac: [0, 3], re: [3, 4] });
  expect(calculate("aql_plan_lookup", { ...double, aql: 0.15 }).values).toMatchObject({ n: [80], ac: [0], re: [1] });
});
test("a sample as large as the lot is the whole lot", () => {
  expect(calculate("aql_plan_lookup", { ...lookup, lot_size: 8, aql: 0.65 }).values).toMatchObject({
    ...{ code_letter: "A", n: [8], ac: [0], re: [1], full_inspection: true },
  });
  // Level III makes letter C of 9 units; at AQL 6.5 its arrow leads to D, whose double plan is 5 + 5: four are left for the second sample.
  const double = { ...lookup, standard: "MIL-STD-105E", type: "double", lot_size: 9, level: "III", aql: 6.5 };
  expect(calculate("aql_plan_lookup", double).values).toMatchObject({ n: [5, 4], full_inspection: false });
});
test("what does not come with Touchstone is said", () => {
  expect(codeOf("aql_plan_lookup", { ...lookup, type: "multiple" })).toBe("not-supported");
  expect(codeOf("aql_plan_lookup", { type: "variables", sigma: "unknown", lot_index: 12 })).toBe("not-supported");
  expect(codeOf("aql_plan_lookup", { ...lookup, standard: "ANSI/ASQ Z1.4" })).toBe("not-supported");
  const lots = { lot_size: 2000, level: "II", aql: 1, start: "normal", nonconforming: [0] };
  expect(codeOf("aql_switching", { standard: "MIL-STD-105E", ...lots })).toBe("not-supported");
});
test("tables refuse what they do not have", () => {
  expect(codeOf("aql_plan_lookup", { ...lookup, aql: 2 })).toBe("input-range");
  expect(codeOf("aql_plan_lookup", { ...lookup, lot_size: 1 })).toBe("input-range");
  expect(codeOf("aql_plan_lookup", { ...lookup, level: "IV" })).toBe("input-range");
  expect(codeOf("aql_code_letter", { level: "II", lot_sizes: [] })).toBe("input-range");
  for (const id of ["aql_single_plan", "aql_double_plan"])
    expect(codeOf(id, { standard: "MIL-STD-105E", severity: "normal", code_letter: "I", aqls: [1] })).toBe(
      "input-range",
    );
  expect(
    codeOf("aql_single_plan", { standard: iso, table: "2-B", severity: "normal", code_letter: "K", aqls: [1] }),
  ).toBe("inputs-disagree");
});

const lots = { standard: iso, lot_size: 2000, level: "II", aql: 1, start: "normal" };
test("switching tells its state, the plan of the last lot and that of one AQL tighter", () => {
  expect(
    calculate("aql_switching", { ...lots, nonconforming: [4, 4], original_inspection: [true, false] }).values,
  ).toEqual({
    ...{ state: "normal", switching_score: 0, suspended: false, tightened_rejections: 0 },
    ...{ last_decision: "rejected", counted_lots: 1, n: 125, ac: 3, tighterN: 125, tighter_ac: 2 },
  });
  // L 200 Ac 21 at AQL 6.5, M 315 Ac 21 at 4: another sample, so that the score stays at 0.
  const across = calculate("aql_switching", { ...lots, lot_size: 20_000, aql: 6.5, nonconforming: [0] }).values;
  expect(across).toMatchObject({ n: 200, ac: 21, tighterN: 315, tighter_ac: 21, switching_score: 0 });
});
test("switching asks for a reduced plan only where a lot comes under it", () => {
  const steady = { ...lots, production_steady: true, authority_approved: true };
  const ten = new Array<number>(10).fill(0);
  expect(calculate("aql_switching", { ...steady, nonconforming: ten }).values["state"]).toBe("reduced");
  expect(codeOf("aql_switching", { ...steady, nonconforming: [...ten, 0] })).toBe("table-not-loaded");
  const table = { severity: "reduced", aqls: [1], plans: { K: [{ n: 51, ac: 0, re: 1 }] } };
  const after = calculate("aql_switching", { ...steady, table, nonconforming: [...ten, 1] }).values;
  expect(after).toMatchObject({ state: "normal", n: 51, ac: 0 });
  const given = calculate("aql_switching", {
    ...lots,
    start: "reduced",
    plans: { reduced: "K 50 Ac2" },
    nonconforming: [3],
  });
  expect(given.values).toMatchObject({ state: "normal", n: 50, ac: 2 });
});
test("switching refuses lots after a suspension, and what it cannot read", () => {
  const stopped = { ...lots, start: "tightened", nonconforming: [3, 3, 3, 3, 3] };
  expect(calculate("aql_switching", stopped).values).toMatchObject({ suspended: true, tightened_rejections: 5 });
  expect(codeOf("aql_switching", { ...stopped, nonconforming: [3, 3, 3, 3, 3, 0] })).toBe("inputs-disagree");
  expect(codeOf("aql_switching", { ...lots, nonconforming: [0], original_inspection: [true, true] })).toBe(
    "inputs-disagree",
  );
  expect(codeOf("aql_switching", { ...lots, nonconforming: [0], plans: { normal: "125/3" } })).toBe("input-type");
  expect(codeOf("aql_switching", { ...lots, nonconforming: [0.5] })).toBe("input-range");
});
test("at the lowest AQL there is no tighter one, and before the first lot no plan", () => {
  const { values, undefined_because } = calculate("aql_switching", { ...lots, aql: 0.01, nonconforming: [] });
  expect(values).toMatchObject({ tighterN: undefined, n: undefined });
  expect(undefined_because).toMatchObject({ tighterN: "no-tighter-aql", n: "nothing-asked" });
});

test("curves take one quality or many, and refuse what is no plan", () => {
  expect(calculate("oc_binomial", { n: 80, c: 2, p: 0.01 }).values["pa"]).toBeCloseTo(0.9534468142640684, 12);
  expect(calculate("oc_binomial", { n: 80, c: 2, p: [0, 1] }).values["pa"]).toEqual(Float64Array.of(1, 0));
  const plan = { n: [80], ac: [5], re: [6], p: [0.01] };
  expect(codeOf("oc_curve_single", { ...plan, re: [7] })).toBe("inputs-disagree");
  expect(codeOf("oc_curve_single", { ...plan, re: [5] })).toBe("inputs-disagree");
  expect(codeOf("oc_curve_single", { ...plan, ac: [5, 6] })).toBe("inputs-disagree");
  expect(codeOf("oc_curve_single", { ...plan, p: [1.1] })).toBe("input-range");
  expect(codeOf("oc_curve_single", { ...plan, distribution: "hypergeom" })).toBe("input-missing");
  expect(codeOf("oc_curve_single", { ...plan, distribution: "hypergeom", lot_size: 79 })).toBe("inputs-disagree");
  expect(codeOf("oc_curve_single", { ...plan, distribution: "normal" })).toBe("input-range");
  expect(codeOf("oc_hypergeometric", { lot_size: 10, defectives: 11, n: 5, c: 0 })).toBe("input-range");
  expect(codeOf("oc_poisson", { c: 1, lambda: -1 })).toBe("input-range");
  expect(codeOf("oc_variables", { n: 1, k: 1.5, sigma: "unknown", p: [0.1] })).toBe("input-range");
  expect(codeOf("lot_disposition", { lot_size: 9, defectives: 1, n: 5, c: 0, escaped_defectives: "all" })).toBe(
    "input-range",
  );
});
test("designs refuse qualities the wrong way round", () => {
  const risks = { p1: 0.01, producer_risk: 0.05, p2: 0.05, consumer_risk: 0.1 };
  expect(codeOf("design_single_plan", { ...risks, p2: 0.01 })).toBe("inputs-disagree");
  expect(codeOf("design_single_plan", { ...risks, consumer_risk: 0.96 })).toBe("inputs-disagree");
  expect(codeOf("design_single_plan", { ...risks, objective: "cheapest" })).toBe("input-range");
  expect(codeOf("design_variables_plan", { ...risks, sigma: "guessed" })).toBe("input-range");
  const lot = {
    distribution: "hypergeometric",
    lot_size: 10,
    p1: 0.1,
    producer_risk: 0.05,
    p2: 0.12,
    consumer_risk: 0.1,
  };
  expect(calculate("design_single_plan", lot).undefined_because).toEqual({ n: "no-plan", c: "no-plan" });
  expect(codeOf("dodge_romig", { lot_size_up_to: [50], n: [60], c: [0] })).toBe("inputs-disagree");
  expect(codeOf("dodge_romig", { lot_size_up_to: [50, 60], n: [10], c: [0] })).toBe("input-range");
});

import { describe, expect, test } from "vitest";
import { codeLetter, doublePlan, type Severity, singlePlan } from "./aql.js";
import { aqls, levels, lotRows, sampleSizes, singleRows } from "./mil-std-105e.js";

const letters = "ABCDEFGHJKLMNPQR";
const severities = ["normal", "tightened", "reduced"] as const;

// MIL-STD-105E, table I.
test.each([
  [8, "II", "A"],
  [9, "II", "B"],
  [1000, "II", "J"],
  [3200, "S-3", "E"],
  [35000, "I", "K"],
  [500_000, "III", "Q"],
  [500_001, "III", "R"],
  [10_000_000, "II", "Q"],
] as const)("a lot of %i at level %s has letter %s", (lot, level, letter) =>
  expect(codeLetter(lot, level)).toBe(letter));
test("a larger lot, and a higher level, never has an earlier letter", () => {
  for (const [, row] of lotRows) expect([...row.slice(0, 4)].sort().join("")).toBe(row.slice(0, 4));
  for (const [, row] of lotRows) expect([...row.slice(4)].sort().join("")).toBe(row.slice(4));
  for (const i of levels.keys()) {
    const column = lotRows.map(([, row]) => row[i] ?? "");
    expect([...column].sort()).toEqual(column);
  }
});

// MIL-STD-105E, tables II-A, II-B and II-C, arrows followed.
test.each([
  ["normal", "L", 2.5, { final_code: "L", n: 200, ac: 10, re: 11 }],
  ["normal", "J", 0.65, { final_code: "J", n: 80, ac: 1, re: 2 }],
  ["normal", "F", 0.4, { final_code: "G", n: 32, ac: 0, re: 1 }],
  ["tightened", "K", 1, { final_code: "K", n: 125, ac: 2, re: 3 }],
  ["tightened", "R", 0.025, { final_code: "S", n: 3150, ac: 1, re: 2 }],
  ["reduced", "K", 1, { final_code: "K", n: 50, ac: 1, re: 4 }],
  ["reduced", "J", 0.4, { final_code: "K", n: 50, ac: 0, re: 2 }],
] as const)("%s, letter %s, AQL %d", (severity, code_letter, aql, plan) => {
  expect(singlePlan({ severity, code_letter, aql })).toEqual(plan);
});

describe.each(severities)("the table of %s inspection", (severity: Severity) => {
  const cell = (code_letter: string, column: number) => singlePlan({ severity, code_letter, aql: aqls[column] ?? 0 });

  test("has a plan in each of its 16 × 26 cells, of the size of its letter", () => {
    for (const letter of letters)
      for (const column of aqls.keys()) {
        const plan = cell(letter, column);
        expect(plan?.n).toBe(sampleSizes[severity][plan?.final_code ?? ""]);
        expect(plan?.re).toBeGreaterThan(plan?.ac ?? Infinity);
        if (severity !== "reduced") expect(plan?.re).toBe((plan?.ac ?? 0) + 1);
      }
  });

  test("an arrow leads to a cell that holds the plan itself", () => {
    for (const letter of letters)
      for (const column of aqls.keys()) {
        const plan = cell(letter, column);
        if (plan !== undefined && plan.final_code !== "S") expect(cell(plan.final_code, column)).toEqual(plan);
      }
  });

  test("is made of diagonals: one letter on and one AQL tighter is the same acceptance number", () => {
    // From letter D on; where both cells hold a plan of their own.
    for (let row = 3; row + 1 < letters.length; row++)
      for (let column = 1; column < aqls.length; column++) {
        const here = cell(letters[row] ?? "", column);
        const there = cell(letters[row + 1] ?? "", column - 1);
        if (here?.final_code !== letters[row] || there?.final_code !== letters[row + 1]) continue;
        expect([there?.ac, there?.re]).toEqual([here?.ac, here?.re]);
      }
  });

  test("within a row a looser AQL never has a smaller acceptance number for its own sample", () => {
    for (const letter of letters) {
      const own = [...aqls.keys()].map((column) => cell(letter, column)).filter((plan) => plan?.final_code === letter);
      const numbers = own.map((plan) => plan?.ac ?? -1);
      expect([...numbers].sort((a, b) => a - b)).toEqual(numbers);
    }
  });
});

test("tightened inspection never accepts what normal inspection with that sample rejects", () => {
  for (const letter of letters)
    for (const aql of aqls) {
      const normal = singlePlan({ severity: "normal", code_letter: letter, aql });
      const tightened = singlePlan({ severity: "tightened", code_letter: letter, aql });
      if (normal?.n === tightened?.n) expect(tightened?.ac).toBeLessThanOrEqual(normal?.ac ?? -1);
    }
});
test("a letter or an AQL that the table does not have has no plan", () => {
  expect(singlePlan({ severity: "normal", code_letter: "I", aql: 1 })).toBeUndefined();
  expect(singlePlan({ severity: "normal", code_letter: "K", aql: 2 })).toBeUndefined();
  expect(singlePlan({ severity: "normal", code_letter: "S", aql: 1 })).toBeUndefined();
  for (const severity of severities) expect(Object.keys(singleRows[severity]).join("")).toBe(letters);
});

// MIL-STD-105E, table III, by the R package AQLSchemes 1.7-2 (R/AAZ14Double.R).
test.each([
  ["normal", "K", 1, { n: [80, 80], ac: [1, 4], re: [4, 5] }],
  ["normal", "B", 10, { n: [3, 3], ac: [0, 1], re: [2, 2] }],
  ["tightened", "R", 0.025, { n: [2000, 2000], ac: [0, 1], re: [2, 2] }],
  ["reduced", "G", 25, { n: [8, 8], ac: [3, 8], re: [8, 12] }],
  ["normal", "K", 0.1, undefined],
  ["reduced", "C", 10, undefined],
] as const)("double plan of %s, letter %s, AQL %d", (severity, code_letter, aql, plan) =>
  expect(doublePlan({ severity, code_letter, aql })).toEqual(plan));

test("each cell of a single plan with Ac above 0 has a double plan, but for the smallest samples", () => {
  for (const severity of severities)
    for (const code_letter of letters)
      for (const aql of aqls) {
        const single = singlePlan({ severity, code_letter, aql });
        const smallest = severity === "reduced" ? "ABC" : "A";
        const without = single?.re === 1 || smallest.includes(single?.final_code ?? "");
        const double = doublePlan({ severity, code_letter, aql });
        expect(double === undefined).toBe(without);
        if (double === undefined) continue;
        expect(double.re[0]).toBeGreaterThan(double.ac[0]);
        expect(double.re[1]).toBeGreaterThan(double.ac[1]);
        // At normal and tightened inspection the second sample decides.
        if (severity !== "reduced") expect(double.re[1]).toBe(double.ac[1] + 1);
      }
});

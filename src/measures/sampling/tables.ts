import { codeLetter, type InspectionLevel } from "../../statistics/sampling/aql.js";
import { levels } from "../../statistics/sampling/mil-std-105e.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, listOf, MeasureError, numberOf, numbersOf, shown, textOf } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { severities, type TableCell } from "./loaded-table.js";
import { type AqlQuery, answersFor, aqlPlan, equalTables, standardOf, tableOf, toAql } from "./plans.js";

/** A single dataset is not a series of lots: every table says so. */
export const isolatedLot = {
  zh: "AQL 是对连续批的：单独交来的一个数据集是孤立批，应看极限质量（ISO 2859-2）与抽检特性曲线；字码 L、AQL 2.5（n 200，Ac 10）对 5 % 不合格的批仍有 58 % 的机会接收",
  en: "AQL is for a series of lots: a dataset handed in alone is an isolated lot, for which limiting quality (ISO 2859-2) and the OC curve count; letter L at AQL 2.5 (n 200, Ac 10) accepts a lot of 5 % defects 58 % of the time",
};

export const ofTables = { orientation: "none", inference: "process", misleads: isolatedLot } as const;

/** Code letter and AQLs, a plan each. */
function queriesOf(inputs: Inputs, type: "single" | "double"): readonly AqlQuery[] {
  const standard = standardOf(inputs);
  const severity = textOf(inputs, "severity", severities);
  const table = tableOf(inputs, { standard, type, severity });
  const code_letter = textOf(inputs, "code_letter");
  return listOf(inputs, "aqls", 1).map((aql, i) => ({
    ...{ standard, type, severity, table, code_letter },
    aql: toAql(aql, `aqls[${i}]`),
  }));
}

/** What a plan list says of its cells on which sources differ. */
function disputed(names: readonly string[], any: boolean): Pick<Answer, "undefined_because"> {
  return any
    ? { undefined_because: Object.fromEntries(names.map((name): [string, Reason] => [name, "disputed-cell"])) }
    : {};
}

function noteOf(query: AqlQuery): object {
  return query.standard === "iso-2859-1" && !answersFor(query.table, query) ? { note: equalTables } : {};
}

export const tables: readonly MeasureFunction[] = [
  /**
   * Formula: table I of MIL-STD-105E, which table 1 of ISO 2859-1:1999 and of GB/T 2828.1-2012 equal
   * Edge: a lot has at least 2 units; without an upper end for the last row.
   * Unit: code letter, A … R without I and O.
   * Source: MIL-STD-105E, table I; ISO 2859-1:1999, table 1; GB/T 2828.1-2012, table 1.
   */
  {
    id: "aql-code-letter",
    title: { zh: "样本量字码", en: "Sample size code letter" },
    answers: {
      zh: "这一批量、这一检验水平用哪个样本量字码",
      en: "Which sample size code letter a size of lot and an inspection level have",
    },
    ...ofTables,
    inputs: ["level", "lot_sizes"],
    outputs: ["code_letters"],
    calculate(inputs) {
      const level = textOf<InspectionLevel>(inputs, "level", levels);
      const sizes = numbersOf(inputs, "lot_sizes", { min: 2, whole: true }, 1);
      return { values: { code_letters: Array.from(sizes, (size) => codeLetter(size, level)) } };
    },
  },
  /**
   * Formula: tables II-A, II-B and II-C of MIL-STD-105E, arrows followed
   * Convention: ISO 2859-1 and GB/T 2828.1 are answered from MIL-STD-105E for normal and tightened inspection, which are equal in 831 of 832 cells (`note`); the
   * other one (tightened, letter A, AQL 10) is undefined. Their reduced inspection is another table (MIL-STD-105E has a gap between Ac and Re) and is answered
   * from a loaded one alone: `table`, or `table_file`, with {severity, aqls, plans: {K: [{final_code, n, ac, re}, …], …}}.
   * Edge: an AQL that is not a preferred one is an error.
   * Unit: n in units; Ac and Re in nonconforming units, in nonconformities above AQL 10.
   * Source: MIL-STD-105E, tables II-A to II-C.
   */
  {
    id: "aql-single-plan",
    title: { zh: "一次抽样方案（按字码与 AQL）", en: "Single sampling plan by code letter and AQL" },
    answers: {
      zh: "这一字码、这一 AQL 抽多少，几件以内接收",
      en: "How many units are inspected for a code letter and an AQL, and up to how many nonconforming ones the lot is accepted",
    },
    ...ofTables,
    inputs: ["standard", "table", "severity", "code_letter", "aqls"],
    outputs: ["final_code", "n", "ac", "re", "note"],
    calculate(inputs) {
      const queries = queriesOf(inputs, "single");
      const plans = queries.map(aqlPlan);
      const column = (value: (plan: TableCell) => unknown) =>
        plans.map((plan) => (plan === undefined || plan === null ? undefined : value(plan)));
      const [first] = queries;
      return {
        values: {
          final_code: column((plan) => plan.final_code),
          n: column((plan) => plan.n[0]),
          ac: column((plan) => plan.ac[0]),
          re: column((plan) => plan.re[0]),
          ...(first === undefined ? {} : noteOf(first)),
        },
        ...disputed(["final_code", "n", "ac", "re"], plans.includes(undefined)),
      };
    },
  },
  /**
   * Formula: tables III-A, III-B and III-C of MIL-STD-105E, arrows followed
   * Convention: a cell that says to use the single plan is null. Of the 48 rows 26 were held, cell by cell, against the one transcription at hand; the others are
   * made by the rule that all of these keep (the single plan's letter gives the size of each sample, its numbers those of the double plan). ISO 2859-1 and GB/T
   * 2828.1 want a loaded table.
   * Edge: an AQL that is not a preferred one is an error.
   * Unit: n in units of each sample; Ac and Re in nonconforming units of both together.
   * Source: MIL-STD-105E, tables III-A to III-C, by the R package AQLSchemes 1.7-2.
   */
  {
    id: "aql-double-plan",
    title: { zh: "二次抽样方案（按字码与 AQL）", en: "Double sampling plan by code letter and AQL" },
    answers: {
      zh: "同一次抽样方案，但明显好或坏的批少检一些",
      en: "As the single plan, with fewer units where a lot is plainly good or plainly bad",
    },
    ...ofTables,
    inputs: ["standard", "table", "severity", "code_letter", "aqls"],
    outputs: ["plans"],
    calculate(inputs) {
      const plans = queriesOf(inputs, "double").map((query) => {
        const plan = aqlPlan(query);
        return plan === undefined || plan === null ? null : { n: plan.n, ac: plan.ac, re: plan.re };
      });
      return { values: { plans } };
    },
  },
  /**
   * Formula: code letter by size of lot and level, then the plan by code letter and AQL
   * Convention: as aql-single-plan and aql-double-plan; where a double plan says to use the single one, that is given. A standard that names ISO 2859-1 or
   * GB/T 2828.1 is asked as these, whatever else it names.
   * Edge: a sample as large as the lot is the whole lot (`full_inspection`). Multiple sampling and plans for variables (Z1.9) are not supported.
   * Unit: n in units, a list by sample.
   * Source: MIL-STD-105E, 4.9; ISO 2859-1:1999, clause 10.
   */
  {
    id: "aql-plan-lookup",
    title: { zh: "按批量与 AQL 查抽样方案", en: "Sampling plan by size of lot and AQL" },
    answers: {
      zh: "这一批抽多少，几件以内接收",
      en: "How many units of a lot are inspected, and up to how many nonconforming ones it is accepted",
    },
    ...ofTables,
    inputs: ["standard", "type", "severity", "level", "lot_size", "aql", "table", "lot_index", "sigma"],
    outputs: ["code_letter", "final_code", "n", "ac", "re", "full_inspection", "note"],
    calculate(inputs) {
      const type = textOf(inputs, "type", ["single", "double", "multiple", "variables"], "single");
      if (type === "multiple" || type === "variables") throw notSupported(type);
      const standard = standardOf(inputs);
      const severity = textOf(inputs, "severity", severities, "normal");
      const level = textOf<InspectionLevel>(inputs, "level", levels, "II");
      const lot = numberOf(inputs, "lot_size", { min: 2, whole: true });
      const code_letter = codeLetter(lot, level);
      const table = tableOf(inputs, { standard, type, severity });
      const query = { standard, type, severity, code_letter, table, aql: toAql(inputs["aql"], "aql") };
      const plan =
        aqlPlan(query) ?? (type === "double" ? aqlPlan({ ...query, type: "single", table: undefined }) : undefined);
      if (plan === undefined || plan === null) {
        const names = ["final_code", "n", "ac", "re", "full_inspection"];
        const values = Object.fromEntries(names.map((name) => [name, undefined]));
        return { values: { code_letter, ...values }, ...disputed(names, true) };
      }
      return { values: { code_letter, ...planOf(plan, lot), ...noteOf(query) } };
    },
  },
];

function planOf(plan: TableCell, lot: number): object {
  const { final_code, n, ac, re } = plan;
  const full_inspection = (n[0] ?? 0) >= lot;
  if (full_inspection) return { final_code, n: [lot], ac: ac.slice(-1), re: re.slice(-1), full_inspection };
  // What is left of the lot is a second sample's most.
  const [first = 0, ...others] = n;
  return { final_code, n: [first, ...others.map((size) => Math.min(size, lot - first))], ac, re, full_inspection };
}

function notSupported(type: string): MeasureError {
  return new MeasureError("not-supported", {
    input: "type",
    expected: {
      zh: "single 或 double；多次抽样与计量抽样（Z1.9、GB/T 6378）的表不随附",
      en: "single or double; tables of multiple sampling and of variables (Z1.9, ISO 3951) do not come with Touchstone",
    },
    found: shown(type),
  });
}

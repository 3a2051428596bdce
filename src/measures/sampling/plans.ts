import type { LocalText } from "../../records/grammar.gen.js";
import { type AqlCell, doublePlan, type Severity, singlePlan } from "../../statistics/sampling/aql.js";
import { aqls } from "../../statistics/sampling/mil-std-105e.js";
import { type Inputs, MeasureError, shown, textOf, toNumber } from "../inputs.js";
import { type LoadedTable, loadedTable, severities, type TableCell } from "./loaded-table.js";

export type AqlStandard = "mil-std-105e" | "iso-2859-1";

/** A question to a table of an AQL standard. */
export interface AqlQuery extends AqlCell {
  readonly standard: AqlStandard;
  readonly type: "single" | "double";
  /** A table that was loaded; where it is of that severity it answers, and no other. */
  readonly table?: LoadedTable | undefined;
}

/** Said with each answer that an ISO table gets from MIL-STD-105E. */
export const equalTables: LocalText = {
  zh: "取自 MIL-STD-105E 表；与 ISO 2859-1 / GB/T 2828.1 的正常与加严检验一次抽样表逐格比较，832 格中 831 格相等，不等的一格不作答",
  en: "from MIL-STD-105E; its single plans for normal and tightened inspection equal those of ISO 2859-1 and GB/T 2828.1 in 831 of 832 cells, and the other one is not answered",
};

/**
 * The plan of a cell: null where the table of double sampling says to use the single plan, undefined where sources differ on the cell.
 *
 * Single plans of ISO 2859-1 and GB/T 2828.1 for normal and tightened inspection are answered from MIL-STD-105E, which they equal; those for reduced inspection
 * and of double sampling are not, and want a loaded table.
 *
 * @throws MeasureError table-not-loaded
 */
export function aqlPlan({ standard, type, table, ...cell }: AqlQuery): TableCell | null | undefined {
  if (answersFor(table, cell)) return cellOf(table, cell, type);
  if (standard === "iso-2859-1" && (type === "double" || cell.severity === "reduced")) throw notLoaded(type, cell);
  const { severity, code_letter, aql } = cell;
  const plan = singlePlan(cell);
  if (plan === undefined)
    throw new MeasureError("input-range", {
      input: "code_letter",
      expected: { zh: "A 至 R（无 I、O）", en: "A to R, without I and O" },
      found: shown(code_letter),
    });
  if (type === "double") return doublePlan(cell) ?? null;
  if (standard === "iso-2859-1" && severity === "tightened" && code_letter === "A" && aql === 10) return undefined;
  return { final_code: plan.final_code, n: [plan.n], ac: [plan.ac], re: [plan.re] };
}

function notLoaded(type: "single" | "double", { severity }: AqlCell): MeasureError {
  return new MeasureError("table-not-loaded", {
    input: "table",
    expected: {
      zh: `持有的 ISO 2859-1 或 GB/T 2828.1 表（${type}，${severity}），以 table_file 装入；它与 MIL-STD-105E 的表不同`,
      en: `a licensed table of ISO 2859-1 or GB/T 2828.1 (${type}, ${severity}) by table_file; it differs from that of MIL-STD-105E`,
    },
  });
}

/** A loaded table of that severity, and then no other, answers. */
export function answersFor(
  table: LoadedTable | undefined,
  { severity }: { readonly severity: Severity },
): table is LoadedTable {
  return table?.severity === severity;
}

function cellOf(table: LoadedTable, { code_letter, aql }: AqlCell, type: "single" | "double"): TableCell | null {
  const cell = table.plans[code_letter]?.[table.aqls.indexOf(aql)];
  const samples = type === "single" ? 1 : 2;
  if (cell === undefined || (cell === null && type === "single"))
    throw new MeasureError("table-not-loaded", {
      input: "table",
      expected: {
        zh: `字码 ${code_letter}、AQL ${aql}（${table.severity}）一格`,
        en: `a cell of letter ${code_letter} and AQL ${aql} (${table.severity})`,
      },
    });
  if (cell !== null && cell.n.length !== samples)
    throw new MeasureError("inputs-disagree", {
      input: `table.plans.${code_letter}`,
      expected: { zh: `${samples} 次抽样的表`, en: `a table of plans of ${samples} samples` },
      found: `${cell.n.length}`,
    });
  return cell;
}

/** By what the text names: "ISO 2859-1 / MIL-STD-105E" speaks of both, so that only what they have in common is answered. @throws MeasureError */
export function standardOf(inputs: Inputs): AqlStandard {
  const text = textOf(inputs, "standard");
  if (/2859-1|2828\.1/.test(text)) return "iso-2859-1";
  if (/MIL-STD-105E/i.test(text)) return "mil-std-105e";
  throw new MeasureError("not-supported", {
    input: "standard",
    expected: {
      zh: "MIL-STD-105E、ISO 2859-1 或 GB/T 2828.1",
      en: "MIL-STD-105E, ISO 2859-1 or GB/T 2828.1",
    },
    found: shown(text),
  });
}

const tableNames: Readonly<Record<AqlStandard, Readonly<Record<"single" | "double", string>>>> = {
  "mil-std-105e": { single: "II", double: "III" },
  "iso-2859-1": { single: "2", double: "3" },
};

/** `table`: the content of a loaded one, or the name of the one that is asked, which then has to be that of the severity. @throws MeasureError */
export function tableOf(
  inputs: Inputs,
  { standard, type, severity }: Pick<AqlQuery, "standard" | "type"> & { readonly severity?: Severity },
): LoadedTable | undefined {
  const value = inputs["table"];
  if (value === undefined) return undefined;
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return loadedTable(value);
  const names = severities.map((one, i) => [one, `${tableNames[standard][type]}-${"ABC"[i]}`] as const);
  const name = names.find(([one]) => one === severity)?.[1];
  if (name !== undefined && value !== name)
    throw new MeasureError("inputs-disagree", {
      input: "table",
      expected: { zh: `${name}（${severity}）`, en: `${name}, which is ${severity}` },
      found: shown(value),
    });
  return undefined;
}

/** @throws MeasureError where it is none of the preferred AQLs */
export function toAql(value: unknown, input: string): number {
  const aql = toNumber(value, input);
  if (!(aqls as readonly number[]).includes(aql))
    throw new MeasureError("input-range", {
      input,
      expected: { zh: `其中之一：${aqls.join("、")}`, en: `one of ${aqls.join(", ")}` },
      found: shown(value),
    });
  return aql;
}

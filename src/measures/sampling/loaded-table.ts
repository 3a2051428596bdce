import { aqls as milAqls, type Severity } from "../../statistics/sampling/mil-std-105e.js";
import { type Inputs, MeasureError, numbersOf, shown, textOf, toList, toNumber } from "../inputs.js";

/** A cell of a table: one sample or two. Rejection numbers are given, for they are not always the next ones. */
export interface TableCell {
  /** The letter whose sample size holds, once the arrow is followed; absent where the table does not say. */
  readonly final_code?: string;
  readonly n: readonly number[];
  readonly ac: readonly number[];
  readonly re: readonly number[];
}

/** A table that its holder has a licence for: ISO 2859-1 and GB/T 2828.1 are copyrighted, and none of their own values come with Touchstone. */
export interface LoadedTable {
  readonly severity: Severity;
  readonly aqls: readonly number[];
  /** By code letter; as many cells as AQLs, null where the table says to use the single plan. */
  readonly plans: Readonly<Record<string, readonly (TableCell | null)[]>>;
}

export const severities = ["normal", "tightened", "reduced"] as const;

/**
 * `{severity, aqls: [0.65, 1], plans: {K: [{final_code, n, ac, re}, …], …}}`, as JSON; n, ac and re are a number, or a list of two in a table of double
 * sampling. Each row has a cell an AQL.
 *
 * @throws MeasureError
 */
export function loadedTable(value: object, input = "table"): LoadedTable {
  const table = value as Inputs;
  const aqls = [...numbersOf(table, "aqls", { min: 0 }, 1)];
  const unknown = aqls.find((aql) => !(milAqls as readonly number[]).includes(aql));
  if (unknown !== undefined)
    throw new MeasureError("input-range", {
      input: `${input}.aqls`,
      expected: { zh: "优先 AQL 系列", en: "preferred AQLs" },
      found: `${unknown}`,
    });
  const rows = Object.entries(objectOf(table["plans"], `${input}.plans`)).map(([letter, cells]) => {
    const place = `${input}.plans.${letter}`;
    const row = toList(cells, place, aqls.length);
    return [letter, row.map((cell, i) => (cell === null ? null : cellOf(cell, `${place}[${i}]`)))] as const;
  });
  return { severity: textOf(table, "severity", severities), aqls, plans: Object.fromEntries(rows) };
}

function cellOf(value: unknown, place: string): TableCell {
  const cell = objectOf(value, place);
  const numbers = (name: string) => {
    const list = Array.isArray(cell[name]) ? toList(cell[name], `${place}.${name}`, 1) : [cell[name]];
    return list.map((one, i) => toNumber(one, `${place}.${name}[${i}]`, { min: name === "n" ? 1 : 0, whole: true }));
  };
  const [n, ac, re] = [numbers("n"), numbers("ac"), numbers("re")];
  if (ac.length !== n.length || re.length !== n.length || re.some((most, i) => most <= (ac[i] ?? 0)))
    throw new MeasureError("inputs-disagree", {
      input: place,
      expected: { zh: "n、ac、re 项数相同，且 re 大于 ac", en: "n, ac and re of one length, and re above ac" },
      found: shown(value),
    });
  return { n, ac, re, ...(cell["final_code"] === undefined ? {} : { final_code: textOf(cell, "final_code") }) };
}

function objectOf(value: unknown, input: string): Inputs {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MeasureError("input-type", {
      input,
      expected: { zh: "JSON 对象", en: "a JSON object" },
      found: shown(value),
    });
  return value as Inputs;
}

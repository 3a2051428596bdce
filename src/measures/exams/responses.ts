import { addPerson, type ItemSums, noItemSums } from "../../statistics/item-sums.js";
import { type Inputs, MeasureError, numberOf, shown, toList, toMatrix, toNumber } from "../inputs.js";

/** Scores by person and item; `times` says how many persons a row stands for. */
export interface Responses {
  readonly items: number;
  readonly rows: readonly Float64Array[];
  readonly times: Float64Array;
}

/**
 * `responses`, a row a person, or `patterns`, [answers, persons] with the answers as a text of digits or a list; `n`, where given, is the number of persons.
 *
 * @throws MeasureError
 */
export function responsesOf(
  inputs: Inputs,
  range: { readonly min?: number; readonly max?: number; readonly whole?: true } = {},
): Responses {
  const responses = inputs["patterns"] === undefined ? ofRows(inputs, range) : ofPatterns(inputs, range);
  const n = responses.times.reduce((sum, count) => sum + count, 0);
  const wanted = numberOf(inputs, "n", { min: 0, whole: true }, n);
  if (wanted !== n)
    throw new MeasureError("inputs-disagree", {
      input: "n",
      expected: { zh: `${n}，即各行人数之和`, en: `${n}, the persons of all rows` },
      found: String(wanted),
    });
  return responses;
}

function ofRows(inputs: Inputs, range: object): Responses {
  const { rows, columns, values } = toMatrix(inputs["responses"], "responses", range);
  const each = Array.from({ length: rows }, (_, row) => values.subarray(row * columns, (row + 1) * columns));
  return ofEach("responses", each, new Float64Array(rows).fill(1));
}

function ofPatterns(inputs: Inputs, range: object): Responses {
  if (inputs["responses"] !== undefined)
    throw new MeasureError("inputs-disagree", {
      input: "responses",
      expected: { zh: "responses 与 patterns 只给其一", en: "either responses or patterns" },
    });
  const list = toList(inputs["patterns"], "patterns").map((pair, at) => {
    const [pattern, persons] = toList(pair, `patterns[${at}]`, 2);
    const answers = typeof pattern === "string" ? Array.from(pattern, Number) : toList(pattern, `patterns[${at}][0]`);
    const scores = Float64Array.from(answers, (answer, item) => toNumber(answer, `patterns[${at}][0][${item}]`, range));
    return { scores, persons: toNumber(persons, `patterns[${at}][1]`, { min: 0, whole: true }) };
  });
  return ofEach(
    "patterns",
    list.map(({ scores }) => scores),
    Float64Array.from(list, ({ persons }) => persons),
  );
}

function ofEach(input: string, rows: readonly Float64Array[], times: Float64Array): Responses {
  const items = rows[0]?.length ?? 0;
  if (items === 0)
    throw new MeasureError("input-range", {
      input,
      expected: { zh: "至少一人一题", en: "at least one person and one item" },
      found: shown(rows.length),
    });
  const other = rows.findIndex((row) => row.length !== items);
  if (other !== -1)
    throw new MeasureError("inputs-disagree", {
      input: `${input}[${other}]`,
      expected: { zh: `${items} 题`, en: `${items} items` },
      found: String(rows[other]?.length),
    });
  return { items, rows, times };
}

export function sumsOf({ items, rows, times }: Responses): ItemSums {
  const sums = noItemSums(items);
  for (const [at, row] of rows.entries()) if (times[at] !== 0) addPerson(sums, row, times[at]);
  return sums;
}

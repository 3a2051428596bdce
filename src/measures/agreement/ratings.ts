import { addEntries, addRatings, addUnit, newUnitTypes, type UnitTypes } from "../../statistics/unit-types.js";
import {
  type Inputs,
  listOf,
  type Matrix,
  MeasureError,
  shown,
  squareOf,
  toList,
  toMatrix,
  toNumber,
} from "../inputs.js";

/** What a person answers: a code, a word, yes or no. All labels of one input are of one type. */
export type Label = number | string | boolean;

/** Categories in their order. */
export interface Scale {
  readonly labels: readonly Label[];
  /** Whether the order says something: it was given, or the labels are numbers. The alphabet is no scale. */
  readonly ordered: boolean;
}

/** Who said what: a row a unit, a column a rater. */
export interface Ratings extends Scale {
  readonly units: number;
  readonly raters: number;
  /** Position in `labels`, row by row; −1 for no answer. */
  readonly codes: Int32Array;
}

/** What was said of the units, without regard to who said it. */
export interface UnitAnswers extends Scale {
  readonly types: UnitTypes;
}

/** Whole numbers that a double holds one by one. */
export const countable = { min: 0, max: Number.MAX_SAFE_INTEGER, whole: true } as const;
/** Numbers whose squares are finite, and the sums of those too. */
export const squarable = { min: -1e100, max: 1e100 } as const;

const unitLayouts = ["ratings", "coders_x_units", "counts", "table", "answers", "triples"] as const;
type Layout = (typeof unitLayouts)[number] | "table_proportions";

/** The one layout that the inputs have. @throws MeasureError where there is none, or more than one */
export function layoutOf(inputs: Inputs, among: readonly Layout[]): Layout {
  const given = among.filter((name) => inputs[name] !== undefined);
  const [layout] = given;
  if (layout === undefined || given.length > 1)
    throw new MeasureError(layout === undefined ? "input-missing" : "inputs-disagree", {
      input: layout === undefined ? (among[0] ?? "") : given.join(", "),
      expected: { zh: `其中之一：${among.join("、")}`, en: `one of ${among.join(", ")}` },
    });
  return layout;
}

/** Who said what, from `ratings`, `coders_x_units`, `answers` or `triples`. @throws MeasureError */
export function ratingsOf(inputs: Inputs, among: readonly Layout[] = ["ratings"]): Ratings {
  const layout = layoutOf(inputs, among);
  const list = listOf(inputs, layout);
  if (layout === "answers" || layout === "triples") return ratingsOfTriples(inputs, layout, list);
  const rows = list.map((row, at) => toList(row, `${layout}[${at}]`));
  const width = rows[0]?.length ?? 0;
  rows.forEach((row, at) => {
    if (row.length !== width)
      throw new MeasureError("inputs-disagree", {
        input: `${layout}[${at}]`,
        expected: { zh: `${width} 项，与第一行相同`, en: `${width} members, as in the first row` },
        found: `${row.length}`,
      });
  });
  const missing = missingOf(inputs);
  const labels = rows.map((row, at) => row.map((one, i) => toLabel(one, `${layout}[${at}][${i}]`, missing)));
  const scale = scaleOfLabels(inputs, labels.flat(), layout);
  const codeOf = coder(scale.labels, layout);
  const turned = layout === "coders_x_units";
  const units = turned ? width : rows.length;
  const raters = turned ? rows.length : width;
  const codes = new Int32Array(units * raters);
  for (let unit = 0; unit < units; unit++)
    for (let rater = 0; rater < raters; rater++)
      codes[unit * raters + rater] = codeOf(turned ? labels[rater]?.[unit] : labels[unit]?.[rater]);
  return { ...scale, units, raters, codes };
}

function ratingsOfTriples(inputs: Inputs, layout: Layout, list: readonly unknown[]): Ratings {
  const missing = missingOf(inputs);
  const triples = triplesOf(list, layout).map(({ rater, unit, answer }, at) => ({
    rater,
    unit,
    label: toLabel(answer, `${layout}[${at}][2]`, missing),
  }));
  const scale = scaleOfLabels(
    inputs,
    triples.map(({ label }) => label),
    layout,
  );
  const codeOf = coder(scale.labels, layout);
  const raters = positions(triples.map(({ rater }) => rater));
  const units = positions(triples.map(({ unit }) => unit));
  const codes = new Int32Array(units.size * raters.size).fill(-1);
  for (const { rater, unit, label } of triples)
    codes[(units.get(unit) ?? 0) * raters.size + (raters.get(rater) ?? 0)] = codeOf(label);
  return { ...scale, units: units.size, raters: raters.size, codes };
}

/** Triples [rater, unit, answer]. @throws MeasureError where a rater answers twice for one unit */
export function triplesOf(
  list: readonly unknown[],
  input: string,
): readonly { readonly rater: Label; readonly unit: Label; readonly answer: unknown }[] {
  const seen = new Set<string>();
  return list.map((one, at) => {
    const triple = toList(one, `${input}[${at}]`, 3);
    const rater = toLabel(triple[0], `${input}[${at}][0]`, undefined);
    const unit = toLabel(triple[1], `${input}[${at}][1]`, undefined);
    const key = JSON.stringify([rater, unit]);
    if (rater === undefined || unit === undefined || seen.has(key))
      throw new MeasureError("inputs-disagree", {
        input: `${input}[${at}]`,
        expected: { zh: "每名标注者对每个单位一个判断", en: "one answer of a rater for a unit" },
        found: key,
      });
    seen.add(key);
    return { rater, unit, answer: triple[2] };
  });
}

/** What was said of the units, from any layout. @throws MeasureError */
export function unitAnswersOf(inputs: Inputs, among: readonly Layout[] = unitLayouts): UnitAnswers {
  const layout = layoutOf(inputs, among);
  if (layout === "counts") return answersOfCounts(inputs);
  if (layout === "table") return answersOfTable(inputs);
  const { labels, ordered, units, raters, codes } = ratingsOf(inputs, [layout]);
  const types = newUnitTypes();
  addRatings(types, unitOfEach(units, raters), codes);
  return { labels, ordered, types };
}

/** The units of each cluster that the input `clusters` names, one a unit. @throws MeasureError where the layout has no order of units */
export function clustersOf(inputs: Inputs): readonly UnitTypes[] {
  const layout = layoutOf(inputs, unitLayouts);
  if (layout === "table" || layout === "answers" || layout === "triples")
    throw new MeasureError("inputs-disagree", {
      input: `clusters, ${layout}`,
      expected: { zh: "ratings、coders_x_units 或 counts", en: "ratings, coders_x_units or counts" },
    });
  const counted = layout === "counts";
  const rows = counted ? undefined : ratingsOf(inputs, [layout]);
  const counts = counted ? countsOf(inputs) : undefined;
  const clusters = listOf(inputs, "clusters").map((one, at) => toLabel(one, `clusters[${at}]`, undefined));
  const units = rows?.units ?? counts?.rows ?? 0;
  if (clusters.length !== units || clusters.includes(undefined))
    throw new MeasureError("inputs-disagree", {
      input: "clusters",
      expected: { zh: `${units} 项，每个单位一项`, en: `${units} members, one a unit` },
      found: `${clusters.length}`,
    });
  const found = new Map<Label | undefined, UnitTypes>();
  clusters.forEach((cluster, unit) => {
    const types = found.get(cluster) ?? newUnitTypes();
    found.set(cluster, types);
    if (rows !== undefined) addUnit(types, rows.codes.slice(unit * rows.raters, (unit + 1) * rows.raters));
    else if (counts !== undefined) addCounts(types, counts, unit);
  });
  return [...found.values()];
}

/** Unit of each answer where they stand unit by unit. */
export function unitOfEach(units: number, raters: number): Int32Array {
  const of = new Int32Array(units * raters);
  for (let i = 0; i < of.length; i++) of[i] = Math.floor(i / raters);
  return of;
}

function countsOf(inputs: Inputs): Matrix {
  return toMatrix(inputs["counts"], "counts", { min: 0, max: 1e6, whole: true });
}

function answersOfCounts(inputs: Inputs): UnitAnswers {
  const matrix = countsOf(inputs);
  const types = newUnitTypes();
  for (let row = 0; row < matrix.rows; row++) addCounts(types, matrix, row);
  return { ...namedOrCounted(inputs, matrix.columns), types };
}

function addCounts(types: UnitTypes, { columns, values }: Matrix, row: number): void {
  const counts = values.subarray(row * columns, (row + 1) * columns);
  const given = Int32Array.from(counts.keys()).filter((column) => counts[column] !== 0);
  addEntries(
    types,
    given,
    Int32Array.from(given, (column) => counts[column] ?? 0),
    given.length,
    1,
  );
}

/** Cells of two raters' table are units with two answers. */
function answersOfTable(inputs: Inputs): UnitAnswers {
  const { rows, values } = squareOf(inputs, "table", countable);
  return { ...namedOrCounted(inputs, rows), types: typesOfTable(values, rows) };
}

/** Units with two answers each, of a table with a row a category of one rater and a column a category of the other. */
export function typesOfTable(table: Float64Array, size: number): UnitTypes {
  const types = newUnitTypes();
  const two = Int32Array.of(2);
  const each = Int32Array.of(1, 1);
  for (let k = 0; k < size; k++)
    for (let l = 0; l < size; l++) {
      const units = table[k * size + l] ?? 0;
      if (k === l) addEntries(types, Int32Array.of(k), two, 1, units);
      else addEntries(types, Int32Array.of(Math.min(k, l), Math.max(k, l)), each, 2, units);
    }
  return types;
}

/** Where the answers come counted, the categories are as given, or 1 … K. */
export function namedOrCounted(inputs: Inputs, size: number): Scale {
  if (inputs["categories"] === undefined)
    return { labels: Array.from({ length: size }, (_, at) => at + 1), ordered: true };
  const labels = categoriesOf(inputs);
  if (labels.length !== size)
    throw new MeasureError("inputs-disagree", {
      input: "categories",
      expected: { zh: `${size} 个类别`, en: `${size} categories` },
      found: `${labels.length}`,
    });
  return { labels, ordered: true };
}

/** JSON null is no answer; a marker other than the word "null" is one more. */
function missingOf(inputs: Inputs): unknown {
  const { missing } = inputs;
  return missing === "null" ? undefined : missing;
}

function toLabel(value: unknown, input: string, missing: unknown): Label | undefined {
  if (value === null || value === undefined || (missing !== undefined && value === missing)) return undefined;
  if (typeof value === "number" && !Number.isNaN(value)) return toNumber(value, input, squarable);
  if (typeof value !== "string" && typeof value !== "boolean")
    throw new MeasureError("input-type", {
      input,
      expected: { zh: "文本、有限的数或 null", en: "a text, a finite number or null" },
      found: shown(value),
    });
  return value;
}

function scaleOfLabels(inputs: Inputs, answers: readonly (Label | undefined)[], input: string): Scale {
  const seen = [...new Set(answers)].filter((label) => label !== undefined);
  const named = inputs["categories"] === undefined ? undefined : categoriesOf(inputs);
  const labels = named ?? seen;
  sameType([...labels, ...seen], input);
  if (typeof labels[0] === "number")
    return { labels: [...labels].sort((a, b) => (a as number) - (b as number)), ordered: true };
  return { labels: named ?? [...labels].sort(), ordered: named !== undefined };
}

function categoriesOf(inputs: Inputs): readonly Label[] {
  const labels = listOf(inputs, "categories", 1).map((one, at) => toLabel(one, `categories[${at}]`, undefined));
  const known = labels.filter((one) => one !== undefined);
  if (new Set(known).size !== labels.length)
    throw new MeasureError("input-range", {
      input: "categories",
      expected: { zh: "每个类别一次", en: "each category once" },
      found: shown(inputs["categories"]),
    });
  sameType(known, "categories");
  return known;
}

function sameType(labels: readonly Label[], input: string): void {
  const odd = labels.find((label) => typeof label !== typeof labels[0]);
  if (odd !== undefined)
    throw new MeasureError("input-type", {
      input,
      expected: { zh: "同一类型的标签", en: "labels of one type" },
      found: `${shown(labels[0])}, ${shown(odd)}`,
    });
}

function coder(labels: readonly Label[], input: string): (label: Label | undefined) => number {
  const codes = new Map(labels.map((label, at) => [label, at]));
  return (label) => {
    if (label === undefined) return -1;
    const code = codes.get(label);
    if (code === undefined)
      throw new MeasureError("input-range", {
        input,
        expected: { zh: `类别之一：${labels.join("、")}`, en: `one of the categories ${labels.join(", ")}` },
        found: shown(label),
      });
    return code;
  };
}

function positions(keys: readonly Label[]): ReadonlyMap<Label, number> {
  const found = new Map<Label, number>();
  for (const key of keys) if (!found.has(key)) found.set(key, found.size);
  return found;
}

import { quote } from "../records/errors.js";
import type { LocalText } from "../records/grammar.gen.js";

/** The `inputs` object of a reference case, as it came in. */
export type Inputs = Readonly<Record<string, unknown>>;

/** Why a measure cannot take its inputs. */
export const inputErrors = {
  "measure-unknown": { zh: "没有这个度量", en: "there is no such measure" },
  "input-missing": { zh: "缺少输入", en: "an input is missing" },
  "input-unknown": { zh: "这个度量没有这个输入", en: "the measure has no such input" },
  "input-type": { zh: "输入的类型不对", en: "an input has another type" },
  "input-range": { zh: "输入超出范围", en: "an input is out of range" },
  "inputs-disagree": { zh: "输入彼此不合", en: "inputs do not go together" },
  "table-not-loaded": { zh: "这张表未加载", en: "the table is not loaded" },
  "not-supported": { zh: "不支持这一种", en: "this kind is not supported" },
  "file-unreadable": { zh: "文件不能读取", en: "a file cannot be read" },
  "json-parse-error": { zh: "不是 JSON", en: "it is not JSON" },
} as const satisfies Readonly<Record<string, LocalText>>;

export type InputErrorCode = keyof typeof inputErrors;

export interface InputErrorDetails {
  /** Which one, as a path: `table[2][1]`. */
  readonly input?: string;
  /** The condition that was tested. */
  readonly expected?: LocalText;
  readonly found?: string;
}

/** An input that a measure cannot take. The run of a batch goes on. */
export class MeasureError extends Error {
  readonly code: InputErrorCode;
  readonly details: InputErrorDetails;
  constructor(code: InputErrorCode, details: InputErrorDetails = {}) {
    super(textOfError(code, details, "en"));
    this.name = "MeasureError";
    this.code = code;
    this.details = details;
  }
  localised(lang: "zh" | "en"): string {
    return textOfError(this.code, this.details, lang);
  }
}

function textOfError(code: InputErrorCode, { input, expected, found }: InputErrorDetails, lang: "zh" | "en"): string {
  const at = input === undefined ? "" : `${input}: `;
  const parts: string[] = [];
  if (expected !== undefined) parts.push(lang === "zh" ? `应为 ${expected.zh}` : `expected ${expected.en}`);
  if (found !== undefined) parts.push(lang === "zh" ? `实为 ${found}` : `found ${found}`);
  const colon = lang === "zh" ? "：" : ": ";
  return `${at}${inputErrors[code][lang]}${parts.length === 0 ? "" : `${colon}${parts.join(lang === "zh" ? "，" : ", ")}`}`;
}

/** A value from outside as a message shows it. */
export function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  if (typeof value === "number" || typeof value === "boolean" || value === null) return String(value);
  if (typeof value === "string") return quote(value);
  return quote(JSON.stringify(value) ?? typeof value);
}

/** Refuses names that the measure does not have. */
export function refuseUnknown(inputs: Inputs, names: readonly string[]): void {
  for (const name of Object.keys(inputs))
    if (!names.includes(name))
      throw new MeasureError("input-unknown", {
        input: name,
        expected: { zh: `其中之一：${names.join("、")}`, en: `one of ${names.join(", ")}` },
      });
}

export interface NumberRange {
  readonly min?: number;
  readonly max?: number;
  /** The ends do not belong to the range. */
  readonly open?: true;
  readonly whole?: true;
}

/** A finite number within the range. @throws MeasureError */
export function toNumber(value: unknown, input: string, range: NumberRange = {}): number {
  const { min = -Infinity, max = Infinity, open, whole } = range;
  const expected = rangeText(range);
  if (value === undefined) throw new MeasureError("input-missing", { input, expected });
  if (typeof value !== "number") throw new MeasureError("input-type", { input, expected, found: shown(value) });
  const within = open === true ? value > min && value < max : value >= min && value <= max;
  if (!Number.isFinite(value) || !within || (whole === true && !Number.isInteger(value)))
    throw new MeasureError("input-range", { input, expected, found: shown(value) });
  return value;
}

function rangeText({ min, max, open, whole }: NumberRange): LocalText {
  const zh = whole === true ? "整数" : "有限的数";
  const en = whole === true ? "a whole number" : "a finite number";
  const or =
    open === true
      ? { zh: "大于", en: "above", zh2: "小于", en2: "below" }
      : { zh: "至少", en: "at least", zh2: "至多", en2: "at most" };
  const low = min === undefined ? undefined : { zh: `${or.zh} ${min}`, en: `${or.en} ${min}` };
  const high = max === undefined ? undefined : { zh: `${or.zh2} ${max}`, en: `${or.en2} ${max}` };
  const both = [low, high].filter((one) => one !== undefined);
  return {
    zh: [zh, ...both.map((one) => one.zh)].join("，"),
    en: both.length === 0 ? en : `${en}, ${both.map((one) => one.en).join(", ")}`,
  };
}

/** The number of that name, or the default where the input is absent. @throws MeasureError */
export function numberOf(inputs: Inputs, name: string, range: NumberRange = {}, otherwise?: number): number {
  if (inputs[name] === undefined && otherwise !== undefined) return otherwise;
  return toNumber(inputs[name], name, range);
}

/** Confidence of a two-sided interval, 0.95 by default. @throws MeasureError */
export function confidenceOf(inputs: Inputs): number {
  return numberOf(inputs, "confidence", { min: 0, max: 1, open: true }, 0.95);
}

export function booleanOf(inputs: Inputs, name: string, otherwise?: boolean): boolean {
  const value = inputs[name] ?? otherwise;
  const expected = { zh: "true 或 false", en: "true or false" };
  if (value === undefined) throw new MeasureError("input-missing", { input: name, expected });
  if (typeof value !== "boolean") throw new MeasureError("input-type", { input: name, expected, found: shown(value) });
  return value;
}

/** A text, where `choices` are given one of them. @throws MeasureError */
export function textOf<C extends string = string>(
  inputs: Inputs,
  name: string,
  choices?: readonly C[],
  otherwise?: C,
): C {
  const value = inputs[name] ?? otherwise;
  const expected =
    choices === undefined
      ? { zh: "文本", en: "a text" }
      : { zh: `其中之一：${choices.join("、")}`, en: `one of ${choices.join(", ")}` };
  if (value === undefined) throw new MeasureError("input-missing", { input: name, expected });
  if (typeof value !== "string") throw new MeasureError("input-type", { input: name, expected, found: shown(value) });
  if (choices !== undefined && !(choices as readonly string[]).includes(value))
    throw new MeasureError("input-range", { input: name, expected, found: shown(value) });
  return value as C;
}

/** A list, of at least `least` members. @throws MeasureError */
export function toList(value: unknown, input: string, least = 0): readonly unknown[] {
  const expected = { zh: `列表，至少 ${least} 项`, en: `a list of at least ${least}` };
  if (value === undefined) throw new MeasureError("input-missing", { input, expected });
  if (!Array.isArray(value)) throw new MeasureError("input-type", { input, expected, found: shown(value) });
  if (value.length < least) throw new MeasureError("input-range", { input, expected, found: `${value.length}` });
  return value;
}

export function listOf(inputs: Inputs, name: string, least = 0): readonly unknown[] {
  return toList(inputs[name], name, least);
}

/** Numbers in a typed array. @throws MeasureError */
export function toNumbers(value: unknown, input: string, range: NumberRange = {}, least = 0): Float64Array {
  const list = toList(value, input, least);
  const numbers = new Float64Array(list.length);
  for (let i = 0; i < list.length; i++) numbers[i] = toNumber(list[i] ?? null, `${input}[${i}]`, range);
  return numbers;
}

export function numbersOf(inputs: Inputs, name: string, range: NumberRange = {}, least = 0): Float64Array {
  return toNumbers(inputs[name], name, range, least);
}

/** Row by row. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** Lists of equal length, as one matrix. @throws MeasureError */
export function toMatrix(value: unknown, input: string, range: NumberRange = {}): Matrix {
  const list = toList(value, input);
  const columns = list.length === 0 ? 0 : toList(list[0], `${input}[0]`).length;
  const values = new Float64Array(list.length * columns);
  for (let row = 0; row < list.length; row++) {
    const numbers = toNumbers(list[row], `${input}[${row}]`, range);
    if (numbers.length !== columns)
      throw new MeasureError("inputs-disagree", {
        input: `${input}[${row}]`,
        expected: { zh: `${columns} 项，与第一行相同`, en: `${columns} members, as in the first row` },
        found: `${numbers.length}`,
      });
    values.set(numbers, row * columns);
  }
  return { rows: list.length, columns, values };
}

export function matrixOf(inputs: Inputs, name: string, range: NumberRange = {}): Matrix {
  return toMatrix(inputs[name], name, range);
}

/** A matrix with as many columns as rows. @throws MeasureError */
export function squareOf(inputs: Inputs, name: string, range: NumberRange = {}): Matrix {
  const matrix = matrixOf(inputs, name, range);
  if (matrix.rows !== matrix.columns)
    throw new MeasureError("inputs-disagree", {
      input: name,
      expected: { zh: "行数与列数相同", en: "as many columns as rows" },
      found: `${matrix.rows} × ${matrix.columns}`,
    });
  return matrix;
}

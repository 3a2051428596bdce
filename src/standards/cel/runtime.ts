import type { Host, MeasurementValue } from "../../checks/declaration.js";
import type { FindingValue, Mark } from "../../records/finding.js";
import { Failure } from "./failure.js";

/** What generated code calls: the parts of CEL that are more than an operator. Passed in, so that the code has no imports. */
export const runtime = {
  failure: (code: string, where: "when" | "assert", start: number, end: number) => new Failure(code, where, start, end),
  fail,
  caught,
  isFalse,
  isTrue,
  marked,
  size,
  compareText,
  equal,
  includes,
  numbers,
  concat,
  divide,
  remainder,
  wholeOf,
  wholeOfText,
  numberOfText,
  textOfNumber,
  boolOfText,
  measure,
  show,
  told,
} as const;

export type Runtime = typeof runtime;

function fail(failure: Failure): never {
  throw failure;
}

/** The first error of a conjunction; a fault of ours is not an error of the rule and rises. */
function caught(error: unknown, first: Failure | undefined): Failure {
  if (!(error instanceof Failure)) throw error;
  return first ?? error;
}

/** Whether an expression is false; one that cannot be evaluated is not. */
function isFalse(evaluate: () => boolean): boolean {
  return is(false, evaluate);
}
function isTrue(evaluate: () => boolean): boolean {
  return is(true, evaluate);
}
function is(outcome: boolean, evaluate: () => boolean): boolean {
  try {
    return evaluate() === outcome;
  } catch (error) {
    caught(error, undefined);
    return false;
  }
}

/** Marks of a check; none where its arguments cannot be evaluated. */
function marked(marks: () => readonly Mark[]): readonly Mark[] {
  try {
    return marks();
  } catch (error) {
    caught(error, undefined);
    return [];
  }
}

/** Code points; a lone surrogate is one. */
function size(text: string): number {
  let count = text.length;
  for (let i = 1; i < text.length; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xdc00 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800) {
      count--;
      i++; // the pair is used up
    }
  }
  return count;
}

/** Order by code point, as CEL has it. JavaScript's `<` goes by UTF-16 unit, which puts U+FF0C after U+20BB7. */
function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    // At the first difference: surrogates are above every other unit, which is what code points would say.
    if (x !== y) return rank(a, i, x) - rank(b, i, y);
  }
  return a.length - b.length;
}

function rank(text: string, i: number, unit: number): number {
  const pairs =
    (unit & 0xfc00) === 0xd800
      ? (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00
      : (unit & 0xfc00) === 0xdc00 && i > 0 && (text.charCodeAt(i - 1) & 0xfc00) === 0xd800;
  return pairs ? unit + 0x10000 : unit;
}

/** Deep equality. NaN equals nothing, itself included, so identity proves nothing. */
function equal(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b;
  if (isList(a)) {
    if (!isList(b) || a.length !== b.length) return false;
    for (let i = 0; i < a.length; i++) if (!equal(a[i], b[i])) return false;
    return true;
  }
  const keys = Object.keys(a);
  if (isList(b) || keys.length !== Object.keys(b).length) return false;
  const left = a as Readonly<Record<string, unknown>>;
  const right = b as Readonly<Record<string, unknown>>;
  return keys.every((key) => Object.hasOwn(right, key) && equal(left[key], right[key]));
}

function isList(value: object): value is ArrayLike<unknown> & object {
  return Array.isArray(value) || ArrayBuffer.isView(value);
}

function includes(list: ArrayLike<unknown>, value: unknown): boolean {
  for (let i = 0; i < list.length; i++) if (equal(list[i], value)) return true;
  return false;
}

/** Lists of doubles are typed arrays, in records and in rules: checks may call `subarray`. */
function numbers(list: ArrayLike<number>): Float64Array {
  return Float64Array.from(list);
}

function concat(a: ArrayLike<unknown>, b: ArrayLike<unknown>): unknown {
  const joined = [...Array.from(a), ...Array.from(b)];
  return a instanceof Float64Array && b instanceof Float64Array ? numbers(joined as number[]) : joined;
}

/** Exact and truncating: a - a % b is a multiple of b. `+ 0` makes -0 an int again. */
function divide(a: number, b: number, failure: Failure): number {
  if (b === 0) throw failure;
  return (a - (a % b)) / b + 0;
}

function remainder(a: number, b: number, failure: Failure): number {
  if (b === 0) throw failure;
  return (a % b) + 0;
}

function wholeOf(value: number, failure: Failure): number {
  const whole = Math.trunc(value) + 0;
  if (!Number.isSafeInteger(whole)) throw failure;
  return whole;
}

function wholeOfText(text: string, failure: Failure): number {
  const whole = /^[+-]?[0-9]+$/.test(text) ? Number(text) + 0 : Number.NaN;
  if (!Number.isSafeInteger(whole)) throw failure;
  return whole;
}

function numberOfText(text: string, failure: Failure): number {
  if (/^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw failure;
  }
  const word = /^([+-]?)(nan|inf|infinity)$/i.exec(text);
  if (word === null) throw failure;
  if (word[2]?.toLowerCase() === "nan") return Number.NaN;
  return word[1] === "-" ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}

function textOfNumber(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return "+Inf";
  if (value === Number.NEGATIVE_INFINITY) return "-Inf";
  return Object.is(value, -0) ? "-0" : String(value);
}

function boolOfText(text: string, failure: Failure): boolean {
  if (/^(?:1|t|true|TRUE|True)$/.test(text)) return true;
  if (/^(?:0|f|false|FALSE|False)$/.test(text)) return false;
  throw failure;
}

function measure(host: Host, id: string, key: string | number | undefined, failure: Failure): MeasurementValue {
  try {
    return key === undefined ? host.measure(id) : host.measure(id, key);
  } catch (error) {
    if (error instanceof Error && error.name === "MeasureUndefined") throw failure;
    throw error;
  }
}

/** A value for a finding: JSON has no NaN and a report no long lists. */
function show(value: unknown): string | number | boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value + 0 : String(value);
  if (typeof value === "string") return cut(value);
  return typeof value === "object" && value !== null && isList(value)
    ? `[${shortList(value)}]`
    : cut(JSON.stringify(value));
}

/**
 * What is said of one record: alternatives for one value («kind is not "text"», «kind is not "number"») in one, and a value that is told
 * with its bound not once more without.
 */
function told(values: readonly FindingValue[]): readonly FindingValue[] {
  const out: FindingValue[] = [];
  for (const value of values) {
    const same = (other: FindingValue) =>
      other.name === value.name && other.value === value.value && other.says === undefined;
    const at = out.findIndex((other) => same(other) && isAlternative(other) && isAlternative(value));
    const earlier = out[at];
    if (earlier !== undefined) out[at] = { ...earlier, relation: "not in", bound: bothBounds(earlier, value) };
    else if (!isBare(value) || !out.some(same)) out.push(value);
  }
  return out.filter((value) => !isBare(value) || !out.some((other) => other !== value && other.name === value.name));
}

function isBare({ relation, says, states }: FindingValue): boolean {
  return relation === undefined && says === undefined && states === undefined;
}

function isAlternative({ relation }: FindingValue): boolean {
  return relation === "!=" || relation === "not in";
}

function bothBounds(left: FindingValue, right: FindingValue): string {
  const inside = ({ relation, bound }: FindingValue) =>
    relation === "not in" ? String(bound).slice(1, -1) : JSON.stringify(bound);
  return `[${inside(left)}, ${inside(right)}]`;
}

/** Whole items, as many as fit; `… +5` for the rest. */
function shortList(list: ArrayLike<unknown>): string {
  const shown: string[] = [];
  let length = 0;
  for (let i = 0; i < Math.min(list.length, 8); i++) {
    const item = list[i];
    const text = typeof item === "number" ? String(item) : cut(JSON.stringify(item));
    length += text.length + 2;
    if (i > 0 && length > 90) break;
    shown.push(text);
  }
  return shown.length < list.length ? `${shown.join(", ")}, … +${list.length - shown.length}` : shown.join(", ");
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

import type { FieldType, RecordTypes } from "../record-types.js";
import { type CelType, itemType, mapValueType } from "../tree.js";

/** Records as an interpreter wants them: ints as BigInt, typed arrays as arrays, absent fields absent. */
export interface Dialect {
  readonly record: (type: string, fields: Readonly<Record<string, unknown>>) => object;
  readonly id: (id: string | number) => unknown;
}

export function toInterpreter(value: unknown, type: CelType, types: RecordTypes, dialect: Dialect): unknown {
  if (type === "int") return BigInt(value as number);
  if (type === "Id") return dialect.id(value as string | number);
  const item = itemType(type);
  if (item !== undefined)
    return Array.from(value as ArrayLike<unknown>, (one) => toInterpreter(one, item, types, dialect));
  const fields = types.get(type);
  if (fields === undefined) return value;
  return dialect.record(type, present(value as Readonly<Record<string, unknown>>, fields, types, dialect));
}

function present(
  record: Readonly<Record<string, unknown>>,
  fields: ReadonlyMap<string, FieldType>,
  types: RecordTypes,
  dialect: Dialect,
): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [name, { type }] of fields) {
    const value = record[name];
    if (value !== undefined) out[name] = toInterpreter(value, type, types, dialect);
  }
  return out;
}

/** A value of an interpreter as generated code has it. */
export function fromInterpreter(value: unknown, type: CelType): unknown {
  if (typeof value === "bigint") return Number(value);
  if (type === "Id") return value instanceof IdValue ? value.id : value;
  const item = itemType(type);
  if (item !== undefined) {
    const list = Array.from(value as Iterable<unknown>, (one) => fromInterpreter(one, item));
    return item === "double" ? Float64Array.from(list as number[]) : list;
  }
  const of = mapValueType(type);
  if (of !== undefined)
    return Object.fromEntries(entriesOf(value).map(([key, one]) => [key, fromInterpreter(one, of)]));
  return value;
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  if (value instanceof Map) return [...(value as Map<string, unknown>)];
  if (typeof value === "object" && value !== null && "entries" in value && typeof value.entries === "function") {
    return [...(value.entries() as Iterable<[string, unknown]>)];
  }
  return Object.entries(value as object);
}

export class IdValue {
  readonly id: string | number | undefined;
  constructor(id?: string | number) {
    this.id = id;
  }
}

/** One text for equal values: -0 and 0 differ, NaN is NaN, a typed array is a list. */
export function canonical(value: unknown): string {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value) || value instanceof Float64Array)
    return `[${Array.from(value as ArrayLike<unknown>, canonical).join()}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join()}}`;
}

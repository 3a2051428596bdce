import { quote } from "../../records/errors.js";
import type { Expectation } from "../../records/expectations.js";
import type { JsonValue } from "../json/api.js";

export type JsonObject = { [key: string]: JsonValue };

/** A field of another type than the format gives it. The pointer is that in the line. */
export type Report = (pointer: string, found: string, expected: Expectation) => void;

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);
}

/** A value in a few words. */
export function describe(value: JsonValue): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? `string ${quote(value)}` : `${typeof value} ${value}`;
}

/** A text; anything else but null is reported. */
export function textAt(record: JsonObject, key: string, pointer: string, report: Report): string | undefined {
  const value = record[key];
  if (value === undefined || value === null || typeof value === "string") return value ?? undefined;
  report(`${pointer}/${key}`, describe(value), "a string");
  return undefined;
}

import { isDeepStrictEqual } from "node:util";
import type { TextEdit } from "../write.js";
import type { JsonValue } from "./api.js";
import { childOf, type JsonSpan, spanAt, tokenOf } from "./edit.js";

/**
 * The edits that do to a JSON text what was done between two texts of ours: as deep as all three are built alike, so that what did not change keeps its
 * spelling. Undefined where the text has no value that ours has: it is written otherwise there, or not written at all.
 */
export function jsonDifference(texts: {
  before: string;
  after: string;
  there: string;
}): readonly TextEdit[] | undefined {
  const there = spanAt(texts.there, 0);
  if (there === undefined) return undefined;
  const edits: TextEdit[] = [];
  const isDone = compare(JSON.parse(texts.before) as JsonValue, JSON.parse(texts.after) as JsonValue, there, "", edits);
  return isDone ? edits : undefined;
}

function compare(
  before: JsonValue | undefined,
  after: JsonValue | undefined,
  there: JsonSpan | undefined,
  at: string,
  edits: TextEdit[],
): boolean {
  if (isDeepStrictEqual(before, after)) return true;
  if (after === undefined) {
    edits.push({ at, how: "omit", text: "" });
    return there !== undefined;
  }
  if (before !== undefined && there === undefined) return false;
  if (there?.kind === "array" && Array.isArray(before) && Array.isArray(after)) {
    if (before.length === after.length && after.length === there.items.length)
      return after.every((item, index) => compare(before[index], item, there.items[index], at + tokenOf(index), edits));
  } else if (there?.kind === "object" && isObject(before) && isObject(after))
    return [...new Set([...Object.keys(before), ...Object.keys(after)])].every((key) =>
      compare(before[key], after[key], childOf(there, key), at + tokenOf(key), edits),
    );
  edits.push({ at, how: "replace", text: JSON.stringify(after) });
  return true;
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return value !== undefined && value !== null && typeof value === "object" && !Array.isArray(value);
}

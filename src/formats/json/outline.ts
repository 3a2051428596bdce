import { InputError } from "../../records/errors.js";
import type { JsonPull, JsonType, JsonValue } from "./api.js";

/** What a JSON file looks like from above: enough to tell formats apart without reading it whole. */
export interface JsonOutline {
  readonly root: JsonType;
  /** Keys of a root object in order, with the type of each value and, for an array, its first element. */
  readonly keys: ReadonlyMap<string, OutlineEntry>;
  /** First element of a root array. */
  readonly first: JsonValue | undefined;
  /** What ended the outline too early. */
  readonly broken: InputError | undefined;
}

export interface OutlineEntry {
  readonly type: JsonType;
  readonly first?: JsonValue;
}

/**
 * Leaps over arrays by their brackets, and stops at `stopAt` once `after` was seen: a large file is not passed over whole to learn what it is.
 * A syntax error ends the outline at what was seen.
 */
export function outlineOf(pull: JsonPull, stop: { readonly at: string; readonly after: string }): JsonOutline {
  const keys = new Map<string, OutlineEntry>();
  const starts = new Map<string, number>();
  const root = pull.peek();
  let first: JsonValue | undefined;
  let broken: InputError | undefined;
  // A broken file is still recognised by what it begins with; reading it reports where it breaks.
  const note = (error: unknown): void => {
    if (!(error instanceof InputError)) throw error;
    broken ??= error;
  };
  try {
    if (root === "array") first = firstElement(pull);
    else if (root === "object") {
      pull.enterObject();
      for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
        const type = pull.peek();
        keys.set(key, { type });
        if (type === "array") starts.set(key, pull.offset());
        if (key === stop.at && keys.has(stop.after)) break;
        pull.leap();
      }
    }
  } catch (error) {
    note(error);
  }
  for (const [key, start] of starts) {
    try {
      pull.seek(start);
      const element = firstElement(pull);
      if (element !== undefined) keys.set(key, { type: "array", first: element });
    } catch (error) {
      // The type alone is known.
      note(error);
    }
  }
  return { root, keys, first, broken };
}

function firstElement(pull: JsonPull): JsonValue | undefined {
  pull.enterArray();
  return pull.nextElement() ? pull.value() : undefined;
}

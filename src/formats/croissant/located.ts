import type { JsonPull, JsonValue } from "../json/api.js";
import { escapeToken } from "./parts.js";

/** A value and the byte offset of every object in it, by JSON Pointer. */
export interface LocatedJson {
  readonly value: JsonValue;
  readonly offsets: ReadonlyMap<string, number>;
}

/** Reads one value whole: a description is documentation, small beside the data, and its references go in all directions. */
export function readLocated(pull: JsonPull): LocatedJson {
  const offsets = new Map<string, number>();
  const read = (pointer: string): JsonValue => {
    const type = pull.peek();
    if (type === "array") {
      const list: JsonValue[] = [];
      pull.enterArray();
      while (pull.nextElement()) list.push(read(`${pointer}/${list.length}`));
      return list;
    }
    if (type !== "object") return pull.value();
    offsets.set(pointer, pull.offset());
    // A null prototype, so that `__proto__` is a key like any other.
    const object: { [key: string]: JsonValue } = Object.create(null);
    pull.enterObject();
    for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
      object[key] = read(`${pointer}/${escapeToken(key)}`);
    }
    return object;
  };
  return { value: read(""), offsets };
}

import { memorySource } from "../bytes/memory-source.js";
import type { ByteSource } from "./api.js";
import { openJson } from "./reader.js";

/** How much of the end is looked at: the categories of LVIS, with definitions, are under 1 MB. */
const tailBytes = 8 * 1024 * 1024;
const tries = 3;

/**
 * Offset of the value of a key of the root object, where the key stands near the end of the file; undefined where it is not found there.
 * The file must be valid JSON up to that key. Exact then: a quoted key before a colon is no part of a string, and it is of the root when what follows
 * it, to the end of the file, closes just one object.
 */
export function rootKeyNearEnd(source: ByteSource, key: string): number | undefined {
  const length = Math.min(source.size, tailBytes);
  const start = source.size - length;
  const tail = Buffer.alloc(length);
  let filled = 0;
  while (filled < length) {
    const count = source.read(tail.subarray(filled), start + filled);
    if (count === 0) return undefined;
    filled += count;
  }
  let at = tail.length;
  for (let attempt = 0; attempt < tries; attempt++) {
    at = at === 0 ? -1 : tail.lastIndexOf(`"${key}"`, at - 1);
    if (at < 0) return undefined;
    const value = valueOffset(tail.subarray(at));
    if (value !== undefined) return start + at + value;
  }
  return undefined;
}

/** Reads `{` + the rest of the file as one object; gives the offset of its first value in the rest. */
function valueOffset(rest: Buffer): number | undefined {
  const pull = openJson(memorySource(Buffer.concat([Buffer.from("{"), rest])), { onFault: () => {} });
  try {
    pull.enterObject();
    pull.nextKey();
    const offset = pull.offset() - 1;
    pull.skip();
    while (pull.nextKey() !== undefined) pull.skip();
    pull.end();
    return offset;
  } catch {
    return undefined;
  }
}

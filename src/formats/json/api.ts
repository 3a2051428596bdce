/**
 * The pull reader over bytes: what a JSON format is written against. All calls are synchronous; the reader refills its chunk itself.
 * A syntax error throws InputError (TS-FORMAT-0010, -0012, -0013, -0014, -0018) with the byte offset in `details.offset`.
 */
export type JsonType = "object" | "array" | "string" | "number" | "boolean" | "null";

/**
 * What the reader reports and goes on reading. `id` is the rule that reports it, `offset` that of the key, number or byte it is about. Of each kind a
 * string reports the first; a file one `newline-mixed`, at `end()`, with the first line end that differs from the one that opened the file.
 */
export interface JsonFault {
  readonly id:
    | "json-duplicate-key"
    | "json-number-unsafe"
    | "bom-present"
    | "invalid-utf8"
    | "text-control-characters"
    | "newline-mixed";
  readonly offset: number;
  readonly value: string;
}

export type JsonValue = null | boolean | number | string | JsonValue[] | { [key: string]: JsonValue };

/** A growing list of doubles; `values.subarray(0, length)` is what was read. */
export interface NumberList {
  values: Float64Array;
  length: number;
}

export interface JsonPull {
  /** Byte offset of the next token (after white space). */
  offset(): number;
  peek(): JsonType;
  enterObject(): void;
  /** The next key, interned (compare with ===), or undefined when the object is closed. */
  nextKey(): string | undefined;
  enterArray(): void;
  /** Whether there is another element; false closes the array. */
  nextElement(): boolean;
  string(): string;
  /** The double nearest to the literal, as Number() gives it. */
  number(): number;
  /**
   * An identifier: a literal whose value is a whole number below 2^53 gives a number (1, 1.0, 1e0 are 1; -0 is 0); any other number gives its text as
   * written; a string gives the string. Call only when peek() is "number" or "string".
   */
  id(): number | string;
  boolean(): boolean;
  null(): void;
  /**
   * Appends a flat array of numbers to `list`. Returns true; or, when an element is no number, false with the array consumed and syntax-checked
   * (`list.length` is then what it was before). Call only when peek() is "array".
   */
  numbers(list: NumberList): boolean;
  /** Passes over one value, checking it as fully as reading it would. */
  skip(): void;
  /** One value as ordinary JavaScript data; objects have no prototype keys (`__proto__` is an ordinary own key). */
  value(): JsonValue;
  /**
   * Passes over one value by its brackets and strings only (fast, checks nothing inside), to be read later by `seek`.
   * Returns the offset at which the value begins.
   */
  leap(): number;
  /**
   * Goes to a byte offset at which a value begins, and reads it as a value of its own: nothing is open before it, and after it comes another `seek`
   * or `end()`. Used after `leap`, once the root is read, and for reading one record again.
   */
  seek(offset: number): void;
  /** After the root value, before or after any `seek`: throws TS-FORMAT-0010 when anything but white space follows the root. */
  end(): void;
  /** Whether a byte ≥ 0x80 is in what was loaded so far, which is up to a chunk ahead (columns then have to be counted in UTF-16 units). */
  readonly sawNonAscii: boolean;
}

/** Random access to the bytes of a file; a .gz is decompressed into a temporary file first, within a bound. */
export interface ByteSource {
  readonly size: number;
  /** The bytes are not those on the disk: the file was a .gz. */
  readonly decompressed?: true;
  /** Fills `target` from `position`; returns how many bytes were read, 0 at the end. */
  read(target: Uint8Array, position: number): number;
  close(): void;
}

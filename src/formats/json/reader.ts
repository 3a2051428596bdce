/**
 * JSON from bytes, pulled token by token: exact, in constant memory but for the token at hand. The parts lie beside this file: the window over the
 * bytes, numbers, strings, keys, the leap; what is here is the grammar of RFC 8259, with the leniencies that `JsonFault` names. It is one class, and long,
 * because every method of `JsonPull` moves the same few numbers, and calls between modules in the hot ones cost speed.
 */
import { InputError } from "../../records/errors.js";
import type { ByteSource, JsonFault, JsonPull, JsonType, JsonValue, NumberList } from "./api.js";
import { KeyTable, SeenKeys } from "./keys.js";
import { leapContainer } from "./leap.js";
import { NumberReader, readPlainNumbers } from "./numbers.js";
import { StringReader } from "./strings.js";
import { endsEarly, unexpected } from "./unexpected.js";
import { ByteWindow } from "./window.js";

export interface JsonOptions {
  /** Takes what is reported while reading goes on. Of each kind a string reports the first, and a file one `newline-mixed`, at `end()`. */
  readonly onFault: (fault: JsonFault) => void;
  /** Containers that may be open at once. */
  readonly maxDepth?: number;
  readonly chunkBytes?: number;
}

export function openJson(source: ByteSource, options: JsonOptions): JsonPull {
  return new JsonReader(source, options);
}

const tab = 0x09;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const space = 0x20;
const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;
const atEnd = -1;

/** What a value begins with. */
const typeOf: readonly (JsonType | undefined)[] = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  if ("-0123456789NI".includes(character)) return "number";
  return ({ "{": "object", "[": "array", '"': "string", t: "boolean", f: "boolean", n: "null" } as const)[character];
});

export class JsonReader implements JsonPull {
  private readonly window: ByteWindow;
  private readonly numberReader: NumberReader;
  private readonly strings: StringReader;
  private readonly keys = new KeyTable();
  private readonly seen: SeenKeys;
  private readonly onFault: (fault: JsonFault) => void;
  private readonly maxDepth: number;
  /** Per open container, from 1: whether it is an object, and the index of its last key. */
  private readonly isObject: Uint8Array;
  private readonly lastKey: Int32Array;
  private depth = 0;
  /** Whether the container was only just opened: no comma is due. */
  private fresh = false;
  /** Where the root value ended, once `seek` has left it. */
  private afterRoot: number | undefined;
  private sought = false;
  private markReported = false;
  private firstLineFeed = Number.POSITIVE_INFINITY;
  private firstPair = Number.POSITIVE_INFINITY;

  constructor(source: ByteSource, options: JsonOptions) {
    this.window = new ByteWindow(source, options.chunkBytes ?? 256 * 1024);
    this.onFault = options.onFault;
    this.maxDepth = options.maxDepth ?? 1000;
    this.numberReader = new NumberReader(this.window);
    this.strings = new StringReader(this.window, options.onFault);
    this.seen = new SeenKeys(this.maxDepth);
    this.isObject = new Uint8Array(this.maxDepth + 1);
    this.lastKey = new Int32Array(this.maxDepth + 1);
  }

  get sawNonAscii(): boolean {
    return this.window.sawNonAscii;
  }

  offset(): number {
    this.next();
    return this.window.offset;
  }

  peek(): JsonType {
    const byte = this.next();
    const type = byte < 0 ? undefined : typeOf[byte];
    if (type === undefined) throw this.noValue(byte);
    return type;
  }

  enterObject(): void {
    this.want(openBrace, "object");
    this.open(1);
  }

  nextKey(): string | undefined {
    const window = this.window;
    let byte = this.next();
    if (byte === closeBrace) {
      this.shut();
      return undefined;
    }
    if (!this.fresh) {
      if (byte !== comma) throw unexpected(window, window.pos, '"," or "}"');
      window.pos++;
      byte = this.next();
    }
    if (byte !== quote) throw unexpected(window, window.pos, this.fresh ? 'a key or "}"' : "a key");
    this.fresh = false;
    const text = this.key();
    byte = window.bytes[window.pos]!;
    if (byte !== colon && this.next() !== colon) throw unexpected(window, window.pos, '":"');
    // The one space that most writers put here need not be looked for.
    if (window.bytes[++window.pos] === space) window.pos++;
    return text;
  }

  enterArray(): void {
    this.want(openBracket, "array");
    this.open(0);
  }

  nextElement(): boolean {
    const window = this.window;
    const byte = this.next();
    if (byte === closeBracket) {
      this.shut();
      return false;
    }
    if (this.fresh) {
      if (byte === atEnd) throw endsEarly(window, 'a value or "]"');
      this.fresh = false;
      return true;
    }
    if (byte !== comma) throw unexpected(window, window.pos, '"," or "]"');
    window.pos++;
    // A bracket here would be a comma too many; it is refused as a value by whatever reads the element.
    return true;
  }

  string(): string {
    this.want(quote, "string");
    this.strings.scan();
    const text = this.strings.text();
    this.window.pos = this.strings.close + 1;
    return text;
  }

  number(): number {
    const value = this.scanNumber();
    this.window.pos = this.numberReader.close;
    return value;
  }

  id(): number | string {
    if (this.next() === quote) return this.string();
    const value = this.scanNumber();
    const plain = Math.abs(value) < 2 ** 53 && this.numberReader.isWhole();
    const id = plain ? value + 0 : this.numberReader.text();
    this.window.pos = this.numberReader.close;
    return id;
  }

  boolean(): boolean {
    if (this.next() === 0x66) {
      this.literal("false");
      return false;
    }
    this.want(0x74, "boolean");
    this.literal("true");
    return true;
  }

  null(): void {
    this.want(0x6e, "null");
    this.literal("null");
  }

  numbers(list: NumberList): boolean {
    const before = list.length;
    this.enterArray();
    if (!this.nextElement()) return true;
    for (;;) {
      if (readPlainNumbers(this.window, list)) {
        this.shut();
        return true;
      }
      const byte = this.next();
      if (byte < 0 || typeOf[byte] !== "number") break;
      push(list, this.number());
      if (!this.nextElement()) return true;
    }
    list.length = before;
    do this.skip();
    while (this.nextElement());
    return false;
  }

  skip(): void {
    const floor = this.depth;
    do {
      this.skipHead();
      // Up to the next value inside, or out of what was opened.
      while (this.depth > floor) {
        if (this.isObject[this.depth] === 1 ? this.nextKey() !== undefined : this.nextElement()) break;
      }
    } while (this.depth > floor);
  }

  value(): JsonValue {
    const outer: (JsonValue[] | { [key: string]: JsonValue })[] = [];
    const outerKeys: string[] = [];
    let container: JsonValue[] | { [key: string]: JsonValue } | undefined;
    let key = "";
    for (;;) {
      let value = this.scalarOrOpen();
      const opened = typeof value === "object" && value !== null;
      if (opened) {
        if (container !== undefined) outer.push(container);
        outerKeys.push(key);
        container = value as JsonValue[] | { [key: string]: JsonValue };
      } else if (container === undefined) {
        return value;
      } else {
        put(container, key, value);
      }
      // Out of every container that ends here.
      for (;;) {
        if (Array.isArray(container)) {
          if (this.nextElement()) break;
        } else {
          const next = this.nextKey();
          if (next !== undefined) {
            key = next;
            break;
          }
        }
        value = container as JsonValue;
        container = outer.pop();
        key = outerKeys.pop() ?? "";
        if (container === undefined) return value;
        put(container, key, value);
      }
    }
  }

  leap(): number {
    const first = this.next();
    const start = this.window.offset;
    if (first !== openBrace && first !== openBracket) this.skipHead();
    else leapContainer(this.window, this.noteLineEnd);
    return start;
  }

  seek(offset: number): void {
    if (!this.sought) {
      this.sought = true;
      if (this.depth === 0 && this.window.offset > 0) this.afterRoot = this.window.offset;
    }
    this.restart(offset, Number.POSITIVE_INFINITY);
  }

  end(): void {
    if (this.sought) {
      if (this.afterRoot === undefined) throw new Error("end() after seek() asks that the root value was read before");
      this.restart(this.afterRoot, Number.POSITIVE_INFINITY);
    }
    if (this.depth > 0) throw new Error("end() is called inside an open container");
    if (this.next() !== atEnd) throw unexpected(this.window, this.window.pos, "the end");
    const offset = Math.max(this.firstLineFeed, this.firstPair);
    if (offset < Number.POSITIVE_INFINITY) this.onFault({ id: "newline-mixed", offset, value: "LF and CRLF" });
    this.firstPair = this.firstLineFeed = Number.POSITIVE_INFINITY;
  }

  /** Reads the bytes from `start` to `limit` as a text of its own: a line of JSONL. */
  within(start: number, limit: number): void {
    this.restart(start, limit);
  }

  private restart(offset: number, limit: number): void {
    this.window.moveTo(offset, limit);
    this.depth = 0;
    this.fresh = false;
  }

  /** The byte of the next token, or -1 at the end. */
  private next(): number {
    const byte = this.window.bytes[this.window.pos]!;
    return byte > space ? byte : this.afterSpace();
  }

  private afterSpace(): number {
    const window = this.window;
    let previous = 0;
    for (;;) {
      const byte = window.bytes[window.pos]!;
      if (byte === space || byte === tab || byte === carriageReturn) {
        window.pos++;
      } else if (byte === lineFeed) {
        this.noteLineEnd(window.offset, previous === carriageReturn);
        window.pos++;
      } else if (byte !== 0 || window.pos < window.end) {
        return byte;
      } else {
        if (!window.more()) return atEnd;
        if (window.sawMark && !this.markReported) {
          this.markReported = true;
          this.onFault({ id: "bom-present", offset: 0, value: "U+FEFF" });
        }
        continue;
      }
      previous = byte;
    }
  }

  private readonly noteLineEnd = (offset: number, pair: boolean): void => {
    if (pair) {
      if (offset < this.firstPair) this.firstPair = offset;
    } else if (offset < this.firstLineFeed) {
      this.firstLineFeed = offset;
    }
  };

  private want(byte: number, type: JsonType): void {
    const found = this.next();
    if (found === byte) return;
    const other = found < 0 ? undefined : typeOf[found];
    if (other === undefined) throw this.noValue(found);
    throw new Error(`the caller reads ${type} where peek() gives ${other}, at byte ${this.window.offset}`);
  }

  private noValue(byte: number): InputError {
    const window = this.window;
    if (byte === atEnd && this.depth === 0 && !this.sought) {
      return new InputError("TS-FORMAT-0018", { offset: window.offset, found: "the end", expected: "a value" });
    }
    return unexpected(window, window.pos, "a value");
  }

  private open(isObject: 0 | 1): void {
    if (this.depth >= this.maxDepth) {
      throw new InputError("TS-FORMAT-0014", {
        offset: this.window.offset,
        found: `more than ${this.maxDepth} open at once`,
        expected: `at most ${this.maxDepth} lists and objects inside one another`,
      });
    }
    this.window.pos++;
    this.depth++;
    this.isObject[this.depth] = isObject;
    if (isObject === 1) {
      this.lastKey[this.depth] = 0;
      this.seen.open(this.depth);
    }
    this.fresh = true;
  }

  /** Passes the closing bracket at hand. */
  private shut(): void {
    this.window.pos++;
    this.depth--;
    this.fresh = false;
  }

  /** The key whose opening quote is at hand; afterwards behind the closing one. */
  private key(): string {
    const window = this.window;
    const before = this.lastKey[this.depth]!;
    const offset = window.base + window.pos;
    let index = this.keys.guess(before, window.bytes, window.pos + 1);
    let text: string;
    if (index !== 0) {
      text = this.keys.texts[index]!;
      window.pos += this.keys.bytesOf(index) + 2;
    } else {
      this.strings.scan();
      const start = window.pos + 1;
      const close = this.strings.close;
      index = this.strings.hasEscape ? 0 : this.keys.find(before, window.bytes, start, close);
      if (index === 0) {
        const clean = this.strings.isPlain || (this.strings.decode() && !this.strings.hasEscape);
        text = this.strings.isPlain ? window.buffer.toString("latin1", start, close) : this.strings.decoded();
        index = this.keys.indexOf(text);
        if (clean && index !== 0) this.keys.store(index, window.bytes, start, close);
      } else {
        text = this.keys.texts[index]!;
      }
      window.pos = close + 1;
    }
    this.lastKey[this.depth] = index;
    if (this.seen.again(this.depth, index, text)) {
      this.onFault({ id: "json-duplicate-key", offset, value: text });
    }
    return text;
  }

  private scanNumber(): number {
    const byte = this.next();
    if (byte < 0 || typeOf[byte] === undefined) throw this.noValue(byte);
    if (typeOf[byte] !== "number") this.want(0x30, "number");
    const value = this.numberReader.read();
    const tooLarge = this.numberReader.isInteger && Math.abs(value) >= 2 ** 53;
    if (tooLarge || !Number.isFinite(value)) {
      const text = this.numberReader.text();
      this.onFault({ id: "json-number-unsafe", offset: this.window.offset, value: text });
    }
    return value;
  }

  private literal(text: string): void {
    const window = this.window;
    window.ensure(text.length);
    for (let i = 0; i < text.length; i++) {
      if (window.bytes[window.pos + i] !== text.charCodeAt(i)) throw unexpected(window, window.pos + i, text);
    }
    window.pos += text.length;
  }

  /** Passes a scalar, or goes into a container. */
  private skipHead(): void {
    const type = this.peek();
    if (type === "object") this.open(1);
    else if (type === "array") this.open(0);
    else if (type === "number") this.number();
    else if (type === "boolean") this.boolean();
    else if (type === "null") this.null();
    else {
      this.strings.scan();
      this.strings.check();
      this.window.pos = this.strings.close + 1;
    }
  }

  /** A scalar, or an empty container that has been entered. */
  private scalarOrOpen(): JsonValue {
    switch (this.peek()) {
      case "object":
        this.open(1);
        return {};
      case "array":
        this.open(0);
        return [];
      case "string":
        return this.string();
      case "number":
        return this.number();
      case "boolean":
        return this.boolean();
      case "null":
        this.null();
        return null;
    }
  }
}

function push(list: NumberList, value: number): void {
  if (list.length === list.values.length) {
    const larger = new Float64Array(Math.max(64, list.length * 2));
    larger.set(list.values);
    list.values = larger;
  }
  list.values[list.length++] = value;
}

function put(container: JsonValue[] | { [key: string]: JsonValue }, key: string, value: JsonValue): void {
  if (Array.isArray(container)) container.push(value);
  else if (key !== "__proto__") container[key] = value;
  else Object.defineProperty(container, key, { value, writable: true, enumerable: true, configurable: true });
}

import { InputError } from "../../records/errors.js";
import type { ByteSource, JsonFault, JsonPull, JsonValue } from "./api.js";
import { JsonReader } from "./reader.js";

export interface JsonLinesOptions {
  readonly onFault: (fault: JsonFault) => void;
  /** A line that is not one JSON value. Reading goes on with the next. A run of empty lines that is not at the end comes as one. */
  readonly onBroken: (error: InputError, line: LinePlace) => void;
  readonly maxDepth?: number;
  readonly chunkBytes?: number;
}

export interface LinePlace {
  /** Byte offset at which the line begins. */
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

/** A JSONL file, line by line: `while (lines.next()) lines.read(fill)`. */
export interface JsonLines extends LinePlace {
  /** Goes to the next line that is not empty; false at the end of the file. */
  next(): boolean;
  /**
   * What `fill` makes of the value of this line, or undefined when the line is broken (`onBroken` has then been told): `fill` may have read a part of it,
   * so it only fills, and the caller hands on after this returns.
   */
  read<T>(fill: (json: JsonPull) => T): T | undefined;
  /** This line as data; undefined when it is broken. */
  value(): JsonValue | undefined;
}

const lineFeed = 0x0a;
const defaultChunk = 256 * 1024;

export function openJsonLines(source: ByteSource, options: JsonLinesOptions): JsonLines {
  return new LineReader(source, options);
}

class LineReader implements JsonLines {
  offset = 0;
  line = 0;
  private readonly reader: JsonReader;
  private readonly options: JsonLinesOptions;
  private readonly ends: LineEnds;
  private limit = 0;

  constructor(source: ByteSource, options: JsonLinesOptions) {
    this.reader = new JsonReader(source, options);
    this.options = options;
    this.ends = new LineEnds(source, options.chunkBytes ?? defaultChunk);
  }

  next(): boolean {
    let empty = 0;
    let emptyAt = 0;
    while (this.ends.next()) {
      if (this.ends.blank) {
        if (empty === 0) emptyAt = this.ends.start;
        empty++;
        continue;
      }
      if (empty > 0) this.reportEmpty(emptyAt, empty);
      this.offset = this.ends.start;
      this.line = this.ends.line;
      this.limit = this.ends.end;
      return true;
    }
    if (this.ends.mixedAt >= 0) {
      this.options.onFault({ id: "newline-mixed", offset: this.ends.mixedAt, value: "LF and CRLF" });
      this.ends.mixedAt = -1;
    }
    return false;
  }

  read<T>(fill: (json: JsonPull) => T): T | undefined {
    try {
      this.reader.within(this.offset, this.limit);
      const result = fill(this.reader);
      this.reader.end();
      return result;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.options.onBroken(ofLine(error), { offset: this.offset, line: this.line });
      return undefined;
    }
  }

  value(): JsonValue | undefined {
    return this.read((json) => json.value());
  }

  private reportEmpty(offset: number, count: number): void {
    const found = count === 1 ? "an empty line" : `${count} empty lines`;
    const error = new InputError("TS-FORMAT-0010", { offset, found, expected: "a JSON value on each line" });
    this.options.onBroken(error, { offset, line: this.ends.line - count });
  }
}

/** What ends early here is the line; the file goes on. */
function ofLine(error: InputError): InputError {
  if (error.code !== "TS-FORMAT-0012" && error.code !== "TS-FORMAT-0018") return error;
  return new InputError("TS-FORMAT-0010", { ...error.details, found: "the end of the line" });
}

/** Finds the lines of a file, ahead of the reader and with a chunk of its own, so that a line may be longer than memory holds. */
class LineEnds {
  start = 0;
  /** Offset of the LF, or of the end of the file. */
  end = -1;
  line = 0;
  /** Whether the line holds nothing but white space. */
  blank = false;
  /** Offset of the first line end that differs from the first one, or -1. */
  mixedAt = -1;
  private pairs: boolean | undefined;
  private readonly chunk: Buffer;
  private base = 0;
  private count = 0;
  private readonly source: ByteSource;

  constructor(source: ByteSource, chunkBytes: number) {
    this.source = source;
    this.chunk = Buffer.allocUnsafe(Math.max(1, Math.min(chunkBytes, source.size + 1)));
  }

  next(): boolean {
    this.start = this.end + 1;
    let at = this.start;
    let last = 0;
    this.blank = true;
    for (;;) {
      if (at >= this.base + this.count && !this.load(at)) break;
      const from = at - this.base;
      const found = this.chunk.subarray(from, this.count).indexOf(lineFeed);
      const until = found < 0 ? this.count : from + found;
      for (let i = from; this.blank && i < until; i++) {
        const byte = this.chunk[i]!;
        this.blank = byte === 0x20 || byte === 0x09 || byte === 0x0d;
      }
      if (until > 0 && until > from) last = this.chunk[until - 1]!;
      at = this.base + until;
      if (found >= 0) {
        this.finish(at);
        this.noteEnd(at, last === 0x0d);
        return true;
      }
    }
    if (at === this.start) return false;
    this.finish(at);
    return true;
  }

  private finish(end: number): void {
    this.end = end;
    this.line++;
  }

  private noteEnd(offset: number, pair: boolean): void {
    if (this.pairs === undefined) this.pairs = pair;
    else if (this.pairs !== pair && this.mixedAt < 0) this.mixedAt = offset;
  }

  private load(offset: number): boolean {
    this.base = offset;
    this.count = this.source.read(this.chunk, offset);
    return this.count > 0;
  }
}

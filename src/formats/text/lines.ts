import { InputError } from "../../records/errors.js";
import { wideEncodingOf } from "../bytes/encoding.js";
import type { ByteSource } from "../json/api.js";
import { firstInvalidUtf8, spacedHex } from "./utf8.js";

/** What the reader reports and goes on reading. `id` is the rule that reports it; all of them are about the file. */
export interface TextFault {
  readonly id: "bom-present" | "invalid-utf8" | "newline-mixed";
  readonly offset: number;
  readonly value: string;
}

/** Goes through the lines of a text; the fields are those of the line that `next` came to. */
export interface LineReader {
  /** Goes to the next line; false at the end. A line end at the very end begins no further line. */
  next(): boolean;
  /** The line without its end; each byte sequence that is not UTF-8 reads as U+FFFD. */
  text: string;
  /** Byte at which the line begins. */
  offset: number;
  /** From 1. */
  line: number;
}

export interface LineOptions {
  readonly onFault?: (fault: TextFault) => void;
  /** Longest line that is read, bytes. */
  readonly maxLine?: number;
  /** Where to begin, for reading one line again; faults of the whole file are then not looked for. */
  readonly from?: number;
}

const chunkSize = 1 << 18;
const lf = 0x0a;
const cr = 0x0d;
const endNames = { lf: "LF", crlf: "CRLF", cr: "CR" } as const;

/**
 * Reads a text line by line. Lines end in LF, CRLF or a lone CR; a byte order mark is dropped. Faults are reported once a file each, at the first place.
 *
 * @throws InputError TS-FORMAT-0013 for UTF-16 and UTF-32, TS-FORMAT-0031 for a line over `maxLine` (16 MB).
 */
export function readLines(source: ByteSource, options: LineOptions = {}): LineReader {
  return new Lines(source, options);
}

class Lines implements LineReader {
  text = "";
  offset = 0;
  line = 0;
  readonly #source: ByteSource;
  readonly #onFault: ((fault: TextFault) => void) | undefined;
  readonly #maxLine: number;
  readonly #reported = new Set<TextFault["id"]>();
  #buffer: Buffer;
  /** Byte of the file at which the buffer begins; next line's place in the buffer; bytes in the buffer. */
  #base: number;
  #at = 0;
  #length = 0;
  #firstEnd: keyof typeof endNames | undefined;

  constructor(source: ByteSource, options: LineOptions) {
    this.#source = source;
    this.#onFault = options.from === undefined ? options.onFault : undefined;
    this.#maxLine = options.maxLine ?? 1 << 24;
    this.#base = options.from ?? 0;
    this.#buffer = Buffer.allocUnsafe(Math.max(4, Math.min(chunkSize, source.size - this.#base)));
    this.#fill();
    if (this.#base === 0) this.#passMark();
  }

  next(): boolean {
    let end = this.#findEnd(this.#at);
    while (end < 0 && this.#more()) end = this.#findEnd(this.#at);
    if (end < 0) {
      if (this.#at >= this.#length) return false;
      end = this.#length;
    }
    this.#take(end);
    return true;
  }

  /** Cuts the line that ends before `end`, and passes over its line end. */
  #take(end: number): void {
    const start = this.#at;
    this.offset = this.#base + start;
    this.line += 1;
    const bytes = this.#buffer;
    this.text = bytes.toString("utf8", start, end);
    if (this.text.includes("\ufffd")) this.#checkUtf8(bytes.subarray(start, end));
    let next = end;
    if (end < this.#length) {
      const crlf = bytes[end] === cr && end + 1 < this.#length && bytes[end + 1] === lf;
      next = end + (crlf ? 2 : 1);
      this.#noteEnd(crlf ? "crlf" : bytes[end] === cr ? "cr" : "lf", this.#base + end);
    }
    this.#at = next;
  }

  /** Place of the line end at or after `from`; -1 where none is in the buffer, or where a CR is its last byte and an LF may follow. */
  #findEnd(from: number): number {
    const bytes = this.#buffer;
    const length = this.#length;
    for (let i = from; i < length; i += 1) {
      const byte = bytes[i];
      if (byte === lf) return i;
      if (byte === cr) return i + 1 < length || this.#base + length >= this.#source.size ? i : -1;
    }
    return -1;
  }

  /** Brings more bytes in, moving the unfinished line to the front; false when the file has no more. */
  #more(): boolean {
    if (this.#base + this.#length >= this.#source.size) return false;
    const rest = this.#length - this.#at;
    if (rest > this.#maxLine) {
      throw new InputError("TS-FORMAT-0031", {
        offset: this.#base + this.#at,
        expected: `a line of at most ${this.#maxLine} bytes`,
        found: `more than ${rest}`,
      });
    }
    const target = rest * 2 > this.#buffer.length ? Buffer.allocUnsafe(this.#buffer.length * 2) : this.#buffer;
    this.#buffer.copy(target, 0, this.#at, this.#length);
    this.#buffer = target;
    this.#base += this.#at;
    this.#at = 0;
    this.#length = rest;
    return this.#fill();
  }

  #fill(): boolean {
    const got = this.#source.read(this.#buffer.subarray(this.#length), this.#base + this.#length);
    this.#length += got;
    return got > 0;
  }

  #passMark(): void {
    const head = this.#buffer.subarray(0, Math.min(4, this.#length));
    const wide = wideEncodingOf(head);
    if (wide !== undefined) throw new InputError("TS-FORMAT-0013", { offset: 0, found: wide, expected: "UTF-8" });
    if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) {
      this.#at = 3;
      this.#report("bom-present", 0, "EF BB BF");
    }
  }

  #noteEnd(end: keyof typeof endNames, offset: number): void {
    this.#firstEnd ??= end;
    if (end !== this.#firstEnd)
      this.#report("newline-mixed", offset, `${endNames[end]} after ${endNames[this.#firstEnd]}`);
  }

  #checkUtf8(bytes: Buffer): void {
    const place = firstInvalidUtf8(bytes);
    if (place < 0) return;
    this.#report("invalid-utf8", this.offset + place, spacedHex(bytes.subarray(place, place + 4)));
  }

  #report(id: TextFault["id"], offset: number, value: string): void {
    if (this.#reported.has(id)) return;
    this.#reported.add(id);
    this.#onFault?.({ id, offset, value });
  }
}

import type { ByteSource } from "../json/api.js";

const windowSize = 1 << 16;

/** Thrown when a structure of an image asks for bytes behind the end of its file; `examineImage` turns it into `whole: false`. */
export class EndOfImage extends Error {
  constructor(offset: number) {
    super(`the file ends before byte ${offset}`);
    this.name = "EndOfImage";
  }
}

/** Random access to single bytes and numbers of a source, through one buffer of 64 kB. */
export class ByteWindow {
  readonly size: number;
  readonly #source: ByteSource;
  readonly #buffer = Buffer.allocUnsafe(windowSize);
  #start = 0;
  #length = 0;

  constructor(source: ByteSource) {
    this.#source = source;
    this.size = source.size;
  }

  u8(at: number): number {
    const byte = this.#buffer[this.#position(at, 1)];
    if (byte === undefined) throw new EndOfImage(at);
    return byte;
  }

  u16be(at: number): number {
    return this.#buffer.readUInt16BE(this.#position(at, 2));
  }

  u16le(at: number): number {
    return this.#buffer.readUInt16LE(this.#position(at, 2));
  }

  u32be(at: number): number {
    return this.#buffer.readUInt32BE(this.#position(at, 4));
  }

  u32le(at: number): number {
    return this.#buffer.readUInt32LE(this.#position(at, 4));
  }

  i32le(at: number): number {
    return this.#buffer.readInt32LE(this.#position(at, 4));
  }

  /** `length` characters as Latin-1; at most 64 kB. */
  text(at: number, length: number): string {
    const position = this.#position(at, length);
    return this.#buffer.toString("latin1", position, position + length);
  }

  /** Place of the next `byte` at or after `at`, or -1 where there is none. */
  indexOf(byte: number, at: number): number {
    for (let from = at; from < this.size; ) {
      const position = this.#position(from, 1);
      const found = this.#buffer.subarray(0, this.#length).indexOf(byte, position);
      if (found >= 0) return this.#start + found;
      from = this.#start + this.#length;
    }
    return -1;
  }

  /** Where `at` lies in the buffer, with `length` bytes behind it. */
  #position(at: number, length: number): number {
    if (at >= this.#start && at + length <= this.#start + this.#length) return at - this.#start;
    if (at < 0 || at + length > this.size) throw new EndOfImage(at + length);
    this.#start = at;
    this.#length = this.#source.read(this.#buffer, at);
    // The file shrank while it was read.
    if (this.#length < length) throw new EndOfImage(at + length);
    return 0;
  }
}

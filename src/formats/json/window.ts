import { isAscii } from "node:buffer";
import { InputError } from "../../records/errors.js";
import { wideEncodingOf } from "../bytes/encoding.js";
import type { ByteSource } from "./api.js";

/** A string, a key or a number longer than this is refused: it has to lie in memory whole, and V8 makes no string of 2^29 units. */
export const maxTokenBytes = 2 ** 28;

/** Two loads of four bytes and what lies between them. */
const slack = 16;

/**
 * The part of a file that is in memory. `bytes[end]` is always 0, which ends every scan: a loop tests the byte alone, and asks about the end only when
 * it meets a 0. A token that reaches the end is kept from its first byte (`pos`), more is read behind it, and it is scanned again.
 */
export class ByteWindow {
  bytes: Uint8Array;
  /** The same memory, two bytes at a time. */
  pairs: Uint16Array;
  /** The same memory, four bytes at a time from anywhere; a load may reach `slack` bytes beyond the end. */
  view: DataView;
  /** The same memory, to make strings of. */
  buffer: Buffer;
  pos = 0;
  end = 0;
  /** Offset in the file of bytes[0]. */
  base = 0;
  sawNonAscii = false;
  /** Whether the file begins with EF BB BF; these three bytes are passed over. */
  sawMark = false;
  /** Bytes in memory: more than `end` when `limit` lies within them; bytes[end] is then kept in `covered`. */
  private loaded = 0;
  private covered = 0;
  private limit = Number.POSITIVE_INFINITY;
  private readonly source: ByteSource;
  private readonly chunk: number;

  constructor(source: ByteSource, chunkBytes: number) {
    this.source = source;
    this.chunk = Math.max(1, Math.min(chunkBytes, source.size + 1));
    this.buffer = allocate(Math.max(this.chunk, 8) + 1);
    this.bytes = new Uint8Array(this.buffer.buffer);
    this.pairs = new Uint16Array(this.buffer.buffer);
    this.view = new DataView(this.buffer.buffer);
    this.bytes[0] = 0;
  }

  /** Offset in the file of the next byte. */
  get offset(): number {
    return this.base + this.pos;
  }

  /** Reads on, keeping the bytes from `pos`, which becomes 0. False when there is nothing more. */
  more(): boolean {
    if (this.end < this.loaded || this.base + this.end >= this.limit) return false;
    const kept = this.end - this.pos;
    // A long token is read in ever larger steps: scanning it again each time then costs twice its length, not its square.
    const wanted = kept < 1024 ? this.chunk : Math.max(this.chunk, kept);
    this.makeRoom(kept, wanted);
    this.base += this.pos;
    this.pos = 0;
    let count = this.source.read(this.bytes.subarray(kept, kept + wanted), this.base + kept);
    this.loaded = kept + count;
    if (this.base === 0 && kept === 0) {
      while (this.loaded < 4 && count > 0) {
        count = this.source.read(this.bytes.subarray(this.loaded, 4), this.loaded);
        this.loaded += count;
      }
      this.begin();
    }
    const fresh = this.buffer.subarray(kept, this.loaded);
    if (!this.sawNonAscii && !isAscii(fresh)) this.sawNonAscii = true;
    this.cover();
    return this.end > kept;
  }

  /** Makes sure that `count` bytes from `pos` are in memory, unless the end comes first. */
  ensure(count: number): void {
    while (this.end - this.pos < count && this.more());
  }

  /** Goes to an offset, and ends the text at `limit`. */
  moveTo(offset: number, limit: number): void {
    if (this.end < this.loaded) this.bytes[this.end] = this.covered;
    this.limit = limit;
    if (offset >= this.base && offset <= this.base + this.loaded) {
      this.pos = offset - this.base;
      this.cover();
      return;
    }
    this.base = offset;
    this.pos = 0;
    this.loaded = 0;
    this.cover();
  }

  private cover(): void {
    this.end = Math.max(this.pos, Math.min(this.loaded, this.limit - this.base));
    this.covered = this.bytes[this.end]!;
    this.bytes[this.end] = 0;
  }

  private makeRoom(kept: number, wanted: number): void {
    if (kept > maxTokenBytes) {
      throw new InputError("TS-FORMAT-0010", {
        offset: this.offset,
        found: "a longer one",
        expected: `a string or number of at most ${maxTokenBytes} bytes`,
      });
    }
    if (kept + wanted + slack < this.bytes.length) {
      this.bytes.copyWithin(0, this.pos, this.end);
      return;
    }
    const larger = allocate(2 * (kept + wanted) + 1);
    larger.set(this.bytes.subarray(this.pos, this.end));
    this.buffer = larger;
    this.bytes = new Uint8Array(larger.buffer);
    this.pairs = new Uint16Array(larger.buffer);
    this.view = new DataView(larger.buffer);
  }

  /** The first bytes of the file: UTF-16 ends it, a byte order mark is noted. */
  private begin(): void {
    const head = this.bytes.subarray(0, this.loaded);
    const wide = wideEncodingOf(head);
    if (wide !== undefined) throw new InputError("TS-FORMAT-0013", { offset: 0, found: wide, expected: "UTF-8" });
    if (head[0] !== 0xef || head[1] !== 0xbb || head[2] !== 0xbf) return;
    this.sawMark = true;
    this.pos = 3;
  }
}

/** An even number of bytes, so that the last one lies in a pair, and a few more. */
function allocate(bytes: number): Buffer<ArrayBuffer> {
  return Buffer.allocUnsafeSlow(bytes + (bytes & 1) + slack);
}

/**
 * What the reader of JSON uses of Node's Buffer, for browsers: bytes, and texts of them. Texts are made unit by unit, since a TextDecoder takes a lone
 * surrogate for a fault and Latin-1 for Windows-1252.
 */
export class Buffer extends Uint8Array {
  static alloc(length: number): Buffer {
    return new Buffer(length);
  }
  static allocUnsafeSlow(length: number): Buffer {
    return new Buffer(length);
  }
  static override from(source: unknown): Buffer {
    if (typeof source === "string") return new Buffer(new TextEncoder().encode(source));
    return new Buffer(source as ArrayBuffer);
  }
  static concat(parts: readonly Uint8Array[]): Buffer {
    const joined = new Buffer(parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of parts) {
      joined.set(part, at);
      at += part.length;
    }
    return joined;
  }
  override toString(encoding?: string, start = 0, end = this.length): string {
    return encoding === "utf16le"
      ? textOf(new Uint16Array(this.buffer, this.byteOffset + start, (end - start) >> 1))
      : textOf(super.subarray(start, end));
  }
  override lastIndexOf(what: unknown, from = this.length): number {
    const wanted = Buffer.from(what);
    for (let at = Math.min(from, this.length - wanted.length); at >= 0; at--) {
      let same = 0;
      while (same < wanted.length && this[at + same] === wanted[same]) same++;
      if (same === wanted.length) return at;
    }
    return -1;
  }
}

/** Longer argument lists overflow the stack. */
const unitsAtOnce = 4096;

function textOf(units: Uint8Array | Uint16Array): string {
  let text = "";
  for (let at = 0; at < units.length; at += unitsAtOnce)
    text += String.fromCharCode.apply(undefined, units.subarray(at, at + unitsAtOnce) as unknown as number[]);
  return text;
}

/** `isAscii` of node:buffer. */
export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 0x80);
}

import { crc32 } from "node:zlib";

/** Red, green, blue. */
export type Colour = readonly [number, number, number];

/** A picture row by row: palette indices, or red, green and blue in turn. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/**
 * A PNG of palette colours, 8 bits a pixel (PNG 3rd edition §11.2). The deflate stream is written here, so that the bytes do not depend on the zlib that
 * a version of Node carries.
 */
export function encodePng(raster: Raster, palette: readonly Colour[]): Buffer {
  return framed(raster, 1, [pngChunk("PLTE", Buffer.from(palette.flat()))]);
}

/** A PNG of true colours, 8 bits a channel: `pixels` holds red, green and blue in turn. */
export function encodeRgbPng(raster: Raster): Buffer {
  return framed(raster, 3, []);
}

/** @param step bytes a pixel: 1 for indices of a palette, 3 for red, green and blue */
function framed({ width, height, pixels }: Raster, step: 1 | 3, between: readonly Buffer[]): Buffer {
  const row = step * width;
  const rows = Buffer.alloc((row + 1) * height);
  for (let y = 0; y < height; y++) rows.set(pixels.subarray(y * row, (y + 1) * row), y * (row + 1) + 1);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, step === 1 ? 3 : 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    ...between,
    pngChunk("IDAT", zlibStream(rows, step, row + 1)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** Length, type, data and checksum (PNG 3rd edition §5.3). */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** RFC 1950 around one block of RFC 1951 with fixed codes; matches are looked for at the pixel before and at the row above only. */
function zlibStream(data: Buffer, step: number, stride: number): Buffer {
  const out = new BitWriter();
  out.bits(0x78, 8);
  out.bits(0x01, 8);
  out.bits(0b011, 3); // last block, fixed codes
  for (let at = 0; at < data.length; ) {
    const left = matchLength(data, at, step);
    const above = matchLength(data, at, stride);
    const length = Math.max(left, above);
    if (length < 3) {
      out.symbol(data[at] ?? 0);
      at += 1;
      continue;
    }
    writeLength(out, length);
    writeDistance(out, left >= above ? step : stride);
    at += length;
  }
  out.symbol(256);
  return Buffer.concat([out.bytes(), adler32(data)]);
}

/** RFC 1951 §2: a match reaches back at most so far. */
const farthest = 32_768;

function matchLength(data: Buffer, at: number, distance: number): number {
  if (at < distance || distance > farthest) return 0;
  const most = Math.min(258, data.length - at);
  let length = 0;
  while (length < most && data[at + length] === data[at + length - distance]) length += 1;
  return length;
}

/** RFC 1951 §3.2.5: symbols 257 to 285, extra bits grow by one every four symbols; 258 has a symbol of its own. */
function writeLength(out: BitWriter, length: number): void {
  if (length === 258) {
    out.symbol(285);
    return;
  }
  const value = length - 3;
  const extra = value < 8 ? 0 : Math.floor(Math.log2(value)) - 2;
  out.symbol(257 + 4 * extra + (value >> extra));
  out.bits(value & ((1 << extra) - 1), extra);
}

/** RFC 1951 §3.2.5: distance codes are five bits, most significant first; extra bits grow by one every two codes. */
function writeDistance(out: BitWriter, distance: number): void {
  const value = distance - 1;
  const extra = value < 4 ? 0 : Math.floor(Math.log2(value)) - 1;
  out.reversed(2 * extra + (value >> extra), 5);
  out.bits(value & ((1 << extra) - 1), extra);
}

function adler32(data: Buffer): Buffer {
  let low = 1;
  let high = 0;
  for (const byte of data) {
    low = (low + byte) % 65521;
    high = (high + low) % 65521;
  }
  const sum = Buffer.alloc(4);
  sum.writeUInt32BE(high * 65536 + low);
  return sum;
}

class BitWriter {
  readonly #bytes: number[] = [];
  #held = 0;
  #count = 0;

  /** Least significant bit first. */
  bits(value: number, count: number): void {
    for (let i = 0; i < count; i++) {
      this.#held |= ((value >> i) & 1) << this.#count;
      this.#count += 1;
      if (this.#count === 8) this.#flush();
    }
  }

  /** Most significant bit first, as Huffman codes stand in the stream. */
  reversed(value: number, count: number): void {
    for (let i = count - 1; i >= 0; i--) this.bits((value >> i) & 1, 1);
  }

  /** A literal or length symbol in the fixed code of RFC 1951 §3.2.6. */
  symbol(value: number): void {
    if (value < 144) this.reversed(0x30 + value, 8);
    else if (value < 256) this.reversed(0x190 + value - 144, 9);
    else if (value < 280) this.reversed(value - 256, 7);
    else this.reversed(0xc0 + value - 280, 8);
  }

  bytes(): Buffer {
    if (this.#count > 0) this.#flush();
    return Buffer.from(this.#bytes);
  }

  #flush(): void {
    this.#bytes.push(this.#held);
    this.#held = 0;
    this.#count = 0;
  }
}

/** Tiny images for tests, byte by byte. */
import { crc32, deflateSync } from "node:zlib";

export const u16be = (...values: number[]): Buffer => Buffer.from(values.flatMap((v) => [v >> 8, v & 255]));
export const u32be = (value: number): Buffer =>
  Buffer.from([value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255]);
export const u16le = (...values: number[]): Buffer => Buffer.from(values.flatMap((v) => [v & 255, v >> 8]));
export const u32le = (...values: number[]): Buffer => Buffer.concat(values.map((v) => Buffer.from(u32be(v)).reverse()));
const ascii = (text: string): Buffer => Buffer.from(text, "latin1");

/** TIFF structure with the one field orientation. */
export function exif(orientation: number): Buffer {
  return Buffer.concat([ascii("MM\0*"), u32be(8), u16be(1, 274, 3), u32be(1), u16be(orientation, 0), u32be(0)]);
}

export interface JpegOptions {
  readonly width?: number;
  readonly height?: number;
  readonly orientation?: number;
  /** Stands in an APP1 segment, as a thumbnail would. */
  readonly inApp1?: Buffer;
}

/** A JPEG whose scan is a few bytes of entropy-coded data with a stuffed FF and a restart marker. */
export function jpegBytes({ width = 40, height = 30, orientation, inApp1 }: JpegOptions = {}): Buffer {
  const segment = (marker: number, data: Buffer) =>
    Buffer.concat([Buffer.from([0xff, marker]), u16be(data.length + 2), data]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, ascii("JFIF\0\x01\x01\0\0\x01\0\x01\0\0")),
    orientation === undefined ? Buffer.alloc(0) : segment(0xe1, Buffer.concat([ascii("Exif\0\0"), exif(orientation)])),
    inApp1 === undefined ? Buffer.alloc(0) : segment(0xe1, inApp1),
    segment(0xc0, Buffer.concat([Buffer.from([8]), u16be(height, width), Buffer.from([1, 1, 0x11, 0])])),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9]),
  ]);
}

export function pngChunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([ascii(type), data]);
  return Buffer.concat([u32be(data.length), body, u32be(crc32(body))]);
}

export const pngStart = ascii("\x89PNG\r\n\x1a\n");

export function pngHeader(width: number, height: number, bitDepth = 8, colourType = 0, interlace = 0): Buffer {
  return pngChunk(
    "IHDR",
    Buffer.concat([u32be(width), u32be(height), Buffer.from([bitDepth, colourType, 0, 0, interlace])]),
  );
}

/** An 8-bit grey PNG, all zeros. */
export function pngBytes(width = 40, height = 30, orientation?: number): Buffer {
  return Buffer.concat([
    pngStart,
    pngHeader(width, height),
    orientation === undefined ? Buffer.alloc(0) : pngChunk("eXIf", exif(orientation)),
    pngChunk("IDAT", deflateSync(Buffer.alloc((width + 1) * height))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

export function gifBytes(width = 40, height = 30): Buffer {
  return Buffer.concat([
    ascii("GIF89a"),
    u16le(width, height),
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]), // a colour table of two
    Buffer.from([0x21, 0xfe, 2, 0x3b, 0x3b, 0]), // a comment that holds trailers
    Buffer.from([0x2c, 0, 0, 0, 0]),
    u16le(width, height),
    Buffer.from([0, 2, 2, 0x4c, 0x01, 0, 0x3b]),
  ]);
}

export function webpBytes(kind: "VP8 " | "VP8L" | "VP8X", width = 40, height = 30, orientation?: number): Buffer {
  const chunk = (type: string, data: Buffer) =>
    Buffer.concat([ascii(type), u32le(data.length), data, Buffer.alloc(data.length & 1)]);
  const lossy = chunk(
    "VP8 ",
    Buffer.concat([Buffer.from([0, 0, 0, 0x9d, 0x01, 0x2a]), u16le(width, height), Buffer.alloc(4)]),
  );
  const bits = (width - 1) | ((height - 1) << 14);
  const lossless = chunk("VP8L", Buffer.concat([Buffer.from([0x2f]), u32le(bits), Buffer.alloc(3)]));
  const canvas = Buffer.concat([u32le(0x08), u32le(width - 1).subarray(0, 3), u32le(height - 1).subarray(0, 3)]);
  const body = {
    "VP8 ": [lossy],
    VP8L: [lossless],
    VP8X: [
      chunk("VP8X", canvas),
      lossy,
      orientation === undefined ? Buffer.alloc(0) : chunk("EXIF", exif(orientation)),
    ],
  }[kind];
  const riff = Buffer.concat([ascii("WEBP"), ...body]);
  return Buffer.concat([ascii("RIFF"), u32le(riff.length), riff]);
}

export function bmpBytes(width = 40, height = 30): Buffer {
  const rows = Math.ceil((width * 24) / 32) * 4 * Math.abs(height);
  return Buffer.concat([
    ascii("BM"),
    u32le(54 + rows, 0, 54, 40, width, height >>> 0),
    u16le(1, 24),
    u32le(0, rows, 0, 0, 0, 0),
    Buffer.alloc(rows),
  ]);
}

export function tiffBytes(width = 40, height = 30, orientation = 1): Buffer {
  const entry = (tag: number, type: number, value: number) => Buffer.concat([u16le(tag, type), u32le(1, value)]);
  const entries = [
    entry(256, 4, width),
    entry(257, 4, height),
    entry(273, 4, 8),
    entry(274, 3, orientation),
    entry(279, 4, width * height),
  ];
  const strip = width * height;
  const directory = Buffer.concat([u16le(entries.length), ...entries, u32le(0)]);
  return Buffer.concat([ascii("II*\0"), u32le(8 + strip), Buffer.alloc(strip), directory]);
}

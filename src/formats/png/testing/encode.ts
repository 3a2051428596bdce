/** A PNG encoder for tests, written apart from the decoder: filters by the formulas of PNG §9.2, passes pixel by pixel. */
import { deflateSync } from "node:zlib";
import { pngChunk, pngHeader, pngStart } from "../../media/testing/images.js";

export interface DrawnPng {
  readonly width: number;
  readonly height: number;
  readonly colourType: 0 | 2 | 3 | 4 | 6;
  readonly bitDepth: 1 | 2 | 4 | 8 | 16;
  readonly interlaced: boolean;
  readonly samples: readonly number[];
  /** Filter of each row in turn, from the start again. */
  readonly filters: readonly number[];
}

/** In which pass of Adam7 a pixel comes, by row and column modulo 8 (PNG §8.1, figure 4). */
const passOf = ["16462646", "77777777", "56565656", "77777777", "36463646", "77777777", "56565656", "77777777"];

export function encodePng(picture: DrawnPng): Buffer {
  const { width, height, bitDepth, colourType, interlaced, samples, filters } = picture;
  const channels = samples.length / (width * height);
  const lines: number[] = [];
  let written = 0;
  for (const pass of interlaced ? "1234567" : ["all"]) {
    let before: number[] = [];
    for (let y = 0; y < height; y += 1) {
      const row: number[] = [];
      for (let x = 0; x < width; x += 1) {
        if (interlaced && passOf[y % 8]?.[x % 8] !== pass) continue;
        for (let c = 0; c < channels; c += 1) row.push(samples[(y * width + x) * channels + c] ?? 0);
      }
      if (row.length === 0) continue;
      const bytes = packed(row, bitDepth);
      const filter = filters[written % filters.length] ?? 0;
      lines.push(filter, ...filtered(bytes, before, filter, Math.max(1, (channels * bitDepth) / 8)));
      before = bytes;
      written += 1;
    }
  }
  const zipped = deflateSync(Uint8Array.from(lines));
  const middle = Math.floor(zipped.length / 2);
  return Buffer.concat([
    pngStart,
    pngHeader(width, height, bitDepth, colourType, interlaced ? 1 : 0),
    colourType === 3 ? pngChunk("PLTE", Buffer.alloc(3 * 2 ** bitDepth)) : Buffer.alloc(0),
    pngChunk("IDAT", zipped.subarray(0, middle)),
    pngChunk("IDAT", zipped.subarray(middle)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function packed(row: readonly number[], bitDepth: number): number[] {
  const bits = row.map((value) => value.toString(2).padStart(bitDepth, "0")).join("");
  return (bits.match(/.{1,8}/g) ?? []).map((byte) => Number.parseInt(byte.padEnd(8, "0"), 2));
}

function filtered(row: readonly number[], before: readonly number[], filter: number, step: number): number[] {
  return row.map((value, i) => {
    const a = row[i - step] ?? 0;
    const b = before[i] ?? 0;
    const c = before[i - step] ?? 0;
    const p = a + b - c;
    const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
    const paeth = pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    const guess = [0, a, b, Math.floor((a + b) / 2), paeth][filter] ?? 0;
    return (value - guess) & 255;
  });
}

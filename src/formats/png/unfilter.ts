import type { InputError } from "../../records/errors.js";

export interface PixelLayout {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly bitDepth: number;
  readonly interlaced: boolean;
}

interface Pass {
  readonly x0: number;
  readonly y0: number;
  readonly dx: number;
  readonly dy: number;
}

/** Adam7 (PNG §8.1); a picture that is not interlaced is one pass over all pixels. */
const adam7: readonly Pass[] = [
  { x0: 0, y0: 0, dx: 8, dy: 8 },
  { x0: 4, y0: 0, dx: 8, dy: 8 },
  { x0: 0, y0: 4, dx: 4, dy: 8 },
  { x0: 2, y0: 0, dx: 4, dy: 4 },
  { x0: 0, y0: 2, dx: 2, dy: 4 },
  { x0: 1, y0: 0, dx: 2, dy: 2 },
  { x0: 0, y0: 1, dx: 1, dy: 2 },
];
const onePass: readonly Pass[] = [{ x0: 0, y0: 0, dx: 1, dy: 1 }];

/** The passes of a layout with the size of each, empty ones left out. */
function passesOf(layout: PixelLayout): readonly (Pass & { readonly columns: number; readonly rows: number })[] {
  return (layout.interlaced ? adam7 : onePass)
    .map((pass) => ({
      ...pass,
      columns: Math.max(0, Math.ceil((layout.width - pass.x0) / pass.dx)),
      rows: Math.max(0, Math.ceil((layout.height - pass.y0) / pass.dy)),
    }))
    .filter(({ columns, rows }) => columns > 0 && rows > 0);
}

/** Bytes that the filtered rows take up. */
export function packedBytes(layout: PixelLayout): number {
  const bits = layout.channels * layout.bitDepth;
  return passesOf(layout).reduce((sum, { columns, rows }) => sum + rows * (1 + Math.ceil((columns * bits) / 8)), 0);
}

/** Takes the filters off the rows (changing `rows`) and spreads the samples out, one element a sample. `fail` makes the error. */
export function expand(
  rows: Buffer,
  layout: PixelLayout,
  fail: (offset: number, found: string) => InputError,
): Uint8Array | Uint16Array {
  const { width, height, channels, bitDepth } = layout;
  const samples = width * height * channels;
  const data = bitDepth === 16 ? new Uint16Array(samples) : new Uint8Array(samples);
  const pixelBytes = Math.max(1, (channels * bitDepth) >> 3);
  let at = 0;
  for (const pass of passesOf(layout)) {
    const rowBytes = Math.ceil((pass.columns * channels * bitDepth) / 8);
    for (let row = 0; row < pass.rows; row += 1) {
      if (at + 1 + rowBytes > rows.length) throw fail(8, `rows that end after ${rows.length} bytes`);
      const filter = rows[at] ?? 0;
      if (filter > 4) throw fail(8, `${filter}`);
      const start = at + 1;
      const above = row === 0 ? -1 : start - rowBytes - 1;
      unfilter(rows, filter, start, above, rowBytes, pixelBytes);
      const target = ((pass.y0 + row * pass.dy) * width + pass.x0) * channels;
      spread(rows, start, data, target, pass.columns * channels, pass.dx, channels, bitDepth);
      at = start + rowBytes;
    }
  }
  return data;
}

/** PNG §9.2, in place. `above` is where the row before it in the same pass begins, -1 for none (which counts as zeros). */
function unfilter(
  rows: Buffer,
  filter: number,
  start: number,
  above: number,
  length: number,
  pixelBytes: number,
): void {
  const end = start + length;
  if (filter === 0 || (filter === 2 && above < 0)) return;
  if (filter === 1 || (filter === 4 && above < 0)) {
    // Without a row above, Paeth's guess is the left byte.
    for (let i = start + pixelBytes; i < end; i += 1) rows[i] = at(rows, i) + at(rows, i - pixelBytes);
    return;
  }
  const back = above - start;
  if (filter === 2) {
    for (let i = start; i < end; i += 1) rows[i] = at(rows, i) + at(rows, i + back);
    return;
  }
  const body = Math.min(end, start + pixelBytes);
  if (filter === 3) {
    for (let i = start; i < end; i += 1) {
      const left = i >= body ? at(rows, i - pixelBytes) : 0;
      const up = above >= 0 ? at(rows, i + back) : 0;
      rows[i] = at(rows, i) + ((left + up) >> 1);
    }
    return;
  }
  // With nothing to the left, Paeth's guess is the byte above.
  for (let i = start; i < body; i += 1) rows[i] = at(rows, i) + at(rows, i + back);
  for (let i = body; i < end; i += 1) {
    rows[i] = at(rows, i) + paeth(at(rows, i - pixelBytes), at(rows, i + back), at(rows, i + back - pixelBytes));
  }
}

function paeth(left: number, up: number, corner: number): number {
  const toLeft = Math.abs(up - corner);
  const toUp = Math.abs(left - corner);
  const toCorner = Math.abs(left + up - 2 * corner);
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** Copies one row of samples to its pixels; `dx` pixels lie between two of the row. */
function spread(
  rows: Buffer,
  start: number,
  data: Uint8Array | Uint16Array,
  target: number,
  samples: number,
  dx: number,
  channels: number,
  bitDepth: number,
): void {
  if (bitDepth === 8 && dx === 1) {
    data.set(rows.subarray(start, start + samples), target);
    return;
  }
  const mask = (1 << bitDepth) - 1;
  const step = (dx - 1) * channels;
  let place = target;
  for (let i = 0, channel = 0; i < samples; i += 1) {
    if (bitDepth === 16) {
      data[place] = (at(rows, start + 2 * i) << 8) | at(rows, start + 2 * i + 1);
    } else if (bitDepth === 8) {
      data[place] = at(rows, start + i);
    } else {
      const bit = i * bitDepth;
      // The leftmost pixel stands in the high bits (PNG §7.2).
      data[place] = (at(rows, start + (bit >> 3)) >> (8 - bitDepth - (bit & 7))) & mask;
    }
    place += 1;
    channel += 1;
    if (channel === channels) {
      channel = 0;
      place += step;
    }
  }
}

function at(bytes: Buffer, index: number): number {
  return bytes[index] ?? 0;
}

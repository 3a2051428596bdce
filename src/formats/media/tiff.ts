import type { ByteWindow } from "./byte-window.js";
import type { ImageReader, ImageShape } from "./image-reader.js";

const tags = { width: 256, height: 257, stripOffsets: 273, orientation: 274, stripCounts: 279 } as const;
const tileTags = { offsets: 324, counts: 325 } as const;
/** Bytes of a value by TIFF type: BYTE, ASCII, SHORT, LONG, RATIONAL … (TIFF 6.0 §2), then LONG8 and its kin (BigTIFF). */
const typeBytes: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** TIFF 6.0 and BigTIFF. Whole: every strip or tile of the first image lies inside the file. */
export const tiff: ImageReader = {
  type: "image/tiff",
  matches(head) {
    const start = head.toString("latin1", 0, 4);
    return start === "II*\0" || start === "MM\0*" || start === "II+\0" || start === "MM\0+";
  },
  read(bytes, shape, toTheEnd) {
    const fields = readDirectory(bytes, 0, bytes.size);
    if (fields === undefined) return "there is no image directory";
    shape.width = fields.first(tags.width);
    shape.height = fields.first(tags.height);
    setOrientation(shape, fields.first(tags.orientation));
    if (!toTheEnd) return undefined;
    const tiled = fields.has(tileTags.offsets);
    const offsets = fields.all(tiled ? tileTags.offsets : tags.stripOffsets);
    const counts = fields.all(tiled ? tileTags.counts : tags.stripCounts);
    if (offsets.length === 0) return "the directory names no strip and no tile";
    for (let i = 0; i < offsets.length; i += 1) {
      const end = (offsets[i] ?? 0) + (counts[i] ?? 0);
      if (end > bytes.size) return `the ${tiled ? "tile" : "strip"} ${i} ends at byte ${end}`;
    }
    return undefined;
  },
};

/** Orientation from the EXIF data that begin at `start`; a damaged block says nothing, the picture itself may be sound. */
export function readOrientation(bytes: ByteWindow, start: number, end: number, shape: ImageShape): void {
  if (end > bytes.size) return;
  setOrientation(shape, readDirectory(bytes, start, end)?.first(tags.orientation));
}

function setOrientation(shape: ImageShape, value: number | undefined): void {
  if (value !== undefined && value >= 1 && value <= 8) shape.orientation = value;
}

interface Directory {
  has(tag: number): boolean;
  first(tag: number): number | undefined;
  all(tag: number): readonly number[];
}

/** The first directory of a TIFF structure in `start` … `end`, or undefined where there is none inside these bounds. */
function readDirectory(bytes: ByteWindow, start: number, end: number): Directory | undefined {
  if (start + 8 > end) return undefined;
  const little = bytes.u8(start) === 0x49;
  const u16 = (at: number) => (little ? bytes.u16le(at) : bytes.u16be(at));
  const u32 = (at: number) => (little ? bytes.u32le(at) : bytes.u32be(at));
  // Above 2^53 the sum is inexact, but such an offset is outside every file anyway.
  const u64 = (at: number) =>
    little ? bytes.u32le(at) + bytes.u32le(at + 4) * 2 ** 32 : bytes.u32be(at + 4) + bytes.u32be(at) * 2 ** 32;
  const magic = u16(start + 2);
  if (magic !== 42 && magic !== 43) return undefined;
  const big = magic === 43;
  if (big && start + 16 > end) return undefined;
  const word = big ? u64 : u32;
  const wordBytes = big ? 8 : 4;
  const directory = start + word(start + (big ? 8 : 4));
  const countBytes = big ? 8 : 2;
  const entryBytes = big ? 20 : 12;
  if (directory + countBytes > end) return undefined;
  const entries = big ? u64(directory) : u16(directory);
  if (directory + countBytes + entries * entryBytes > end) return undefined;

  const find = (tag: number): number => {
    for (let i = 0; i < entries; i += 1) {
      const at = directory + countBytes + i * entryBytes;
      if (u16(at) === tag) return at;
    }
    return -1;
  };
  const all = (tag: number): number[] => {
    const entry = find(tag);
    if (entry < 0) return [];
    const type = u16(entry + 2);
    const size = typeBytes[type] ?? 0;
    const count = word(entry + 4);
    const inline = entry + 4 + wordBytes;
    const at = size * count <= wordBytes ? inline : start + word(inline);
    if (size === 0 || at + size * count > end) return [];
    const values: number[] = [];
    for (let i = 0; i < count; i += 1) {
      const place = at + i * size;
      values.push(size === 1 ? bytes.u8(place) : size === 2 ? u16(place) : size === 4 ? u32(place) : u64(place));
    }
    return values;
  };
  return { has: (tag) => find(tag) >= 0, first: (tag) => all(tag)[0], all };
}

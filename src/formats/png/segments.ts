import { InputError } from "../../records/errors.js";
import type { PngImage } from "./decode.js";

/** What a mask file holds, by value: parallel columns, values ascending. */
export interface MaskSegments {
  /** R + 256 G + 256² B, or the one channel's value. */
  readonly ids: Float64Array;
  readonly pixels: Float64Array;
  /** x, y, width and height of the tight box in turn, px. */
  readonly boxes: Int32Array;
}

/**
 * Counts the pixels of each value of a mask and their tight box, in one pass over its runs. An alpha channel is not looked at; a palette's index is the
 * value (masks of VOC), for panoptic PNGs are never indexed. The two-channel form of panopticapi keeps category and instance in R and G of an RGB
 * file: it looks like any other, and the same sum gives each segment a value of its own.
 *
 * @throws InputError TS-FORMAT-0030 for 16-bit colours, which no panoptic PNG has.
 */
export function segmentsOf(image: PngImage): MaskSegments {
  const { width, height, channels, data } = image;
  if (channels >= 3 && image.bitDepth === 16) {
    throw new InputError("TS-FORMAT-0030", { offset: 24, expected: "8 bits a channel", found: "16" });
  }
  const slots = new Map<number, Slot>();
  const coloured = channels >= 3;
  for (let y = 0, place = 0; y < height; y += 1) {
    let start = 0;
    let run = -1;
    for (let x = 0; x < width; x += 1, place += channels) {
      const low = data[place] ?? 0;
      const id = coloured ? low + 256 * (data[place + 1] ?? 0) + 65536 * (data[place + 2] ?? 0) : low;
      if (id === run) continue;
      if (run >= 0) addRun(slots, run, start, x, y);
      run = id;
      start = x;
    }
    addRun(slots, run, start, width, y);
  }
  return columnsOf(slots);
}

interface Slot {
  pixels: number;
  left: number;
  right: number;
  readonly top: number;
  bottom: number;
}

/** Pixels `start` … `end` - 1 of row `y`; rows come from the top. */
function addRun(slots: Map<number, Slot>, id: number, start: number, end: number, y: number): void {
  const slot = slots.get(id);
  if (slot === undefined) {
    slots.set(id, { pixels: end - start, left: start, right: end, top: y, bottom: y + 1 });
    return;
  }
  slot.pixels += end - start;
  if (start < slot.left) slot.left = start;
  if (end > slot.right) slot.right = end;
  slot.bottom = y + 1;
}

function columnsOf(slots: ReadonlyMap<number, Slot>): MaskSegments {
  const sorted = [...slots].sort(([left], [right]) => left - right);
  return {
    ids: Float64Array.from(sorted, ([id]) => id),
    pixels: Float64Array.from(sorted, ([, slot]) => slot.pixels),
    boxes: Int32Array.from(sorted.flatMap(([, s]) => [s.left, s.top, s.right - s.left, s.bottom - s.top])),
  };
}

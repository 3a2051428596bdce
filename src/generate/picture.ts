import { readFileSync } from "node:fs";
import { withHeaderSize } from "../formats/media/edit.js";
import { encodePng } from "../formats/png/encode.js";
import type { AnnotationRecord } from "../records/types.gen.js";

/** `none`: no file; `file`: the bytes of one that is there. The number tells one drawn picture from another: equal numbers and sizes give equal bytes. */
export interface Picture {
  kind: "none" | "png" | "file";
  number: number;
  width: number;
  height: number;
  /** Where the file lies, and what its header says. */
  readonly from?: { readonly absolute: string; readonly width: number; readonly height: number };
  /** What is painted where it is not the medium's own annotations: a copy of another picture. */
  painted?: readonly { readonly record: AnnotationRecord }[];
  /** Done to the bytes before they are written. */
  damage?: (bytes: Buffer) => Buffer;
}

const colours = [
  [236, 236, 228],
  [40, 40, 44],
  [196, 40, 44],
  [36, 92, 176],
  [84, 132, 92],
  [240, 188, 40],
  [148, 116, 96],
  [120, 124, 132],
] as const;
const [ground, ink] = [0, 1];
const firstOfObjects = 2;

/** A small picture in which each box is filled with a colour; its number is written into the first rows in binary, so that no two are alike. */
export function pictureOf(
  { width, height, number, damage, painted, from }: Picture,
  own: readonly { readonly record: AnnotationRecord }[],
): Uint8Array {
  if (from !== undefined) {
    const bytes = readFileSync(from.absolute);
    const sized = width === from.width && height === from.height ? bytes : withHeaderSize(bytes, { width, height });
    return damage === undefined ? sized : damage(sized);
  }
  const pixels = new Uint8Array(width * height).fill(ground);
  (painted ?? own).forEach(({ record: { box } }, at) => {
    if (box === undefined) return;
    const left = Math.max(0, Math.floor(box.x));
    const right = Math.min(width, Math.ceil(box.x + box.width));
    const colour = firstOfObjects + (at % (colours.length - firstOfObjects));
    for (let y = Math.max(0, Math.floor(box.y)); y < Math.min(height, Math.ceil(box.y + box.height)); y++)
      if (right > left) pixels.fill(colour, y * width + left, y * width + right);
  });
  for (let bit = 0, left = number; left > 0 && bit < pixels.length; bit++, left = Math.floor(left / 2))
    if (left % 2 === 1) pixels[bit] = ink;
  const bytes = encodePng({ width, height, pixels }, colours);
  return damage === undefined ? bytes : damage(bytes);
}

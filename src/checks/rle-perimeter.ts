import type { RleMask } from "../records/types.gen.js";
import { type CheckDeclaration, units } from "./declaration.js";
import { rleArea } from "./rle.js";

/**
 * Length of the outline of the foreground, px: the sides of its pixels that are next to background or to the border of the image. Four a
 * pixel, less two for each pair of neighbours: those below each other are counted within the runs, those beside each other by laying the runs
 * over themselves, one column on. The work grows with the runs.
 */
export function rlePerimeter(mask: RleMask): number {
  const { height, counts } = mask;
  const pixels = height * mask.width;
  let area = 0;
  let below = 0; // pairs of pixels below each other
  let start = 0;
  let lastEnd = -1; // of the foreground run before
  for (let i = 0; i < counts.length && start < pixels; i++) {
    const end = Math.min(start + counts[i]!, pixels);
    if (!(end > start)) continue;
    if (i % 2 === 1) {
      area += end - start;
      below += end - start - 1 - columnsEntered(start, end, height);
      // A run that goes on after a run of 0 is one with it.
      if (start === lastEnd && start % height !== 0) below++;
      lastEnd = end;
    }
    start = end;
  }
  return 4 * area - 2 * below - 2 * besideEachOther(counts, height, pixels);
}

/** Perimeter² / (4π · area): 1 for a disc, more for a jagged outline; NaN for a mask without foreground. */
export function rleJaggedness(mask: RleMask): number {
  const perimeter = rlePerimeter(mask);
  return (perimeter * perimeter) / (4 * Math.PI * rleArea(mask));
}

/** Number of columns that the pixels start + 1 … end - 1 begin. */
function columnsEntered(start: number, end: number, height: number): number {
  return Math.floor((end - 1) / height) - Math.floor(start / height);
}

/** Pixels of the foreground whose neighbour to the right is foreground. */
function besideEachOther(counts: Float64Array, height: number, pixels: number): number {
  let pairs = 0;
  let a = 0; // the run that is moved one column to the right, and its end there
  let aEnd = height + (counts[0] ?? 0);
  let b = 0;
  let bEnd = counts[0] ?? 0;
  let at = height;
  while (at < pixels && a < counts.length && b < counts.length) {
    const end = Math.min(aEnd, bEnd, pixels);
    if (end > at) {
      if (a % 2 === 1 && b % 2 === 1) pairs += end - at;
      at = end;
    }
    if (aEnd <= at) aEnd += counts[++a] ?? 0;
    else bEnd += counts[++b] ?? 0;
  }
  return pairs;
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "rlePerimeter(RleMask): double",
    says: { zh: "掩码的周长", en: "perimeter of the mask" },
    unit: units.px,
    call: rlePerimeter,
  },
  {
    cel: "rleJaggedness(RleMask): double",
    says: { zh: "掩码轮廓的锯齿度（圆为 1）", en: "jaggedness of the mask (1 for a disc)" },
    call: rleJaggedness,
  },
];

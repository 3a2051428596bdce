import type { Mark } from "../records/finding.js";
import type { Box, RleMask } from "../records/types.gen.js";
import { type CheckDeclaration, units } from "./declaration.js";
import { sideDeviation, sideMarks } from "./polygons.js";

// A mask is run lengths down the columns, background first. Runs beyond height × width, negative ones and such that are no numbers find
// themselves in `rle-count-mismatch`; here the pixels end with the image.

/** Sum of all run lengths, px: height × width in a mask that is whole. */
export function rleSum(mask: RleMask): number {
  let sum = 0;
  for (let i = 0; i < mask.counts.length; i++) sum += mask.counts[i]!;
  return sum;
}

/** Pixels of the foreground: the sum of every second run. */
export function rleArea(mask: RleMask): number {
  let area = 0;
  for (let i = 1; i < mask.counts.length; i += 2) area += mask.counts[i]!;
  return area;
}

/** How far a declared area is from the pixels of the foreground, as a share of the declared one; infinite for a declared area of 0 where there are some. */
export function rleAreaDifference(mask: RleMask, area: number): number {
  const difference = Math.abs(area - rleArea(mask));
  return difference === 0 ? 0 : difference / Math.abs(area);
}

/**
 * How far a box is from the tight box of the foreground, px: the largest difference of the four sides. The box of one pixel is 1 wide and
 * 1 high, as pycocotools' toBbox has it. 0 for a mask without foreground, which `mask-empty` finds.
 */
export function rleBoxDeviation(mask: RleMask, box: Box): number {
  measureTightBox(mask);
  return right < 0 ? 0 : sideDeviation(box, left, top, right + 1, bottom + 1);
}

/** The box around all pixels of the foreground, undefined where there is none; one pixel is 1 wide and 1 high. */
export function rleTightBox(mask: RleMask): Box | undefined {
  measureTightBox(mask);
  return right < 0 ? undefined : { x: left, y: top, width: right + 1 - left, height: bottom + 1 - top };
}

// Pixels of the tight box measured last.
let left = 0;
let top = 0;
let right = 0;
let bottom = 0;

function measureTightBox({ height, width, counts }: RleMask): void {
  const pixels = height * width;
  left = Number.POSITIVE_INFINITY;
  top = Number.POSITIVE_INFINITY;
  right = -1;
  bottom = -1;
  let start = 0;
  // The column of the run before, and where it ends: the next run is mostly in the same one or the one after (two divisions a run: 1.2 times as long).
  let column = 0;
  let columnEnd = height;
  for (let i = 0; i < counts.length && start < pixels; i++) {
    const end = Math.min(start + counts[i]!, pixels);
    if (i % 2 === 1 && end > start) {
      if (start >= columnEnd) {
        column = start < columnEnd + height ? column + 1 : Math.floor(start / height);
        columnEnd = (column + 1) * height;
      }
      if (column < left) left = column;
      if (end - 1 < columnEnd) {
        if (start - columnEnd + height < top) top = start - columnEnd + height;
        if (end - 1 - columnEnd + height > bottom) bottom = end - 1 - columnEnd + height;
      } else {
        // A run over the end of a column has its lowest and the next one's highest pixel.
        top = 0;
        bottom = height - 1;
        column = Math.floor((end - 1) / height);
        columnEnd = (column + 1) * height;
      }
      right = column;
    }
    start = end > start ? end : start;
  }
}

function tightBoxMarks(mask: RleMask, box: Box): readonly Mark[] {
  measureTightBox(mask);
  return right < 0 ? [] : sideMarks(box, left, top, right + 1, bottom + 1);
}

export const declarations: readonly CheckDeclaration[] = [
  { cel: "rleSum(RleMask): double", says: { zh: "各游程之和", en: "sum of the runs" }, unit: units.px, call: rleSum },
  {
    cel: "rleArea(RleMask): double",
    says: { zh: "掩码的前景面积", en: "foreground of the mask" },
    unit: units.px,
    call: rleArea,
  },
  {
    cel: "rleAreaDifference(RleMask, double): double",
    says: { zh: "声明面积与掩码面积的相对差", en: "difference of the declared area from that of the mask, as a share" },
    call: rleAreaDifference,
  },
  {
    cel: "rleBoxDeviation(RleMask, Box): double",
    says: { zh: "框与掩码外接框的最大偏差", en: "largest difference between the box and the tight box of the mask" },
    unit: units.px,
    call: rleBoxDeviation,
    marks: tightBoxMarks,
  },
];

import type { RleMask } from "../records/types.gen.js";
import { type CheckDeclaration, units } from "./declaration.js";

/**
 * Length of the longest straight stretch of foreground pixels along one border of the image, px: long where an object is cut off by it.
 * 0 where no foreground pixel lies at a border. The work grows with the runs.
 */
export function longestBorderRun(mask: RleMask): number {
  const { height, width, counts } = mask;
  const pixels = height * width;
  let longest = 0;
  let start = 0;
  let from = 0; // the foreground stretch up to here, joined over runs of 0
  let to = -1;
  topRun = 0;
  topNext = 0;
  bottomRun = 0;
  bottomNext = 0;
  for (let i = 0; i < counts.length && start < pixels; i++) {
    const end = Math.min(start + counts[i]!, pixels);
    if (!(end > start)) continue;
    if (i % 2 === 1) {
      if (start !== to) {
        longest = Math.max(longest, borderRun(from, to, height, width));
        from = start;
      }
      to = end;
    }
    start = end;
  }
  return Math.max(longest, borderRun(from, to, height, width));
}

// The stretch along the top and the bottom that the last foreground stretch continues, and the column that would continue it.
let topRun = 0;
let topNext = 0;
let bottomRun = 0;
let bottomNext = 0;

/** The longest run at a border that ends in the pixels from … to - 1. */
function borderRun(from: number, to: number, height: number, width: number): number {
  if (to <= from) return 0;
  const first = Math.floor(from / height);
  const last = Math.floor((to - 1) / height);
  let longest = 0;
  if (first === 0) longest = Math.min(to, height) - from;
  if (last === width - 1) longest = Math.max(longest, to - Math.max(from, last * height));
  const topFrom = from === first * height ? first : first + 1; // columns whose top pixel it has
  if (topFrom <= last) {
    topRun = (topFrom === topNext ? topRun : 0) + last - topFrom + 1;
    topNext = last + 1;
    longest = Math.max(longest, topRun);
  }
  const bottomTo = to === (last + 1) * height ? last : last - 1; // columns whose bottom pixel it has
  if (first <= bottomTo) {
    bottomRun = (first === bottomNext ? bottomRun : 0) + bottomTo - first + 1;
    bottomNext = bottomTo + 1;
    longest = Math.max(longest, bottomRun);
  }
  return longest;
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "longestBorderRun(RleMask): double",
    says: { zh: "掩码紧贴图像边界的最长一段", en: "longest stretch of the mask along a border of the image" },
    unit: units.px,
    call: longestBorderRun,
  },
];

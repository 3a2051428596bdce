import type { GroupAnswer, GroupCheckDeclaration, GroupColumns } from "./declaration.js";

/**
 * Share of a group's boxes that are no box of the image as written, but are one when percent, ratio and pixel are taken for each other: the
 * largest share over ×100, ÷100, × and ÷ the size of the image. A box of the image has more than a pixel each way and reaches at most one
 * pixel beyond it. The same for every member; 0 for a group without boxes. Source: label-studio issue 2702.
 */
export function rescaledShare(columns: GroupColumns, width: number, height: number): GroupAnswer {
  const { size, box } = columns;
  let boxes = 0;
  const rescued = [0, 0, 0, 0];
  const factors = [100, 100, 0.01, 0.01, width, height, 1 / width, 1 / height];
  for (let i = 0; i < size; i++) {
    if (Number.isNaN(box[4 * i]!)) continue;
    boxes++;
    if (fits(box, i, 1, 1, width, height)) continue;
    for (let f = 0; f < 4; f++) if (fits(box, i, factors[2 * f]!, factors[2 * f + 1]!, width, height)) rescued[f]!++;
  }
  return { values: new Float64Array(size).fill(boxes === 0 ? 0 : Math.max(...rescued) / boxes) };
}

function fits(box: Float64Array, i: number, factorX: number, factorY: number, width: number, height: number): boolean {
  const x = box[4 * i]! * factorX;
  const y = box[4 * i + 1]! * factorY;
  const w = box[4 * i + 2]! * factorX;
  const h = box[4 * i + 3]! * factorY;
  return w > 1 && h > 1 && x >= -1 && y >= -1 && x + w <= width + 1 && y + h <= height + 1;
}

export const groupDeclarations: readonly GroupCheckDeclaration[] = [
  { cel: "rescaledShare(Siblings, int, double, double): double", columns: ["box"], answer: rescaledShare },
];

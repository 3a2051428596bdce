import type { Box } from "../records/types.gen.js";
import type { CheckDeclaration, GroupAnswer, GroupCheckDeclaration, GroupColumns } from "./declaration.js";

// Percent, ratio and pixel taken for each other: boxes that are none of the image as written, and are one after one of four changes.
// Source: label-studio issue 2702.

/**
 * Which changes of scale make a box one of the image: the sum of 1 (× 100), 2 (÷ 100), 4 (× size of the image), 8 (÷ size of the image); 0 for a box
 * that is one as written, or that no change mends. A box of the image has more than a pixel each way and reaches at most a pixel beyond it.
 * To be made smaller, a box must reach beyond twice the image: one that is merely drawn too large is not of another scale.
 */
export function fittingScales(box: Box, width: number, height: number): number {
  if (fits(box, 1, 1, width, height)) return 0;
  let scales = 0;
  if (fits(box, 100, 100, width, height)) scales += 1;
  if (fits(box, width, height, width, height)) scales += 4;
  if (box.x + box.width > 2 * width || box.y + box.height > 2 * height) {
    if (fits(box, 0.01, 0.01, width, height)) scales += 2;
    if (fits(box, 1 / width, 1 / height, width, height)) scales += 8;
  }
  return scales;
}

/** Share of the members, those without a value left out, that the same change mends: the largest of the four. `value` is of `fittingScales`. */
export function sharedScale(columns: GroupColumns): GroupAnswer {
  const { size, value } = columns;
  const values = new Float64Array(size);
  if (!anyMended(columns)) return { values };
  const mended = [0, 0, 0, 0];
  let asked = 0;
  for (let i = 0; i < size; i++) {
    if (Number.isNaN(value[i]!)) continue;
    asked++;
    for (let change = 0; change < 4; change++) mended[change]! += (value[i]! >> change) & 1;
  }
  return { values: values.fill(Math.max(...mended) / asked) };
}

/** Whether a change mends any member: it does in few groups. */
function anyMended({ size, value }: GroupColumns): boolean {
  for (let i = 0; i < size; i++) if (value[i]! > 0) return true;
  return false;
}

function fits(box: Box, factorX: number, factorY: number, width: number, height: number): boolean {
  const x = box.x * factorX;
  const y = box.y * factorY;
  const w = box.width * factorX;
  const h = box.height * factorY;
  return w > 1 && h > 1 && x >= -1 && y >= -1 && x + w <= width + 1 && y + h <= height + 1;
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "fittingScales(Box, double, double): double",
    says: { zh: "能使框落入图像的换算（位之和）", en: "changes of scale that make the box fit (sum of bits)" },
    call: fittingScales,
  },
];

export const groupDeclarations: readonly GroupCheckDeclaration[] = [
  {
    cel: "sharedScale(Siblings, int): double",
    says: {
      zh: "同一换算能使框落入图像的标注占比",
      en: "share of annotations whose boxes the same change of scale makes fit",
    },
    columns: ["value"],
    answer: sharedScale,
  },
];

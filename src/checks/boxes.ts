import type { Mark } from "../records/finding.js";
import type { Box } from "../records/types.gen.js";
import { type CheckDeclaration, units } from "./declaration.js";
import { sideDeviation, sideMarks } from "./polygons.js";

/** How far a box reaches beyond the image [0, width] × [0, height], px, on the worst side; 0 where it does not. */
export function boxOvershoot(box: Box, width: number, height: number): number {
  let furthest = 0;
  if (-box.x > furthest) furthest = -box.x;
  if (-box.y > furthest) furthest = -box.y;
  if (box.x + box.width - width > furthest) furthest = box.x + box.width - width;
  if (box.y + box.height - height > furthest) furthest = box.y + box.height - height;
  return furthest;
}

/** Whether a box and the image share an area: touching the border from outside does not. */
export function boxIntersectsImage(box: Box, width: number, height: number): boolean {
  return box.x < width && box.y < height && box.x + box.width > 0 && box.y + box.height > 0;
}

/** Distance of a box from the nearest border of the image, px; 0 where it touches one or reaches beyond. */
export function boxBorderDistance(box: Box, width: number, height: number): number {
  const horizontal = Math.min(box.x, width - box.x - box.width);
  const vertical = Math.min(box.y, height - box.y - box.height);
  return Math.max(0, Math.min(horizontal, vertical));
}

/** How far two boxes are apart, px: the largest difference of the four sides. */
export function boxDeviation(box: Box, other: Box): number {
  return sideDeviation(box, other.x, other.y, other.x + other.width, other.y + other.height);
}

function deviationMarks(box: Box, other: Box): readonly Mark[] {
  return sideMarks(box, other.x, other.y, other.x + other.width, other.y + other.height);
}

/** The edge of the image that each side outside lies beyond, as far as the box reaches along it. */
function overshootMarks(box: Box, width: number, height: number): readonly Mark[] {
  const marks: Mark[] = [];
  const right = box.x + box.width;
  const bottom = box.y + box.height;
  const [nearLeft, nearRight] = [clamp(box.x, width), clamp(right, width)];
  const [nearTop, nearBottom] = [clamp(box.y, height), clamp(bottom, height)];
  if (box.x < 0) marks.push({ kind: "overflow", points: [0, nearTop, 0, nearBottom] });
  if (box.y < 0) marks.push({ kind: "overflow", points: [nearLeft, 0, nearRight, 0] });
  if (right > width) marks.push({ kind: "overflow", points: [width, nearTop, width, nearBottom] });
  if (bottom > height) marks.push({ kind: "overflow", points: [nearLeft, height, nearRight, height] });
  return marks;
}

function clamp(at: number, most: number): number {
  return Math.min(Math.max(at, 0), most);
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "boxOvershoot(Box, double, double): double",
    says: { zh: "框超出图像的距离", en: "distance by which the box reaches beyond the image" },
    unit: units.px,
    call: boxOvershoot,
    marks: overshootMarks,
  },
  {
    cel: "boxIntersectsImage(Box, double, double): bool",
    says: { zh: "框与图像有重叠", en: "the box and the image overlap" },
    says_not: { zh: "框完全在图像之外", en: "the box lies wholly outside the image" },
    call: boxIntersectsImage,
  },
  {
    cel: "boxDeviation(Box, Box): double",
    says: { zh: "两框各边的最大偏差", en: "largest difference between the sides of the two boxes" },
    unit: units.px,
    call: boxDeviation,
    marks: deviationMarks,
  },
  {
    cel: "boxBorderDistance(Box, double, double): double",
    says: { zh: "框到最近图像边界的距离", en: "distance of the box from the nearest border of the image" },
    unit: units.px,
    call: boxBorderDistance,
  },
];

/** Overlap of two boxes, each x1, y1, x2, y2 at an offset of a list; NaN where both have no extent and the value is 0 / 0. */
export type BoxOverlap = (a: Float64Array, i: number, b: Float64Array, j: number) => number;

/** Intersection over union. Source: Jaccard 1912. */
export function boxIou(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const width = Math.min(a[i + 2]!, b[j + 2]!) - Math.max(a[i]!, b[j]!);
  const height = Math.min(a[i + 3]!, b[j + 3]!) - Math.max(a[i + 1]!, b[j + 1]!);
  const shared = width > 0 && height > 0 ? width * height : 0;
  return shared / (areaOf(a, i) + areaOf(b, j) - shared);
}

/** IoU less the share of the smallest box around both that neither covers, −1 … 1. Source: Rezatofighi et al. 2019 (arXiv:1902.09630). */
export function boxGiou(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const iou = boxIou(a, i, b, j);
  const union = (areaOf(a, i) + areaOf(b, j)) / (1 + iou);
  const hull = hullWidth(a, i, b, j) * hullHeight(a, i, b, j);
  return iou - (hull - union) / hull;
}

/** IoU less the squared distance of the centres over the squared diagonal of the box around both, −1 … 1. Source: Zheng et al. 2020 (arXiv:1911.08287). */
export function boxDiou(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const dx = (a[i]! + a[i + 2]! - b[j]! - b[j + 2]!) / 2;
  const dy = (a[i + 1]! + a[i + 3]! - b[j + 1]! - b[j + 3]!) / 2;
  return boxIou(a, i, b, j) - (dx * dx + dy * dy) / (hullWidth(a, i, b, j) ** 2 + hullHeight(a, i, b, j) ** 2);
}

/** DIoU less αv, v the squared difference of the angles of the diagonals × 4/π², α = v / (1 − IoU + v). Source: Zheng et al. 2020 (arXiv:1911.08287). */
export function boxCiou(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const turn =
    Math.atan2(a[i + 2]! - a[i]!, a[i + 3]! - a[i + 1]!) - Math.atan2(b[j + 2]! - b[j]!, b[j + 3]! - b[j + 1]!);
  const v = (4 / Math.PI ** 2) * turn * turn;
  const iou = boxIou(a, i, b, j);
  return boxDiou(a, i, b, j) - (v === 0 ? 0 : (v * v) / (1 - iou + v));
}

/** Area that two boxes share, each x, y, width, height at an offset of a list. */
export function boxIntersection(a: Float64Array, i: number, b: Float64Array, j: number): number {
  const w = Math.min(a[i]! + a[i + 2]!, b[j]! + b[j + 2]!) - Math.max(a[i]!, b[j]!);
  if (!(w > 0)) return 0;
  const h = Math.min(a[i + 1]! + a[i + 3]!, b[j + 1]! + b[j + 3]!) - Math.max(a[i + 1]!, b[j + 1]!);
  return h > 0 ? w * h : 0;
}

function areaOf(box: Float64Array, i: number): number {
  return (box[i + 2]! - box[i]!) * (box[i + 3]! - box[i + 1]!);
}

function hullWidth(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return Math.max(a[i + 2]!, b[j + 2]!) - Math.min(a[i]!, b[j]!);
}

function hullHeight(a: Float64Array, i: number, b: Float64Array, j: number): number {
  return Math.max(a[i + 3]!, b[j + 3]!) - Math.min(a[i + 1]!, b[j + 1]!);
}

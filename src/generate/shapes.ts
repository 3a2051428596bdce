import { signedRingArea } from "../checks/rings.js";
import type { Box, Keypoint, RleMask } from "../records/types.gen.js";
import type { Draw } from "./draw.js";

/** A convex outline that touches all four sides of the box, clockwise, with coordinates on the grid that the box lies on. */
export function drawRing(draw: Draw, box: Box, grid: number): Float64Array {
  const { x, y, width, height } = box;
  const right = x + width;
  const bottom = y + height;
  // An outline of a few pixels has no room for corners that are not in line with others.
  const roomy = Math.min(width, height) >= 16 * grid && Math.min(width, height) >= 16;
  const form = roomy ? draw.int(0, 3) : draw.int(0, 1);
  const inner = (from: number, length: number, share: number): number => from + partOf(length, share, grid);
  if (form <= 1) return ringIn(box, grid, form === 0 ? "rectangle" : "triangle");
  const [a, b, c, d] = [0, 1, 2, 3].map(() => draw.int(1, 3) / 4) as [number, number, number, number];
  if (form === 2)
    return Float64Array.of(
      ...[inner(x, width, a), y, right, inner(y, height, b)],
      ...[inner(x, width, c), bottom, x, inner(y, height, d)],
    );
  // Each corner cut off by a quarter or a third.
  const cut = draw.pick([0.25, 0.375]);
  const [left, far] = [inner(x, width, cut), inner(x, width, 1 - cut)];
  const [high, low] = [inner(y, height, cut), inner(y, height, 1 - cut)];
  return Float64Array.of(
    ...[left, y, far, y, right, high, right, low],
    ...[far, bottom, left, bottom, x, low, x, high],
  );
}

/** The box itself, or the half of it below one side: shares of its area that are exact. */
export function ringIn({ x, y, width, height }: Box, grid: number, form: "rectangle" | "triangle"): Float64Array {
  const right = x + width;
  const bottom = y + height;
  if (form === "rectangle") return Float64Array.of(x, y, right, y, right, bottom, x, bottom);
  return Float64Array.of(x, y, right, y, x + partOf(width, 0.5, grid), bottom);
}

/** A share of a length, on the grid and above 0. */
function partOf(length: number, share: number, grid: number): number {
  return Math.max(grid, Math.floor((length * share) / grid) * grid);
}

export function areaOfRings(rings: readonly Float64Array[]): number {
  return rings.reduce((sum, ring) => sum + Math.abs(signedRingArea(ring)), 0);
}

/** A filled rectangle of whole pixels as run lengths, down the columns, background first. */
export function rleOfBox({ x, y, width, height }: Box, medium: { width: number; height: number }): RleMask {
  const counts: number[] = [x * medium.height + y];
  for (let column = 0; column < width; column++) {
    counts.push(height);
    if (column + 1 < width && medium.height > height) counts.push(medium.height - height);
  }
  // Columns that fill the height run into one another.
  const merged = medium.height === height ? [counts[0] ?? 0, width * height] : counts;
  const rest = medium.width * medium.height - merged.reduce((sum, count) => sum + count, 0);
  if (rest > 0) merged.push(rest);
  return { height: medium.height, width: medium.width, counts: Float64Array.from(merged) };
}

/** Points on a line of places inside the box, all apart; about a quarter is not labelled, never all. */
export function drawKeypoints(draw: Draw, box: Box, count: number, grid: number): Keypoint[] {
  const across = Math.ceil(Math.sqrt(count));
  const down = Math.ceil(count / across);
  return Array.from({ length: count }, (_, at) => {
    const v = at === 0 ? 2 : draw.pick([2, 1, 2, 0]);
    if (v === 0) return { x: 0, y: 0, v };
    const x = box.x + snapped(((at % across) + 0.5) * (box.width / across), grid);
    const y = box.y + snapped((Math.floor(at / across) + 0.5) * (box.height / down), grid);
    return { x, y, v };
  });
}

function snapped(value: number, grid: number): number {
  return Math.floor(value / grid) * grid;
}

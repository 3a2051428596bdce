import type { CheckDeclaration } from "./declaration.js";

/**
 * Share of a ring's vertices that the outline does not need: those that Douglas–Peucker removes when no removed vertex may lie further
 * than `tolerance` px from the side that replaces it. The ring is split at its first vertex and the one furthest from it, which stay.
 * 0 for fewer than three points; n log n steps for an outline, n² for one made to be slow. Source: Douglas & Peucker 1973.
 */
export function collinearShare(ring: Float64Array, tolerance: number): number {
  let count = ring.length >> 1;
  if (count > 1 && ring[0] === ring[2 * count - 2] && ring[1] === ring[2 * count - 1]) count--;
  if (count < 3) return 0;
  let far = 1;
  let reach = -1;
  for (let i = 1; i < count; i++) {
    const x = ring[2 * i]! - ring[0]!;
    const y = ring[2 * i + 1]! - ring[1]!;
    const distance = x * x + y * y;
    if (distance > reach) {
      reach = distance;
      far = i;
    }
  }
  const limit = tolerance * tolerance;
  return 1 - (2 + keptBetween(ring, count, 0, far, limit) + keptBetween(ring, count, far, count, limit)) / count;
}

let stack = new Int32Array(128);

/** Number of vertices strictly between two that are kept; vertex `count` is the first again. */
function keptBetween(ring: Float64Array, count: number, from: number, to: number, limit: number): number {
  let kept = 0;
  let depth = 0;
  if (stack.length < 2 * count + 4) stack = new Int32Array(4 * count + 8);
  stack[depth++] = from;
  stack[depth++] = to;
  while (depth > 0) {
    const end = stack[--depth]!;
    const start = stack[--depth]!;
    if (end - start < 2) continue;
    let furthest = limit;
    let split = -1;
    const ax = ring[2 * start]!;
    const ay = ring[2 * start + 1]!;
    const last = end === count ? 0 : end;
    const dx = ring[2 * last]! - ax;
    const dy = ring[2 * last + 1]! - ay;
    const length = dx * dx + dy * dy;
    const inverse = length === 0 ? 0 : 1 / length;
    for (let i = start + 1; i < end; i++) {
      const px = ring[2 * i]! - ax;
      const py = ring[2 * i + 1]! - ay;
      const along = px * dx + py * dy;
      let distance: number;
      if (along <= 0) distance = px * px + py * py;
      else if (along >= length) distance = (px - dx) * (px - dx) + (py - dy) * (py - dy);
      else {
        const across = px * dy - py * dx;
        distance = across * across * inverse;
      }
      if (distance > furthest) {
        furthest = distance;
        split = i;
      }
    }
    if (split < 0) continue;
    kept++;
    stack[depth++] = start;
    stack[depth++] = split;
    stack[depth++] = split;
    stack[depth++] = end;
  }
  return kept;
}

export const declarations: readonly CheckDeclaration[] = [
  { cel: "collinearShare(list<double>, double): double", call: collinearShare },
];

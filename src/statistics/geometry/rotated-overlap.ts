/** A rotated box: centre, width, height, and the angle of its width in radians; either sense of turning, the same for both boxes. */
export interface RotatedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly angle: number;
}

/** Area that two rotated boxes share: the second one, seen from the axes of the first, is cut at its four sides (Sutherland & Hodgman 1974). */
export function rotatedIntersection(a: RotatedBox, b: RotatedBox): number {
  // From the centre of the first: far from the origin no digit is lost.
  const cos = Math.cos(-a.angle);
  const sin = Math.sin(-a.angle);
  const x = (b.x - a.x) * cos - (b.y - a.y) * sin;
  const y = (b.x - a.x) * sin + (b.y - a.y) * cos;
  const turn = b.angle - a.angle;
  const [ux, uy] = [(Math.cos(turn) * b.width) / 2, (Math.sin(turn) * b.width) / 2];
  const [vx, vy] = [(-Math.sin(turn) * b.height) / 2, (Math.cos(turn) * b.height) / 2];
  let ring = [x - ux - vx, y - uy - vy, x + ux - vx, y + uy - vy, x + ux + vx, y + uy + vy, x - ux + vx, y - uy + vy];
  for (const side of [1, -1]) {
    ring = cut(ring, 0, side, a.width / 2);
    ring = cut(ring, 1, side, a.height / 2);
  }
  return Math.min(ringArea(ring), a.width * a.height, b.width * b.height);
}

/** The part of a convex ring where side · coordinate ≤ bound. */
function cut(ring: readonly number[], axis: 0 | 1, side: number, bound: number): number[] {
  const kept: number[] = [];
  for (let i = 0; i < ring.length; i += 2) {
    const j = (i + 2) % ring.length;
    const here = side * ring[i + axis]! - bound;
    const there = side * ring[j + axis]! - bound;
    if (here <= 0) kept.push(ring[i]!, ring[i + 1]!);
    if (here < 0 === there < 0 || here === 0 || there === 0) continue;
    const t = here / (here - there);
    const crossing: [number, number] = [
      ring[i]! + t * (ring[j]! - ring[i]!),
      ring[i + 1]! + t * (ring[j + 1]! - ring[i + 1]!),
    ];
    crossing[axis] = side * bound;
    kept.push(...crossing);
  }
  return kept;
}

function ringArea(ring: readonly number[]): number {
  let twice = 0;
  for (let i = 2; i + 3 < ring.length; i += 2)
    twice += (ring[i]! - ring[0]!) * (ring[i + 3]! - ring[1]!) - (ring[i + 2]! - ring[0]!) * (ring[i + 1]! - ring[1]!);
  return Math.abs(twice) / 2;
}

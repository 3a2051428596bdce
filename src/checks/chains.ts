import { orientation } from "./orientation.js";

/**
 * A ring cut into chains that never turn back along one axis (u; the other is v): the sides of one chain cannot cross each other, two
 * chains are compared in one walk, and a position on a chain is found by bisection. Reused: `buildChains` fills it again.
 */
export interface Chains {
  /** Coordinates of the vertices; the first again after the last. */
  u: Float64Array;
  v: Float64Array;
  /** Whether u is x (else u is y). */
  alongX: boolean;
  count: number;
  /** Per chain: its vertex of lowest u, the step (1 or -1) from vertex to vertex upwards, its number of sides, its bounds. */
  first: Int32Array;
  step: Int32Array;
  sides: Int32Array;
  low: Float64Array;
  high: Float64Array;
  bottom: Float64Array;
  top: Float64Array;
}

export function newChains(): Chains {
  const chains = { alongX: true, count: 0 } as Chains;
  allocate(chains, 256);
  return chains;
}

/**
 * Cuts a ring into chains.
 *
 * @param alongX the axis; where it is not given, the one that gives fewer chains.
 */
export function buildChains(chains: Chains, ring: Float64Array, alongX?: boolean): void {
  const vertices = ring.length >> 1;
  chains.count = 0;
  if (vertices < 2) return;
  if (vertices >= chains.u.length) allocate(chains, 2 * vertices);
  const { u, v } = chains;
  let turns = 0;
  let turnX = 0;
  let turnY = 0;
  let x = ring[0]!;
  let y = ring[1]!;
  u[0] = x;
  v[0] = y;
  for (let i = 1; i <= vertices; i++) {
    const at = i === vertices ? 0 : 2 * i;
    const dx = ring[at]! - x;
    const dy = ring[at + 1]! - y;
    if (dx * turnX < 0) turns++;
    if (dy * turnY < 0) turns--;
    if (dx !== 0) turnX = dx < 0 ? -1 : 1;
    if (dy !== 0) turnY = dy < 0 ? -1 : 1;
    x = ring[at]!;
    y = ring[at + 1]!;
    u[i] = x;
    v[i] = y;
  }
  chains.alongX = alongX ?? turns <= 0;
  if (!chains.alongX) {
    chains.u = v;
    chains.v = u;
  }
  cut(chains, vertices);
}

/** Whether a chain of `left` crosses one of `right` (along the same axis); where `found` is given, all crossings are added: x and y in turn. */
export function chainsCross(left: Chains, a: number, right: Chains, b: number, found?: number[]): boolean {
  const { u: ua, v: va } = left;
  const { u: ub, v: vb } = right;
  const stepA = left.step[a]!;
  const stepB = right.step[b]!;
  const to = left.high[a]! < right.high[b]! ? left.high[a]! : right.high[b]!;
  const skipA = firstSideReaching(left, a, right.low[b]!);
  const skipB = firstSideReaching(right, b, left.low[a]!);
  let i = left.first[a]! + stepA * skipA;
  let j = right.first[b]! + stepB * skipB;
  let leftA = left.sides[a]! - skipA;
  let leftB = right.sides[b]! - skipB;
  let u1 = ua[i]!;
  let v1 = va[i]!;
  let u2 = ua[i + stepA]!;
  let v2 = va[i + stepA]!;
  let u3 = ub[j]!;
  let v3 = vb[j]!;
  let u4 = ub[j + stepB]!;
  let v4 = vb[j + stepB]!;
  let any = false;
  while (u1 <= to && u3 <= to) {
    if (rangesMeet(v1, v2, v3, v4) && sidesCross(u1, v1, u2, v2, u3, v3, u4, v4)) {
      if (found === undefined) return true;
      any = true;
      addCrossing(left, i, i + stepA, right, j, j + stepB, found);
    }
    if (u2 < u4) {
      if (--leftA === 0) break;
      i += stepA;
      u1 = u2;
      v1 = v2;
      u2 = ua[i + stepA]!;
      v2 = va[i + stepA]!;
    } else {
      if (--leftB === 0) break;
      j += stepB;
      u3 = u4;
      v3 = v4;
      u4 = ub[j + stepB]!;
      v4 = vb[j + stepB]!;
    }
  }
  return any;
}

/** Whether the bounds of two chains have an inner point in common: without one, no sides cross. */
export function chainsMeet(left: Chains, a: number, right: Chains, b: number): boolean {
  return (
    left.low[a]! < right.high[b]! &&
    right.low[b]! < left.high[a]! &&
    left.bottom[a]! < right.top[b]! &&
    right.bottom[b]! < left.top[a]!
  );
}

/** 1 inside the ring (by the even-odd rule), 0 on its outline, -1 outside: exact. */
export function locate(chains: Chains, x: number, y: number): -1 | 0 | 1 {
  const u = chains.alongX ? x : y;
  const v = chains.alongX ? y : x;
  let inside: -1 | 1 = -1;
  for (let c = 0; c < chains.count; c++) {
    if (u < chains.low[c]! || u > chains.high[c]! || v > chains.top[c]!) continue;
    const step = chains.step[c]!;
    let k = firstSideReaching(chains, c, u);
    for (let i = chains.first[c]! + step * k; k < chains.sides[c]!; k++, i += step) {
      const u1 = chains.u[i]!;
      const u2 = chains.u[i + step]!;
      if (u1 > u) break;
      const v1 = chains.v[i]!;
      const v2 = chains.v[i + step]!;
      const side = orientation(u1, v1, u2, v2, u, v);
      if (side === 0 && u <= u2 && v >= Math.min(v1, v2) && v <= Math.max(v1, v2)) return 0;
      if (u < u2 && side < 0) inside = inside === 1 ? -1 : 1; // a ray towards growing v crosses the side
    }
  }
  return inside;
}

function allocate(chains: Chains, size: number): void {
  chains.u = new Float64Array(size);
  chains.v = new Float64Array(size);
  chains.first = new Int32Array(size);
  chains.step = new Int32Array(size);
  chains.sides = new Int32Array(size);
  chains.low = new Float64Array(size);
  chains.high = new Float64Array(size);
  chains.bottom = new Float64Array(size);
  chains.top = new Float64Array(size);
}

function cut(chains: Chains, vertices: number): void {
  const { u, v } = chains;
  let start = 0;
  let direction = 0;
  let bottom = v[0]!;
  let top = v[0]!;
  for (let i = 0; i < vertices; i++) {
    const du = u[i + 1]! - u[i]!;
    if (du * direction < 0) {
      close(chains, start, i, direction, bottom, top);
      start = i;
      bottom = v[i]!;
      top = v[i]!;
    }
    if (du !== 0) direction = du < 0 ? -1 : 1;
    const next = v[i + 1]!;
    if (next < bottom) bottom = next;
    if (next > top) top = next;
  }
  close(chains, start, vertices, direction, bottom, top);
}

function close(chains: Chains, start: number, end: number, direction: number, bottom: number, top: number): void {
  const c = chains.count++;
  const upwards = direction >= 0;
  chains.first[c] = upwards ? start : end;
  chains.step[c] = upwards ? 1 : -1;
  chains.sides[c] = end - start;
  chains.low[c] = chains.u[upwards ? start : end]!;
  chains.high[c] = chains.u[upwards ? end : start]!;
  chains.bottom[c] = bottom;
  chains.top[c] = top;
}

/** Number of the first side of a chain whose upper end reaches u. */
function firstSideReaching(chains: Chains, c: number, u: number): number {
  if (chains.low[c]! >= u) return 0;
  const first = chains.first[c]!;
  const step = chains.step[c]!;
  let low = 0;
  let high = chains.sides[c]! - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (chains.u[first + step * (middle + 1)]! < u) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether two ranges, given by their ends in either order, have an inner point in common; equal ends are one point inside the other range. */
function rangesMeet(a: number, b: number, c: number, d: number): boolean {
  const low = a < b ? a : b;
  const high = a < b ? b : a;
  return (c > low || d > low) && (c < high || d < high);
}

/** Whether each side has its ends on both sides of the other. */
function sidesCross(
  u1: number,
  v1: number,
  u2: number,
  v2: number,
  u3: number,
  v3: number,
  u4: number,
  v4: number,
): boolean {
  const third = orientation(u1, v1, u2, v2, u3, v3);
  const fourth = orientation(u1, v1, u2, v2, u4, v4);
  if (!((third < 0 && fourth > 0) || (third > 0 && fourth < 0))) return false;
  const one = orientation(u3, v3, u4, v4, u1, v1);
  const two = orientation(u3, v3, u4, v4, u2, v2);
  return (one < 0 && two > 0) || (one > 0 && two < 0);
}

function addCrossing(left: Chains, i: number, i2: number, right: Chains, j: number, j2: number, found: number[]): void {
  const [u1, v1, u2, v2] = [left.u[i]!, left.v[i]!, left.u[i2]!, left.v[i2]!];
  const [u3, v3, u4, v4] = [right.u[j]!, right.v[j]!, right.u[j2]!, right.v[j2]!];
  const before = orientation(u3, v3, u4, v4, u1, v1);
  const after = orientation(u3, v3, u4, v4, u2, v2);
  const share = before / (before - after);
  const u = u1 + share * (u2 - u1);
  const v = v1 + share * (v2 - v1);
  found.push(left.alongX ? u : v, left.alongX ? v : u);
}

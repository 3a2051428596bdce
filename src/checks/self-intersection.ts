import type { Mark } from "../records/finding.js";
import { buildChains, chainsCross, chainsMeet, newChains } from "./chains.js";
import type { CheckDeclaration } from "./declaration.js";
import { ERROR_BOUND } from "./orientation.js";

/** From here on a tree of bounds is faster than comparing the bounds of all pairs. */
const MANY = 24;

/**
 * Whether two sides of a ring cross: a point inside both, where each passes from one side of the other to the other side. Sides that
 * only touch (in a vertex, along a line, there and back) do not cross, so neither a closing point nor a repeated one counts. Every
 * decision is exact (`orientation`). A line that crosses another exactly in a vertex is therefore not found.
 *
 * Only chains with overlapping bounds are compared, two in one walk: near n steps for an outline, which has few chains. Many chains are
 * entered one by one into a tree of bounds in the order of the ring, where neighbours lie close together: n log n, and a step for
 * each two chains whose bounds do overlap. (Measured on jagged outlines of 120 to 2,000 points: 1.3 to 2 times as fast as a sweep along x.)
 */
export function selfIntersects(ring: Float64Array): boolean {
  if (turnsOnce(ring)) return false;
  buildChains(chains, ring);
  return chains.count > MANY ? throughTree() : allPairs();
}

/** The points where sides of a ring cross: x and y in turn. */
export function selfCrossings(ring: Float64Array): number[] {
  buildChains(chains, ring);
  const found: number[] = [];
  if (chains.count > MANY) throughTree(found);
  else allPairs(found);
  return found;
}

/**
 * Whether the outline turns once, always the same way, around the mean of its vertices: then it is seen whole from there and cannot cross itself.
 * Most drawn outlines are so, and this costs a tenth of looking for crossings (30 vertices: 0.09 µs against 1 µs). false says nothing.
 */
function turnsOnce(ring: Float64Array): boolean {
  const length = ring.length & ~1;
  if (length < 6) return false;
  let cx = 0;
  let cy = 0;
  for (let i = 0; i < length; i += 2) {
    cx += ring[i]!;
    cy += ring[i + 1]!;
  }
  cx /= length >> 1;
  cy /= length >> 1;
  let ax = ring[length - 2]! - cx;
  let ay = ring[length - 1]! - cy;
  let turns = 0;
  let way = 0;
  for (let i = 0; i < length; i += 2) {
    const bx = ring[i]! - cx;
    const by = ring[i + 1]! - cy;
    const before = i === 0 ? length - 2 : i - 2;
    // A repeated vertex turns nothing.
    if (bx === ax && by === ay && ring[i] === ring[before] && ring[i + 1] === ring[before + 1]) continue;
    const left = ax * by;
    const right = ay * bx;
    const determinant = left - right;
    const bound = ERROR_BOUND * (Math.abs(left) + Math.abs(right));
    if (determinant > bound) {
      if (way < 0) return false;
      way = 1;
    } else if (-determinant > bound) {
      if (way > 0) return false;
      way = -1;
    } else return false;
    if (ay < 0 !== by < 0) turns++;
    ax = bx;
    ay = by;
  }
  return turns === 2;
}

const chains = newChains();

function allPairs(found?: number[]): boolean {
  let any = false;
  for (let a = 1; a < chains.count; a++) {
    for (let b = 0; b < a; b++) {
      if (chainsMeet(chains, a, chains, b) && chainsCross(chains, a, chains, b, found)) {
        if (found === undefined) return true;
        any = true;
      }
    }
  }
  return any;
}

/** Bounds of a binary tree over the chains, 4 numbers a node (low, high, bottom, top): node 1 is the root, i has 2i and 2i + 1. */
let bounds = new Float64Array(4 * 512);
const stack = new Int32Array(64); // one sibling a level, and a chain number has fewer than 32 bits

function throughTree(found?: number[]): boolean {
  const { count } = chains;
  let leaves = 32;
  while (leaves < count) leaves *= 2;
  if (bounds.length < 8 * leaves) bounds = new Float64Array(8 * leaves);
  emptyTree(leaves);
  let any = false;
  for (let c = 0; c < count; c++) {
    const low = chains.low[c]!;
    const high = chains.high[c]!;
    const bottom = chains.bottom[c]!;
    const top = chains.top[c]!;
    let depth = 0;
    stack[depth++] = 1;
    while (depth > 0) {
      const node = stack[--depth]!;
      const at = 4 * node;
      if (!(bounds[at]! < high && low < bounds[at + 1]! && bounds[at + 2]! < top && bottom < bounds[at + 3]!)) continue;
      if (node < leaves) {
        stack[depth++] = 2 * node;
        stack[depth++] = 2 * node + 1;
      } else if (chainsCross(chains, c, chains, node - leaves, found)) {
        if (found === undefined) return true;
        any = true;
      }
    }
    for (let node = leaves + c; node > 0; node >>= 1) {
      const at = 4 * node;
      if (low < bounds[at]!) bounds[at] = low;
      if (high > bounds[at + 1]!) bounds[at + 1] = high;
      if (bottom < bounds[at + 2]!) bounds[at + 2] = bottom;
      if (top > bounds[at + 3]!) bounds[at + 3] = top;
    }
  }
  return any;
}

/** A node without chains meets nothing. */
function emptyTree(leaves: number): void {
  for (let at = 4; at < 8 * leaves; at += 4) {
    bounds[at] = Number.POSITIVE_INFINITY;
    bounds[at + 1] = Number.NEGATIVE_INFINITY;
    bounds[at + 2] = Number.POSITIVE_INFINITY;
    bounds[at + 3] = Number.NEGATIVE_INFINITY;
  }
}

/** The first 100 crossings: more are a scribble, and a drawing of them shows no more. */
function crossingMarks(ring: Float64Array): readonly Mark[] {
  const found = selfCrossings(ring);
  const marks: Mark[] = [];
  for (let i = 0; i < found.length && marks.length < 100; i += 2) {
    marks.push({ kind: "crossing", points: [found[i]!, found[i + 1]!] });
  }
  return marks;
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "selfIntersects(list<double>): bool",
    says: { zh: "边相交", en: "edges cross" },
    says_not: { zh: "边不相交", en: "no edges cross" },
    call: selfIntersects,
    marks: crossingMarks,
  },
];

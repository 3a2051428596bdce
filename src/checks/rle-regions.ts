import type { Mark } from "../records/finding.js";
import type { RleMask } from "../records/types.gen.js";
import { type CheckDeclaration, units } from "./declaration.js";

// Connected regions of a mask, joined run by run: the work grows with the runs, never with the pixels. A run is at most three pieces (the
// rest of its first column, whole columns, the beginning of its last), and pieces of neighbouring columns are joined where they touch.

/** Size of the smallest connected part of the foreground (8 neighbours a pixel), px; infinite for a mask without foreground. */
export function smallestComponent(mask: RleMask): number {
  findRegions(mask, FOREGROUND);
  let smallest = Number.POSITIVE_INFINITY;
  for (let p = 0; p < pieces; p++) if (parent[p] === p && size[p]! < smallest) smallest = size[p]!;
  return smallest;
}

/** Number of connected parts of the foreground with fewer than `pixels` pixels and less than `share` of all foreground pixels. */
export function componentsSmallerThan(mask: RleMask, pixels: number, share: number): number {
  findRegions(mask, FOREGROUND);
  const limit = smallLimit(pixels, share);
  let count = 0;
  for (let p = 0; p < pieces; p++) if (parent[p] === p && size[p]! < limit) count++;
  return count;
}

/** Size of the smallest hole, px: a connected part of the background (4 neighbours a pixel) that touches no border; infinite for none. */
export function smallestHole(mask: RleMask): number {
  findRegions(mask, BACKGROUND);
  let smallest = Number.POSITIVE_INFINITY;
  for (let p = 0; p < pieces; p++) {
    if (parent[p] === p && atBorder[p] === 0 && size[p]! < smallest) smallest = size[p]!;
  }
  return smallest;
}

const BACKGROUND = 0;
const FOREGROUND = 1;

// Pieces in the order of the runs: rows top … bottom of columns left … right. A root has size and border of its region.
let pieces = 0;
let left = new Float64Array(0);
let right = new Float64Array(0);
let top = new Float64Array(0);
let bottom = new Float64Array(0);
let size = new Float64Array(0);
let atBorder = new Uint8Array(0);
let parent = new Int32Array(0);

function findRegions(mask: RleMask, colour: number): void {
  cutRuns(mask, colour);
  const reach = colour === FOREGROUND ? 1 : 0; // 8 neighbours touch at a corner
  let before = 0; // first piece of the column before
  for (let from = 0; from < pieces; ) {
    let to = from + 1;
    while (to < pieces && left[to] === left[from]) to++;
    if (from > 0 && right[from - 1] === left[from]! - 1) joinColumns(before, from, to, reach);
    before = from;
    from = to;
  }
  for (let p = 0; p < pieces; p++) {
    const root = rootOf(p);
    if (root === p) continue;
    size[root]! += size[p]!;
    atBorder[root]! |= atBorder[p]!;
  }
}

/** Joins the pieces before … from - 1 of one column with from … to - 1 of the next. */
function joinColumns(before: number, from: number, to: number, reach: number): void {
  let a = before;
  let b = from;
  while (a < from && b < to) {
    if (top[b]! <= bottom[a]! + reach && top[a]! <= bottom[b]! + reach) join(a, b);
    if (bottom[a]! < bottom[b]!) a++;
    else b++;
  }
}

function cutRuns(mask: RleMask, colour: number): void {
  const { height, width, counts } = mask;
  const pixels = height * width;
  if (parent.length < 3 * counts.length + 3) allocate(6 * counts.length + 6);
  pieces = 0;
  let start = 0; // of the run
  let from = 0; // of the stretch of this colour that is not cut yet, and its end
  let to = 0;
  for (let i = 0; i < counts.length && start < pixels; i++) {
    const end = Math.min(start + counts[i]!, pixels);
    if (!(end > start)) continue;
    if (i % 2 === colour) {
      if (start !== to) {
        cutStretch(from, to, height, width);
        from = start;
      }
      to = end;
    }
    start = end;
  }
  cutStretch(from, to, height, width);
}

function cutStretch(from: number, to: number, height: number, width: number): void {
  if (to <= from) return;
  const first = Math.floor(from / height);
  const last = Math.floor((to - 1) / height);
  const firstRow = from - first * height;
  const lastRow = to - 1 - last * height;
  if (first === last) {
    addPiece(first, first, firstRow, lastRow, height, width);
    return;
  }
  const wholeFrom = firstRow === 0 ? first : first + 1;
  const wholeTo = lastRow === height - 1 ? last : last - 1;
  if (firstRow > 0) addPiece(first, first, firstRow, height - 1, height, width);
  if (wholeTo >= wholeFrom) addPiece(wholeFrom, wholeTo, 0, height - 1, height, width);
  if (lastRow < height - 1) addPiece(last, last, 0, lastRow, height, width);
}

function addPiece(l: number, r: number, t: number, b: number, height: number, width: number): void {
  left[pieces] = l;
  right[pieces] = r;
  top[pieces] = t;
  bottom[pieces] = b;
  size[pieces] = (r - l + 1) * (b - t + 1);
  atBorder[pieces] = l === 0 || t === 0 || r === width - 1 || b === height - 1 ? 1 : 0;
  parent[pieces] = pieces;
  pieces++;
}

function allocate(count: number): void {
  left = new Float64Array(count);
  right = new Float64Array(count);
  top = new Float64Array(count);
  bottom = new Float64Array(count);
  size = new Float64Array(count);
  atBorder = new Uint8Array(count);
  parent = new Int32Array(count);
}

/** The lower number becomes the root: a region's root is its first piece. */
function join(a: number, b: number): void {
  const rootA = rootOf(a);
  const rootB = rootOf(b);
  if (rootA < rootB) parent[rootB] = rootA;
  else parent[rootA] = rootB;
}

function rootOf(piece: number): number {
  let p = piece;
  while (parent[p] !== p) {
    parent[p] = parent[parent[p]!]!; // halves the way for the next time
    p = parent[p]!;
  }
  return p;
}

function smallLimit(pixels: number, share: number): number {
  let area = 0;
  for (let p = 0; p < pieces; p++) if (parent[p] === p) area += size[p]!;
  return Math.min(pixels, share * area);
}

/** A pixel of each small part. */
function componentMarks(mask: RleMask, pixels: number, share: number): readonly Mark[] {
  findRegions(mask, FOREGROUND);
  const limit = smallLimit(pixels, share);
  const marks: Mark[] = [];
  for (let p = 0; p < pieces; p++) if (parent[p] === p && size[p]! < limit) marks.push(pixelMark(p));
  return marks;
}

/** A pixel of the smallest hole. */
function holeMarks(mask: RleMask): readonly Mark[] {
  const smallest = smallestHole(mask);
  for (let p = 0; p < pieces; p++) {
    if (parent[p] === p && atBorder[p] === 0 && size[p] === smallest) return [pixelMark(p)];
  }
  return [];
}

function pixelMark(piece: number): Mark {
  return { kind: "vertex", points: [left[piece]! + 0.5, top[piece]! + 0.5] };
}

export const declarations: readonly CheckDeclaration[] = [
  {
    cel: "smallestComponent(RleMask): double",
    says: { zh: "最小连通块的面积", en: "size of the smallest connected part" },
    unit: units.px,
    call: smallestComponent,
  },
  {
    cel: "componentsSmallerThan(RleMask, double, double): int",
    says: { zh: "过小的连通块", en: "connected parts that are too small" },
    unit: units.items,
    call: componentsSmallerThan,
    marks: componentMarks,
  },
  {
    cel: "smallestHole(RleMask): double",
    says: { zh: "最小孔洞的面积", en: "size of the smallest hole" },
    unit: units.px,
    call: smallestHole,
    marks: holeMarks,
  },
];

/**
 * On which side of the line a → b the point c lies: > 0, < 0, or exactly 0 on the line (seen with y downwards, > 0 is to the right).
 *
 * The sign is exact for all coordinates whose products neither overflow nor underflow: the rounded determinant decides where it exceeds
 * its error bound, else the six products are expanded without error and summed exactly. Source: Shewchuk 1997, Adaptive precision
 * floating-point arithmetic and fast robust geometric predicates, `orient2d`.
 */
export function orientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  const left = (ax - cx) * (by - cy);
  const right = (ay - cy) * (bx - cx);
  const determinant = left - right;
  const bound = ERROR_BOUND * (Math.abs(left) + Math.abs(right));
  if (determinant > bound || -determinant > bound) return determinant;
  return exactOrientation(ax, ay, bx, by, cx, cy);
}

/** (3 + 16ε)ε with ε = 2⁻⁵³: `ccwerrboundA`. */
export const ERROR_BOUND = (3 + 16 * 2 ** -53) * 2 ** -53;
const SPLITTER = 2 ** 27 + 1;
const parts = new Float64Array(16);
let used = 0;

/** ax·by − ax·cy − cx·by − ay·bx + ay·cx + cy·bx: the determinant multiplied out; cx·cy cancels. */
function exactOrientation(ax: number, ay: number, bx: number, by: number, cx: number, cy: number): number {
  if ((ax === cx && ay === cy) || (bx === cx && by === cy) || (ax === bx && ay === by)) return 0;
  used = 0;
  addProduct(ax, by);
  addProduct(-ax, cy);
  addProduct(-cx, by);
  addProduct(-ay, bx);
  addProduct(ay, cx);
  addProduct(cy, bx);
  // The parts do not overlap and grow: the last one has the sign of the sum.
  return used === 0 ? 0 : parts[used - 1]!;
}

/** Adds a·b as its rounded value and the exact rest (Dekker 1971). */
function addProduct(a: number, b: number): void {
  const product = a * b;
  const spreadA = SPLITTER * a;
  const highA = spreadA - (spreadA - a);
  const lowA = a - highA;
  const spreadB = SPLITTER * b;
  const highB = spreadB - (spreadB - b);
  const lowB = b - highB;
  addPart(lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB));
  addPart(product);
}

/** Grows the expansion by one number, without error; zero parts are dropped. */
function addPart(x: number): void {
  let sum = x;
  let kept = 0;
  for (let i = 0; i < used; i++) {
    const part = parts[i]!;
    const total = sum + part;
    const virtual = total - sum;
    const rest = sum - (total - virtual) + (part - virtual);
    if (rest !== 0) parts[kept++] = rest;
    sum = total;
  }
  if (sum !== 0) parts[kept++] = sum;
  used = kept;
}

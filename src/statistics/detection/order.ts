/**
 * Positions in descending order of their values, equal values in the order of `start`: a radix sort of the bits, 16 a pass.
 * A sort by comparing them takes 5 times as long on 300,000 scores.
 *
 * @param values no NaN
 * @param start positions in the order that ties keep
 */
export function descendingOrder(values: Float64Array, start: Int32Array): Int32Array {
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  for (let i = 0; i < values.length; i++) {
    bits[0] = values[i]! + 0; // -0 is 0
    const top = words[HIGH]!;
    // Bits of positive numbers ascend with them, those of negative ones descend; all turned round for the descending order.
    const turned = top >>> 31 === 0;
    high[i] = turned ? ~top & 0x7fffffff : top;
    low[i] = turned ? ~words[LOW]! : words[LOW]!;
  }
  let order: Int32Array = start;
  for (const keys of [low, high]) for (const shift of [0, 16]) order = sortedByDigit(order, keys, shift);
  return order;
}

/** Positions by ascending rank, a whole number from 0 to `ranks` − 1; equal ranks keep their order. */
export function orderByRank(order: Int32Array, rank: Int32Array, ranks: number): Int32Array {
  const next = new Int32Array(ranks + 1);
  for (let i = 0; i < order.length; i++) next[rank[order[i]!]! + 1]!++;
  for (let r = 0; r < ranks; r++) next[r + 1]! += next[r]!;
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[rank[order[i]!]!]!++] = order[i]!;
  return sorted;
}

/** 0, 1, 2 … */
export function rowsOf(length: number): Int32Array {
  const rows = new Int32Array(length);
  for (let i = 0; i < length; i++) rows[i] = i;
  return rows;
}

/** Different values, ascending. */
export function distinctOf(...columns: readonly Int32Array[]): Int32Array {
  const found = new Set<number>();
  for (const column of columns) {
    let last = Number.NaN;
    for (let i = 0; i < column.length; i++) {
      // Annotations of one image mostly stand together.
      if (column[i]! === last) continue;
      last = column[i]!;
      found.add(last);
    }
  }
  return Int32Array.from(found).sort();
}

/** Position of each value in the ascending list, which has them all. */
export function ranksOf(column: Int32Array, distinct: Int32Array): Int32Array {
  const known = new Map<number, number>();
  for (let r = 0; r < distinct.length; r++) known.set(distinct[r]!, r);
  const ranks = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++)
    ranks[i] = i > 0 && column[i] === column[i - 1] ? ranks[i - 1]! : known.get(column[i]!)!;
  return ranks;
}

const DIGIT = 1 << 16;
const bits = new Float64Array(1);
const words = new Uint32Array(bits.buffer);
bits[0] = 1;
const HIGH = words[0] === 0 ? 1 : 0;
const LOW = 1 - HIGH;

function sortedByDigit(order: Int32Array, keys: Uint32Array, shift: number): Int32Array {
  const next = new Int32Array(DIGIT + 1);
  for (let i = 0; i < order.length; i++) next[((keys[order[i]!]! >>> shift) & 0xffff) + 1]!++;
  for (let d = 0; d < DIGIT; d++) next[d + 1]! += next[d]!;
  const sorted = new Int32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[(keys[order[i]!]! >>> shift) & 0xffff]!++] = order[i]!;
  return sorted;
}

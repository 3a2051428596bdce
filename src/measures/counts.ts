/** A growable list of counts by row. */
export interface Counts {
  rows: Float64Array;
  length: number;
  total: number;
}

export function emptyCounts(): Counts {
  return { rows: new Float64Array(64), length: 0, total: 0 };
}

export function increment(counts: Counts, row: number, by = 1): void {
  if (row >= counts.rows.length) {
    const next = new Float64Array(Math.max(row + 1, counts.rows.length * 2));
    next.set(counts.rows);
    counts.rows = next;
  }
  if (row >= counts.length) counts.length = row + 1;
  counts.rows[row] = (counts.rows[row] ?? 0) + by;
  counts.total += by;
}

export function mergeCounts(left: Counts, right: Counts): Counts {
  const length = Math.max(left.length, right.length);
  const rows = new Float64Array(Math.max(64, length));
  for (let row = 0; row < length; row++) rows[row] = (left.rows[row] ?? 0) + (right.rows[row] ?? 0);
  return { rows, length, total: left.total + right.total };
}

/** The counts of the first `total` rows; rows beyond those counted are 0. */
export function countsOf(counts: Counts, total: number): Float64Array {
  const all = new Float64Array(Math.max(total, counts.length));
  all.set(counts.rows.subarray(0, counts.length));
  return all;
}

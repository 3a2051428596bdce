/**
 * Rectangular linear sum assignment: to each row of the shorter side one of the longer, each at most once, so that the sum of costs is least.
 *
 * Shortest augmenting paths with dual variables, O(n²m). Source: Crouse 2016, IEEE Trans. Aerosp. Electron. Syst. 52(4), 1679–1696; rows in order, columns
 * scanned from the last to the first and a free column before a taken one, as scipy.optimize.linear_sum_assignment does, so that ties fall alike.
 */
export interface AssignmentScratch {
  side: number;
  u: Float64Array;
  v: Float64Array;
  costs: Float64Array;
  turned: Float64Array;
  path: Int32Array;
  columnOf: Int32Array;
  rowOf: Int32Array;
  remaining: Int32Array;
  /** Rows and columns that the search of one row has reached. */
  rowsSeen: Int32Array;
  columnsSeen: Int32Array;
  /** What `assignRows` answers with. */
  answer: Int32Array;
}

/** Room that calls share; it grows where a matrix needs more. */
export function newAssignmentScratch(side = 32): AssignmentScratch {
  return {
    side,
    u: new Float64Array(side),
    v: new Float64Array(side),
    costs: new Float64Array(side),
    turned: new Float64Array(side * side),
    path: new Int32Array(side),
    columnOf: new Int32Array(side),
    rowOf: new Int32Array(side),
    remaining: new Int32Array(side),
    rowsSeen: new Int32Array(side),
    columnsSeen: new Int32Array(side),
    answer: new Int32Array(side),
  };
}

/**
 * The column of each row, −1 where it has none; the array belongs to the scratch and lives until the next call.
 *
 * @param cost rows × columns, row by row; finite, what may not be paired costs more than all the rest together
 */
export function assignRows(
  cost: Float64Array,
  rows: number,
  columns: number,
  scratch: AssignmentScratch = newAssignmentScratch(Math.max(rows, columns)),
): Int32Array {
  const side = Math.max(rows, columns);
  if (scratch.side < side) Object.assign(scratch, newAssignmentScratch(Math.max(side, 2 * scratch.side)));
  const { answer, columnOf, rowOf } = scratch;
  if (rows <= columns) {
    solve(cost, rows, columns, scratch);
    answer.set(columnOf.subarray(0, rows));
    return answer;
  }
  const { turned } = scratch;
  for (let i = 0; i < rows; i++) for (let j = 0; j < columns; j++) turned[j * rows + i] = cost[i * columns + j]!;
  solve(turned, columns, rows, scratch);
  answer.set(rowOf.subarray(0, rows));
  return answer;
}

/** rows ≤ columns. */
function solve(cost: Float64Array, rows: number, columns: number, scratch: AssignmentScratch): void {
  const { u, v, costs, columnOf, rowOf, path, remaining, rowsSeen, columnsSeen } = scratch;
  u.fill(0, 0, rows);
  v.fill(0, 0, columns);
  columnOf.fill(-1, 0, rows);
  rowOf.fill(-1, 0, columns);
  for (let row = 0; row < rows; row++) {
    for (let k = 0; k < columns; k++) remaining[k] = columns - k - 1;
    costs.fill(Infinity, 0, columns);
    let left = columns;
    let reachedRows = 0;
    let reachedColumns = 0;
    let least = 0;
    let sink = -1;
    let i = row;
    while (sink === -1) {
      let index = -1;
      let lowest = Infinity;
      rowsSeen[reachedRows++] = i;
      const start = i * columns;
      const ui = u[i]!;
      for (let k = 0; k < left; k++) {
        const j = remaining[k]!;
        const reduced = least + cost[start + j]! - ui - v[j]!;
        if (reduced < costs[j]!) {
          path[j] = i;
          costs[j] = reduced;
        }
        const now = costs[j]!;
        // Of equals a free column, which ends the search.
        if (now < lowest || (now === lowest && rowOf[j] === -1)) {
          lowest = now;
          index = k;
        }
      }
      least = lowest;
      const j = remaining[index]!;
      if (rowOf[j] === -1) sink = j;
      else i = rowOf[j]!;
      columnsSeen[reachedColumns++] = j;
      remaining[index] = remaining[--left]!;
    }
    u[row]! += least;
    for (let k = 1; k < reachedRows; k++) {
      const other = rowsSeen[k]!;
      u[other]! += least - costs[columnOf[other]!]!;
    }
    for (let k = 0; k < reachedColumns; k++) {
      const j = columnsSeen[k]!;
      v[j]! -= least - costs[j]!;
    }
    let j = sink;
    for (;;) {
      const from = path[j]!;
      rowOf[j] = from;
      const next = columnOf[from]!;
      columnOf[from] = j;
      if (from === row) break;
      j = next;
    }
  }
}

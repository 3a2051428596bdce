import { assignRows, newAssignmentScratch } from "./assignment.js";

const scratch = newAssignmentScratch();

/**
 * Pairs rows with columns, each at most once: as many pairs as can be whose similarity reaches the threshold, and among those the greatest sum of
 * similarities. Optimal, where taking the best pair first is not.
 *
 * @param similarity rows × columns, row by row, between 0 and 2; what is below the threshold is no pair
 * @returns column of each row, −1 for none
 */
export function matchPairs(similarity: Float64Array, rows: number, columns: number, threshold: number): Int32Array {
  const answer = new Int32Array(rows).fill(-1);
  for (const { rowsOf, columnsOf } of components(similarity, rows, columns, threshold)) {
    const [n, m] = [rowsOf.length, columnsOf.length];
    if (n === 1 && m === 1) {
      answer[rowsOf[0]!] = columnsOf[0]!;
      continue;
    }
    // A pair is worth more than all similarities together, so their number comes first.
    const worth = 2 * Math.min(n, m) + 1;
    const cost = new Float64Array(n * m);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < m; j++) {
        const value = similarity[rowsOf[i]! * columns + columnsOf[j]!]!;
        if (value >= threshold) cost[i * m + j] = -worth - value;
      }
    const assigned = assignRows(cost, n, m, scratch);
    for (let i = 0; i < n; i++) {
      const j = assigned[i]!;
      if (j >= 0 && cost[i * m + j]! < 0) answer[rowsOf[i]!] = columnsOf[j]!;
    }
  }
  return answer;
}

interface Component {
  readonly rowsOf: readonly number[];
  readonly columnsOf: readonly number[];
}

/** Rows and columns that pairs connect; most are one row and one column, which need no search. */
function components(similarity: Float64Array, rows: number, columns: number, threshold: number): readonly Component[] {
  const root = Int32Array.from({ length: rows + columns }, (_, at) => at);
  const find = (at: number): number => {
    let top = at;
    while (root[top] !== top) top = root[top]!;
    for (let below = at; below !== top; ) {
      const next = root[below]!;
      root[below] = top;
      below = next;
    }
    return top;
  };
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < columns; j++) if (similarity[i * columns + j]! >= threshold) root[find(i)] = find(rows + j);
  const found = new Map<number, { rowsOf: number[]; columnsOf: number[] }>();
  for (let at = 0; at < rows + columns; at++) {
    const top = find(at);
    const component = found.get(top) ?? { rowsOf: [], columnsOf: [] };
    found.set(top, component);
    if (at < rows) component.rowsOf.push(at);
    else component.columnsOf.push(at - rows);
  }
  return [...found.values()].filter(({ rowsOf, columnsOf }) => rowsOf.length > 0 && columnsOf.length > 0);
}

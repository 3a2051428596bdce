/** Mean squares of a full table of units (rows) by raters (columns). */
export interface TwoWay {
  readonly units: number;
  readonly raters: number;
  /** Between units, n − 1 degrees of freedom. */
  readonly rows: number;
  /** Between raters, k − 1. */
  readonly columns: number;
  /** Within units, n(k − 1). */
  readonly within: number;
  /** What is left of both, (n − 1)(k − 1). */
  readonly residual: number;
}

/** Analysis of variance without replication. @param values row by row; two rows and two columns at least */
export function twoWay(values: Float64Array, raters: number): TwoWay {
  const units = values.length / raters;
  const rowMeans = new Float64Array(units);
  const columnMeans = new Float64Array(raters);
  let mean = 0;
  for (let i = 0; i < values.length; i++) {
    rowMeans[Math.floor(i / raters)]! += values[i]! / raters;
    columnMeans[i % raters]! += values[i]! / units;
    mean += values[i]! / values.length;
  }
  let rows = 0;
  let columns = 0;
  let within = 0;
  let residual = 0;
  for (let i = 0; i < values.length; i++) {
    const ofRow = rowMeans[Math.floor(i / raters)]!;
    within += (values[i]! - ofRow) ** 2;
    residual += (values[i]! - ofRow - (columnMeans[i % raters]! - mean)) ** 2;
  }
  for (let row = 0; row < units; row++) rows += (rowMeans[row]! - mean) ** 2;
  for (let column = 0; column < raters; column++) columns += (columnMeans[column]! - mean) ** 2;
  return {
    ...{ units, raters },
    rows: (raters * rows) / (units - 1),
    columns: (units * columns) / (raters - 1),
    within: within / (units * (raters - 1)),
    residual: residual / ((units - 1) * (raters - 1)),
  };
}

/**
 * Ranks of numbers from 1, ties sharing the mean of theirs, and Σ(t³ − t) over groups of t equal ones.
 */
export function meanRanks(values: Float64Array): { readonly ranks: Float64Array; readonly ties: number } {
  const order = Int32Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Float64Array(values.length);
  let ties = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2;
    ties += (to - from) ** 3 - (to - from);
    from = to;
  }
  return { ranks, ties };
}

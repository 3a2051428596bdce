/** How often two raters said what of the same units: a row a category of one, a column a category of the other. Whole numbers, so parts merge to the whole. */
export interface Confusion {
  readonly size: number;
  readonly counts: Float64Array;
}

export function newConfusion(size: number): Confusion {
  return { size, counts: new Float64Array(size * size) };
}

/**
 * Adds pairs of answers, in place; a pair with a negative code is left out.
 *
 * @throws RangeError where the columns are of different length, or a category is not below the table's size
 */
export function addPairs(table: Confusion, left: Int32Array, right: Int32Array): void {
  const { size, counts } = table;
  if (left.length !== right.length)
    throw new RangeError(`${left.length} answers of one rater, ${right.length} of the other`);
  for (let i = 0; i < left.length; i++) {
    const row = left[i]!;
    const column = right[i]!;
    if (row >= size || column >= size)
      throw new RangeError(`category ${Math.max(row, column)} of ${size}, counted from 0`);
    if (row >= 0 && column >= 0) counts[row * size + column]!++;
  }
}

/** Pairs of both, over the categories of the larger one. */
export function mergeConfusions(left: Confusion, right: Confusion): Confusion {
  const merged = newConfusion(Math.max(left.size, right.size));
  for (const part of [left, right])
    for (let i = 0; i < part.size; i++)
      for (let j = 0; j < part.size; j++) merged.counts[i * merged.size + j]! += part.counts[i * part.size + j]!;
  return merged;
}

export interface KappaEstimate {
  readonly kappa: number;
  readonly pa: number;
  readonly pe: number;
  /** n times the large-sample variance (Fleiss, Cohen & Everitt 1969). */
  readonly variance: number;
  /** The same under H₀: answers at random with these margins. */
  readonly variance0: number;
}

/**
 * Cohen's κ with weights, 1 − disagreement.
 *
 * @param table counts or shares, row by row
 * @param disagreement row by row, 0 on the diagonal
 */
export function kappaOf(
  table: Float64Array,
  disagreement: Float64Array,
  size: number,
): KappaEstimate | "nothing-asked" | "one-category" {
  let total = 0;
  for (let i = 0; i < table.length; i++) total += table[i]!;
  if (total === 0) return "nothing-asked";
  const rows = new Float64Array(size);
  const columns = new Float64Array(size);
  for (let k = 0; k < size; k++)
    for (let l = 0; l < size; l++) {
      rows[k]! += table[k * size + l]! / total;
      columns[l]! += table[k * size + l]! / total;
    }
  let seen = 0;
  let expected = 0;
  const ofRow = new Float64Array(size);
  const ofColumn = new Float64Array(size);
  for (let k = 0; k < size; k++)
    for (let l = 0; l < size; l++) {
      const apart = disagreement[k * size + l]!;
      seen += (apart * table[k * size + l]!) / total;
      expected += apart * rows[k]! * columns[l]!;
      ofRow[k]! += apart * columns[l]!;
      ofColumn[l]! += apart * rows[k]!;
    }
  if (expected === 0) return "one-category";
  const pa = 1 - seen;
  const pe = 1 - expected;
  const kappa = 1 - seen / expected;
  let squares = 0;
  let squares0 = 0;
  for (let k = 0; k < size; k++)
    for (let l = 0; l < size; l++) {
      const weight = 1 - disagreement[k * size + l]!;
      const means = 2 - ofRow[k]! - ofColumn[l]!;
      // Deviations from the mean: the difference of two near squares would lose the digits of a small variance.
      squares += (table[k * size + l]! / total) * (weight - pa - (1 - kappa) * (means - 2 * pe)) ** 2;
      squares0 += rows[k]! * columns[l]! * (weight + pe - means) ** 2;
    }
  return { kappa, pa, pe, variance: squares / expected ** 2, variance0: squares0 / expected ** 2 };
}

import { addExact, type ExactSum, exactValue, mergeExact, newExactSum } from "./exact-sum.js";

/** Sums over persons of their scores on the items of a test, from which the classical statistics of the test follow. */
export interface ItemSums {
  persons: number;
  /** By item: Σ x, Σ x², Σ x·t, t the person's total. */
  readonly scores: readonly ExactSum[];
  readonly squares: readonly ExactSum[];
  readonly products: readonly ExactSum[];
  readonly total: ExactSum;
  readonly totalSquares: ExactSum;
}

/** Sums of no person; without a number of items, the identity of `mergeItemSums`. */
export function noItemSums(items = 0): ItemSums {
  const sums = () => Array.from({ length: items }, newExactSum);
  return {
    ...{ persons: 0, scores: sums(), squares: sums(), products: sums() },
    ...{ total: newExactSum(), totalSquares: newExactSum() },
  };
}

/**
 * Adds so many persons with these scores, in place. Products are rounded once; their sums are exact, in any order. Variances so lose digits where scores spread by
 * less than a ten-thousandth of their size.
 */
export function addPerson(sums: ItemSums, scores: ArrayLike<number>, times = 1): void {
  let total = 0;
  for (let i = 0; i < scores.length; i++) total += scores[i]!;
  sums.persons += times;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    addExact(sums.scores[i]!, times * score);
    addExact(sums.squares[i]!, times * score * score);
    addExact(sums.products[i]!, times * score * total);
  }
  addExact(sums.total, times * total);
  addExact(sums.totalSquares, times * total * total);
}

/** Sums of both groups of persons, over the same items. Neither is changed. */
export function mergeItemSums(left: ItemSums, right: ItemSums): ItemSums {
  if (left.persons === 0) return copied(right);
  if (right.persons === 0) return copied(left);
  const merged = (a: readonly ExactSum[], b: readonly ExactSum[]) => a.map((sum, i) => mergeExact(sum, b[i]!));
  return {
    persons: left.persons + right.persons,
    scores: merged(left.scores, right.scores),
    squares: merged(left.squares, right.squares),
    products: merged(left.products, right.products),
    total: mergeExact(left.total, right.total),
    totalSquares: mergeExact(left.totalSquares, right.totalSquares),
  };
}

function copied(sums: ItemSums): ItemSums {
  const copies = (list: readonly ExactSum[]) => list.map((sum) => mergeExact(sum, newExactSum()));
  return {
    persons: sums.persons,
    scores: copies(sums.scores),
    squares: copies(sums.squares),
    products: copies(sums.products),
    total: mergeExact(sums.total, newExactSum()),
    totalSquares: mergeExact(sums.totalSquares, newExactSum()),
  };
}

/** Moments of a test; variances and covariances over n − 1. */
export interface ItemMoments {
  readonly items: number;
  readonly means: Float64Array;
  readonly variances: Float64Array;
  /** Of each item with the total. */
  readonly covariances: Float64Array;
  readonly mean: number;
  readonly variance: number;
}

/** Undefined for fewer than two persons. */
export function momentsOf({
  persons: n,
  scores,
  squares,
  products,
  total,
  totalSquares,
}: ItemSums): ItemMoments | undefined {
  if (n < 2) return undefined;
  const sumTotal = exactValue(total);
  const sums = Float64Array.from(scores, exactValue);
  const over = (products: number, first: number, second: number) => {
    const left = products - (first * second) / n;
    // Less than some roundings of what it is left of is nothing: the scores are equal.
    return Math.abs(left) <= 2e-15 * Math.abs(products) ? 0 : left / (n - 1);
  };
  return {
    items: sums.length,
    means: sums.map((sum) => sum / n),
    variances: Float64Array.from(squares, (square, i) => over(exactValue(square), sums[i]!, sums[i]!)),
    covariances: Float64Array.from(products, (product, i) => over(exactValue(product), sums[i]!, sumTotal)),
    mean: sumTotal / n,
    variance: over(exactValue(totalSquares), sumTotal, sumTotal),
  };
}

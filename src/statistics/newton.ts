/** What is climbed: the height at x, with its gradient and Hessian written in place. */
export interface Hill {
  readonly size: number;
  /** @param hessian row by row; only its lower half is read */
  readonly at: (x: Float64Array, gradient: Float64Array, hessian: Float64Array) => number;
}

export interface Summit {
  readonly x: Float64Array;
  readonly value: number;
  /** Inverse of the negative Hessian there: the covariance of an estimate by maximum likelihood. Row by row. */
  readonly covariance: Float64Array;
}

/**
 * Climbs to where the gradient vanishes, by Newton steps: halved where they would lead down, and turned towards the gradient where the hill is not concave
 * (Levenberg 1944). Undefined where that takes more than 200 steps or the summit is flat: then there is none, or it is no point.
 */
export function climb({ size, at }: Hill, from: Float64Array): Summit | undefined {
  let x = from.slice();
  const gradient = new Float64Array(size);
  const hessian = new Float64Array(size * size);
  let value = at(x, gradient, hessian);
  for (let steps = 0; steps < 200; steps++) {
    const factor = factored(hessian, size);
    if (factor === undefined) return undefined;
    const step = solved(factor, gradient, size);
    // Twice what a quadratic hill still rises: below, rounding decides.
    const rise = dot(gradient, step);
    if (rise < 1e-24 * (1 + Math.abs(value))) break;
    const next = new Float64Array(size);
    let share = 1;
    let height = -Infinity;
    for (; share > 1e-10; share /= 2) {
      for (let i = 0; i < size; i++) next[i] = x[i]! + share * step[i]!;
      height = at(next, gradient, hessian);
      if (height >= value - 1e-13 * (1 + Math.abs(value))) break;
    }
    if (share <= 1e-10) return undefined;
    x = next;
    value = height;
    // A last step of this size leaves what rounding leaves.
    if (rise < 1e-18 * (1 + Math.abs(value))) break;
    if (steps === 199) return undefined;
  }
  const negative = hessian.map((entry) => -entry);
  const factor = cholesky(negative, size);
  if (factor === undefined) return undefined;
  return { x, value, covariance: inverted(factor, size) };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** Factor of the negative Hessian, with as little added to its diagonal as makes it positive. */
function factored(hessian: Float64Array, size: number): Float64Array | undefined {
  let most = 0;
  for (let i = 0; i < size; i++) most = Math.max(most, Math.abs(hessian[i * size + i]!));
  for (let added = 0; added <= 1e6 * (1 + most); added = added === 0 ? 1e-8 * (1 + most) : added * 10) {
    const negative = hessian.map((entry) => -entry);
    for (let i = 0; i < size; i++) negative[i * size + i]! += added;
    const factor = cholesky(negative, size);
    if (factor !== undefined) return factor;
  }
  return undefined;
}

/** Lower factor L of A = L·Lᵀ; undefined where A is not positive definite, to rounding. Reads the lower half of A. */
function cholesky(a: Float64Array, size: number): Float64Array | undefined {
  const factor = new Float64Array(size * size);
  for (let i = 0; i < size; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[i * size + j]!;
      for (let k = 0; k < j; k++) sum -= factor[i * size + k]! * factor[j * size + k]!;
      if (i !== j) factor[i * size + j] = sum / factor[j * size + j]!;
      else if (sum > 1e-14 * Math.abs(a[i * size + i]!)) factor[i * size + i] = Math.sqrt(sum);
      else return undefined;
    }
  return factor;
}

/** x of L·Lᵀ·x = b. */
function solved(factor: Float64Array, b: Float64Array, size: number): Float64Array {
  const x = b.slice();
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < i; k++) x[i]! -= factor[i * size + k]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    for (let k = i + 1; k < size; k++) x[i]! -= factor[k * size + i]! * x[k]!;
    x[i]! /= factor[i * size + i]!;
  }
  return x;
}

function inverted(factor: Float64Array, size: number): Float64Array {
  const inverse = new Float64Array(size * size);
  const unit = new Float64Array(size);
  for (let column = 0; column < size; column++) {
    unit.fill(0);
    unit[column] = 1;
    const x = solved(factor, unit, size);
    for (let row = 0; row < size; row++) inverse[row * size + column] = x[row]!;
  }
  return inverse;
}

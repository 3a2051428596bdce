import { climb } from "./newton.js";

/** What of the answers to a test enters a Rasch model: how many got each score, and how many got each item right. */
export interface RaschCounts {
  /** By score, 0 … items. */
  readonly persons: Float64Array;
  /** By item. */
  readonly right: Float64Array;
}

export interface Rasch {
  /** Ability at which half are right, by item; abilities are standard normal. */
  readonly difficulties: Float64Array;
  /** One for all items. */
  readonly discrimination: number;
  readonly logLikelihood: number;
}

/** Counts from scores of 0 and 1, `times` persons a row. */
export function raschCounts(rows: readonly ArrayLike<number>[], times: ArrayLike<number>): RaschCounts {
  const items = rows[0]?.length ?? 0;
  const persons = new Float64Array(items + 1);
  const right = new Float64Array(items);
  for (const [at, row] of rows.entries()) {
    let score = 0;
    for (let i = 0; i < items; i++) {
      score += row[i]!;
      right[i]! += row[i]! * times[at]!;
    }
    persons[score]! += times[at]!;
  }
  return { persons, right };
}

/** Counts of both groups of persons. */
export function mergeRaschCounts(left: RaschCounts, right: RaschCounts): RaschCounts {
  const added = (a: Float64Array, b: Float64Array) =>
    (a.length < b.length ? b : a).map((_, i) => (a[i] ?? 0) + (b[i] ?? 0));
  return { persons: added(left.persons, right.persons), right: added(left.right, right.right) };
}

/** Abilities over which the model is integrated: every quarter from −9 to 9. The rule is exact to rounding for what falls off as a normal density does. */
const nodes = Float64Array.from({ length: 73 }, (_, q) => (q - 36) / 4);
const logWeights = nodes.map((node) => -(node * node) / 2 - Math.log(2 * Math.PI) / 2 + Math.log(1 / 4));

/**
 * Rasch's model by marginal maximum likelihood (Bock & Aitkin 1981, Psychometrika 46(4), 443–459): P(right) = σ(a·(θ − b)), θ standard normal. Scores and totals of
 * items are all that enters, so that time does not grow with persons. Undefined where there is no estimate: an item that all or none got right, or answers that
 * do not hang together (a = 0: no difficulty).
 *
 * @param fixed discrimination that is not estimated
 */
export function rasch({ persons, right }: RaschCounts, fixed?: number): Rasch | undefined {
  const items = right.length;
  const n = persons.reduce((sum, count) => sum + count, 0);
  if (items === 0 || right.some((count) => count === 0 || count === n)) return undefined;
  const size = fixed === undefined ? items + 1 : items;
  const chances = new Float64Array(items * nodes.length);
  const from = new Float64Array(size);
  for (let i = 0; i < items; i++) from[i] = Math.log(right[i]! / (n - right[i]!));
  if (fixed === undefined) from[items] = 1;
  const summit = climb(
    { size, at: (x, gradient, hessian) => height({ persons, right, x, fixed, chances, gradient, hessian }) },
    from,
  );
  const discrimination = fixed ?? summit?.x[items] ?? 0;
  if (summit === undefined || Math.abs(discrimination) < 1e-6) return undefined;
  // Abilities may as well be counted downwards; the sign is that of ability.
  const difficulties = summit.x.slice(0, items).map((intercept) => -intercept / Math.abs(discrimination));
  return { difficulties, discrimination: Math.abs(discrimination), logLikelihood: summit.value };
}

interface Height extends RaschCounts {
  /** Intercepts −a·b by item, then a unless it is fixed. */
  readonly x: Float64Array;
  readonly fixed: number | undefined;
  /** items × nodes: chance to be right; filled here. */
  readonly chances: Float64Array;
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/** Log marginal likelihood with its gradient and Hessian: expectations of the complete log likelihood's derivatives, and their covariance (Louis 1982). */
function height({ persons, right, x, fixed, chances, gradient, hessian }: Height): number {
  const items = right.length;
  const size = x.length;
  const Q = nodes.length;
  const a = fixed ?? x[items]!;
  const missed = new Float64Array(Q); // Σ_i ln(1 + e^z)
  const expected = new Float64Array(Q); // Σ_i P
  for (let i = 0; i < items; i++)
    for (let q = 0; q < Q; q++) {
      const z = x[i]! + a * nodes[q]!;
      const p = 1 / (1 + Math.exp(-z));
      chances[i * Q + q] = p;
      expected[q]! += p;
      missed[q]! += z > 0 ? z + Math.log1p(Math.exp(-z)) : Math.log1p(Math.exp(z));
    }
  gradient.fill(0);
  hessian.fill(0);
  let value = 0;
  for (let i = 0; i < items; i++) {
    value += right[i]! * x[i]!;
    gradient[i] = right[i]!;
  }
  const logs = new Float64Array(Q);
  const slope = new Float64Array(size);
  const slopes = new Float64Array(size);
  for (let score = 0; score <= items; score++) {
    const n = persons[score]!;
    if (n === 0) continue;
    let most = -Infinity;
    for (let q = 0; q < Q; q++) {
      logs[q] = logWeights[q]! + score * a * nodes[q]! - missed[q]!;
      if (logs[q]! > most) most = logs[q]!;
    }
    let sum = 0;
    for (let q = 0; q < Q; q++) {
      logs[q] = Math.exp(logs[q]! - most);
      sum += logs[q]!;
    }
    value += n * (most + Math.log(sum));
    slope.fill(0);
    for (let q = 0; q < Q; q++) {
      const weight = logs[q]! / sum;
      for (let i = 0; i < items; i++) slopes[i] = -chances[i * Q + q]!;
      if (size > items) slopes[items] = nodes[q]! * (score - expected[q]!);
      for (let i = 0; i < size; i++) {
        slope[i]! += weight * slopes[i]!;
        for (let j = 0; j <= i; j++) hessian[i * size + j]! += n * weight * slopes[i]! * slopes[j]!;
      }
      for (let i = 0; i < items; i++) {
        const spread = n * weight * chances[i * Q + q]! * (1 - chances[i * Q + q]!);
        hessian[i * size + i]! -= spread;
        if (size === items) continue;
        hessian[items * size + i]! -= spread * nodes[q]!;
        hessian[items * size + items]! -= spread * nodes[q]! * nodes[q]!;
      }
    }
    for (let i = 0; i < size; i++) {
      gradient[i]! += n * slope[i]!;
      for (let j = 0; j <= i; j++) hessian[i * size + j]! -= n * slope[i]! * slope[j]!;
    }
  }
  return value;
}

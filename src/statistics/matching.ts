/** Pairs that may be matched: the k-th is `left[k]` with `right[k]`. */
export interface CandidatePairs {
  readonly left: Int32Array;
  readonly right: Int32Array;
  /** From 0 to 1. */
  readonly value: Float64Array;
}

/**
 * The right partner of each left one, −1 for none: as many pairs as there can be, and of all such matchings one of the greatest total value.
 *
 * Left ones are taken in turn, each by a shortest augmenting path with dual variables (Jonker & Volgenant 1987, Computing 38, 325–340) along the candidates
 * alone. To stay without partner is a candidate too, which costs more than all values together. The answer depends on nothing but the order of the input.
 */
export function matchPairs({ left, right, value }: CandidatePairs, lefts: number, rights: number): Int32Array {
  const first = new Int32Array(lefts + 1);
  for (let k = 0; k < left.length; k++) first[left[k]! + 1]!++;
  for (let i = 0; i < lefts; i++) first[i + 1]! += first[i]!;
  const column = new Int32Array(left.length);
  const cost = new Float64Array(left.length);
  const next = first.slice(0, lefts);
  for (let k = 0; k < left.length; k++) {
    const at = next[left[k]!]!++;
    column[at] = right[k]!;
    cost[at] = 1 - value[k]!;
  }
  const graph = { first, column, cost, alone: lefts + 1 };
  const search = newSearch(lefts, rights);
  for (let row = 0; row < lefts; row++) if (first[row] !== first[row + 1]) place(row, graph, search);
  return search.rightOf;
}

interface Graph {
  /** Candidates of the i-th left one: from `first[i]` to before `first[i + 1]`. */
  readonly first: Int32Array;
  readonly column: Int32Array;
  readonly cost: Float64Array;
  /** What it costs to have no partner. */
  readonly alone: number;
}

interface Search {
  readonly rightOf: Int32Array;
  readonly leftOf: Int32Array;
  readonly u: Float64Array;
  readonly v: Float64Array;
  /** Length of the shortest path to each right one, Infinity where none is known. */
  readonly distance: Float64Array;
  readonly from: Int32Array;
  /** 1 where the distance is final. */
  readonly settled: Uint8Array;
  /** Right ones reached. */
  readonly reached: Int32Array;
}

function newSearch(lefts: number, rights: number): Search {
  return {
    rightOf: new Int32Array(lefts).fill(-1),
    leftOf: new Int32Array(rights).fill(-1),
    u: new Float64Array(lefts),
    v: new Float64Array(rights),
    distance: new Float64Array(rights).fill(Infinity),
    from: new Int32Array(rights),
    settled: new Uint8Array(rights),
    reached: new Int32Array(rights),
  };
}

/** Takes in one more left one. */
function place(row: number, { first, column, cost, alone }: Graph, search: Search): void {
  const { rightOf, leftOf, u, v, distance, from, settled, reached } = search;
  let count = 0;
  let least = 0;
  let loneliest = -1;
  let aloneAt = Infinity;
  let sink = -1;
  for (let i = row; ; ) {
    for (let k = first[i]!; k < first[i + 1]!; k++) {
      const j = column[k]!;
      const length = least + cost[k]! - u[i]! - v[j]!;
      if (settled[j] === 1 || length >= distance[j]!) continue;
      if (distance[j] === Infinity) reached[count++] = j;
      distance[j] = length;
      from[j] = i;
    }
    if (least + alone - u[i]! < aloneAt) {
      aloneAt = least + alone - u[i]!;
      loneliest = i;
    }
    let nearest = -1;
    for (let k = 0; k < count; k++) {
      const j = reached[k]!;
      if (settled[j] === 0 && (nearest < 0 || distance[j]! < distance[nearest]!)) nearest = j;
    }
    if (nearest < 0 || aloneAt < distance[nearest]!) {
      least = aloneAt;
      break;
    }
    least = distance[nearest]!;
    settled[nearest] = 1;
    if (leftOf[nearest] === -1) {
      sink = nearest;
      break;
    }
    i = leftOf[nearest]!;
  }
  u[row]! += least;
  for (let k = 0; k < count; k++) {
    const j = reached[k]!;
    if (settled[j] === 1 && j !== sink) {
      u[leftOf[j]!]! += least - distance[j]!;
      v[j]! -= least - distance[j]!;
    }
    distance[j] = Infinity;
    settled[j] = 0;
  }
  if (sink < 0) {
    // One stays alone, and its partner is free for the path.
    sink = rightOf[loneliest]!;
    rightOf[loneliest] = -1;
    if (loneliest === row) return;
  }
  for (let j = sink; ; ) {
    const i = from[j]!;
    const before = rightOf[i]!;
    rightOf[i] = j;
    leftOf[j] = i;
    if (i === row) return;
    j = before;
  }
}

/** Directed edges `from[i]` → `to[i]` between `nodes` nodes. */
export interface Edges {
  readonly nodes: number;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Each node can be reached from each other along the edges: from node 0 along them, and from node 0 against them, all are. */
export function stronglyConnected({ nodes, from, to }: Edges): boolean {
  return reaches(nodes, from, to) && reaches(nodes, to, from);
}

function reaches(nodes: number, from: Int32Array, to: Int32Array): boolean {
  const first = new Int32Array(nodes).fill(-1);
  const next = new Int32Array(from.length);
  for (let i = 0; i < from.length; i++) {
    next[i] = first[from[i]!]!;
    first[from[i]!] = i;
  }
  const seen = new Uint8Array(nodes);
  const open = [0];
  seen[0] = 1;
  let count = Math.min(nodes, 1);
  while (open.length > 0) {
    const node = open.pop() ?? 0;
    for (let i = first[node] ?? -1; i !== -1; i = next[i]!) {
      const other = to[i]!;
      if (seen[other] === 1) continue;
      seen[other] = 1;
      count += 1;
      open.push(other);
    }
  }
  return count === nodes;
}

/** There are numbers x with x[to] ≤ x[from] + least for each edge: no circle of edges sums below 0 (Bellman 1958). */
export function satisfiable({ nodes, from, to }: Edges, least: Float64Array): boolean {
  const x = new Float64Array(nodes);
  for (let round = 0; round <= nodes; round++) {
    let changed = false;
    for (let i = 0; i < from.length; i++) {
      const limit = x[from[i]!]! + least[i]!;
      if (x[to[i]!]! > limit) {
        x[to[i]!] = limit;
        changed = true;
      }
    }
    if (!changed) return true;
  }
  return false;
}

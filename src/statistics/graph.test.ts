import fc from "fast-check";
import { expect, test } from "vitest";
import { satisfiable, stronglyConnected } from "./graph.js";

const edges = fc.integer({ min: 1, max: 6 }).chain((nodes) =>
  fc
    .array(fc.tuple(fc.nat(nodes - 1), fc.nat(nodes - 1), fc.integer({ min: -3, max: 3 })), { maxLength: 14 })
    .map((list) => ({
      graph: { nodes, from: Int32Array.from(list, ([a]) => a), to: Int32Array.from(list, ([, b]) => b) },
      least: Float64Array.from(list, ([, , by]) => by),
    })),
);

/** Shortest ways between all nodes (Floyd 1962), another way than the one under test. */
function shortest(nodes: number, from: Int32Array, to: Int32Array, least: Float64Array): number[][] {
  const way = Array.from({ length: nodes }, (_, i) =>
    Array.from({ length: nodes }, (_, j) => (i === j ? 0 : Infinity)),
  );
  for (const [i, by] of least.entries()) way[from[i]!]![to[i]!] = Math.min(way[from[i]!]![to[i]!]!, by);
  for (let k = 0; k < nodes; k++)
    for (let i = 0; i < nodes; i++)
      for (let j = 0; j < nodes; j++) way[i]![j] = Math.min(way[i]![j]!, way[i]![k]! + way[k]![j]!);
  return way;
}

test("strongly connected: there is a way from each node to each", () =>
  fc.assert(
    fc.property(edges, ({ graph }) => {
      const way = shortest(graph.nodes, graph.from, graph.to, new Float64Array(graph.from.length));
      expect(stronglyConnected(graph)).toBe(way.flat().every((length) => length < Infinity));
    }),
    { numRuns: 500 },
  ));

test("satisfiable: no circle of edges sums below 0", () =>
  fc.assert(
    fc.property(edges, ({ graph, least }) => {
      const way = shortest(graph.nodes, graph.from, graph.to, least);
      expect(satisfiable(graph, least)).toBe(way.every((row, i) => row[i]! >= 0));
    }),
    { numRuns: 500 },
  ));

test("one node reaches itself, and two need an edge either way", () => {
  const of = (nodes: number, ...list: [number, number][]) =>
    stronglyConnected({ nodes, from: Int32Array.from(list, ([a]) => a), to: Int32Array.from(list, ([, b]) => b) });
  expect([of(1), of(2), of(2, [0, 1]), of(2, [1, 0]), of(2, [0, 1], [1, 0])]).toEqual([
    true,
    false,
    false,
    false,
    true,
  ]);
});

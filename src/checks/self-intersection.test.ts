import fc from "fast-check";
import { expect, test } from "vitest";
import { selfCrossings, selfIntersects } from "./self-intersection.js";

test.each([
  ["a triangle", [0, 0, 4, 0, 4, 3], false],
  ["a bow tie", [0, 0, 2, 2, 2, 0, 0, 2], true],
  ["a bow tie drawn the other way", [0, 2, 2, 0, 2, 2, 0, 0], true],
  ["a bow tie, closed explicitly", [0, 0, 2, 2, 2, 0, 0, 2, 0, 0], true],
  ["a square, closed explicitly", [0, 0, 2, 0, 2, 2, 0, 2, 0, 0], false],
  ["a square with a repeated vertex", [0, 0, 2, 0, 2, 0, 2, 2, 0, 2], false],
  ["there and back", [0, 0, 4, 3, 0, 0, 4, 3], false],
  ["a spike that touches the opposite side", [0, 0, 4, 0, 4, 4, 2, 0, 0, 4], false],
  ["a spike that passes the opposite side by a little", [0, 0, 4, 0, 4, 4, 2, -(2 ** -40), 0, 4], true],
  ["two squares that share a corner", [0, 0, 1, 0, 1, 1, 2, 1, 2, 2, 1, 2, 1, 1, 0, 1], false],
  ["a side drawn over another", [0, 0, 4, 0, 4, 2, 3, 0, 1, 0, 0, 2], false],
  ["upright sides that cross a level one", [0, 1, 4, 1, 4, 3, 2, 3, 2, 0, 1, 0, 1, 2, 0, 2], true],
  [
    "a cross of upright and level sides far away",
    [1e9, 1e9 + 1, 1e9 + 3, 1e9 + 1, 1e9 + 3, 1e9 + 2, 1e9 + 2, 1e9 + 2, 1e9 + 2, 1e9],
    true,
  ],
  ["two points", [0, 0, 4, 3], false],
  ["one point", [1, 1], false],
  ["nothing", [], false],
])("whether %s intersects itself", (_, ring, crosses) => expect(selfIntersects(Float64Array.from(ring))).toBe(crosses));

test("the crossing of a bow tie is marked", () =>
  expect(selfCrossings(Float64Array.from([0, 0, 2, 2, 2, 0, 0, 2]))).toEqual([1, 1]));

test("a pentagram crosses itself five times", () => {
  const star = Array.from({ length: 5 }, (_, i) => [Math.cos(i * 0.8 * Math.PI), Math.sin(i * 0.8 * Math.PI)]).flat();
  expect(selfCrossings(Float64Array.from(star))).toHaveLength(10);
});

const grid = fc.tuple(fc.nat(6), fc.nat(6)); // small: touching, overlapping and repeated sides are common
const wide = fc.tuple(fc.nat(2 ** 20), fc.nat(2 ** 20));
const ringOf = (point: fc.Arbitrary<[number, number]>, maxLength: number) =>
  fc.array(point, { maxLength }).map((points) => Float64Array.from(points.flat()));
/** A star-shaped outline, which does not cross itself, with some vertices moved. */
const outline = fc
  .array(fc.tuple(fc.integer({ min: 200, max: 1000 }), fc.integer({ min: 0, max: 200 })), {
    minLength: 3,
    maxLength: 400,
  })
  .map((points) =>
    Float64Array.from(
      points.flatMap(([radius, moved], i) => {
        const angle = ((i + (moved === 0 ? 7 : 0)) / points.length) * 2 * Math.PI;
        return [Math.round(radius * Math.cos(angle)), Math.round(radius * Math.sin(angle))];
      }),
    ),
  );
/** Turns back at nearly every vertex along both axes: more than 64 chains. */
const zigzag = fc
  .array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 66, maxLength: 200 })
  .map((points) => Float64Array.from(points.flatMap(([x, y], i) => [i + 6 * (i % 2) + x, i - 6 * (i % 2) + y])));

test.each([
  ["few points on a grid", ringOf(grid, 12)],
  ["many points on a grid", ringOf(grid, 200)],
  ["few points anywhere", ringOf(wide, 8)],
  ["outlines", outline],
  ["zigzags", zigzag],
])("a ring of %s crosses itself where comparing all pairs says so", (_, ring) =>
  fc.assert(
    fc.property(ring, (xy) => {
      const crossings = slowCrossings(xy);
      expect(selfIntersects(xy)).toBe(crossings > 0);
      expect(selfCrossings(xy)).toHaveLength(2 * crossings);
    }),
    { numRuns: 500 },
  ));

test("a long outline is not compared pair by pair", () => {
  const n = 200_000;
  const comb = new Float64Array(2 * n + 4);
  for (let i = 0; i < n; i++) comb.set([i, i % 2 === 0 ? 0 : 10], 2 * i);
  comb.set([n, -1, 0, -1], 2 * n);
  const started = performance.now();
  expect(selfIntersects(comb)).toBe(false);
  expect(performance.now() - started).toBeLessThan(20_000); // all pairs: 2·10¹⁰, minutes
});

/** Over whole numbers, exact in BigInt, every pair. */
function slowCrossings(xy: Float64Array): number {
  const points = Array.from({ length: xy.length / 2 }, (_, i) => [BigInt(xy[2 * i]!), BigInt(xy[2 * i + 1]!)] as const);
  const side = (a: number, b: number, c: number) => {
    const [p, q, r] = [points[a]!, points[b]!, points[c]!];
    const turn = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]);
    return turn > 0n ? 1 : turn < 0n ? -1 : 0;
  };
  let crossings = 0;
  for (let i = 0; i < points.length; i++) {
    for (let j = 0; j < i; j++) {
      const [a, b, c, d] = [i, (i + 1) % points.length, j, (j + 1) % points.length];
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) crossings++;
    }
  }
  return crossings;
}

type Point = readonly [x: number, y: number, z: number];
type Ring = readonly Point[];

/** Corners of each side, as pytorch3d numbers them: 0 … 3 around one side, 4 … 7 behind them. */
const sides = [
  [0, 1, 2, 3],
  [3, 2, 6, 7],
  [0, 1, 5, 4],
  [0, 3, 7, 4],
  [1, 2, 6, 5],
  [4, 5, 6, 7],
] as const;

/** n · p ≤ d inside; n has length 1. */
interface HalfSpace {
  readonly n: Point;
  readonly d: number;
}

/** A convex body with six flat sides. */
export interface Hexahedron {
  readonly rings: readonly Ring[];
  readonly planes: readonly HalfSpace[];
  /** Greatest distance of a corner from the middle. */
  readonly size: number;
  /** Greatest distance of a corner from the plane of a side that has it: 0 where they are flat. */
  readonly warp: number;
  /** Greatest distance that a corner sticks out beyond the plane of a side: 0 where the body is convex. */
  readonly dent: number;
  readonly volume: number;
}

/** @param corners x, y and z of the eight corners in turn */
export function hexahedronOf(corners: Float64Array): Hexahedron {
  const points = Array.from(
    { length: 8 },
    (_, k): Point => [corners[3 * k]!, corners[3 * k + 1]!, corners[3 * k + 2]!],
  );
  const middle = middleOf(points);
  const rings: Ring[] = [];
  const planes: HalfSpace[] = [];
  for (const side of sides) {
    const ring = side.map((k) => points[k]!);
    const plane = planeOf(ring);
    const outward = distance(plane, middle) <= 0;
    rings.push(outward ? ring : ring.toReversed());
    planes.push(outward ? plane : { n: scaled(plane.n, -1), d: -plane.d });
  }
  const dent = Math.max(...planes.map((plane) => Math.max(...points.map((point) => distance(plane, point)))));
  const warp = Math.max(
    ...rings.map((ring, k) => Math.max(...ring.map((point) => Math.abs(distance(planes[k]!, point))))),
  );
  const volume = rings.reduce((sum, ring) => sum + coneVolume(edgesOf(ring), middle), 0);
  return { rings, planes, size: Math.max(...points.map((point) => length(minus(point, middle)))), warp, dent, volume };
}

/** A side as its directed edges, in no order: the body lies to their left, seen from outside. */
type Edges = readonly (readonly [from: Point, to: Point])[];

/**
 * Volume that two convex bodies share: the first one is cut by the planes of the second, one after the other. A cut gives each side the edge that the lid has
 * in the other direction, so the surface stays closed whatever is rounded, and sides that lie in one plane need no tolerance.
 */
export function sharedVolume(a: Hexahedron, b: Hexahedron): number {
  const top = middleOf(a.rings.flat());
  let body = a.rings.map(edgesOf);
  for (const plane of b.planes) body = cut(body, plane);
  const volume = body.reduce((sum, edges) => sum + coneVolume(edges, top), 0);
  return Math.min(Math.max(0, volume), a.volume, b.volume);
}

function edgesOf(ring: Ring): Edges {
  return ring.map((point, k) => [point, ring[(k + 1) % ring.length]!]);
}

function cut(body: readonly Edges[], plane: HalfSpace): Edges[] {
  const lid: [Point, Point][] = [];
  const kept: Edges[] = [];
  for (const edges of body) {
    const side: [Point, Point][] = [];
    const leaves: Point[] = [];
    const enters: Point[] = [];
    for (const [p, q] of edges) {
      const [here, there] = [distance(plane, p), distance(plane, q)];
      if (here <= 0 && there <= 0) side.push([p, q]);
      else if (here <= 0) {
        const crossing = between(p, here, q, there);
        side.push([p, crossing]);
        leaves.push(crossing);
      } else if (there <= 0) {
        const crossing = between(q, there, p, here);
        side.push([crossing, q]);
        enters.push(crossing);
      }
    }
    // As often out as in, for the edges are closed.
    leaves.forEach((out, k) => {
      side.push([out, enters[k]!]);
      lid.push([enters[k]!, out]);
    });
    if (side.length > 0) kept.push(side);
  }
  return lid.length > 0 ? [...kept, lid] : kept;
}

/** From the inner point to the outer one: both sides that have the edge get the same. */
function between(inner: Point, at: number, outer: Point, beyond: number): Point {
  return plus(inner, scaled(minus(outer, inner), at / (at - beyond)));
}

/** Signed volume of the triangles of a side's edges from one of its corners, with a point. */
function coneVolume(edges: Edges, top: Point): number {
  const corner = minus(edges[0]![0], top);
  return edges.reduce((sum, [p, q]) => sum + dot(corner, cross(minus(p, top), minus(q, top))), 0) / 6;
}

/** By the diagonals: every corner counts, where four are not quite in one plane. */
function planeOf(ring: Ring): HalfSpace {
  const normal = cross(minus(ring[2]!, ring[0]!), minus(ring[3]!, ring[1]!));
  const n = scaled(normal, 1 / length(normal));
  return { n, d: dot(n, middleOf(ring)) };
}

function middleOf(points: readonly Point[]): Point {
  return scaled(points.reduce(plus, [0, 0, 0]), 1 / points.length);
}

function distance({ n, d }: HalfSpace, point: Point): number {
  return dot(n, point) - d;
}

function plus(a: Point, b: Point): Point {
  return [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
}

function minus(a: Point, b: Point): Point {
  return [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}

function scaled(a: Point, by: number): Point {
  return [a[0] * by, a[1] * by, a[2] * by];
}

function dot(a: Point, b: Point): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function cross(a: Point, b: Point): Point {
  return [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
}

function length(a: Point): number {
  return Math.sqrt(dot(a, a));
}

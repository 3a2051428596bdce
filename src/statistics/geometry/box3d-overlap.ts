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
  const volume = rings.reduce((sum, ring) => sum + coneVolume(ring, middle), 0);
  return { rings, planes, size: Math.max(...points.map((point) => length(minus(point, middle)))), warp, dent, volume };
}

/**
 * Volume that two convex bodies share: the cones from one point over the sides of its boundary, which are the sides of each body cut by the planes of the
 * other (Gauss). A side that both have counts once.
 */
export function sharedVolume(a: Hexahedron, b: Hexahedron): number {
  const near = 1e-9 * Math.max(a.size, b.size);
  const top = middleOf(a.rings.flat());
  let volume = 0;
  for (const first of [true, false]) {
    const [body, other] = first ? [a, b] : [b, a];
    for (let k = 0; k < body.rings.length; k++) {
      const side = body.rings[k]!;
      let ring = side;
      for (const plane of other.planes) {
        if (side.every((point) => Math.abs(distance(plane, point)) <= near)) {
          // Back to back: the bodies lie on different sides of the plane.
          if (dot(plane.n, body.planes[k]!.n) < 0) return 0;
          if (!first) ring = [];
        } else ring = cut(ring, plane);
      }
      volume += coneVolume(ring, top);
    }
  }
  return Math.min(Math.max(0, volume), a.volume, b.volume);
}

function cut(ring: Ring, plane: HalfSpace): Ring {
  const kept: Point[] = [];
  for (let i = 0; i < ring.length; i++) {
    const [p, q] = [ring[i]!, ring[(i + 1) % ring.length]!];
    const [here, there] = [distance(plane, p), distance(plane, q)];
    if (here <= 0) kept.push(p);
    if ((here < 0 && there > 0) || (here > 0 && there < 0))
      kept.push(plus(p, scaled(minus(q, p), here / (here - there))));
  }
  return kept;
}

/** Signed volume of the triangles of a ring with a point. */
function coneVolume(ring: Ring, top: Point): number {
  let six = 0;
  for (let i = 1; i + 1 < ring.length; i++)
    six += dot(minus(ring[0]!, top), cross(minus(ring[i]!, top), minus(ring[i + 1]!, top)));
  return six / 6;
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

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type BoxOverlap, boxCiou, boxDiou, boxGiou, boxIou } from "./box-overlap.js";
import { hexahedronOf, sharedVolume } from "./box3d-overlap.js";
import { type RotatedBox, rotatedIntersection } from "./rotated-overlap.js";

const coordinate = fc.integer({ min: -50, max: 50 });
const extent = fc.integer({ min: 1, max: 40 });
const box = fc.tuple(coordinate, coordinate, extent, extent).map(([x, y, w, h]) => Float64Array.of(x, y, x + w, y + h));
const overlaps: readonly [string, BoxOverlap, number][] = [
  ["boxIou", boxIou, 0],
  ["boxGiou", boxGiou, -1],
  ["boxDiou", boxDiou, -1],
  ["boxCiou", boxCiou, -2],
];

// Source: torchmetrics functional/detection/{iou,giou,diou,ciou}.py, the first pair of the docstrings, four digits.
test.each(
  [0.6898, 0.6895, 0.6883, 0.6883].map((value, k) => [overlaps[k]![0], overlaps[k]![1], value] as const),
)("%s of torchmetrics' first pair", (_, overlap, value) => {
  const pair = [Float64Array.of(296.55, 93.96, 314.97, 152.79), Float64Array.of(300, 100, 315, 150)] as const;
  expect(overlap(pair[0], 0, pair[1], 0)).toBeCloseTo(value, 4);
});

describe.each(overlaps)("%s", (_, overlap, least) => {
  const of = (a: Float64Array, b: Float64Array) => overlap(a, 0, b, 0);
  test("is symmetric, within its bounds, 1 for equal boxes, and blind to place and scale", () =>
    fc.assert(
      fc.property(box, box, coordinate, coordinate, fc.integer({ min: 1, max: 9 }), (a, b, dx, dy, scale) => {
        const value = of(a, b);
        expect(of(b, a)).toBeCloseTo(value, 12);
        expect(value).toBeGreaterThanOrEqual(least);
        expect(value).toBeLessThanOrEqual(1 + 1e-12);
        expect(of(a, a)).toBeCloseTo(1, 12);
        const moved = (c: Float64Array) => c.map((one, k) => scale * one + (k % 2 === 0 ? dx : dy));
        expect(of(moved(a), moved(b))).toBeCloseTo(value, 9);
      }),
    ));
});

test("0 / 0 is NaN, which the measure says is undefined", () => {
  const point = Float64Array.of(1, 1, 1, 1);
  expect(overlaps.map(([, overlap]) => overlap(point, 0, point, 0))).toEqual([
    Number.NaN,
    Number.NaN,
    Number.NaN,
    Number.NaN,
  ]);
});

const angle = fc.double({ min: -7, max: 7, noNaN: true });
const rotated: fc.Arbitrary<RotatedBox> = fc.record({
  x: coordinate,
  y: coordinate,
  width: extent,
  height: extent,
  angle,
});

test.each<[string, RotatedBox, RotatedBox, number]>([
  [
    "a square and itself on its tip: an octagon",
    { x: 0, y: 0, width: 2, height: 2, angle: 0 },
    { x: 0, y: 0, width: 2, height: 2, angle: Math.PI / 4 },
    8 * (Math.SQRT2 - 1),
  ],
  [
    "boxes side by side",
    { x: 0, y: 0, width: 2, height: 2, angle: 0 },
    { x: 2, y: 0, width: 2, height: 2, angle: 0 },
    0,
  ],
  ["one in another", { x: 0, y: 0, width: 9, height: 9, angle: 1 }, { x: 1, y: 1, width: 2, height: 3, angle: 2 }, 6],
  [
    "a box turned by a half",
    { x: 3, y: 4, width: 5, height: 2, angle: 0 },
    { x: 3, y: 4, width: 5, height: 2, angle: Math.PI },
    10,
  ],
  [
    "a box without extent",
    { x: 0, y: 0, width: 0, height: 2, angle: 0 },
    { x: 0, y: 0, width: 2, height: 2, angle: 1 },
    0,
  ],
])("rotatedIntersection of %s", (_, a, b, area) => expect(rotatedIntersection(a, b)).toBeCloseTo(area, 12));

test("the shared area of rotated boxes is symmetric, blind to place and turn, and that of the boxes where none is turned", () =>
  fc.assert(
    fc.property(rotated, rotated, angle, coordinate, (a, b, turn, dx) => {
      const shared = rotatedIntersection(a, b);
      expect(rotatedIntersection(b, a)).toBeCloseTo(shared, 8);
      const turned = ({ x, y, ...one }: RotatedBox): RotatedBox => ({
        ...one,
        x: x * Math.cos(turn) - y * Math.sin(turn) + dx,
        y: x * Math.sin(turn) + y * Math.cos(turn),
        angle: one.angle + turn,
      });
      expect(rotatedIntersection(turned(a), turned(b))).toBeCloseTo(shared, 8);
      const corners = ({ x, y, width: w, height: h }: RotatedBox) =>
        Float64Array.of(x - w / 2, y - h / 2, x + w / 2, y + h / 2);
      const flat = rotatedIntersection({ ...a, angle: 0 }, { ...b, angle: 0 });
      const areas = a.width * a.height + b.width * b.height;
      expect(flat / (areas - flat)).toBeCloseTo(boxIou(corners(a), 0, corners(b), 0), 9);
    }),
  ));

test("the shared area of rotated boxes is that of a grid of points", () =>
  fc.assert(
    fc.property(rotated, rotated, (a, b) => {
      const inside = (x: number, y: number, { angle: turn, ...one }: RotatedBox) => {
        const [dx, dy] = [x - one.x, y - one.y];
        return (
          Math.abs(dx * Math.cos(turn) + dy * Math.sin(turn)) <= one.width / 2 &&
          Math.abs(dy * Math.cos(turn) - dx * Math.sin(turn)) <= one.height / 2
        );
      };
      const reach = Math.hypot(a.width, a.height) / 2;
      const steps = 60;
      let points = 0;
      for (let i = 0; i < steps; i++)
        for (let j = 0; j < steps; j++) {
          const x = a.x - reach + ((i + 0.5) * 2 * reach) / steps;
          const y = a.y - reach + ((j + 0.5) * 2 * reach) / steps;
          if (inside(x, y, a) && inside(x, y, b)) points++;
        }
      const cell = (2 * reach) / steps;
      // The boundary crosses some cells; its length is at most that of the smaller box's.
      const perimeter = 2 * Math.min(a.width + a.height, b.width + b.height);
      expect(Math.abs(points * cell ** 2 - rotatedIntersection(a, b))).toBeLessThanOrEqual(2 * perimeter * cell + 1e-9);
    }),
    { numRuns: 50 },
  ));

/** Corners in pytorch3d's order, turned about two axes. */
function corners(x: number, y: number, z: number, [w, d, h]: readonly number[], turn = 0, tilt = 0): Float64Array {
  const unit = [
    [0, 0, 0],
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 1],
    [1, 1, 1],
    [0, 1, 1],
  ];
  return Float64Array.from(
    unit.flatMap(([i = 0, j = 0, k = 0]) => {
      const [p, q, r] = [x + i * (w ?? 0), y + j * (d ?? 0), z + k * (h ?? 0)];
      const [s, t] = [p * Math.cos(turn) - q * Math.sin(turn), p * Math.sin(turn) + q * Math.cos(turn)];
      return [s, t * Math.cos(tilt) - r * Math.sin(tilt), t * Math.sin(tilt) + r * Math.cos(tilt)];
    }),
  );
}
const sizes = fc.tuple(extent, extent, extent);

test("the shared volume of boxes along the axes is the product of the shared sides, however both are turned", () =>
  fc.assert(
    fc.property(
      fc.tuple(coordinate, coordinate, coordinate),
      sizes,
      fc.tuple(coordinate, coordinate, coordinate),
      sizes,
      angle,
      angle,
      (p, a, q, b, turn, tilt) => {
        const shared = a.reduce(
          (volume, one, k) => volume * Math.max(0, Math.min(p[k]! + one, q[k]! + b[k]!) - Math.max(p[k]!, q[k]!)),
          1,
        );
        const [left, right] = [hexahedronOf(corners(...p, a, turn, tilt)), hexahedronOf(corners(...q, b, turn, tilt))];
        expect(sharedVolume(left, right)).toBeCloseTo(shared, 6);
        expect(sharedVolume(right, left)).toBeCloseTo(shared, 6);
        expect(left.volume).toBeCloseTo(a[0] * a[1] * a[2], 6);
      },
    ),
  ));

test("prisms that stand on one ground share its area times their height", () =>
  fc.assert(
    fc.property(rotated, rotated, extent, (a, b, height) => {
      const prism = ({ x, y, width: w, height: h, angle: turn }: RotatedBox) => {
        const base = corners(-w / 2, -h / 2, 0, [w, h, height], turn);
        return hexahedronOf(base.map((one, k) => one + (k % 3 === 0 ? x : k % 3 === 1 ? y : 0)));
      };
      expect(sharedVolume(prism(a), prism(b))).toBeCloseTo(rotatedIntersection(a, b) * height, 6);
    }),
  ));

test.each([5e-10, 1e-12, 1e-15, 0, -5e-10])("sides that are %d apart are not taken for one", (apart) => {
  const [one, other] = [corners(0, 0, 0, [1, 1, 1]), corners(apart, 0, 0, [1, 1, 1])].map(hexahedronOf);
  expect(sharedVolume(one!, other!)).toBeCloseTo(1 - Math.abs(apart), 13);
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { rleFromBox } from "../../checks/rle-polygon.js";
import { boxIntersection } from "../../statistics/geometry/box-overlap.js";
import {
  type BoxDetections,
  type BoxTruths,
  boxDetectionQuality,
  detectionNumbers,
  maskDetectionQuality,
} from "./detection-quality.js";

interface Row {
  readonly image: number;
  readonly category: number;
  readonly box: readonly number[];
  readonly crowd?: number;
  readonly score?: number;
}

const columns = (rows: readonly Row[]) => ({
  image: Int32Array.from(rows, ({ image }) => image),
  category: Int32Array.from(rows, ({ category }) => category),
  boxes: Float64Array.from(rows.flatMap(({ box }) => box)),
});
const truthsOf = (rows: readonly Row[]): BoxTruths => ({
  ...columns(rows),
  area: Float64Array.from(rows, ({ box: [, , w = 0, h = 0] }) => w * h),
  crowd: Uint8Array.from(rows, ({ crowd = 0 }) => crowd),
});
const detectionsOf = (rows: readonly Row[]): BoxDetections => ({
  ...columns(rows),
  score: Float64Array.from(rows, ({ score = 0 }) => score),
});

const place = { image: fc.integer({ min: -2, max: 2 }), category: fc.constantFrom(3, 90) };
const whole = (min: number, max: number) => fc.integer({ min, max });
const truth: fc.Arbitrary<Row> = fc.record({
  ...place,
  box: fc.tuple(whole(0, 60), whole(0, 60), whole(1, 120), whole(1, 120)),
  crowd: fc.constantFrom(0, 0, 0, 1),
});
const truths = fc.array(truth, { maxLength: 10 });
/** Some of them objects a little shifted. */
const scene = fc
  .tuple(truths, fc.array(fc.tuple(truth, fc.nat(14), whole(-4, 4), whole(-4, 4)), { maxLength: 20 }))
  .map(([objects, found]) => ({
    objects,
    // Scores differ, so that no order is left to the input.
    found: found.map(([one, of, dx, dy], k): Row => {
      const { box, ...rest } = objects[of] ?? one;
      const [x = 0, y = 0, w = 1, h = 1] = box;
      return { ...rest, crowd: 0, box: [x + dx, y + dy, w, h], score: ((k * 7919) % 101) / 101 };
    }),
  }));
const numbersOf = (objects: readonly Row[], found: readonly Row[]) =>
  boxDetectionQuality(truthsOf(objects), detectionsOf(found)).overall;

test("every number lies in 0 … 1, and the order of rows does not matter", () =>
  fc.assert(
    fc.property(scene, ({ objects, found }) => {
      const numbers = numbersOf(objects, found);
      for (const name of detectionNumbers) {
        const value = numbers[name];
        if (value !== undefined) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
      }
      expect(numbersOf(objects, found.toReversed())).toEqual(numbers);
      expect(
        numbersOf(
          objects,
          found.map((one) => ({ ...one, score: Math.exp(3 * (one.score ?? 0)) - 9 })),
        ),
      ).toEqual(numbers);
    }),
  ));

test("the objects themselves, found, give 1", () =>
  fc.assert(
    fc.property(truths, (objects) => {
      // Of equal boxes each finds one, whichever.
      const single = objects.map((one) => ({ ...one, crowd: 0 }));
      const { AP, AR100 } = numbersOf(
        single,
        single.map((one, k) => ({ ...one, score: k })),
      );
      expect([AP, AR100]).toEqual(
        single.length === 0 ? [undefined, undefined] : [expect.closeTo(1, 12), expect.closeTo(1, 12)],
      );
    }),
  ));

test("no number rises when a false detection is added at the top", () =>
  fc.assert(
    fc.property(scene, fc.record(place), ({ objects, found }, where) => {
      const before = numbersOf(objects, found);
      const after = numbersOf(objects, [...found, { ...where, box: [5000, 5000, 50, 50], score: 2 }]);
      for (const name of detectionNumbers) {
        if (before[name] === undefined) expect(after[name]).toBeUndefined();
        else expect(after[name]).toBeLessThanOrEqual(before[name] + 1e-12);
      }
    }),
  ));

test("AP50 does not rise when the one detection that reaches an object is deleted", () =>
  fc.assert(
    fc.property(scene, ({ objects, found }) => {
      const reaches = (one: Row, object: Row) => {
        if (one.image !== object.image || one.category !== object.category) return false;
        const [a, b] = [Float64Array.from(one.box), Float64Array.from(object.box)];
        const shared = boxIntersection(a, 0, b, 0);
        const [areaA = 0, areaB = 0] = [a, b].map(([, , w = 0, h = 0]) => w * h);
        return shared / (object.crowd === 1 ? areaA : areaA + areaB - shared) >= 0.5;
      };
      const before = numbersOf(objects, found).AP50;
      found.forEach((one, k) => {
        const reached = objects.filter((object) => reaches(one, object));
        const [object] = reached;
        if (reached.length !== 1 || object === undefined || object.crowd === 1) return;
        if (found.some((other) => other !== one && reaches(other, object))) return;
        const after = numbersOf(
          objects,
          found.filter((_, other) => other !== k),
        ).AP50;
        expect(after).toBeLessThanOrEqual((before ?? 0) + 1e-12);
      });
    }),
  ));

test("the overall numbers are means over the categories that have an object", () =>
  fc.assert(
    fc.property(scene, ({ objects, found }) => {
      const { overall, categories } = boxDetectionQuality(truthsOf(objects), detectionsOf(found));
      for (const { category, objects: count } of categories)
        expect(count).toBe(objects.filter((one) => one.category === category && one.crowd === 0).length);
      for (const name of detectionNumbers) {
        const values = categories.flatMap(({ numbers }) => numbers[name] ?? []);
        if (values.length === 0) expect(overall[name]).toBeUndefined();
        else expect(overall[name]).toBeCloseTo(values.reduce((sum, value) => sum + value, 0) / values.length, 12);
      }
    }),
  ));

test("masks that fill their boxes have the numbers of boxes", () =>
  fc.assert(
    fc.property(scene, ({ objects, found }) => {
      const inside = ({ box, ...one }: Row): Row => ({
        ...one,
        box: box.map((value, k) => Math.max(k < 2 ? 0 : 1, value)),
      });
      const [wanted, given] = [objects.map(inside), found.map(inside)];
      const mask = (rows: readonly Row[]) => (row: number) => {
        const [x = 0, y = 0, width = 0, height = 0] = rows[row]?.box ?? [];
        return rleFromBox({ x, y, width, height }, 200, 200);
      };
      const quality = maskDetectionQuality(
        { ...truthsOf(wanted), mask: mask(wanted) },
        { ...detectionsOf(given), mask: mask(given) },
      );
      expect(quality).toEqual(boxDetectionQuality(truthsOf(wanted), detectionsOf(given)));
    }),
    { numRuns: 30 },
  ));

test("with ties the lower image id comes first, then the earlier row", () => {
  const object = { image: 1, category: 1, box: [0, 0, 50, 50] };
  const hit = { ...object, score: 0.5 };
  const miss = (image: number) => ({ ...hit, image, box: [900, 900, 50, 50] });
  expect(numbersOf([object], [hit, miss(1)]).AP).toBe(1);
  expect(numbersOf([object], [miss(1), hit]).AP).toBe(0.5);
  expect(numbersOf([object], [miss(2), hit]).AP).toBe(1);
  expect(numbersOf([object], [miss(0), hit]).AP).toBe(0.5);
});

test.each<[string, Partial<BoxDetections>, string]>([
  ["a column of another length", { score: Float64Array.of() }, "inputs-disagree"],
  ["boxes of three numbers", { boxes: Float64Array.of(0, 0, 1) }, "inputs-disagree"],
  ["NaN as score", { score: Float64Array.of(Number.NaN) }, "input-range"],
  ["a box without end", { boxes: Float64Array.of(0, 0, Infinity, 1) }, "input-range"],
])("%s is refused", (_, broken, code) => {
  const row = { image: 1, category: 1, box: [0, 0, 1, 1], score: 1 };
  expect(() => boxDetectionQuality(truthsOf([row]), { ...detectionsOf([row]), ...broken })).toThrowError(
    expect.objectContaining({ code }),
  );
});

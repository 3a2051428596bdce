import fc from "fast-check";
import { expect, test } from "vitest";
import type { GroupColumns } from "./declaration.js";
import { exactDuplicates, maxContainment, maxIouWithOtherCategory, maxIouWithOthers } from "./overlaps.js";

interface Member {
  readonly box?: readonly [number, number, number, number];
  readonly category?: number;
  readonly iscrowd?: number;
}

const member = (x: number, y: number, width: number, height: number, category = 1, iscrowd = 0): Member => ({
  box: [x, y, width, height],
  category,
  iscrowd,
});
const half = [member(0, 0, 4, 4), member(0, 2, 4, 4), member(100, 0, 4, 4), member(0, 0, 4, 4, 2)];

test("the best partner is the one that overlaps most, of the same category where asked", () => {
  expect(maxIouWithOthers(columnsOf(half), true)).toEqual({
    values: Float64Array.of(1 / 3, 1 / 3, 0, 0),
    partners: Int32Array.of(1, 0, -1, -1),
  });
  expect(maxIouWithOthers(columnsOf(half), false)).toEqual({
    values: Float64Array.of(1, 1 / 3, 0, 1),
    partners: Int32Array.of(3, 0, -1, 0),
  });
  expect(maxIouWithOtherCategory(columnsOf(half))).toEqual({
    values: Float64Array.of(1, 1 / 3, 0, 1),
    partners: Int32Array.of(3, 3, -1, 0),
  });
});

test("a box inside another is contained wholly, and so is the larger one's part", () =>
  expect(maxContainment(columnsOf([member(0, 0, 10, 10), member(2, 2, 2, 2), member(9, 9, 4, 4)]))).toEqual({
    values: Float64Array.of(1, 1, 1 / 16),
    partners: Int32Array.of(1, 0, 0),
  }));

test.each([
  ["a crowd", member(0, 0, 4, 4, 1, 1)],
  ["a member without a box", {}],
  ["a box without area", member(0, 0, 4, 0)],
  ["a box that touches", member(4, 0, 4, 4)],
])("%s overlaps nothing", (_, other) =>
  expect(maxIouWithOthers(columnsOf([member(0, 0, 4, 4), other]), false)).toEqual({
    values: Float64Array.of(0, 0),
    partners: Int32Array.of(-1, -1),
  }));

test("members without category are neither of the same nor of another one", () => {
  const columns = columnsOf([{ box: [0, 0, 4, 4] }, { box: [0, 0, 4, 4] }, member(0, 0, 4, 4)]);
  expect(maxIouWithOthers(columns, true).values).toEqual(Float64Array.of(0, 0, 0));
  expect(maxIouWithOtherCategory(columns).values).toEqual(Float64Array.of(0, 0, 0));
  expect(maxIouWithOthers(columns, false).values).toEqual(Float64Array.of(1, 1, 1));
});

test("duplicates have the same box, category and crowd flag", () =>
  expect(
    exactDuplicates(
      columnsOf([
        member(0, 0, 4, 4),
        member(0, 0, 4, 4, 2),
        member(0, 0, 4, 4),
        member(0, 0, 4, 4, 1, 1),
        {},
        member(0, 0, 4, 4),
        {},
      ]),
    ),
  ).toEqual({ values: Float64Array.of(3, 1, 3, 1, 0, 3, 0), partners: Int32Array.of(2, -1, 5, -1, -1, 0, -1) }));

test("one category of none is a category for duplicates", () =>
  expect(exactDuplicates(columnsOf([{ box: [1, 1, 0, 0] }, { box: [1, 1, 0, 0] }])).values).toEqual(
    Float64Array.of(2, 2),
  ));

test("every copy of a box gets the partner of the first one", () =>
  expect(maxIouWithOtherCategory(columnsOf([member(0, 0, 4, 4), member(0, 0, 4, 4), member(2, 0, 4, 4, 2)]))).toEqual({
    values: Float64Array.of(1 / 3, 1 / 3, 1 / 3),
    partners: Int32Array.of(2, 2, 0),
  }));

const anyBox = fc.tuple(fc.nat(12), fc.nat(12), fc.integer({ min: -1, max: 6 }), fc.integer({ min: 0, max: 6 }));
const fewBoxes = fc.tuple(fc.nat(2), fc.constant(0), fc.constantFrom(2, 3), fc.constant(2)); // copies are common
const small = fc.record(
  {
    box: fc.oneof(anyBox, fewBoxes),
    category: fc.nat(2),
    iscrowd: fc.constantFrom(0, 0, 0, 1),
  },
  { requiredKeys: [] },
);

test.each([
  ["IoU, any", (c: GroupColumns) => maxIouWithOthers(c, false), () => true, iou],
  [
    "IoU, same category",
    (c: GroupColumns) => maxIouWithOthers(c, true),
    (a: Member, b: Member) => a.category !== undefined && a.category === b.category,
    iou,
  ],
  [
    "IoU, other category",
    maxIouWithOtherCategory,
    (a: Member, b: Member) => a.category !== undefined && b.category !== undefined && a.category !== b.category,
    iou,
  ],
  [
    "containment",
    maxContainment,
    (a: Member, b: Member) => a.category !== undefined && a.category === b.category,
    containment,
  ],
])("%s: what comparing all pairs gives, with a partner of that value", (_, check, related, share) =>
  fc.assert(
    fc.property(fc.array(small, { maxLength: 90 }), (members) => {
      const { values, partners } = check(columnsOf(members));
      const best = members.map((a, i) =>
        Math.max(0, ...members.map((b, j) => (i !== j && counts(a) && counts(b) && related(a, b) ? share(a, b) : 0))),
      );
      expect([...values]).toEqual(best);
      members.forEach((a, i) => {
        const partner = partners![i]!;
        if (best[i] === 0) expect(partner).toBe(-1);
        else expect(partner !== i && related(a, members[partner]!) && share(a, members[partner]!)).toBe(best[i]);
      });
    }),
    { numRuns: 300 },
  ));

test("100,000 boxes over an image, and 100,000 copies of one, are not compared pair by pair", () => {
  const spread = Array.from({ length: 100_000 }, (_, i) =>
    member((i * 7919) % 100_003, (i * 104_729) % 100_003, 30, 30),
  );
  const copies = Array.from({ length: 100_000 }, () => member(5, 5, 10, 10));
  const started = performance.now();
  maxIouWithOthers(columnsOf(spread), true);
  expect(maxIouWithOthers(columnsOf(copies), true).values.every((value) => value === 1)).toBe(true);
  expect(performance.now() - started).toBeLessThan(30_000); // all pairs: 10¹⁰, minutes
});

function columnsOf(members: readonly Member[]): GroupColumns {
  const none = new Float64Array(members.length).fill(NaN);
  return {
    size: members.length,
    box: Float64Array.from(members.flatMap(({ box }) => box ?? [NaN, NaN, NaN, NaN])),
    category: Float64Array.from(members, ({ category }) => category ?? NaN),
    iscrowd: Float64Array.from(members, ({ iscrowd }) => iscrowd ?? NaN),
    area: none,
    value: none,
  };
}

function counts({ box, iscrowd }: Member): boolean {
  return box !== undefined && box[2] > 0 && box[3] > 0 && iscrowd !== 1;
}

function intersection({ box: a }: Member, { box: b }: Member): number {
  const width = Math.min(a![0] + a![2], b![0] + b![2]) - Math.max(a![0], b![0]);
  const height = Math.min(a![1] + a![3], b![1] + b![3]) - Math.max(a![1], b![1]);
  return width > 0 && height > 0 ? width * height : 0;
}

function area({ box }: Member): number {
  return box![2] * box![3];
}

function iou(a: Member, b: Member): number {
  return intersection(a, b) / (area(a) + area(b) - intersection(a, b));
}

function containment(a: Member, b: Member): number {
  return intersection(a, b) / Math.min(area(a), area(b));
}

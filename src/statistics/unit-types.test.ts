import fc from "fast-check";
import { expect, test } from "vitest";
import {
  addRatings,
  addUnit,
  answersOf,
  mergeUnitTypes,
  newUnitTypes,
  orderedTypes,
  refuseBeyond,
  type UnitTypes,
} from "./unit-types.js";

/** Types as lists that a test can compare: [units, [category, count], …]. */
function listed(types: UnitTypes): unknown[] {
  const ordered = orderedTypes(types, 0);
  return Array.from({ length: ordered.size }, (_, type) => {
    const entries: number[][] = [];
    for (let i = ordered.offsets[type]!; i < ordered.offsets[type + 1]!; i++)
      entries.push([ordered.categories[i]!, ordered.counts[i]!]);
    return [ordered.units[type], ...entries];
  });
}

test("units with the same answers in any order are one type, and no answer is none", () => {
  const types = newUnitTypes();
  addUnit(types, Int32Array.of(2, 0, 2));
  addUnit(types, Int32Array.of(2, 2, -1, 0));
  addUnit(types, Int32Array.of(1));
  expect(listed(types)).toEqual([
    [2, [0, 1], [2, 2]],
    [1, [1, 1]],
  ]);
});

const unit = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 40 });
const units = fc.array(unit, { maxLength: 60 });

function typesOf(all: readonly (readonly number[])[]): UnitTypes {
  const types = newUnitTypes();
  for (const codes of all) addUnit(types, Int32Array.from(codes));
  return types;
}

test("columns of ratings in any order give the types of their units", () =>
  fc.assert(
    fc.property(units, fc.integer(), (all, turn) => {
      const rows = all.flatMap((codes, at) => codes.map((code) => [at, code] as const));
      rows.sort((a, b) => ((a[0] * 7 + a[1] + turn) % 5) - ((b[0] * 7 + b[1] + turn) % 5));
      const types = newUnitTypes();
      addRatings(
        types,
        Int32Array.from(rows, ([at]) => at),
        Int32Array.from(rows, ([, code]) => code),
      );
      expect(listed(types)).toEqual(listed(typesOf(all)));
    }),
  ));

test("merged parts are the whole, whatever the order", () =>
  fc.assert(
    fc.property(units, units, (left, right) => {
      const whole = listed(typesOf([...right, ...left]));
      expect(listed(mergeUnitTypes(typesOf(left), typesOf(right)))).toEqual(whole);
    }),
  ));

test("ten thousand types are told apart", () => {
  const types = newUnitTypes();
  for (let round = 0; round < 2; round++)
    for (let i = 0; i < 10_000; i++) addUnit(types, Int32Array.of(i % 100, Math.floor(i / 100) + 100));
  expect(types.size).toBe(10_000);
  expect(types.units.subarray(0, 10_000).every((times) => times === 2)).toBe(true);
  expect(answersOf(types, 9_999)).toBe(2);
});

test("columns of different length, units below 0 and categories beyond the last are faults, not answers", () => {
  const types = newUnitTypes();
  expect(() => addRatings(types, Int32Array.of(0, 1), Int32Array.of(0))).toThrow(RangeError);
  expect(() => addRatings(types, Int32Array.of(-1), Int32Array.of(0))).toThrow(RangeError);
  addUnit(types, Int32Array.of(0, 3));
  expect(() => refuseBeyond(types, 3)).toThrow(/category 3 of 3/);
  expect(() => refuseBeyond(types, 4)).not.toThrow();
});

import fc from "fast-check";
import { addUnit, newUnitTypes, type UnitTypes } from "../../../statistics/unit-types.js";

/** Answers of raters, a row a unit, categories from 0. */
export type Rows = readonly (readonly number[])[];

export function typesOfRows(rows: Rows): UnitTypes {
  const types = newUnitTypes();
  for (const row of rows) addUnit(types, Int32Array.from(row));
  return types;
}

/** Complete ratings: every unit has as many answers. */
export function completeRows(categories: number, least = 2): fc.Arbitrary<Rows> {
  return fc.integer({ min: 2, max: 6 }).chain((raters) =>
    fc.array(fc.array(fc.nat(categories - 1), { minLength: raters, maxLength: raters }), {
      minLength: least,
      maxLength: 25,
    }),
  );
}

/** Ratings with gaps. */
export function gappyRows(categories: number): fc.Arbitrary<Rows> {
  return fc.array(fc.array(fc.integer({ min: -1, max: categories - 1 }), { minLength: 1, maxLength: 6 }), {
    minLength: 1,
    maxLength: 25,
  });
}

/** The numbers 1 … K. */
export function ranks(categories: number): readonly number[] {
  return Array.from({ length: categories }, (_, at) => at + 1);
}

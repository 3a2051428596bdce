import fc from "fast-check";
import { expect, test } from "vitest";
import type { MeasureState } from "../function.js";

/**
 * What holds of a state that can be split: merging is associative and commutative, has an identity, and changes neither part; values of merged parts are those of the whole.
 *
 * @param of the state of a list of units, built in the order of the list
 * @param value what is told of a state
 */
export function stateLaws<S, U>(
  name: string,
  { empty, merge }: MeasureState<S>,
  { unit, of, value }: { unit: fc.Arbitrary<U>; of: (units: readonly U[]) => S; value: (state: S) => unknown },
): void {
  const units = fc.array(unit, { maxLength: 12 });
  test(`${name}: merged parts are the whole, in any order`, () =>
    fc.assert(
      fc.property(units, units, units, (first, second, third) => {
        const [a, b, c] = [of(first), of(second), of(third)];
        const whole = value(of([...first, ...second, ...third]));
        expect(value(merge(merge(a, b), c))).toEqual(whole);
        expect(value(merge(a, merge(b, c)))).toEqual(whole);
        expect(value(merge(c, merge(b, a)))).toEqual(whole);
        expect(value(merge(empty(), a))).toEqual(value(a));
        expect(value(merge(a, empty()))).toEqual(value(a));
        expect(value(a)).toEqual(value(of(first)));
      }),
    ));
}

/** What a law is asked of: states of parts, and all that the measure makes of a state. */
export interface StateUnderTest<S> {
  readonly name: string;
  readonly state: MeasureState<S>;
  readonly parts: fc.Arbitrary<S>;
  readonly value: (state: S) => unknown;
}

/** What holds of every state that can be split: to the last digit, in any order, and no part is changed. */
export function partLaws<S>({ name, state, parts, value }: StateUnderTest<S>): void {
  const { empty, merge } = state;
  test(`${name}: merging is associative and commutative, the empty state changes nothing`, () =>
    fc.assert(
      fc.property(parts, parts, parts, (a, b, c) => {
        const before = [value(a), value(b), value(c)];
        expect(value(merge(merge(a, b), c))).toEqual(value(merge(a, merge(b, c))));
        expect(value(merge(b, a))).toEqual(value(merge(a, b)));
        expect(value(merge(empty(), a))).toEqual(value(a));
        expect(value(merge(a, empty()))).toEqual(value(a));
        expect([value(a), value(b), value(c)]).toEqual(before);
      }),
    ));
}

import fc from "fast-check";
import { expect, test } from "vitest";
import type { MeasureState } from "../function.js";

/** What a law is asked of: states of parts, and all that the measure makes of a state. */
export interface StateUnderTest<S> {
  readonly name: string;
  readonly state: MeasureState<S>;
  readonly parts: fc.Arbitrary<S>;
  readonly value: (state: S) => unknown;
}

/** What holds of every state that can be split: to the last digit, in any order, and no part is changed. */
export function stateLaws<S>({ name, state, parts, value }: StateUnderTest<S>): void {
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

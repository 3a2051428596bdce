import fc from "fast-check";
import { expect, test } from "vitest";
import { parseNumber } from "./numbers.js";

test.each([
  ["12", 12],
  ["-0.5", -0.5],
  ["+.5e-1", 0.05],
  ["7.", 7],
  ["1e999", Number.POSITIVE_INFINITY],
  ["nan", Number.NaN],
  ["-Inf", Number.NEGATIVE_INFINITY],
  ["", undefined],
  ["0x10", undefined],
  ["1,5", undefined],
  ["1 2", undefined],
  ["cat", undefined],
  [".", undefined],
])("%j is read as %s", (text, value) => expect(parseNumber(text)).toBe(value));

test("every finite double is read back from its text", () =>
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(parseNumber(`${value}`)).toBe(value + 0);
    }),
  ));

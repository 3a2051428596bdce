import fc from "fast-check";
import { expect, test } from "vitest";
import { matcherFor } from "./regex.js";
import { runtime } from "./runtime.js";

const unit = fc.constantFrom("a", "\ud800", "\udc00", "\udbff", "\udfff", "\ue000", "\uffff", "b");
const text = fc.array(unit, { maxLength: 6 }).map((units) => units.join(""));
const codePoints = (value: string) => Array.from(value, (c) => c.codePointAt(0) ?? 0);

test("size counts code points", () =>
  fc.assert(
    fc.property(text, (value) => {
      expect(runtime.size(value)).toBe(codePoints(value).length);
    }),
  ));

test("order is by code point", () =>
  fc.assert(
    fc.property(text, text, (a, b) => {
      expect(Math.sign(runtime.compareText(a, b))).toBe(order(codePoints(a), codePoints(b)));
    }),
    { numRuns: 3000 },
  ));

function order(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((point, i) => point !== b[i]);
  if (at < 0) return Math.sign(a.length - b.length);
  const other = b[at];
  return other === undefined ? 1 : Math.sign((a[at] ?? 0) - other);
}

test.each<[unknown, unknown]>([
  [641, 641],
  [-0, 0],
  [Number.NaN, "NaN"],
  [true, true],
  ["cat", "cat"],
  [["a", "b"], '["a", "b"]'],
  [Float64Array.of(1, 2.5), "[1, 2.5]"],
  [Array.from({ length: 20 }, (_, i) => i), "[0, 1, 2, 3, 4, 5, 6, 7, … +12]"],
  ["x".repeat(90), `${"x".repeat(79)}…`],
  [null, "null"],
])("show(%j)", (value, shown) => expect(runtime.show(value)).toBe(shown));

test("a matcher remembers 1 and the text 1 apart, and forgets when it is full", () => {
  const matcher = matcherFor("^[0-9]+$");
  expect([matcher.testId(1), matcher.testId("1"), matcher.test("x")]).toEqual([true, true, false]);
  for (let i = 0; i < 10_000; i++) expect(matcher.testId(i)).toBe(true);
  expect(matcher.test("x")).toBe(false);
});

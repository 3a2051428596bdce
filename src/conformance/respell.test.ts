import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededDraw } from "../generate/draw.js";
import { type Respelling, renumbered, reordered, spaced } from "./respell.js";

const ways: readonly (readonly [string, Respelling])[] = [
  ["white space", spaced(false)],
  ["white space of lines", spaced(true)],
  ["number spelling", renumbered],
  ["key order", reordered],
];

describe.each(ways)("%s", (_, respell) => {
  test("leaves the value as it is", () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(), fc.constantFrom(undefined, 1), (value, seed, indent) => {
        const text = JSON.stringify(value, undefined, indent);
        // A key `__proto__` and -0 are JSON's own: both sides go through it.
        expect(JSON.parse(respell(text, seededDraw(seed)))).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000 },
    ));

  test("changes something", () => {
    const text = '{"a": [1, 2.5, -3e2], "b": {"c": "d, {1}"}, "e": null}';
    const made = new Set(Array.from({ length: 20 }, (__, seed) => respell(text, seededDraw(seed))));
    expect(made.size).toBeGreaterThan(1);
  });
});

test("no line is added where each record has its own", () =>
  expect(spaced(true)('{"a": 1}', seededDraw(3))).not.toContain("\n"));

test("an object with a key twice keeps its order", () => {
  const text = '{"a":1,"a":2,"b":3}';
  for (let seed = 0; seed < 20; seed++) expect(reordered(text, seededDraw(seed))).toBe(text);
});

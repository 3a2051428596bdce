import fc from "fast-check";
import { expect, test } from "vitest";
import { minimal } from "./minimal.js";

const always = (): boolean => true;

test("what a test needs is found, and nothing else is kept", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 0, max: 300 }),
      fc.uniqueArray(fc.nat(299), { maxLength: 6 }),
      async (n, wish) => {
        const needed = wish.filter((at) => at < n).sort((left, right) => left - right);
        const items = Array.from({ length: n }, (_, at) => at);
        const kept = await minimal(items, async (some) => needed.every((one) => some.includes(one)), always);
        expect(kept).toEqual(needed);
      },
    ),
  ));

test("of a hundred thousand items two are found within eighty questions", async () => {
  let asked = 0;
  const items = Array.from({ length: 100_000 }, (_, at) => at);
  const kept = await minimal(
    items,
    async (some) => {
      asked++;
      return some.includes(31_415) && some.includes(92_653);
    },
    always,
  );
  expect(kept).toEqual([31_415, 92_653]);
  expect(asked).toBeLessThanOrEqual(80);
});

test("without time left what was reached is given, and still holds", async () => {
  let left = 5;
  const kept = await minimal(
    Array.from({ length: 64 }, (_, at) => at),
    async (some) => some.includes(63),
    () => left-- > 0,
  );
  expect(kept).toContain(63);
  expect(kept.length).toBeGreaterThan(1);
});

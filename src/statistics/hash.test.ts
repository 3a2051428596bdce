import fc from "fast-check";
import { expect, test } from "vitest";
import { Hash64 } from "./hash.js";

test("what is hashed before a reset does not count", () => {
  const hash = new Hash64();
  hash.text("before");
  hash.reset();
  hash.number(1);
  expect(hash.hex()).toBe(hashOf(1));
});

test("reading the digits changes nothing", () => {
  const hash = new Hash64();
  hash.number(1);
  hash.hex();
  hash.number(2);
  expect(hash.hex()).toBe(hashOf(1, 2));
});

test("-0 is 0, and every NaN is one", () => {
  expect(hashOf(-0)).toBe(hashOf(0));
  expect(hashOf(new Float64Array(BigUint64Array.of(0x7ff8000000000001n).buffer)[0]!)).toBe(hashOf(NaN));
});

test.each([
  ["order", ["a", "b"], ["b", "a"]],
  ["order of numbers", [1, 2], [2, 1]],
  ["where a text ends", ["ab", "c"], ["a", "bc"]],
  ["an empty text", ["", "a"], ["a"]],
  ["a number and its text", [1], ["1"]],
  ["a unit 0 at the end", ["a"], ["a\u0000"]],
  ["the last bit of a number", [0.1], [0.10000000000000002]],
  ["upper case", ["Cat"], ["cat"]],
  ["two forms of ü", ["ü"], ["u\u0308"]],
])("%s makes a difference", (_, left, right) => expect(hashOf(...left)).not.toBe(hashOf(...right)));

const part = fc.oneof(fc.double(), fc.string({ unit: "grapheme" }));
test("16 lower-case hex digits, the same for the same input", () =>
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      expect(hashOf(...parts)).toMatch(/^[0-9a-f]{16}$/);
      expect(hashOf(...parts)).toBe(hashOf(...parts));
    }),
  ));

test("a changed bit of a number changes each bit of the hash with odds near a half", () => {
  const changed = new Float64Array(64);
  let trials = 0;
  for (let n = 1; n <= 200; n++) {
    for (let bit = 0; bit < 52; bit++) {
      const pattern = new BigUint64Array(Float64Array.of(n * 1.37).buffer)[0]!;
      const other = new Float64Array(BigUint64Array.of(pattern ^ (1n << BigInt(bit))).buffer)[0]!;
      const difference = BigInt(`0x${hashOf(n * 1.37, 5)}`) ^ BigInt(`0x${hashOf(other, 5)}`);
      for (let i = 0; i < 64; i++) changed[i]! += Number((difference >> BigInt(i)) & 1n);
      trials++;
    }
  }
  for (const count of changed) expect(Math.abs(count / trials - 0.5)).toBeLessThan(0.03); // 6 standard deviations
});

test("a million small boxes have a million hashes", () => {
  const seen = new Set<string>();
  for (let x = 0; x < 100; x++)
    for (let y = 0; y < 100; y++)
      for (let w = 0; w < 10; w++) for (let h = 0; h < 10; h++) seen.add(hashOf(x, y, w / 2, h / 2));
  expect(seen.size).toBe(1_000_000);
});

function hashOf(...parts: readonly (number | string)[]): string {
  const hash = new Hash64();
  for (const p of parts) typeof p === "number" ? hash.number(p) : hash.text(p);
  return hash.hex();
}

import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeCompressedRle, encodeCompressedRle } from "./rle-codec.js";

test.each([
  ["nothing", "", []],
  ["one number", "3", [3]],
  ["15, the largest of one character that is not negative", "?", [15]],
  ["16, which wants a second character for its sign", "`0", [16]],
  ["100 = 4 + 3 · 32", "T3", [100]],
  ["from the fourth on, the difference from two before", "3120", [3, 1, 2, 1]],
  ["a difference below 0", "351N", [3, 5, 1, 3]], // "N" is 30 = 32 - 2
  ["a difference of -33 in two characters", "0R22oN", [0, 66, 2, 33]], // 31 + 30 · 32 - 1024
])("%s: %s", (_, text, counts) => expect(decodeCompressedRle(text)).toEqual(Float64Array.from(counts)));

test.each([
  ["a character below 0", "3/1"],
  ["a character above o", "3p"],
  ["an end inside a number", "3P"],
  ["a negative run", "N"],
  ["a run that the difference makes negative", "000N"],
  ["a number of more than 53 bits", "oooooooooooo0"],
  ["a character of two units", "3😀"],
])("%s is no list of runs", (_, text) => expect(decodeCompressedRle(text)).toBeUndefined());

const mask = fc.array(fc.nat(2 ** 31), { maxLength: 60 });
test("the text is what maskApi writes, and it reads back", () =>
  fc.assert(
    fc.property(mask, (counts) => {
      const text = encodeCompressedRle(Float64Array.from(counts));
      expect(text).toBe(encode(counts));
      expect(decodeCompressedRle(text)).toEqual(Float64Array.from(counts));
    }),
  ));

/** cocoapi `common/maskApi.c`, rleToString, over BigInt in place of its long. */
function encode(counts: readonly number[]): string {
  let text = "";
  counts.forEach((count, i) => {
    let x = BigInt(count) - (i > 2 ? BigInt(counts[i - 2]!) : 0n);
    let more = true;
    while (more) {
      let c = x & 0x1fn;
      x >>= 5n;
      more = (c & 0x10n) === 0n ? x !== 0n : x !== -1n;
      if (more) c |= 0x20n;
      text += String.fromCharCode(Number(c) + 48);
    }
  });
  return text;
}

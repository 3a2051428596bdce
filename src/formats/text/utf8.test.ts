import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeUtf8, firstInvalidUtf8, spacedHex } from "./utf8.js";

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
function isUtf8(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
const nearUtf8 = fc.array(
  fc.constantFrom(
    0x41,
    0x80,
    0x8f,
    0x90,
    0x9f,
    0xa0,
    0xbf,
    0xc0,
    0xc1,
    0xc2,
    0xdf,
    0xe0,
    0xed,
    0xef,
    0xf0,
    0xf4,
    0xf5,
    0xff,
  ),
);
test("the first invalid byte is where the platform's decoder begins to fail", () =>
  fc.assert(
    fc.property(nearUtf8, (list) => {
      const bytes = Uint8Array.from(list);
      const place = firstInvalidUtf8(bytes);
      expect(place < 0).toBe(isUtf8(bytes));
      if (place >= 0) expect(isUtf8(bytes.subarray(0, place))).toBe(true);
    }),
    { numRuns: 2000 },
  ));

test("a text of good characters decodes as the platform does it, and every unit leads back to its byte", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 60 }), (string) => {
      const bytes = Buffer.from(string);
      const { text, byteAt } = decodeUtf8(bytes);
      expect(text).toBe(bytes.toString("utf8"));
      for (let unit = 0; unit <= text.length; unit += 1) {
        const low = /[\udc00-\udfff]/.test(text[unit] ?? "") && unit > 0 ? unit - 1 : unit;
        expect(byteAt(unit)).toBe(Buffer.byteLength(text.slice(0, low)));
      }
    }),
  ));

test("behind bytes that are not UTF-8 the places are still exact", () => {
  const { text, byteAt } = decodeUtf8(Buffer.from([0xe4, 0xb8, 0x41, 0xe4, 0xb8, 0xad, 0x42]));
  expect(text).toBe("\ufffd\ufffdA中B");
  expect([0, 1, 2, 3, 4, 5].map(byteAt)).toEqual([0, 1, 2, 3, 6, 7]);
});

test("bytes in hexadecimal", () => expect(spacedHex(Uint8Array.of(0xc3, 0x0a))).toBe("C3 0A"));

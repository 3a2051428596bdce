import fc from "fast-check";
import { expect, test } from "vitest";
import { controlCharacters, isBlank, isNfc, replacementCharacters } from "./text.js";

test.each([
  ["ASCII", "cat", true],
  ["one character for ü", "\u00fc", true],
  ["u and its dots", "u\u0308", false],
  ["Chinese", "试金石", true],
  ["a compatibility ideograph", "\uf900", false], // U+F900 has the canonical form U+8C48
  ["nothing", "", true],
])("whether %s is in form C", (_, text, holds) => expect(isNfc(text)).toBe(holds));

test("form C is what normalize leaves alone", () =>
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(isNfc(text)).toBe(text === text.normalize("NFC"));
    }),
  ));

test.each([
  ["TAB, LF and CR", "a\tb\r\n", 0],
  ["NUL, ESC, DEL and NEL", "\u0000\u001b\u007f\u0085", 4],
  ["a no-break space", "\u00a0", 0],
  ["a pair of surrogates", "😀", 0],
  ["a high one alone, at the end", "a\ud83d", 1],
  ["a low one alone", "\ude00a", 1],
  ["a pair the wrong way round", "\ude00\ud83d", 2],
])("control characters in %s", (_, text, count) => expect(controlCharacters(text)).toBe(count));

test("control characters are category Cc without three, and Cs", () =>
  fc.assert(
    fc.property(
      fc.string({ unit: fc.nat(0xffff).map((unit) => String.fromCharCode(unit >> (unit % 3 === 0 ? 8 : 0))) }),
      (text) => {
        expect(controlCharacters(text)).toBe((text.match(/[^\t\n\r\P{Cc}]|\p{Cs}/gu) ?? []).length);
      },
    ),
  ));

test.each([
  ["none", "cat", 0],
  ["two in a row, one at the end", "\ufffd\ufffdcat\ufffd", 3],
])("replacement characters: %s", (_, text, count) => expect(replacementCharacters(text)).toBe(count));

test.each([
  ["nothing", "", true],
  ["an ideographic space", " \u3000\t", true],
  ["a letter", " a ", false],
  ["a zero width space, which is no white space", "\u200b", false],
])("whether %s is blank", (_, text, blank) => expect(isBlank(text)).toBe(blank));

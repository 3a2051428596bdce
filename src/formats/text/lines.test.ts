import fc from "fast-check";
import { expect, test } from "vitest";
import { memorySource } from "../bytes/memory-source.js";
import { type LineOptions, readLines, type TextFault } from "./lines.js";

function linesOf(bytes: Uint8Array, options: LineOptions = {}) {
  const faults: TextFault[] = [];
  const reader = readLines(memorySource(bytes), { onFault: (fault) => faults.push(fault), ...options });
  const lines: { text: string; offset: number; line: number }[] = [];
  while (reader.next()) lines.push({ text: reader.text, offset: reader.offset, line: reader.line });
  return { lines, faults };
}

test.each([
  [
    "LF",
    "a\nbc\n",
    [
      ["a", 0],
      ["bc", 2],
    ],
    [],
  ],
  [
    "CRLF",
    "a\r\nbc\r\n",
    [
      ["a", 0],
      ["bc", 3],
    ],
    [],
  ],
  [
    "a lone CR",
    "a\rbc",
    [
      ["a", 0],
      ["bc", 2],
    ],
    [],
  ],
  ["a CR as the last byte", "a\r", [["a", 0]], []],
  [
    "empty lines",
    "\n\na",
    [
      ["", 0],
      ["", 1],
      ["a", 2],
    ],
    [],
  ],
  ["no bytes", "", [], []],
  [
    "a byte order mark",
    "\ufeffa\nb",
    [
      ["a", 3],
      ["b", 5],
    ],
    [{ id: "bom-present", offset: 0, value: "EF BB BF" }],
  ],
  ["only a byte order mark", "\ufeff", [], [{ id: "bom-present", offset: 0, value: "EF BB BF" }]],
  [
    "LF, then CRLF",
    "a\nb\r\nc\r\n",
    [
      ["a", 0],
      ["b", 2],
      ["c", 5],
    ],
    [{ id: "newline-mixed", offset: 3, value: "CRLF after LF" }],
  ],
  ["a replacement character that is there", "\ufffd", [["\ufffd", 0]], []],
] as const)("lines of a text with %s", (_, text, lines, faults) => {
  const read = linesOf(Buffer.from(text));
  expect(read.lines).toEqual(lines.map(([line, offset], index) => ({ text: line, offset, line: index + 1 })));
  expect(read.faults).toEqual(faults);
});

test("bytes that are not UTF-8 are reported at their offset, once a file, and read as U+FFFD", () => {
  const { lines, faults } = linesOf(Buffer.from([0x61, 0x0a, 0x62, 0xc3, 0x28, 0x0a, 0xff]));
  expect(lines.map(({ text }) => text)).toEqual(["a", "b\ufffd(", "\ufffd"]);
  expect(faults).toEqual([{ id: "invalid-utf8", offset: 3, value: "C3 28" }]);
});

test.each([
  ["UTF-16 with a mark", Buffer.from("\ufeffa b", "utf16le")],
  ["UTF-16 without one", Buffer.from("0 0.5", "utf16le")],
])("%s ends the file", (_, bytes) => {
  expect(() => linesOf(bytes)).toThrow(expect.objectContaining({ code: "TS-FORMAT-0013" }));
});

test("a line over the limit ends the file", () => {
  const bytes = Buffer.alloc(1 << 20, 0x61);
  expect(() => linesOf(bytes, { maxLine: 1000 })).toThrow(expect.objectContaining({ code: "TS-FORMAT-0031" }));
  expect(linesOf(bytes).lines).toEqual([{ text: "a".repeat(1 << 20), offset: 0, line: 1 }]);
});

test("a line is read again from its offset", () => {
  expect(linesOf(Buffer.from("\ufeffa\nb\nc"), { from: 5 }).lines[0]).toEqual({ text: "b", offset: 5, line: 1 });
});

/** Long lines cross the reader's chunk of 256 kB, so that a CRLF is split there. */
const line = fc.oneof(
  fc.string({ unit: "binary" }).map((text) => text.replaceAll(/[\r\n\ufeff]/g, "")),
  fc.integer({ min: (1 << 18) - 4, max: (1 << 18) + 4 }).map((length) => "x".repeat(length)),
);
test("lines come back as they were joined, at the offsets where they were put", () =>
  fc.assert(
    fc.property(fc.array(fc.tuple(line, fc.constantFrom("\n", "\r\n")), { maxLength: 8 }), (parts) => {
      const bytes = Buffer.from(parts.flat().join(""));
      let offset = 0;
      const expected = parts.map(([text, end], index) => {
        const at = offset;
        offset += Buffer.byteLength(text + end);
        return { text: Buffer.from(text).toString(), offset: at, line: index + 1 };
      });
      fc.pre(bytes.length < 2 || (bytes[0] !== 0 && bytes[1] !== 0));
      expect(linesOf(bytes).lines).toEqual(expected);
    }),
  ));

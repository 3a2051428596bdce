import fc from "fast-check";
import { expect, test } from "vitest";
import { memorySource } from "../bytes/memory-source.js";
import { openJsonLines } from "./lines.js";

function readLines(text: string, chunkBytes: number) {
  const values: [number, number, unknown][] = [];
  const broken: unknown[] = [];
  const faults: unknown[] = [];
  const lines = openJsonLines(memorySource(Buffer.from(text)), {
    onFault: ({ id, offset }) => faults.push([id, offset]),
    onBroken: ({ code, details }, { line }) => broken.push([line, code, details.offset, details.found]),
    chunkBytes,
  });
  while (lines.next()) values.push([lines.line, lines.offset, lines.value()]);
  return { values, broken, faults };
}

test.each<[string, string, ReturnType<typeof readLines>]>([
  [
    "lines with and without a last line end",
    '{"a":1}\n[2]',
    {
      values: [
        [1, 0, { a: 1 }],
        [2, 8, [2]],
      ],
      broken: [],
      faults: [],
    },
  ],
  ["nothing", "", { values: [], broken: [], faults: [] }],
  ["empty lines at the end", "1\n\n \n", { values: [[1, 0, 1]], broken: [], faults: [] }],
  [
    "empty lines between",
    "1\n\n\n2\n",
    {
      values: [
        [1, 0, 1],
        [4, 4, 2],
      ],
      broken: [[2, "TS-FORMAT-0010", 2, "2 empty lines"]],
      faults: [],
    },
  ],
  [
    "a line cut short, one with two values, and the next one read",
    '{"a":\n1 2\n3\n',
    {
      values: [
        [1, 0, undefined],
        [2, 6, undefined],
        [3, 10, 3],
      ],
      broken: [
        [1, "TS-FORMAT-0010", 5, "the end of the line"],
        [2, "TS-FORMAT-0010", 8, '"2"'],
      ],
      faults: [],
    },
  ],
  [
    "a value over two lines",
    "[1,\n2]\n",
    {
      values: [
        [1, 0, undefined],
        [2, 4, undefined],
      ],
      broken: [
        [1, "TS-FORMAT-0010", 3, "the end of the line"],
        [2, "TS-FORMAT-0010", 5, '"]"'],
      ],
      faults: [],
    },
  ],
  [
    "CRLF, then LF",
    "1\r\n2\n",
    {
      values: [
        [1, 0, 1],
        [2, 3, 2],
      ],
      broken: [],
      faults: [["newline-mixed", 4]],
    },
  ],
  ["a byte order mark", "\ufeff1\n", { values: [[1, 0, 1]], broken: [], faults: [["bom-present", 0]] }],
])("%s", (_, text, expected) => {
  for (const chunk of [1, 2, 3, 7, 64, 4096]) expect(readLines(text, chunk), `chunks of ${chunk}`).toEqual(expected);
});

test("a fault has its offset in the file", () => {
  expect(readLines('1\n{"a":1,"a":2}\n', 4).faults).toEqual([["json-duplicate-key", 9]]);
});

test("any values come back, one a line", () =>
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.constantFrom(1, 2, 3, 7, 64), fc.boolean(), (values, chunk, pairs) => {
      const text = values.map((value) => JSON.stringify(value) + (pairs ? "\r\n" : "\n")).join("");
      const read = readLines(text, chunk);
      expect(read.values.map((line) => line[2])).toEqual(
        values.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
      );
      expect(read.broken).toEqual([]);
    }),
  ));

test("a value may be pulled, and what fill throws of its own passes", () => {
  const lines = openJsonLines(memorySource(Buffer.from("[1,2]\n")), { onFault: () => {}, onBroken: () => {} });
  lines.next();
  const list = { values: new Float64Array(4), length: 0 };
  expect(lines.read((json) => json.numbers(list) && list.length)).toBe(2);
  expect(() =>
    lines.read(() => {
      throw new RangeError("ours");
    }),
  ).toThrow(RangeError);
});

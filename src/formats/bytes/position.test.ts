import fc from "fast-check";
import { expect, test } from "vitest";
import { memorySource } from "./memory-source.js";
import { positions } from "./position.js";

test.each<[string, string, number[], [number, number][]]>([
  [
    "the start of a line and behind its end",
    "ab\ncd",
    [0, 2, 3, 5],
    [
      [1, 1],
      [1, 3],
      [2, 1],
      [2, 3],
    ],
  ],
  [
    "CRLF ends one line, CR alone none",
    "a\r\nb\rc",
    [3, 5],
    [
      [2, 1],
      [2, 3],
    ],
  ],
  [
    "a character of two, three and four bytes",
    "é类😀x",
    [2, 5, 9],
    [
      [1, 2],
      [1, 3],
      [1, 5],
    ],
  ],
  [
    "a byte order mark takes no column",
    "\ufeffab",
    [0, 3, 4],
    [
      [1, 1],
      [1, 1],
      [1, 2],
    ],
  ],
  [
    "an offset past the end stands at the end",
    "ab",
    [2, 99],
    [
      [1, 3],
      [1, 3],
    ],
  ],
  ["nothing", "", [0], [[1, 1]]],
])("%s", (_, text, offsets, expected) => {
  expect(positions(memorySource(Buffer.from(text)), offsets)).toEqual(
    expected.map(([line, column]) => ({ line, column })),
  );
});

test("positions are those of a plain count", () =>
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", "é", "类", "😀", "\n", "\r\n", "\r")),
      fc.array(fc.nat(60)),
      (characters, picks) => {
        // Long enough to cross chunks of 256 kB, in ASCII and not.
        const text = [
          ...characters,
          ...(picks.length % 4 === 0 ? ["x".repeat(300_000), "é\n".repeat(100_000)] : []),
          ...characters,
        ];
        const starts = [0];
        for (const part of text) starts.push((starts.at(-1) ?? 0) + Buffer.byteLength(part));
        const chosen = picks.map((pick) => (pick * 7) % starts.length).sort((a, b) => a - b);
        const naive = chosen.map((count) => {
          const lines = text.slice(0, count).join("").split("\n");
          return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
        });
        const offsets = chosen.map((count) => starts[count] ?? 0);
        expect(positions(memorySource(Buffer.from(text.join(""))), offsets)).toEqual(naive);
      },
    ),
  ));

test("no more is read than the last offset asks for", () => {
  let read = 0;
  const source = memorySource(Buffer.alloc(10_000_000, "a"));
  const counted = {
    ...source,
    read(target: Uint8Array, position: number): number {
      const count = source.read(target, position);
      read += count;
      return count;
    },
  };
  positions(counted, [5, 1000]);
  expect(read).toBe(1000);
});

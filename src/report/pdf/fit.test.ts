import fc from "fast-check";
import { expect, test } from "vitest";
import { breakRuns, cellPad, fitColumns, type Measure } from "./fit.js";
import type { Line } from "./measures.js";

// A font in which every sign is half its size wide.
const measure: Measure = (text, { size }) => (text.length * size) / 2;
const line = (text: string): Line => ({ text, size: 8 });
const column = (head: string, width: number) => ({ head: [line(head)], width });

test("a column grows to its longest word, and the others give what they do not need", () => {
  const columns = fitColumns(
    [column("Requirement", 200), column("Claim", 40)],
    [[[line("a")], [line("illustrative")]]],
    measure,
  );
  expect(columns[1]?.width).toBeGreaterThanOrEqual(12 * 4 + cellPad);
  expect(columns.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(240);
});

test("Han breaks anywhere, and a digest makes no column wide", () => {
  const given = [column("要求", 60), column("SHA-256", 60)];
  expect(fitColumns(given, [[[line("标注框位于数据项之内")], [line("0".repeat(64))]]], measure)).toEqual(given);
});

test("whatever the words, the table keeps its width", () => {
  const word = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom("a", "b", " ", "-", "标") });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(word, fc.integer({ min: 20, max: 200 })), { minLength: 1, maxLength: 6 }),
      (cells) => {
        const columns = fitColumns(
          cells.map(([head, width]) => column(head, width)),
          [],
          measure,
        );
        expect(columns.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(
          cells.reduce((sum, [, width]) => sum + width, 0),
        );
        expect(columns.every(({ width }) => width > 0)).toBe(true);
      },
    ),
  );
});

test("a path that is too long breaks after its signs, and loses nothing", () => {
  const path = "Annotations/BloodImage_00013.xml:86:2";
  expect(breakRuns(path, line(path), 80, measure)).toBe("Annotations/\nBloodImage_\n00013.xml:86:2");
  expect(breakRuns("short", line("short"), 80, measure)).toBe("short");
});

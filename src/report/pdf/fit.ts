import type { Column, Line } from "./measures.js";

/** Width of `text` in the size and weight of `line`, in pt. */
export type Measure = (text: string, line: Line) => number;

/** Room that a cell keeps between its text and the next column. */
export const cellPad = 6;
/** Runs longer than this are digests or worse: no column is made wide enough for them. */
const longestWord = 28;

/**
 * The columns with the same sum of widths, none narrower than the longest word of its head and cells, as far as the others have room to give:
 * «illustrative» in a column for 示例 would else end in a lone e.
 */
export function fitColumns(
  columns: readonly Column[],
  rows: readonly (readonly (readonly Line[])[])[],
  measure: Measure,
): readonly Column[] {
  const needs = columns.map((column, i) => {
    let need = 0;
    for (const line of [...column.head, ...rows.flatMap((cells) => cells[i] ?? [])])
      need = Math.max(need, widestWord(line, measure) + indentOf(line));
    // A tenth of a pt for sums of widths that differ in their last digit.
    return Math.ceil(10 * (need + cellPad)) / 10 + 0.1;
  });
  const over = (i: number): number => Math.max(0, (needs[i] ?? 0) - (columns[i]?.width ?? 0));
  const spare = (i: number): number => Math.max(0, (columns[i]?.width ?? 0) - (needs[i] ?? 0));
  const wanted = columns.reduce((sum, _, i) => sum + over(i), 0);
  const room = columns.reduce((sum, _, i) => sum + spare(i), 0);
  if (wanted === 0) return columns;
  const [give, take] = wanted <= room ? [wanted / room, 1] : [1, room / wanted];
  return columns.map((column, i) => ({ ...column, width: column.width + take * over(i) - give * spare(i) }));
}

/** Runs of ASCII wider than `width` broken after their signs first, so that a path does not end in the middle of a name. */
export function breakRuns(text: string, line: Line, width: number, measure: Measure): string {
  // No sign of Latin script is wider than its size.
  if (text.length * line.size <= width) return text;
  return text.replace(/[\x21-\x7e]+/g, (run) =>
    measure(run, line) <= width ? run : brokenRun(run, line, width, measure),
  );
}

/** A verdict's shape stands before its text. */
export function indentOf(line: Line): number {
  return line.shape === undefined ? 0 : line.size * 1.15;
}

function brokenRun(run: string, line: Line, width: number, measure: Measure): string {
  const lines: string[] = [];
  let last = "";
  for (const piece of run.match(/[^/_-]*[/_-]+|[^/_-]+/g) ?? []) {
    if (last !== "" && measure(last + piece, line) > width) {
      lines.push(last);
      last = "";
    }
    last += piece;
  }
  return [...lines, last].join("\n");
}

function widestWord(line: Line, measure: Measure): number {
  let widest = 0;
  // With the blank after it, as the PDF library measures; Han breaks anywhere, and a hyphen or slash is a place to break.
  for (const word of line.text.match(/[^\s\p{Script=Han}/-]+[/-]?\s?/gu) ?? []) {
    if (word.length <= longestWord) widest = Math.max(widest, measure(word, line));
  }
  return widest;
}

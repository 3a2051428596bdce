import type { Confusion } from "./comparison.js";
import { type Matches, unmatched } from "./match.js";
import type { Compared } from "./scenes.js";

/** Labels of matched units against each other, whatever they are; the last row and column count what has no partner. */
export function confusionOf(compared: Compared, { partner, taken, crowdsMatch }: Matches): Confusion {
  const { first, scenes, pairing, firstLabels, secondLabels } = compared;
  const labels = pairing.labels;
  const size = labels.length + 1;
  const matrix = labels.concat("").map(() => new Array<number>(size).fill(0));
  const count = (row: number, column: number): void => {
    const line = matrix[row];
    if (line !== undefined) line[column] = (line[column] ?? 0) + 1;
  };
  for (const { first: medium, firstRows, secondRows } of scenes) {
    if (medium === -1) continue;
    for (const row of firstRows) {
      if (!crowdsMatch && first.units.crowd[row] === 1) continue;
      const other = partner[row] ?? -1;
      count(firstLabels[row] ?? -1, other === -1 ? size - 1 : (secondLabels[other] ?? -1));
    }
    for (const row of secondRows) if (taken[row] === unmatched) count(size - 1, secondLabels[row] ?? -1);
  }
  // Almost all cells are 0, and thousands of labels have millions of them.
  const swaps: { readonly row: number; readonly column: number; readonly count: number }[] = [];
  for (let row = 0; row < labels.length; row++)
    for (let column = 0; column < labels.length; column++) {
      const found = matrix[row]?.[column] ?? 0;
      if (found > 0 && row !== column) swaps.push({ row, column, count: found });
    }
  swaps.sort((a, b) => b.count - a.count || a.row - b.row || a.column - b.column);
  const named = swaps.map((one) => ({
    first: labels[one.row] ?? "",
    second: labels[one.column] ?? "",
    count: one.count,
  }));
  return { labels, matrix, swaps: named };
}

import { type Counts, emptyCounts, increment, mergeCounts } from "./counts.js";
import type { Measure, Observation, Totals } from "./measure.js";

/** Splits that a tally keeps apart; the first stands for none. */
export const splits = [undefined, "train", "val", "test"] as const;

/** One label with its annotations, over all splits and in each. */
export interface Label {
  readonly name: string;
  readonly all: number;
  readonly train: number;
  readonly val: number;
  readonly test: number;
}

/** Four counts a row, one for each split (hot: one addition an annotation); rows of one name become one label only when a measure is asked. */
function countLabel(tally: Counts, { media, category_row, segment_rows }: Observation): void {
  const split = media.split === undefined ? 0 : splits.indexOf(media.split);
  if (category_row >= 0) increment(tally, 4 * category_row + split);
  for (let at = 0; at < segment_rows.length; at++) {
    const row = segment_rows[at] ?? -1;
    if (row >= 0) increment(tally, 4 * row + split);
  }
}

/** Labels with at least one annotation, in the order of their names, so that sums over them do not depend on the order of the data. */
export function labelsOf(tally: Counts, totals: Totals): Label[] {
  const byName = new Map<string, { name: string; all: number; train: number; val: number; test: number }>();
  for (let row = 0; 4 * row < tally.length; row++) {
    const [none = 0, train = 0, val = 0, test = 0] = tally.rows.subarray(4 * row, 4 * row + 4);
    const all = none + train + val + test;
    if (all === 0) continue;
    const name = totals.nameOf(row);
    const label = byName.get(name) ?? { name, all: 0, train: 0, val: 0, test: 0 };
    byName.set(name, label);
    label.all += all;
    label.train += train;
    label.val += val;
    label.test += test;
  }
  return [...byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** What the measures of labels share: annotations of each category, by split. */
export const labelTally: Pick<Measure<Counts>, "empty" | "annotation" | "merge"> = {
  empty: emptyCounts,
  annotation: countLabel,
  merge: mergeCounts,
};

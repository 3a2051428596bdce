import { type Counts, emptyCounts, increment, mergeCounts } from "./counts.js";
import type { Measure, Observation } from "./measure.js";

/** Splits that a tally keeps apart; the first stands for none. */
export const splits = [undefined, "train", "val", "test"] as const;

/**
 * Annotations of each category, by split: what all measures of the distribution of labels are made from. Kept by row, four counts a row (hot: one
 * addition an annotation); rows of one name, which several files may declare, become one label only when a measure is asked.
 */
export interface LabelTally {
  counts: Counts;
  /** Names of the rows that were counted. */
  readonly names: (string | undefined)[];
}

/** One label with its annotations, over all splits and in each. */
export interface Label {
  readonly name: string;
  readonly all: number;
  readonly train: number;
  readonly val: number;
  readonly test: number;
}

export function emptyLabels(): LabelTally {
  return { counts: emptyCounts(), names: [] };
}

export function countLabel(tally: LabelTally, { annotation, media, category, category_row }: Observation): void {
  if (category_row < 0) return;
  tally.names[category_row] ??= category.name ?? annotation.label ?? String(category.id ?? "");
  const { split } = media;
  increment(tally.counts, 4 * category_row + (split === undefined ? 0 : splits.indexOf(split)));
}

export function mergeLabels(left: LabelTally, right: LabelTally): LabelTally {
  const names = Array.from(
    { length: Math.max(left.names.length, right.names.length) },
    (_, row) => left.names[row] ?? right.names[row],
  );
  return { counts: mergeCounts(left.counts, right.counts), names };
}

/** Labels with at least one annotation, in the order of their names, so that sums over them do not depend on the order of the data. */
export function labelsOf({ counts, names }: LabelTally): Label[] {
  const byName = new Map<string, { name: string; all: number; train: number; val: number; test: number }>();
  names.forEach((name, row) => {
    if (name === undefined) return;
    const label = byName.get(name) ?? { name, all: 0, train: 0, val: 0, test: 0 };
    byName.set(name, label);
    splits.forEach((split, at) => {
      const count = counts.rows[4 * row + at] ?? 0;
      label.all += count;
      if (split !== undefined) label[split] += count;
    });
  });
  return [...byName.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
}

/** What the measures of labels share: their tally. */
export const labelTally: Pick<Measure<LabelTally>, "empty" | "annotation" | "merge"> = {
  empty: emptyLabels,
  annotation: countLabel,
  merge: mergeLabels,
};

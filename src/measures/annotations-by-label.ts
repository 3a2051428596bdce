import type { Counts } from "./counts.js";
import { labelsOf, labelTally } from "./labels.js";
import { type Measure, ratio, type Totals } from "./measure.js";

/** Counts by name for a tally of that total, worked out once: a rule asks for every category. */
const known = new WeakMap<Counts, { readonly total: number; readonly byName: ReadonlyMap<string, number> }>();

function byNameOf(tally: Counts, totals: Totals): ReadonlyMap<string, number> {
  const before = known.get(tally);
  if (before?.total === tally.total) return before.byName;
  const byName = new Map(labelsOf(tally, totals).map(({ name, all }) => [name, all]));
  known.set(tally, { total: tally.total, byName });
  return byName;
}

/** Annotations of a label: A = annotations of all categories that have the name of this one, in whatever file, B = all annotations that have a category. */
export const annotationsByLabel: Measure<Counts> = {
  id: "annotations-by-label",
  title: { zh: "各标签的标注数", en: "Annotations of a label" },
  orientation: "none",
  unit: "annotations",
  source: "count",
  by: "category",
  ...labelTally,
  measure: (tally, totals, row = -1) =>
    ratio(row < 0 ? 0 : (byNameOf(tally, totals).get(totals.nameOf(row)) ?? 0), tally.total),
};

import type { LocalText } from "../records/grammar.gen.js";
import type { AnnotationRecord, CategoryRecord, MediaRecord } from "../records/types.gen.js";

/** What a tally is told of one record: the record with its joins, and rows that stand for medium and category (-1: none). */
export interface Observation {
  readonly annotation: AnnotationRecord;
  readonly media: MediaRecord;
  readonly category: CategoryRecord;
  readonly media_row: number;
  /** Row of the category, or of the label where the format writes names; -1 for none. */
  readonly category_row: number;
  /** Rows of the categories of its segments (panoptic); -1 for an unknown one. */
  readonly segment_rows: readonly number[];
}

/** A in X = A/B satisfies the condition, B was asked; X is undefined when B = 0 (ISO/IEC 25024 form). */
export interface MeasureResult {
  readonly a: number;
  readonly b: number;
  readonly x: number | undefined;
}

/** How many rows of each kind there are and what categories are called, for tallies that are kept by row. */
export interface Totals {
  readonly media: number;
  readonly categories: number;
  /** Name of a category or label by its row; files may declare one name several times. */
  nameOf(categoryRow: number): string;
}

/** A measurement from a mergeable tally over all records. The engine knows none by name. */
export interface Measure<T> {
  readonly id: string;
  readonly title: LocalText;
  readonly orientation: "higher-is-better" | "lower-is-better" | "none";
  /** What A and B count. */
  readonly unit: string;
  readonly source: string;
  /** A measure by medium or by category takes the row of its key. */
  readonly by?: "media" | "category";
  /** For the charts of a report only: it is no row among the measurements. */
  readonly charted?: true;
  /** Measures that have this function and the next one in common share one tally. */
  empty(): T;
  annotation?(tally: T, observation: Observation): void;
  /** Order of merging does not matter: integers or exact sums only. */
  merge(left: T, right: T): T;
  measure(tally: T, totals: Totals, row?: number): MeasureResult;
}

/** A measurement that stands already, for rules that ask for it by id: the engine tallies nothing for it. */
export function givenMeasure({
  id,
  title,
  a,
  b,
  x,
}: { readonly id: string; readonly title: LocalText } & MeasureResult): Measure<undefined> {
  return {
    ...{ id, title, orientation: "none", unit: "", source: "given" },
    empty: () => undefined,
    merge: () => undefined,
    measure: () => ({ a, b, x }),
  };
}

/** X = A/B, undefined at B = 0. */
export function ratio(a: number, b: number): MeasureResult {
  return { a, b, x: b === 0 ? undefined : a / b };
}

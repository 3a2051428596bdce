import fc from "fast-check";
import { expect, test } from "vitest";
import {
  type AnnotationRecord,
  type CategoryRecord,
  type MediaRecord,
  newAnnotation,
  newCategory,
  newMedia,
} from "../../records/types.gen.js";
import type { Measure, MeasureResult, Observation, Totals } from "../measure.js";

/** One annotation of a test with its joins; fields that are not given are absent. */
export interface Observed {
  readonly annotation?: Partial<AnnotationRecord>;
  readonly media?: Partial<MediaRecord>;
  readonly category?: Partial<CategoryRecord>;
  readonly media_row?: number;
  readonly category_row?: number;
  readonly segment_rows?: readonly number[];
}

function observationOf({
  annotation,
  media,
  category,
  media_row = -1,
  category_row = -1,
  segment_rows = [],
}: Observed): Observation {
  return {
    annotation: Object.assign(newAnnotation(), annotation),
    media: Object.assign(newMedia(), media),
    category: Object.assign(newCategory(), category),
    media_row,
    category_row,
    segment_rows,
  };
}

/** A tally over annotations in that order. */
export function tallyOf<T>(measure: Measure<T>, observed: readonly Observed[]): T {
  const tally = measure.empty();
  for (const one of observed) measure.annotation?.(tally, observationOf(one));
  return tally;
}

const rows = 6;
const names = ["cat", "dog", "owl", "cat", "emu", "fox"];

/** No media and no categories, and names for the rows of tests. */
export const totals: Totals = { media: 0, categories: 0, nameOf: (row) => names[row] ?? String(row) };

/** All that can be asked of a tally: the measurement of the whole, and of each medium or category. */
function answers<T>(measure: Measure<T>, tally: T): MeasureResult[] {
  const all = { ...totals, media: rows, categories: rows };
  return [undefined, ...Array.from({ length: rows }, (_, row) => row)].map((row) => measure.measure(tally, all, row));
}

const splits = [undefined, "train", "val", "test"] as const;

/** Annotations of a dataset of six media and six categories, two of which have one name. */
const observed: fc.Arbitrary<Observed> = fc
  .record({
    media_row: fc.integer({ min: -1, max: rows - 1 }),
    category_row: fc.integer({ min: -1, max: rows - 1 }),
    box: fc.option(fc.record({ x: fc.nat(90), y: fc.nat(90), width: fc.nat(100), height: fc.nat(100) }), {
      nil: undefined,
    }),
    area: fc.option(fc.nat(100), { nil: undefined }),
    segment_rows: fc.array(fc.integer({ min: -1, max: rows - 1 }), { maxLength: 2 }),
    named: fc.boolean(),
  })
  .map(({ media_row, category_row, box, area, segment_rows, named }) => ({
    media_row,
    category_row,
    segment_rows,
    media: media_row < 0 ? {} : { width: 100, height: 100 + media_row, split: splits[media_row % splits.length] },
    category: category_row < 0 || !named ? {} : { id: category_row, name: names[category_row] },
    annotation: { box, area, label: category_row < 0 ? undefined : names[category_row] },
  }));

/**
 * What holds of every measure: a tally over a whole is the merge of tallies over its parts, in whatever order; merging is associative and commutative
 * and has an identity, and it changes neither of the two tallies.
 */
export function mergeLaws<T>(measure: Measure<T>): void {
  const dataset = fc.array(observed, { maxLength: 40 });
  const ask = (tally: T) => answers(measure, tally);
  const { merge, empty } = measure;

  test(`${measure.id}: merged parts are the whole`, () =>
    fc.assert(
      fc.property(dataset, dataset, (left, right) => {
        const parts = merge(tallyOf(measure, left), tallyOf(measure, right));
        expect(ask(parts)).toEqual(ask(tallyOf(measure, [...left, ...right])));
      }),
    ));

  test(`${measure.id}: the order of annotations does not matter`, () =>
    fc.assert(
      fc.property(dataset, (all) => {
        expect(ask(tallyOf(measure, [...all].reverse()))).toEqual(ask(tallyOf(measure, all)));
      }),
    ));

  test(`${measure.id}: merging is associative and commutative`, () =>
    fc.assert(
      fc.property(dataset, dataset, dataset, (first, second, third) => {
        const a = tallyOf(measure, first);
        const b = tallyOf(measure, second);
        const c = tallyOf(measure, third);
        expect(ask(merge(merge(a, b), c))).toEqual(ask(merge(a, merge(b, c))));
        expect(ask(merge(b, a))).toEqual(ask(merge(a, b)));
      }),
    ));

  test(`${measure.id}: the empty tally changes nothing, and merging changes no part`, () =>
    fc.assert(
      fc.property(dataset, (all) => {
        const tally = tallyOf(measure, all);
        const before = ask(tally);
        expect(ask(merge(empty(), tally))).toEqual(before);
        expect(ask(merge(tally, empty()))).toEqual(before);
        merge(tally, tallyOf(measure, all));
        expect(ask(tally)).toEqual(before);
      }),
    ));
}

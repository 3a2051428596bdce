import { expect, test } from "vitest";
import { annotationCountExcess } from "./annotation-count-excess.js";
import { mediaAnnotated } from "./media-annotated.js";
import { tallyOf, totals } from "./testing/laws.js";

const onMedia = (...rows: readonly number[]) => rows.map((media_row) => ({ media_row }));

test("a medium with three annotations counts once, and one that no medium has does not count", () => {
  const tally = tallyOf(mediaAnnotated, onMedia(0, 0, 0, 2, -1));
  expect(mediaAnnotated.measure(tally, { ...totals, media: 4 })).toEqual({ a: 2, b: 4, x: 0.5 });
});

test("counts 0, 1, 2, 3, 10 have the quartiles 1 and 3: 10 lies 3.5 ranges above the upper one", () => {
  const tally = tallyOf(annotationCountExcess, onMedia(1, 2, 2, 3, 3, 3, ...Array<number>(10).fill(4)));
  const five = { ...totals, media: 5 };
  expect(annotationCountExcess.measure(tally, five, 4)).toEqual({ a: 7, b: 2, x: 3.5 });
  expect(annotationCountExcess.measure(tally, five, 0)).toEqual({ a: -3, b: 2, x: -1.5 });
});

test("media without annotations belong to the quartiles", () => {
  const tally = tallyOf(annotationCountExcess, onMedia(0));
  expect(annotationCountExcess.measure(tally, { ...totals, media: 1 }, 0)).toEqual({ a: 0, b: 0, x: undefined });
  expect(annotationCountExcess.measure(tally, { ...totals, media: 2 }, 0)).toEqual({ a: 0.25, b: 0.5, x: 0.5 });
});

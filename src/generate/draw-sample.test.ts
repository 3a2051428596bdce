import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { writers } from "../formats/writers.js";
import { standardWithCases } from "../standards/find.js";
import { boundsOf } from "./bounds.js";
import { type Draw, seededDraw } from "./draw.js";
import { drawSample } from "./draw-sample.js";
import { drawFrom } from "./fast-check-draw.js";
import type { Sample } from "./sample.js";
import { type Wish, wishOf } from "./wish.js";

const bounds = boundsOf(standardWithCases("ref-image-annotation").rules);

function wishFor(format: string, own: Partial<Wish> = {}): Wish {
  const carries = writers.find((writer) => writer.format === format)?.carries;
  if (carries === undefined) throw new Error(format);
  return wishOf(carries, bounds, own);
}

/** What every sample has by construction. */
function expectLaws({ categories, media }: Sample): void {
  const annotations = media.flatMap((medium) =>
    medium.annotations.map(({ record }) => ({ record, medium: medium.record })),
  );
  for (const list of [categories, media, annotations.map(({ record }) => ({ record }))]) {
    const ids = list.map(({ record }) => record.id);
    expect(new Set(ids).size).toBe(ids.length);
  }
  expect(new Set(categories.map(({ record }) => record.name)).size).toBe(categories.length);
  expect(new Set(media.map(({ record }) => record.path)).size).toBe(media.length);
  for (const { record, medium } of annotations) {
    expect(record.media_id).toBe(medium.id);
    const { box } = record;
    if (box === undefined) continue;
    expect(Math.min(box.x, box.y)).toBeGreaterThan(1);
    expect(box.x + box.width).toBeLessThan((medium.width ?? 0) - 1);
    expect(box.y + box.height).toBeLessThan((medium.height ?? 0) - 1);
    expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(bounds.side);
  }
  const labels = annotations
    .map(({ record }) => record.category_id ?? record.label)
    .filter((label) => label !== undefined);
  for (const { record } of labels.length > 0 ? categories : [])
    expect(labels.filter((label) => label === record.id || label === record.name).length).toBeGreaterThanOrEqual(2);
}

const formats = writers.map(({ format }) => format);

/** Both drivers make the same kind of dataset: one function, two sources of choices. */
describe.each(formats)("a drawn sample of %s", (format) => {
  test("has its laws, drawn by fast-check", () => {
    fc.assert(
      fc.property(fc.gen(), (gen) => expectLaws(drawSample(drawFrom(fc, gen), wishFor(format)))),
      { numRuns: 200 },
    );
  });
  test("has its laws, drawn from a seeded stream", () => {
    for (let seed = 0; seed < 200; seed++) expectLaws(drawSample(seededDraw(seed), wishFor(format)));
  });
});

test("empty datasets, single media, vast media and whole ids above 2^50 are all reached", () => {
  const samples = Array.from({ length: 400 }, (_, seed) => drawSample(seededDraw(seed), wishFor("coco-instances")));
  const sides = samples.flatMap(({ media }) => media.map(({ record }) => record.width ?? 0));
  expect(samples.some(({ media }) => media.length === 0)).toBe(true);
  expect(
    samples.some(({ media }) => media.length > 0 && media.every(({ annotations }) => annotations.length === 0)),
  ).toBe(true);
  expect(samples.some(({ media }) => media.length === 1)).toBe(true);
  expect(Math.max(...sides)).toBeGreaterThan(100_000);
  expect(Math.min(...sides)).toBeLessThan(40);
  expect(
    samples.some(({ media }) =>
      media.some(({ annotations }) => annotations.some(({ record }) => Number(record.id) > 2 ** 50)),
    ),
  ).toBe(true);
});

test("what a rule reads is there in every annotation", () => {
  const fields = new Set(["rle", "iscrowd", "attributes"]);
  const { media } = drawSample(seededDraw(3), wishFor("coco-instances", { fields, annotations: 30 }));
  const annotations = media.flatMap((medium) => medium.annotations.map(({ record }) => record));
  expect(annotations.length).toBeGreaterThanOrEqual(30);
  for (const field of ["rle", "iscrowd", "attributes"] as const)
    expect(annotations.every((record) => record[field] !== undefined)).toBe(true);
});

test("a failing property shrinks to a dataset that a person can read", () => {
  const { counterexample, failed } = fc.check(
    fc.property(fc.gen(), (gen) => {
      const { media } = drawSample(drawFrom(fc, gen), wishFor("coco-instances"));
      return media.every(({ annotations }) => annotations.every(({ record }) => record.polygon === undefined));
    }),
    { seed: 7, numRuns: 500 },
  );
  expect(failed).toBe(true);
  const gen = counterexample?.[0];
  expect(gen?.values().length).toBeLessThan(200);
});

test("a stream gives the same choices for the same seed, and others for another", () => {
  const choices = (draw: Draw): readonly unknown[] => [
    draw.int(0, 1000),
    draw.double(0, 1),
    draw.pick([1, 2, 3]),
    draw.list(1, 5, (at) => at),
  ];
  expect(choices(seededDraw(5, 1))).toEqual(choices(seededDraw(5, 1)));
  expect(choices(seededDraw(5, 1))).not.toEqual(choices(seededDraw(5, 2)));
});

import fc from "fast-check";
import { expect, test } from "vitest";
import { calculate } from "../functions.js";
import { stateLaws } from "../testing/state-laws.js";
import { categoryQuality, type PanopticTally, panopticState, panopticTally } from "./panoptic.js";

const things = [0, 1];
const stuffs = [6, 7];

// Source: torchmetrics functional/detection/panoptic_qualities.py, docstrings, four digits.
test("torchmetrics' modified PQ with a void pixel", () => {
  const pred = [
    [0, 0],
    [0, 1],
    [6, 0],
    [7, 0],
    [0, 2],
    [1, 0],
  ];
  const target = [
    [0, 1],
    [0, 0],
    [6, 0],
    [7, 0],
    [6, 0],
    [255, 0],
  ];
  expect(calculate("modified_panoptic_quality", { pred, target, things, stuffs }).values["pq"]).toBeCloseTo(0.7667, 4);
});

test("categories in another order than torchmetrics' come with its list", () => {
  const pred = [
    [0, 0],
    [0, 0],
    [2, 0],
    [2, 0],
    [2, 0],
    [1, 0],
  ];
  const target = [
    [0, 0],
    [0, 0],
    [2, 0],
    [2, 0],
    [1, 0],
    [1, 0],
  ];
  const { values } = calculate("panoptic_quality", { pred, target, stuffs: [0, 2, 1], things: [] });
  expect(values).toMatchObject({
    per_class_pq: { 0: 1, 2: 2 / 3, 1: 0 },
    note: "torchmetrics lists [1, 0, 2/3] for its own class order",
  });
});

const row = (...pixels: (readonly [number, number])[]) => pixels.map((pixel) => [...pixel]);
const a = [0, 1] as const;
const b = [0, 2] as const;
const none = [255, 0] as const;

test.each<[string, number[][], number[][], object]>([
  ["an instance number is but a name", row(a, a, b), row(b, b, a), { pq: 1, sq: 1, rq: 1 }],
  ["IoU 0.5 is no match", row(a, a), row(a, [6, 0]), { per_class: { 0: [0, 0, 0] } }],
  ["void below a matched segment is in no union", row(a, a, a), row(a, none, none), { pq: 1 }],
  [
    "a segment that is void by more than half is not counted",
    row(a, b, b, b),
    row(a, none, none, [6, 0]),
    { per_class: { 0: [1, 1, 1] } },
  ],
  ["one that is void by half is", row(a, b, b), row(a, none, [6, 0]), { per_class: { 0: [2 / 3, 1, 2 / 3] } }],
  ["what is not predicted is missed", row(none, a), row(b, a), { per_class: { 0: [2 / 3, 1, 2 / 3] } }],
])("%s", (_, pred, target, expected) =>
  expect(calculate("panoptic_quality", { pred, target, things, stuffs }).values).toMatchObject(expected));

test("without segments all is undefined", () => {
  const { values, undefined_because } = calculate("panoptic_quality", {
    pred: row(none),
    target: row(none),
    things,
    stuffs,
  });
  expect(values).toMatchObject({ pq: undefined, per_class: { 0: undefined } });
  expect(undefined_because).toMatchObject({ pq: "nothing-asked", per_class: "nothing-asked" });
});

test("images come one by one or together", () => {
  const image = (...pixels: (readonly [number, number])[]) => [row(...pixels)];
  const [first, second] = [image(a, a, b), image(a, [6, 0], [6, 0])];
  const [third, fourth] = [image(a, b, b), image(a, a, [6, 0])];
  const { values } = calculate("panoptic_quality", { pred: [first, second], target: [third, fourth], things, stuffs });
  // Matched: none of the three of 0 in the first image at IoU 1/2, none in the second; 6 has IoU 1/2.
  expect(values).toMatchObject({ pq: 0, per_class: { 0: [0, 0, 0], 6: [0, 0, 0], 1: undefined } });
});

const pixel = fc.tuple(fc.constantFrom(0, 1, 6, 7, 255), fc.nat(2));
const columns = (list: readonly (readonly [number, number])[]) => ({
  category: Int32Array.from(list, ([category]) => category),
  instance: Int32Array.from(list, ([, instance]) => instance),
});
const image = fc.array(fc.tuple(pixel, pixel), { minLength: 1, maxLength: 24 });
type Image = readonly (readonly [readonly [number, number], readonly [number, number]])[];
const tallyOf = (pixels: Image, modified = false): PanopticTally =>
  panopticTally(columns(pixels.map(([pred]) => pred)), columns(pixels.map(([, target]) => target)), {
    things,
    stuffs,
    modified,
  });
const told = (tally: PanopticTally) =>
  [...tally].sort(([left], [right]) => left - right).map(([category, one]) => [category, categoryQuality(one)]);

test("PQ is SQ · RQ, each lies in 0 … 1, and nothing depends on the order of pixels", () =>
  fc.assert(
    fc.property(image, fc.boolean(), (pixels, modified) => {
      const tally = tallyOf(pixels, modified);
      for (const one of tally.values()) {
        const quality = categoryQuality(one);
        if (quality === undefined) continue;
        const { pq, sq, rq } = quality;
        expect(pq).toBe(sq * rq);
        for (const share of [pq, sq, rq]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1 + 1e-12);
        }
      }
      expect(told(tallyOf(pixels.toReversed(), modified))).toEqual(told(tally));
    }),
  ));

stateLaws("panoptic-quality", panopticState, {
  unit: image,
  of: (images: readonly Image[]) =>
    images.reduce((sum, one) => panopticState.merge(sum, tallyOf(one)), panopticState.empty()),
  value: told,
});

test.each<[string, Record<string, unknown>, string]>([
  ["no prediction", { target: row(a), things, stuffs }, "input-missing"],
  ["fewer pixels", { pred: row(a), target: row(a, a), things, stuffs }, "inputs-disagree"],
  ["a category that is thing and stuff", { pred: row(a), target: row(a), things: [0], stuffs: [0] }, "inputs-disagree"],
  ["a negative category", { pred: [[-1, 0]], target: row(a), things, stuffs }, "input-range"],
  ["a pixel of three numbers", { pred: [[0, 0, 0]], target: row(a), things, stuffs }, "input-range"],
  ["a number for a pixel", { pred: [0], target: row(a), things, stuffs }, "input-type"],
  ["another layout", { pred: row(a), target: row(a), things, stuffs, layout: "[category]" }, "input-range"],
])("%s is refused", (_, inputs, code) =>
  expect(() => calculate("panoptic_quality", inputs)).toThrowError(expect.objectContaining({ code })));

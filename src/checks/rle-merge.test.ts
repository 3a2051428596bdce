import fc from "fast-check";
import { expect, test } from "vitest";
import type { RleMask } from "../records/types.gen.js";
import { rleArea, rleSum, rleTightBox } from "./rle.js";
import { decodeCompressedRle, encodeCompressedRle } from "./rle-codec.js";
import { maskSimilarity } from "./rle-iou.js";
import { rleFromPixels, rleMerge } from "./rle-merge.js";
import { rleFromBox, rleFromPolygon } from "./rle-polygon.js";

// Source of the texts: faster_coco_eval tests/test_mask_api.py (test_frPoly, test_frBbox), images of 20 × 20.
test.each([
  ["a crossing star", [5, 1, 1, 4, 7, 9, 2, 3, 6, 9, 7, 4, 3, 8, 1, 2], "f01c01^OO>0E0R11[O0AO]8"],
  ["a ring drawn to its start", [7, 8, 9, 3, 7, 1, 5, 1, 5, 8, 3, 4, 4, 7, 7, 8], "U36>1OO2Lm6"],
])("the mask of %s", (_, polygon, text) =>
  expect(encodeCompressedRle(rleFromPolygon(Float64Array.from(polygon), 20, 20).counts)).toBe(text));

// Source: pycocotools 2.0.11, frPyObjects.
test.each([
  ["beyond all sides", [-5, -5, 30, -5, 30, 30, -5, 30], 3, 4, "0<"],
  ["off to the left, whose coordinates C rounds towards zero", [-9, 1, -1, 1, -1, 3, -9, 3], 3, 4, "<"],
  ["with a point twice", [1, 1, 1, 1, 3, 1, 3, 3, 1, 3], 4, 4, "52203"],
])("a polygon %s", (_, polygon, height, width, text) =>
  expect(encodeCompressedRle(rleFromPolygon(Float64Array.from(polygon), height, width).counts)).toBe(text));

test("the mask of a box", () =>
  expect(Array.from(rleFromBox({ x: 5, y: 3, width: 3, height: 5 }, 20, 20).counts)).toEqual([
    103, 5, 15, 5, 15, 5, 252,
  ]));

const size = { height: 7, width: 5 };
const pixels = fc.array(fc.nat(1), { minLength: 35, maxLength: 35 }).map((list) => Float64Array.from(list));
const maskOf = (list: Float64Array) => rleFromPixels(list, size.height, size.width);

/** Brute force: every run, pixel by pixel. */
function pixelsOf(mask: { counts: Float64Array }): number[] {
  const columns = Array.from(mask.counts).flatMap((run, i) => Array<number>(run).fill(i % 2));
  return Array.from({ length: 35 }, (_, i) => columns[(i % 5) * 7 + Math.floor(i / 5)] ?? -1);
}

test("pixels come back from their runs and from COCO's text", () =>
  fc.assert(
    fc.property(pixels, (list) => {
      const mask = maskOf(list);
      expect(pixelsOf(mask)).toEqual(Array.from(list));
      expect(decodeCompressedRle(encodeCompressedRle(mask.counts))).toEqual(mask.counts);
    }),
  ));

test("a merged mask has the pixels of both or of either, in runs that are not 0", () =>
  fc.assert(
    fc.property(pixels, pixels, (left, right) => {
      const union = rleMerge(maskOf(left), maskOf(right), "union");
      const shared = rleMerge(maskOf(left), maskOf(right), "intersection");
      expect(pixelsOf(union)).toEqual(Array.from(left, (one, i) => Math.max(one, right[i]!)));
      expect(pixelsOf(shared)).toEqual(Array.from(left, (one, i) => Math.min(one, right[i]!)));
      for (const { counts } of [union, shared]) expect(counts.subarray(1).includes(0)).toBe(false);
      expect(rleSum(union)).toBe(35);
    }),
  ));

const crowds = fc.nat(1).map((one) => Uint8Array.of(one));

/** Similarity of one pair. */
function similarityOf(truth: RleMask, detection: RleMask, crowd: Uint8Array, lowest = 0): number {
  const out = new Float64Array(1);
  const rows = Int32Array.of(0);
  const call = maskSimilarity(
    () => truth,
    crowd,
    () => detection,
    lowest,
  );
  call(rows, 0, 1, rows, 0, 1, out);
  return out[0]!;
}

test("IoU is that of the merged masks, with runs of 0 too", () =>
  fc.assert(
    fc.property(pixels, pixels, crowds, fc.nat(6), (left, right, crowd, at) => {
      const shared = rleArea(rleMerge(maskOf(left), maskOf(right), "intersection"));
      const whole = crowd[0] === 1 ? rleArea(maskOf(right)) : rleArea(rleMerge(maskOf(left), maskOf(right), "union"));
      const iou = shared === 0 ? 0 : shared / whole;
      expect(similarityOf(maskOf(left), maskOf(right), crowd)).toBe(iou);
      const { counts } = maskOf(left);
      const k = Math.min(at, counts.length);
      const split = { ...size, counts: Float64Array.of(...counts.subarray(0, k), 0, 0, ...counts.subarray(k)) };
      expect(similarityOf(split, maskOf(right), crowd)).toBe(iou);
    }),
  ));

test("a pair is skipped only where it cannot reach the threshold", () =>
  fc.assert(
    fc.property(pixels, pixels, crowds, fc.double({ min: 0, max: 1, noNaN: true }), (left, right, crowd, lowest) => {
      const whole = similarityOf(maskOf(left), maskOf(right), crowd);
      const skipped = similarityOf(maskOf(left), maskOf(right), crowd, lowest);
      if (skipped !== whole) expect([skipped, whole < lowest]).toEqual([0, true]);
    }),
  ));

test("the tight box is that of the pixels", () =>
  fc.assert(
    fc.property(pixels, (list) => {
      const on = Array.from(list).flatMap((one, i) => (one === 1 ? [[i % 5, Math.floor(i / 5)] as const] : []));
      const [x, y] = [on.map(([column]) => column), on.map(([, row]) => row)];
      const [left, top] = [Math.min(...x), Math.min(...y)];
      const box = { x: left, y: top, width: Math.max(...x) + 1 - left, height: Math.max(...y) + 1 - top };
      expect(rleTightBox(maskOf(list))).toEqual(on.length === 0 ? undefined : box);
    }),
  ));

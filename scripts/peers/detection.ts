import fc from "fast-check";
import { encodeCompressedRle } from "../../src/checks/rle-codec.js";
import { rleFromPolygon } from "../../src/checks/rle-polygon.js";
import type { PeerCheck } from "./peer.js";

const side = 160;
const [images, categories] = [3, 2];

/** A box on a raster of halves, so that IoU often falls on a threshold. */
const box = fc
  .tuple(fc.nat(60), fc.nat(60), fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 100 }))
  .map(([x, y, width, height]) => [x / 2, y / 2, width, height]);
const place = { image_id: fc.integer({ min: 1, max: images }), category_id: fc.integer({ min: 1, max: categories }) };
const object = fc.record({
  ...place,
  bbox: box,
  iscrowd: fc.constantFrom(0, 0, 0, 1),
  area: fc.constantFrom(1, 1023.5, 1024, 3000, 9216, 1e4),
});
/** Of few values: ties within an image and between images. */
const score = fc.nat(6).map((one) => one / 8);
const result = fc.record({ ...place, bbox: box, score });

/** Ground truth and results; a result often has the place of an object, shifted a little. */
function cocoInputs<O extends { bbox: readonly number[] }, R extends { bbox: readonly number[] }>(
  objects: fc.Arbitrary<O>,
  results: fc.Arbitrary<R>,
  shapeObject: (one: O, id: number) => object,
  shapeResult: (one: R) => object,
) {
  const near = fc.tuple(results, fc.nat(20), fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 4, maxLength: 4 }));
  return fc
    .tuple(fc.array(objects, { maxLength: 12 }), fc.array(near, { minLength: 1, maxLength: 30 }))
    .map(([truths, found]) => ({
      ground_truth: {
        images: Array.from({ length: images }, (_, i) => ({ id: i + 1, width: side, height: side })),
        categories: Array.from({ length: categories }, (_, i) => ({ id: i + 1 })),
        annotations: truths.map((one, i) => ({ ...shapeObject(one, i + 1), id: i + 1 })),
      },
      detections: found.map(([one, of, shift]) => {
        const like = truths[of];
        if (like === undefined) return shapeResult(one);
        const bbox = like.bbox.map((value, at) => Math.max(at < 2 ? 0 : 1, value + (shift[at] ?? 0)));
        const { image_id, category_id } = like as unknown as { image_id: number; category_id: number };
        return shapeResult({ ...one, image_id, category_id, bbox });
      }),
    }));
}

/** A triangle in the box of an object: its mask is not its box. */
function triangle([x = 0, y = 0, width = 0, height = 0]: readonly number[]): number[] {
  return [x, y, x + width, y + height / 2, x + width / 3, y + height];
}

const sigmas = [0.05, 0.1, 0.2];
const visibility = fc.array(fc.nat(2), { minLength: 3, maxLength: 3 });

/** Three points in the box; those that are not labelled are 0, 0, 0. */
function points([x = 0, y = 0, width = 0, height = 0]: readonly number[], seen: readonly number[]): number[] {
  const corners = triangle([x, y, width, height]);
  return seen.flatMap((v, k) => (v === 0 ? [0, 0, 0] : [corners[2 * k] ?? 0, corners[2 * k + 1] ?? 0, v]));
}

const runText = fc
  .array(fc.nat(30), { minLength: 6, maxLength: 12 })
  .map((list) =>
    encodeCompressedRle(rleFromPolygon(Float64Array.from(list.slice(0, list.length & ~1)), 24, 20).counts),
  );
const texts = fc.array(runText, { minLength: 1, maxLength: 5 });
const size = [24, 20];

/** Labels of a few categories, the rarer the later; some never predicted, some never true. */
const label = fc.constantFrom("a", "a", "a", "b", "b", "c", "d", "e");
const labels = fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 40 }).map((pairs) => ({
  y_true: pairs.map(([truth]) => truth),
  y_pred: pairs.map(([, predicted]) => predicted),
}));

/** Every label once more on both sides, wrongly: none has an undefined value, inside of which the comparison does not look. */
const whole = labels.map(({ y_true, y_pred }) => {
  const all = [...new Set([...y_true, ...y_pred])].sort();
  return { y_true: [...y_true, ...all], y_pred: [...y_pred, ...all.slice(1), ...all.slice(0, 1)] };
});

const part = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const turn = fc.oneof(fc.constantFrom(0, Math.PI / 4, Math.PI / 2, -Math.PI), part(-7, 7));
const turned = fc.array(fc.tuple(part(-5, 5), part(-5, 5), part(0.1, 9), part(0.1, 9), turn), {
  minLength: 1,
  maxLength: 3,
});
const shapely = { peer: "shapely", inputs: fc.record({ boxes1: turned, boxes2: turned }) };

const unit = [
  [0, 0, 0],
  [1, 0, 0],
  [1, 1, 0],
  [0, 1, 0],
  [0, 0, 1],
  [1, 0, 1],
  [1, 1, 1],
  [0, 1, 1],
] as const;
/** A box of three sides about a place, turned about two axes. */
const body = fc
  .tuple(fc.tuple(part(-1, 1), part(-1, 1), part(-1, 1)), fc.tuple(part(1, 4), part(1, 4), part(1, 4)), turn, turn)
  .map(([[x, y, z], [w, d, h], yaw, pitch]) =>
    unit.map(([i, j, k]) => {
      const [p, q, r] = [w * (i - 0.5), d * (j - 0.5), h * (k - 0.5)];
      const [s, t] = [p * Math.cos(yaw) - q * Math.sin(yaw), p * Math.sin(yaw) + q * Math.cos(yaw)];
      return [x + s, y + t * Math.cos(pitch) - r * Math.sin(pitch), z + t * Math.sin(pitch) + r * Math.cos(pitch)];
    }),
  );
const crowded = fc.array(
  fc
    .tuple(fc.nat(8), fc.nat(8), fc.integer({ min: 4, max: 9 }), fc.integer({ min: 4, max: 9 }))
    .map(([x, y, w, h]) => [x, y, x + w, y + h]),
  { minLength: 1, maxLength: 12 },
);
const scipy = { peer: "scipy" };

const sklearn = { peer: "scikit-learn", inputs: labels };
const pycocotools = { peer: "pycocotools" };
export const checks: readonly PeerCheck[] = [
  {
    ...pycocotools,
    measure: "coco-map-bbox",
    answers: "coco_bbox",
    inputs: cocoInputs(
      object,
      result,
      (one) => one,
      (one) => one,
    ),
  },
  {
    ...pycocotools,
    measure: "coco-map-segm",
    answers: "coco_segm",
    inputs: cocoInputs(
      object,
      result,
      ({ bbox, ...one }) => ({ ...one, segmentation: [triangle(bbox)] }),
      ({ bbox, ...one }) => ({
        ...one,
        segmentation: {
          size: [side, side],
          counts: encodeCompressedRle(rleFromPolygon(Float64Array.from(triangle(bbox)), side, side).counts),
        },
      }),
    ),
  },
  {
    ...pycocotools,
    measure: "coco-map-keypoints",
    answers: "coco_keypoints",
    inputs: cocoInputs(
      fc.tuple(object, visibility).map(([one, seen]) => ({ ...one, seen })),
      result,
      ({ seen, ...one }) => ({
        ...one,
        keypoints: points(one.bbox, seen),
        num_keypoints: seen.filter((v) => v > 0).length,
      }),
      ({ bbox, ...one }) => ({ ...one, keypoints: points(bbox, [1, 1, 1]) }),
    ).map((inputs) => ({ ...inputs, sigmas })),
  },
  {
    ...pycocotools,
    measure: "rle-from-polygon",
    answers: "polygon",
    inputs: fc
      .array(fc.double({ min: -20, max: 60, noNaN: true }), { minLength: 6, maxLength: 24 })
      .map((polygon) => ({ polygon: polygon.slice(0, polygon.length & ~1), size: [40, 30] })),
  },
  {
    ...pycocotools,
    measure: "rle-merge",
    answers: "merged",
    inputs: fc.record({ counts: texts, mode: fc.constantFrom("union", "intersection"), size: fc.constant(size) }),
  },
  {
    ...pycocotools,
    measure: "mask-iou",
    answers: "iou",
    inputs: fc
      .tuple(texts, texts, fc.array(fc.nat(1), { minLength: 5, maxLength: 5 }))
      .map(([dt_counts, gt_counts, flags]) => ({
        dt_counts,
        gt_counts,
        iscrowd: flags.slice(0, gt_counts.length),
        size,
      })),
  },
  { ...sklearn, measure: "classification-prf", answers: "prf", inputs: whole },
  { ...sklearn, measure: "classification-prf", answers: "prf", fields: ["micro", "accuracy"] },
  { ...sklearn, measure: "mcc", answers: "mcc" },
  { ...sklearn, measure: "confusion", answers: "confusion" },
  { ...shapely, measure: "oriented-box-iou", answers: "rotated_iou" },
  { ...shapely, measure: "oriented-box-iof", answers: "rotated_iof" },
  { ...scipy, measure: "box3d-iou", answers: "bodies", inputs: fc.record({ corners1: body, corners2: body }) },
  {
    ...scipy,
    measure: "box-agreement",
    answers: "matching",
    inputs: fc.record({ preds: crowded, target: crowded, iou_threshold: fc.constantFrom(0.2, 0.3, 0.5) }),
  },
];

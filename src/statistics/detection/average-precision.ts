import type { AveragePrecisionOptions, Detections, Similarity, Truths } from "./columns.js";
import { matchGroup, newMatches } from "./greedy-matching.js";
import { descendingOrder, distinctOf, orderByRank, ranksOf, rowsOf } from "./order.js";
import { type PrecisionRecall, precisionRecallOf } from "./precision-recall.js";

/** COCO's thresholds 0.5, 0.55 … 0.95, as numpy's linspace makes them: a similarity on the threshold falls on the same side. */
export const cocoThresholds: Float64Array = Float64Array.from({ length: 10 }, (_, i) =>
  i === 9 ? 0.95 : i * ((0.95 - 0.5) / 9) + 0.5,
);

/**
 * Precision and recall of detections, by category, range of areas and threshold, with the conventions of pycocotools: detections by descending score (ties
 * by image id, then as given) each take the free object of greatest similarity (of equal ones the last), ignored objects only where no other is left;
 * precision is interpolated at 101 recalls.
 *
 * @param similarity told only about pairs of one image and category
 */
export function averagePrecision(
  truths: Truths,
  detections: Detections,
  similarity: Similarity,
  options: AveragePrecisionOptions,
): PrecisionRecall {
  const images = distinctOf(truths.image, detections.image);
  const categories = distinctOf(truths.category, detections.category);
  const truthImage = ranksOf(truths.image, images);
  const truthCategory = ranksOf(truths.category, categories);
  const image = ranksOf(detections.image, images);
  const category = ranksOf(detections.category, categories);

  // By score, ties by image, then as given; from it both orders come by stable sorts.
  const byScore = descendingOrder(detections.score, orderByRank(rowsOf(image.length), image, images.length));
  const ranked = orderByRank(byScore, category, categories.length);
  const grouped = orderByRank(orderByRank(byScore, image, images.length), category, categories.length);
  const objects = orderByRank(
    orderByRank(rowsOf(truthImage.length), truthImage, images.length),
    truthCategory,
    categories.length,
  );

  const matches = newMatches(detections, options);
  const last = options.limits.at(-1) ?? 0;
  let g = 0;
  for (let d = 0; d < grouped.length; ) {
    const row = grouped[d]!;
    let afterDetection = d + 1;
    while (afterDetection < grouped.length && isSame(image, category, grouped[afterDetection]!, row)) afterDetection++;
    for (let k = d; k < afterDetection; k++) matches.place[grouped[k]!] = k - d;
    while (g < objects.length && isBefore(truthCategory, truthImage, objects[g]!, category[row]!, image[row]!)) g++;
    let afterTruth = g;
    while (
      afterTruth < objects.length &&
      truthCategory[objects[afterTruth]!] === category[row] &&
      truthImage[objects[afterTruth]!] === image[row]
    )
      afterTruth++;
    if (afterTruth > g) {
      const after = Math.min(afterDetection, d + last);
      const pairs = scratchOf((after - d) * (afterTruth - g));
      similarity(grouped, d, after, objects, g, afterTruth, pairs);
      matchGroup({ grouped, d, after, objects, g, afterTruth }, pairs, truths, options, matches);
    }
    g = afterTruth;
    d = afterDetection;
  }
  return precisionRecallOf({ ranked, category, objects, truthCategory, categories }, truths, matches, options);
}

let scratch = new Float64Array(1024);

/** Zeros, in the array that every group uses again. */
function scratchOf(length: number): Float64Array {
  if (scratch.length < length) scratch = new Float64Array(2 * length);
  return scratch.fill(0, 0, length);
}

function isSame(image: Int32Array, category: Int32Array, a: number, b: number): boolean {
  return image[a] === image[b] && category[a] === category[b];
}

function isBefore(categories: Int32Array, images: Int32Array, row: number, category: number, image: number): boolean {
  return categories[row]! < category || (categories[row] === category && images[row]! < image);
}

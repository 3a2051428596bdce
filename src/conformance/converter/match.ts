import type { AnnotationRecord } from "../../records/types.gen.js";
import { differenceOf } from "./difference.js";

export type LabelOf = (annotation: AnnotationRecord) => string | undefined;

/** One side of a medium's annotations, and what tells their category by name. */
export interface Side {
  readonly annotations: readonly AnnotationRecord[];
  readonly labelOf: LabelOf;
}

/**
 * Which annotation of a medium became which: the pairs that are most alike come first, so that one that is lost takes no other's place. What is alike is the
 * extent in px, then the category, then the rest of the geometry, then the id; between equals, the order.
 */
export function pairUp(given: Side, got: Side): ReadonlyMap<AnnotationRecord, AnnotationRecord> {
  const candidates: { readonly distance: number; readonly from: number; readonly to: number }[] = [];
  const extents = got.annotations.map(extentOf);
  given.annotations.forEach((annotation, from) => {
    const extent = extentOf(annotation);
    got.annotations.forEach((other, to) => {
      const distance =
        distanceOf(extent, extents[to]) +
        (given.labelOf(annotation) === got.labelOf(other) ? 0 : otherCategory) +
        (isSameShape(annotation, other) ? 0 : otherShape) +
        (annotation.id !== undefined && String(annotation.id) === String(other.id) ? 0 : otherId);
      candidates.push({ distance, from, to });
    });
  });
  candidates.sort((a, b) => a.distance - b.distance || a.from - b.from || a.to - b.to);
  const pairs = new Map<AnnotationRecord, AnnotationRecord>();
  const taken = new Set<number>();
  for (const { from, to } of candidates) {
    const annotation = given.annotations[from];
    const other = got.annotations[to];
    if (annotation === undefined || other === undefined || pairs.has(annotation) || taken.has(to)) continue;
    pairs.set(annotation, other);
    taken.add(to);
  }
  return pairs;
}

// In px: two annotations at one place are told apart by their categories, and a category that was changed by its place.
const otherCategory = 1;
const otherShape = 1e-4;
const otherId = 1e-9;
/** Where one of the two has no place at all. */
const unknown = 1e6;

type Extent = readonly [left: number, top: number, right: number, bottom: number];

function extentOf({ box, rotated_box, polygon, keypoints }: AnnotationRecord): Extent | undefined {
  if (box !== undefined) return [box.x, box.y, box.x + box.width, box.y + box.height];
  const points = [
    ...(rotated_box ?? []),
    ...(polygon ?? []).flatMap((ring) => [...ring]),
    ...(keypoints ?? []).flatMap(({ x, y, v }) => (v > 0 ? [x, y] : [])),
  ];
  if (points.length === 0) return undefined;
  const across = points.filter((_, at) => at % 2 === 0);
  const down = points.filter((_, at) => at % 2 === 1);
  return [Math.min(...across), Math.min(...down), Math.max(...across), Math.max(...down)];
}

function distanceOf(left: Extent | undefined, right: Extent | undefined): number {
  if (left === undefined && right === undefined) return 0;
  if (left === undefined || right === undefined) return unknown;
  return Math.min(unknown, differenceOf(left, right));
}

const shapes = ["polygon", "rle", "keypoints", "caption"] as const;

function isSameShape(left: AnnotationRecord, right: AnnotationRecord): boolean {
  return shapes.every(
    (field) =>
      left[field] === undefined || right[field] === undefined || differenceOf(left[field], right[field]) < 1e-3,
  );
}

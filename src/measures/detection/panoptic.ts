import { addExact, type ExactSum, exactValue, mergeExact, newExactSum } from "../../statistics/exact-sum.js";
import type { MeasureState } from "../function.js";

/** Category and instance of each pixel of an image, whole numbers from 0 on; categories below 2²⁰. */
export interface PanopticPixels {
  readonly category: Int32Array;
  readonly instance: Int32Array;
}

/** What segments of one category came to. */
interface SegmentTally {
  /** Sum of the IoU of matched segments. */
  readonly iou: ExactSum;
  matched: number;
  /** Segments of the prediction without partner. */
  extra: number;
  /** Segments of the ground truth without partner. */
  missed: number;
}

/** By category; images can be counted apart and merged. */
export type PanopticTally = ReadonlyMap<number, Readonly<SegmentTally>>;

export interface PanopticOptions {
  readonly things: readonly number[];
  /** Their instances do not count: all pixels of one category are one segment. */
  readonly stuffs: readonly number[];
  /** Stuff is not matched: every IoU above 0 counts, over the segments of the ground truth (Porzi et al. 2019). */
  readonly modified?: boolean;
}

export const panopticState: MeasureState<PanopticTally> = {
  empty: () => new Map(),
  merge(left, right) {
    const merged = new Map<number, SegmentTally>();
    for (const category of new Set([...left.keys(), ...right.keys()])) {
      const a = left.get(category) ?? newTally();
      const b = right.get(category) ?? newTally();
      merged.set(category, {
        iou: mergeExact(a.iou, b.iou),
        matched: a.matched + b.matched,
        extra: a.extra + b.extra,
        missed: a.missed + b.missed,
      });
    }
    return merged;
  },
};

function newTally(): SegmentTally {
  return { iou: newExactSum(), matched: 0, extra: 0, missed: 0 };
}

/**
 * Segments of one image, matched where they are of one category and their IoU is above 0.5. Pixels that are void in the ground truth (of a category that is
 * neither thing nor stuff) are in no union, and an unmatched segment of which they are more than half is not counted. Source: Kirillov et al. 2019.
 *
 * @param pred pixels of other categories belong to no segment
 */
export function panopticTally(pred: PanopticPixels, target: PanopticPixels, options: PanopticOptions): PanopticTally {
  const tally = new Map([...options.things, ...options.stuffs].map((category) => [category, newTally()]));
  const stuffs = new Set(options.stuffs);
  const found = segmentsOf(pred, tally, stuffs);
  const wanted = segmentsOf(target, tally, stuffs);
  const columns = wanted.categories.length;
  const shared = new Map<number, number>();
  for (let i = 0; i < found.segment.length; i++) {
    const pair = (found.segment[i] ?? 0) * columns + (wanted.segment[i] ?? 0);
    shared.set(pair, (shared.get(pair) ?? 0) + 1);
  }
  const isPooled = (category = -1) => options.modified === true && stuffs.has(category);
  const partnered = new Set<number>();
  const taken = new Set<number>();
  for (const [pair, pixels] of shared) {
    const [p, t] = [Math.floor(pair / columns), pair % columns];
    const category = wanted.categories[t] ?? -1;
    const counts = tally.get(category);
    if (t === 0 || counts === undefined || found.categories[p] !== category) continue;
    const inVoid = shared.get(p * columns) ?? 0;
    const iou = pixels / ((found.pixels[p] ?? 0) - inVoid + (wanted.pixels[t] ?? 0) - pixels);
    if (!isPooled(category) && iou <= 0.5) continue;
    addExact(counts.iou, iou);
    if (isPooled(category)) continue;
    counts.matched++;
    partnered.add(p);
    taken.add(t);
  }
  // Segment 0 is none: void in the ground truth, unlabelled in the prediction.
  for (let t = 1; t < columns; t++) {
    const category = wanted.categories[t] ?? -1;
    const counts = tally.get(category);
    if (counts === undefined) continue;
    if (isPooled(category)) counts.matched++;
    else if (!taken.has(t)) counts.missed++;
  }
  for (let p = 1; p < found.categories.length; p++) {
    const category = found.categories[p] ?? -1;
    const counts = tally.get(category);
    if (counts === undefined || isPooled(category) || partnered.has(p)) continue;
    if ((shared.get(p * columns) ?? 0) <= (found.pixels[p] ?? 0) / 2) counts.extra++;
  }
  return tally;
}

interface Segments {
  /** Segment of each pixel, 0 for none. */
  readonly segment: Int32Array;
  /** By segment. */
  readonly categories: readonly number[];
  readonly pixels: readonly number[];
}

function segmentsOf(
  { category, instance }: PanopticPixels,
  known: ReadonlyMap<number, unknown>,
  stuffs: ReadonlySet<number>,
): Segments {
  const segment = new Int32Array(category.length);
  const numbers = new Map<number, number>();
  const categories = [-1];
  const pixels = [0];
  for (let i = 0; i < segment.length; i++) {
    const of = category[i] ?? -1;
    if (!known.has(of)) continue;
    const key = of * 2 ** 32 + (stuffs.has(of) ? 0 : (instance[i] ?? 0));
    let number = numbers.get(key);
    if (number === undefined) {
      number = categories.push(of) - 1;
      numbers.set(key, number);
      pixels.push(0);
    }
    segment[i] = number;
    pixels[number] = (pixels[number] ?? 0) + 1;
  }
  return { segment, categories, pixels };
}

/** Quality of one category, undefined where it has no segment on either side. */
export interface CategoryQuality {
  readonly pq: number;
  /** Mean IoU of matched segments, 0 where none is. */
  readonly sq: number;
  /** F1 of segments. */
  readonly rq: number;
}

export function categoryQuality({ iou, matched, extra, missed }: Readonly<SegmentTally>): CategoryQuality | undefined {
  const segments = matched + (extra + missed) / 2;
  if (segments === 0) return undefined;
  const sq = matched === 0 ? 0 : exactValue(iou) / matched;
  const rq = matched / segments;
  return { pq: sq * rq, sq, rq };
}

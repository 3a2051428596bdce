import type { AveragePrecisionOptions, Detections, Truths } from "./columns.js";

/** What became of each detection; a bit a threshold. */
export interface Matches {
  /** Place by score among the detections of its image and category. */
  readonly place: Int32Array;
  /** By detection and range of areas: the thresholds at which it has an object. */
  readonly matched: Int32Array;
  /** The thresholds at which it does not count: its object is ignored, or it has none and is itself outside the range. */
  readonly ignored: Int32Array;
}

/** Nothing matched yet. */
export function newMatches({ area }: Detections, { areas, thresholds }: AveragePrecisionOptions): Matches {
  const all = 2 ** thresholds.length - 1;
  const ignored = new Int32Array(area.length * areas.length);
  areas.forEach(([least, greatest], a) => {
    for (let d = 0; d < area.length; d++)
      if (area[d]! < least || area[d]! > greatest) ignored[d * areas.length + a] = all;
  });
  return { place: new Int32Array(area.length), matched: new Int32Array(ignored.length), ignored };
}

interface Group {
  /** Rows of detections, by image and category, then score; those of this group from `d` to before `after`. */
  readonly grouped: Int32Array;
  readonly d: number;
  readonly after: number;
  readonly objects: Int32Array;
  readonly g: number;
  readonly afterTruth: number;
}

let taken = new Int32Array(64);
let rank = new Int32Array(64);

/**
 * Gives the detections of one image and category their objects. At each threshold a detection takes the best that is free; since the candidates stand in
 * order of similarity, whole words of thresholds are given away at once (a loop a threshold: the whole evaluation of boxes takes 1.2 times as long).
 */
export function matchGroup(
  { grouped, d, after, objects, g, afterTruth }: Group,
  pairs: Float64Array,
  truths: Truths,
  { thresholds, areas }: AveragePrecisionOptions,
  { matched, ignored }: Matches,
): void {
  const count = afterTruth - g;
  const lowest = limitOf(thresholds[0] ?? 1);
  if (taken.length < count * areas.length) taken = new Int32Array(2 * count * areas.length);
  if (rank.length < count) rank = new Int32Array(2 * count);
  taken.fill(0, 0, count * areas.length);
  for (let k = d; k < after; k++) {
    const first = (k - d) * count;
    // Candidates by descending similarity, of equal ones the last first.
    let candidates = 0;
    for (let j = count - 1; j >= 0; j--) {
      const value = pairs[first + j]!;
      if (!(value >= lowest)) continue;
      let at = candidates++;
      for (; at > 0 && pairs[first + rank[at - 1]!]! < value; at--) rank[at] = rank[at - 1]!;
      rank[at] = j;
    }
    if (candidates === 0) continue;
    for (let a = 0; a < areas.length; a++) {
      const cell = grouped[k]! * areas.length + a;
      let mine = 0;
      for (let pass = 0; pass < 2; pass++) {
        const before = mine;
        for (let at = 0; at < candidates; at++) {
          const j = rank[at]!;
          const object = objects[g + j]!;
          if (isIgnored(truths, object, areas[a]!) !== (pass === 1)) continue;
          const reached = wordOf(pairs[first + j]!, thresholds) & ~mine;
          const free = truths.crowd[object] === 1 ? reached : reached & ~taken[j * areas.length + a]!;
          taken[j * areas.length + a]! |= free;
          mine |= free;
        }
        const now = mine & ~before;
        if (pass === 1) ignored[cell]! |= now;
        else ignored[cell]! &= ~now;
      }
      matched[cell] = mine;
    }
  }
}

/** Whether an object does not count in that range of areas. */
export function isIgnored(truths: Truths, row: number, range: readonly [number, number]): boolean {
  const area = truths.area[row]!;
  return truths.crowd[row] === 1 || truths.ignore?.[row] === 1 || area < range[0] || area > range[1];
}

/** pycocotools lets a similarity of 1 that was rounded reach a threshold of 1. */
function limitOf(threshold: number): number {
  return Math.min(threshold, 1 - 1e-10);
}

/** A bit for each threshold that the similarity reaches; thresholds ascend. */
function wordOf(value: number, thresholds: Float64Array): number {
  let count = 0;
  while (count < thresholds.length && value >= limitOf(thresholds[count]!)) count++;
  return 2 ** count - 1;
}

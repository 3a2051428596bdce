import { exactSumOf } from "../statistics/exact-sum.js";
import { matchPairs } from "../statistics/matching.js";
import type { Compared, Scene } from "./scenes.js";

/** Pairs of units, and what has no partner, by medium and by label. */
export interface Matches {
  /** Row of the second that each unit of the first is matched with, −1 for none; and their IoU. */
  readonly partner: Int32Array;
  readonly iou: Float64Array;
  /** Whether a unit of the second has a partner, or lies in a crowd of the first and is not counted. */
  readonly taken: Uint8Array;
  /** Crowds of the first were units like any other. */
  readonly crowdsMatch: boolean;
}

/** Which pairs may be matched. */
export interface MatchOptions {
  /** Least IoU of a pair. */
  readonly iou: number;
  /** Only units of one label. */
  readonly sameLabel: boolean;
  /** A crowd is a unit like any other: where two deliveries of one dataset are held against each other. */
  readonly crowdsMatch?: true;
}

export const unmatched = 0;
export const matched = 1;
export const inCrowd = 2;

/**
 * In each medium as many pairs as can be, and among those the greatest sum of IoU (optimal, not greedy). A crowd of the first matches nothing: units of the
 * second that lie in it, to at least the threshold of their own area, are not counted, as COCO has it. Of boxes in one place those of one label belong together.
 */
export function matchUnits(compared: Compared, options: MatchOptions): Matches {
  const { first, second, scenes } = compared;
  const matches: Matches = {
    partner: new Int32Array(first.units.length).fill(-1),
    iou: new Float64Array(first.units.length),
    taken: new Uint8Array(second.units.length),
    crowdsMatch: options.crowdsMatch === true,
  };
  for (const scene of scenes) matchScene(compared, scene, options, matches);
  return matches;
}

/** Decides between boxes in one place; less than any two IoU of px differ by. */
const labelBonus = 1e-9;

function matchScene(
  compared: Compared,
  { firstRows, secondRows }: Scene,
  options: MatchOptions,
  matches: Matches,
): void {
  const { first, firstBoxes, secondBoxes, firstLabels, secondLabels } = compared;
  const isCrowd = (row: number): boolean => options.crowdsMatch !== true && first.units.crowd[row] === 1;
  const mine = firstRows.filter((row) => !isCrowd(row));
  const [n, m] = [mine.length, secondRows.length];
  if (m === 0) return;
  const left: number[] = [];
  const right: number[] = [];
  const value: number[] = [];
  for (let i = 0; i < n; i++) {
    const a = mine[i] ?? 0;
    for (let j = 0; j < m; j++) {
      const b = secondRows[j] ?? 0;
      const same = firstLabels[a] === secondLabels[b];
      if (options.sameLabel && !same) continue;
      const { iou } = overlap(firstBoxes, a, secondBoxes, b);
      if (iou < options.iou) continue;
      left.push(i);
      right.push(j);
      value.push(iou * (1 - labelBonus) + (same ? labelBonus : 0));
    }
  }
  const candidates = { left: Int32Array.from(left), right: Int32Array.from(right), value: Float64Array.from(value) };
  matchPairs(candidates, n, m).forEach((j, i) => {
    if (j < 0) return;
    const a = mine[i] ?? 0;
    const b = secondRows[j] ?? 0;
    matches.partner[a] = b;
    matches.iou[a] = overlap(firstBoxes, a, secondBoxes, b).iou;
    matches.taken[b] = matched;
  });
  for (const crowd of firstRows) {
    if (!isCrowd(crowd)) continue;
    for (const row of secondRows) {
      if (matches.taken[row] !== unmatched || (options.sameLabel && firstLabels[crowd] !== secondLabels[row])) continue;
      if (overlap(firstBoxes, crowd, secondBoxes, row).ofSecond >= options.iou) matches.taken[row] = inCrowd;
    }
  }
}

/**
 * IoU of two boxes, and the share of the second that lies in the first. Two units without a box label the same whole medium: IoU 1; so have boxes with the
 * same four numbers, whatever the sums of fractions come to, and those without extent.
 */
export function overlap(
  boxes: Float64Array,
  a: number,
  others: Float64Array,
  b: number,
): { readonly iou: number; readonly ofSecond: number } {
  // Index by index: this is asked of every pair of boxes in a medium.
  const [i, j] = [4 * a, 4 * b];
  const [x, y, width, height] = [boxes[i] ?? Number.NaN, boxes[i + 1] ?? 0, boxes[i + 2] ?? 0, boxes[i + 3] ?? 0];
  const [u, v, w, h] = [others[j] ?? Number.NaN, others[j + 1] ?? 0, others[j + 2] ?? 0, others[j + 3] ?? 0];
  if (Number.isNaN(x) || Number.isNaN(u)) {
    const same = Number.isNaN(x) && Number.isNaN(u) ? 1 : 0;
    return { iou: same, ofSecond: same };
  }
  if (x === u && y === v && width === w && height === h) return { iou: 1, ofSecond: 1 };
  const across = Math.min(x + width, u + w) - Math.max(x, u);
  const down = Math.min(y + height, v + h) - Math.max(y, v);
  if (across <= 0 || down <= 0) return { iou: 0, ofSecond: 0 };
  const common = across * down;
  return { iou: Math.min(1, common / (width * height + w * h - common)), ofSecond: common / (w * h) };
}

/** Units of one group: matched, of the second alone, of the first alone, and the IoU of the matched together. */
export interface Tally {
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
  readonly iou: number;
}

/** A group whole, and by medium: media are the clusters that intervals know. Media without a unit of the group are left out. */
export interface Tallied {
  readonly whole: Tally;
  readonly byMedium: readonly Tally[];
}

/** What only the second's media hold is not judged: there is nothing to hold it against. */
export interface Tallies {
  readonly all: Tallied;
  /** By label, in the order of the pairing. */
  readonly labels: readonly Tallied[];
  /** Units of the second in media that the first does not have. */
  readonly notJudged: number;
  /** Units of the second in crowds of the first: not counted, as COCO has it. */
  readonly inCrowds: number;
}

export function tallyMatches(compared: Compared, { partner, iou, taken, crowdsMatch }: Matches): Tallies {
  const { first, scenes, pairing, firstLabels, secondLabels } = compared;
  const groups = [everything, ...pairing.labels.keys()].map((): Counter[] => []);
  let notJudged = 0;
  let inCrowds = 0;
  for (const { first: medium, firstRows, secondRows } of scenes) {
    if (medium === -1) {
      notJudged += secondRows.length;
      continue;
    }
    const counters = new Map<number, Counter>();
    const counted = (label: number | undefined): readonly Counter[] =>
      [everything, label ?? 0].map((group) => {
        const known = counters.get(group);
        if (known !== undefined) return known;
        const counter = { tp: 0, fp: 0, fn: 0, ious: [] };
        counters.set(group, counter);
        return counter;
      });
    for (const row of firstRows) {
      if (!crowdsMatch && first.units.crowd[row] === 1) continue;
      for (const counter of counted(firstLabels[row])) {
        if (partner[row] === -1) counter.fn += 1;
        else {
          counter.tp += 1;
          counter.ious.push(iou[row] ?? 0);
        }
      }
    }
    for (const row of secondRows) {
      if (taken[row] === inCrowd) inCrowds += 1;
      if (taken[row] === unmatched) for (const counter of counted(secondLabels[row])) counter.fp += 1;
    }
    for (const [group, counter] of counters) groups[group + 1]?.push(counter);
  }
  const [all = noUnits, ...labels] = groups.map(tallied);
  return { all, labels, notJudged, inCrowds };
}

/** The group of all units; the others are labels. */
const everything = -1;

interface Counter {
  tp: number;
  fp: number;
  fn: number;
  readonly ious: number[];
}

/** Sums are exact: the order of the data changes no digit. */
function tallied(counters: readonly Counter[]): Tallied {
  const sum = (of: (counter: Counter) => number) => counters.reduce((total, counter) => total + of(counter), 0);
  return {
    whole: {
      tp: sum(({ tp }) => tp),
      fp: sum(({ fp }) => fp),
      fn: sum(({ fn }) => fn),
      iou: exactSumOf(Float64Array.from(counters.flatMap(({ ious }) => ious))),
    },
    byMedium: counters.map(({ tp, fp, fn, ious }) => ({ tp, fp, fn, iou: exactSumOf(Float64Array.from(ious)) })),
  };
}

export const noUnits: Tallied = { whole: { tp: 0, fp: 0, fn: 0, iou: 0 }, byMedium: [] };

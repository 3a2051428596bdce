import type { Tool } from "../records/report.gen.js";
import { quantile } from "../statistics/quantile.js";
import { type CollectOptions, collect } from "./collect.js";
import type { PairingSummary, Side } from "./comparison.js";
import type { MaskShape } from "./delivery.js";
import { type Matches, matchUnits, unmatched } from "./match.js";
import { pair } from "./pair.js";
import { type Compared, compareScenes } from "./scenes.js";
import { pairingSummary, sideOf } from "./summary.js";

export interface DiffOptions extends CollectOptions {
  /** Least IoU of two boxes that count as one annotation, 0.5 by default. */
  readonly iou?: number;
}

/** How boxes of one annotation lie apart: the least and the median IoU, the median and the greatest move of a side in px, where the size of a medium is known. */
export interface Moves {
  readonly count: number;
  readonly iou_least: number;
  readonly iou_median: number;
  readonly side_median: number | null;
  readonly side_greatest: number | null;
}

export interface Changes {
  readonly unchanged: number;
  readonly moved: number;
  /** The box is the same, the mask is not. */
  readonly reshaped: number;
  readonly relabelled: number;
  readonly added: number;
  readonly removed: number;
}

/** What `touchstone diff` says of two deliveries of one dataset. */
export interface DeliveryDiff {
  readonly diff_version: 1;
  readonly tool: Tool;
  readonly old: Side;
  readonly new: Side;
  readonly pairing: PairingSummary;
  readonly match: { readonly iou: number };
  readonly annotations: Changes;
  readonly moves: Moves | null;
  /** By the label that the old delivery gives, added ones by the new. */
  readonly by_category: readonly (Changes & { readonly category: string; readonly moves: Moves | null })[];
  /** Most frequent first. */
  readonly relabellings: readonly { readonly from: string; readonly to: string; readonly count: number }[];
}

/** What changed from one delivery to the next. @throws UsageError as `collect` does */
export async function diff(
  oldPath: string,
  newPath: string,
  tool: Tool,
  options: DiffOptions = {},
): Promise<DeliveryDiff> {
  const { iou = 0.5 } = options;
  const before = await collect(oldPath, options);
  const after = await collect(newPath, options);
  const compared = compareScenes(before.delivery, after.delivery, await pair(before, after));
  const matches = matchUnits(compared, { iou, sameLabel: false, crowdsMatch: true });
  const { all, labels, relabellings } = countChanges(compared, matches);
  return {
    diff_version: 1,
    tool,
    old: await sideOf(before.delivery),
    new: await sideOf(after.delivery),
    pairing: pairingSummary(compared),
    match: { iou },
    annotations: all.changes,
    moves: movesOf(all),
    by_category: compared.pairing.labels.map((category, at) => {
      const counted = labels[at] ?? newCounted();
      return { category, ...counted.changes, moves: movesOf(counted) };
    }),
    relabellings,
  };
}

interface Counted {
  readonly changes: { -readonly [K in keyof Changes]: number };
  readonly ious: number[];
  readonly sides: number[];
}

function newCounted(): Counted {
  return {
    changes: { unchanged: 0, moved: 0, reshaped: 0, relabelled: 0, added: 0, removed: 0 },
    ious: [],
    sides: [],
  };
}

function countChanges(compared: Compared, { partner, iou, taken }: Matches) {
  const { first, second, firstLabels, secondLabels, firstShares, secondShares, pairing } = compared;
  const all = newCounted();
  const labels = pairing.labels.map(newCounted);
  const pairs = new Map<string, { readonly from: string; readonly to: string; count: number }>();
  for (let row = 0; row < first.units.length; row++) {
    const label = firstLabels[row] ?? -1;
    const other = partner[row] ?? -1;
    const groups = [all, labels[label] ?? newCounted()];
    if (other === -1) {
      for (const { changes } of groups) changes.removed += 1;
      continue;
    }
    const side = sideMove(compared, row, other);
    const named = secondLabels[other] ?? -1;
    const kind =
      named !== label
        ? "relabelled"
        : side > 0
          ? "moved"
          : sameMask(first.units.masks[row], second.units.masks[other])
            ? "unchanged"
            : "reshaped";
    for (const { changes, ious, sides } of groups) {
      changes[kind] += 1;
      if (side === 0) continue;
      ious.push(iou[row] ?? 0);
      if (firstShares[row] === 0 && secondShares[other] === 0) sides.push(side);
    }
    if (kind !== "relabelled") continue;
    const [from = "", to = ""] = [pairing.labels[label], pairing.labels[named]];
    const key = JSON.stringify([from, to]);
    const seen = pairs.get(key) ?? { from, to, count: 0 };
    seen.count += 1;
    pairs.set(key, seen);
  }
  for (let row = 0; row < second.units.length; row++) {
    if (taken[row] !== unmatched) continue;
    all.changes.added += 1;
    const own = labels[secondLabels[row] ?? -1];
    if (own !== undefined) own.changes.added += 1;
  }
  const relabellings = [...pairs.entries()]
    .sort(([a, x], [b, y]) => y.count - x.count || (a < b ? -1 : 1))
    .map(([, one]) => one);
  return { all, labels, relabellings };
}

/** Greatest move of a side of the box; 0 where neither has a box. */
function sideMove({ firstBoxes, secondBoxes }: Compared, a: number, b: number): number {
  const [x = Number.NaN, y = 0, width = 0, height = 0] = firstBoxes.subarray(4 * a, 4 * a + 4);
  const [u = Number.NaN, v = 0, w = 0, h = 0] = secondBoxes.subarray(4 * b, 4 * b + 4);
  if (Number.isNaN(x) || Number.isNaN(u)) return 0;
  return Math.max(Math.abs(x - u), Math.abs(y - v), Math.abs(x + width - (u + w)), Math.abs(y + height - (v + h)));
}

function sameMask(a: MaskShape | undefined, b: MaskShape | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if ("rle" in a) return "rle" in b && sameNumbers(a.rle.counts, b.rle.counts);
  return (
    "rings" in b &&
    a.rings.length === b.rings.length &&
    a.rings.every((ring, i) => sameNumbers(ring, b.rings[i] ?? ring.subarray(0, 0)))
  );
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

function movesOf({ ious, sides }: Counted): Moves | null {
  if (ious.length === 0) return null;
  const iou = Float64Array.from(ious).sort();
  const side = Float64Array.from(sides).sort();
  return {
    count: ious.length,
    iou_least: iou[0] ?? 0,
    iou_median: quantile(iou, 0.5) ?? 0,
    side_median: quantile(side, 0.5) ?? null,
    side_greatest: side.at(-1) ?? null,
  };
}

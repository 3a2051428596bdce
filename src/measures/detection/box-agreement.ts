import { boxPairs, type GroupedBoxes } from "../../statistics/detection/box-pairs.js";
import { distinctOf, ranksOf } from "../../statistics/detection/order.js";
import { addExact, type ExactSum, exactValue, mergeExact, newExactSum } from "../../statistics/exact-sum.js";
import { matchPairs } from "../../statistics/matching.js";
import type { Answer, MeasureFunction, MeasureState } from "../function.js";
import { type Inputs, listOf, MeasureError, numberOf, shown } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { cornersOf } from "./boxes.js";

/** Boxes by column, one row a box. */
export interface BoxColumns {
  /** Id of the image. */
  readonly image: Int32Array;
  readonly category: Int32Array;
  /** x, y, width and height of each in turn, px. */
  readonly boxes: Float64Array;
}

/** What a matching came to; images can be matched apart and merged. */
export interface BoxTally {
  readonly matched: number;
  /** Boxes of the first side without partner. */
  readonly extra: number;
  /** Boxes of the second side without partner. */
  readonly missed: number;
  /** Sum of the IoU of matched pairs. */
  readonly iou: ExactSum;
}

export const boxTallyState: MeasureState<BoxTally> = {
  empty: () => ({ matched: 0, extra: 0, missed: 0, iou: newExactSum() }),
  merge: (left, right) => ({
    matched: left.matched + right.matched,
    extra: left.extra + right.extra,
    missed: left.missed + right.missed,
    iou: mergeExact(left.iou, right.iou),
  }),
};

/** A matching of boxes of one image and category: the partner of each box of the first side, −1 for none. */
export interface BoxMatching {
  readonly partner: Int32Array;
  /** IoU with the partner, 0 where there is none. */
  readonly iou: Float64Array;
  readonly tally: BoxTally;
}

/**
 * Matches boxes of the same image and category whose IoU is at least the threshold: as many pairs as there can be, and of those matchings one of the greatest
 * total IoU.
 *
 * @param threshold above 0, at most 1
 */
export function matchBoxes(first: BoxColumns, second: BoxColumns, threshold = 0.5): BoxMatching {
  const [left, right, groups] = grouped(first, second);
  const pairs = boxPairs(left, right, groups, threshold);
  const [lefts, rights] = [left.group.length, right.group.length];
  const partner = matchPairs(pairs, lefts, rights);
  const iou = new Float64Array(lefts);
  const sum = newExactSum();
  let matched = 0;
  for (let k = 0; k < pairs.left.length; k++) {
    const i = pairs.left[k] ?? -1;
    if (partner[i] !== pairs.right[k]) continue;
    iou[i] = pairs.value[k] ?? 0;
    addExact(sum, pairs.value[k] ?? 0);
    matched++;
  }
  return { partner, iou, tally: { matched, extra: lefts - matched, missed: rights - matched, iou: sum } };
}

/** Numbers for the images and categories of both. */
function grouped(first: BoxColumns, second: BoxColumns): readonly [GroupedBoxes, GroupedBoxes, number] {
  const images = distinctOf(first.image, second.image);
  const categories = distinctOf(first.category, second.category);
  const numbered = ({ image, category, boxes }: BoxColumns) => {
    const ranks = ranksOf(category, categories);
    return { group: ranksOf(image, images).map((place, i) => place * categories.length + (ranks[i] ?? 0)), boxes };
  };
  return [numbered(first), numbered(second), images.length * categories.length];
}

/** F1 and its parts of a matching; undefined where nothing was asked. */
export function boxAgreement({ matched, extra, missed, iou }: BoxTally) {
  const share = (a: number, b: number) => (b === 0 ? undefined : a / b);
  return {
    f1: share(2 * matched, 2 * matched + extra + missed),
    precision: share(matched, matched + extra),
    recall: share(matched, matched + missed),
    mean_iou: share(exactValue(iou), matched),
  };
}

const because: Readonly<Record<keyof ReturnType<typeof boxAgreement>, Reason>> = {
  f1: "nothing-asked",
  precision: "no-predictions",
  recall: "no-ground-truth",
  mean_iou: "no-matches",
};

/** Boxes of an input with its `_images` and `_labels`, as numbers that both sides share. @throws MeasureError */
function columnsOf(inputs: Inputs, name: string, codes: ReadonlyMap<string, Map<unknown, number>>): BoxColumns {
  const corners = cornersOf(inputs, name);
  const boxes = corners.map((value, i) => (i % 4 < 2 ? value : value - (corners[i - 2] ?? 0)));
  const count = boxes.length / 4;
  const column = (kind: string) => {
    const input = `${name}_${kind}`;
    if (inputs[input] === undefined) return new Int32Array(count);
    const list = listOf(inputs, input);
    if (list.length !== count)
      throw new MeasureError("inputs-disagree", {
        input,
        expected: { zh: `${count} 项，与 ${name} 相同`, en: `${count} members, as ${name} has` },
        found: `${list.length}`,
      });
    return Int32Array.from(list, (value, i) => {
      if (typeof value !== "string" && typeof value !== "number")
        throw new MeasureError("input-type", {
          input: `${input}[${i}]`,
          expected: { zh: "数或文本", en: "a number or a text" },
          found: shown(value),
        });
      const known = codes.get(kind) ?? new Map<unknown, number>();
      const code = known.get(value) ?? known.size;
      known.set(value, code);
      return code;
    });
  };
  return { image: column("images"), category: column("labels"), boxes };
}

/**
 * Formula: F1 = 2TP / (2TP + FP + FN), precision TP / (TP + FP), recall TP / (TP + FN), `mean_iou` the mean IoU of matched pairs
 * Convention: one box has one partner at most, of the same image and label, with IoU ≥ `iou_threshold` (0.5); of all matchings one of most pairs, and of those one of the greatest total IoU. Scores play no part, so F1 is the same with the sides exchanged.
 * Edge: `mean_iou` is undefined where no pair is matched, precision without boxes in `preds`, recall without boxes in `target`, F1 without both.
 * Unit: share, 0 … 1; TP, FP and FN in boxes.
 * Source: Jonker & Volgenant 1987, Computing 38, 325–340 (matching); Hripcsak & Rothschild 2005, J. Am. Med. Inform. Assoc. 12(3), 296–298 (F1 as agreement).
 */
export const boxAgreementMeasure: MeasureFunction = {
  id: "box-agreement",
  title: { zh: "框一致性（F1）", en: "Agreement of boxes (F1)" },
  answers: {
    zh: "两人（或标注与真值）画出的框有多少彼此对应，对应的又重合多少",
    en: "How many boxes of two annotators, or of annotation and truth, answer each other, and how far those are the same",
  },
  misleads: {
    zh: "阈值两侧之差即是有无；不校正偶然一致，密集小框易凑成对；平均交并比只计配上的框",
    en: "A box is there or not by which side of the threshold it is; chance is not taken out, so dense boxes pair easily; the mean IoU knows matched boxes only",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: [
    "preds",
    "target",
    "format",
    "iou_threshold",
    "preds_labels",
    "target_labels",
    "preds_images",
    "target_images",
  ],
  outputs: ["f1", "precision", "recall", "mean_iou", "TP", "FP", "FN", "pairs"],
  state: boxTallyState,
  calculate(inputs): Answer {
    const threshold = numberOf(inputs, "iou_threshold", { min: 1e-6, max: 1 }, 0.5);
    const codes = new Map<string, Map<unknown, number>>([
      ["images", new Map()],
      ["labels", new Map()],
    ]);
    for (const kind of codes.keys())
      if ((inputs[`preds_${kind}`] === undefined) !== (inputs[`target_${kind}`] === undefined))
        throw new MeasureError("input-missing", {
          input: inputs[`preds_${kind}`] === undefined ? `preds_${kind}` : `target_${kind}`,
        });
    const { partner, iou, tally } = matchBoxes(
      columnsOf(inputs, "preds", codes),
      columnsOf(inputs, "target", codes),
      threshold,
    );
    const parts = boxAgreement(tally);
    const undefined_because = Object.fromEntries(
      Object.entries(because).filter(([name]) => parts[name as keyof typeof parts] === undefined),
    );
    const pairs = Array.from(partner, (j, i) => [i, j, iou[i]]).filter(([, j = -1]) => j >= 0);
    return { values: { ...parts, TP: tally.matched, FP: tally.extra, FN: tally.missed, pairs }, undefined_because };
  },
};

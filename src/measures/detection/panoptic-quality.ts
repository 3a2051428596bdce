import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, shown, textOf, toList, toNumber } from "../inputs.js";
import {
  type CategoryQuality,
  categoryQuality,
  type PanopticOptions,
  type PanopticPixels,
  type PanopticTally,
  panopticState,
  panopticTally,
} from "./panoptic.js";

const layouts = ["[row][col]=[category,instance]"] as const;
const categoryRange = { min: 0, max: 2 ** 20 - 1, whole: true } as const;
const instanceRange = { min: 0, max: 2 ** 31 - 1, whole: true } as const;

/** Pixels of an input: a list of [category, instance], or rows of such, or images of rows. @throws MeasureError */
function imagesOf(inputs: Inputs, name: string): readonly PanopticPixels[] {
  const depth = depthOf(inputs[name], name);
  if (depth === 4) return toList(inputs[name], name).map((image, i) => pixelsOf(image, `${name}[${i}]`));
  return [pixelsOf(inputs[name], name)];
}

function depthOf(value: unknown, input: string): number {
  let depth = 0;
  for (let at = value; Array.isArray(at); at = at[0]) depth++;
  if (depth >= 2 && depth <= 4) return depth;
  throw new MeasureError(value === undefined ? "input-missing" : "input-type", {
    input,
    expected: {
      zh: "像素 [类别, 实例] 的列表、行或图像",
      en: "pixels [category, instance] in a list, in rows or in images",
    },
    found: shown(value),
  });
}

function pixelsOf(value: unknown, input: string): PanopticPixels {
  const flat: (readonly [unknown, string])[] = [];
  const rows = toList(value, input, 1);
  rows.forEach((one, i) => {
    const at = `${input}[${i}]`;
    if (Array.isArray(one) && Array.isArray(one[0])) one.forEach((pixel, j) => void flat.push([pixel, `${at}[${j}]`]));
    else flat.push([one, at]);
  });
  const category = new Int32Array(flat.length);
  const instance = new Int32Array(flat.length);
  flat.forEach(([pixel, at], i) => {
    const [first, second, more] = toList(pixel, at, 2);
    if (more !== undefined)
      throw new MeasureError("input-range", { input: at, expected: { zh: "两个数", en: "two numbers" } });
    category[i] = toNumber(first, `${at}[0]`, categoryRange);
    instance[i] = toNumber(second, `${at}[1]`, instanceRange);
  });
  return { category, instance };
}

function categoriesOf(inputs: Inputs, name: string): readonly number[] {
  return toList(inputs[name], name).map((one, i) => toNumber(one, `${name}[${i}]`, categoryRange));
}

function optionsOf(inputs: Inputs): PanopticOptions {
  const [things, stuffs] = [categoriesOf(inputs, "things"), categoriesOf(inputs, "stuffs")];
  if (new Set([...things, ...stuffs]).size < things.length + stuffs.length)
    throw new MeasureError("inputs-disagree", {
      input: "stuffs",
      expected: { zh: "每个类别只列一次", en: "each category once, among things or stuffs" },
    });
  return { things, stuffs };
}

function tallyOf(inputs: Inputs, options: PanopticOptions): PanopticTally {
  if (inputs["layout"] !== undefined) textOf(inputs, "layout", layouts);
  const [pred, target] = [imagesOf(inputs, "pred"), imagesOf(inputs, "target")];
  const sizes = (images: readonly PanopticPixels[]) => images.map(({ category }) => category.length).join(", ");
  if (sizes(pred) !== sizes(target))
    throw new MeasureError("inputs-disagree", {
      input: "target",
      expected: { zh: `与 pred 相同的像素数 ${sizes(pred)}`, en: `as many pixels as pred has, ${sizes(pred)}` },
      found: sizes(target),
    });
  return pred.reduce<PanopticTally>((tally, image, i) => {
    const other = target[i];
    return other === undefined ? tally : panopticState.merge(tally, panopticTally(image, other, options));
  }, panopticState.empty());
}

function answerOf(tally: PanopticTally, { things, stuffs }: PanopticOptions): Answer {
  const listed = [...things, ...stuffs].map((category) => {
    const counts = tally.get(category);
    return [category, counts === undefined ? undefined : categoryQuality(counts)] as const;
  });
  const present = listed.flatMap(([, quality]) => (quality === undefined ? [] : [quality]));
  const mean = (of: (quality: CategoryQuality) => number) =>
    present.length === 0 ? undefined : present.reduce((sum, quality) => sum + of(quality), 0) / present.length;
  const values = {
    ...{ pq: mean(({ pq }) => pq), sq: mean(({ sq }) => sq), rq: mean(({ rq }) => rq) },
    per_class: Object.fromEntries(listed.map(([category, one]) => [category, one && [one.pq, one.sq, one.rq]])),
    per_class_pq: Object.fromEntries(listed.map(([category, one]) => [category, one?.pq])),
    ...noteOf(things, stuffs, new Map(listed)),
  };
  const absent =
    listed.length === present.length ? {} : ({ per_class: "nothing-asked", per_class_pq: "nothing-asked" } as const);
  if (present.length > 0) return { values, undefined_because: absent };
  return { values, undefined_because: { pq: "nothing-asked", sq: "nothing-asked", rq: "nothing-asked", ...absent } };
}

/** torchmetrics lists values by category in an order of its own, things before stuffs, each ascending: what its list is where ours has another order. */
function noteOf(
  things: readonly number[],
  stuffs: readonly number[],
  qualities: ReadonlyMap<number, CategoryQuality | undefined>,
): { readonly note?: string } {
  const ascending = (list: readonly number[]) => list.toSorted((a, b) => a - b);
  const order = [...ascending(things), ...ascending(stuffs)];
  if (order.join() === [...things, ...stuffs].join()) return {};
  const list = order.map((category) => fraction(qualities.get(category)?.pq ?? 0)).join(", ");
  return { note: `torchmetrics lists [${list}] for its own class order` };
}

/** A share of few pixels as the fraction that it is; else with four digits. */
function fraction(value: number): string {
  for (let below = 1; below <= 1000; below++) {
    const above = Math.round(value * below);
    if (Math.abs(value - above / below) < 1e-12) return below === 1 ? `${above}` : `${above}/${below}`;
  }
  return value.toFixed(4);
}

const ofSegments = {
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["pred", "target", "layout", "things", "stuffs"],
  state: panopticState,
} as const;

/**
 * Formula: PQ = SQ · RQ of each category, SQ the mean IoU of matched segments, RQ = TP / (TP + FP/2 + FN/2); a pair matches where its IoU is above 0.5; the overall values are means over categories
 * Convention: pixels of a category that is neither thing nor stuff are void: in the ground truth they are taken out of the prediction's segments, and an unmatched segment that is void by more than half is not counted; in a prediction they are unlabelled, and the ground truth below them counts (panopticapi; torchmetrics forgives it). Segments of stuff are one an image. The mean PQ is not the mean SQ times the mean RQ.
 * Edge: a category without segments on either side is undefined and outside the means; a category of which none is matched has PQ 0.
 * Unit: share, 0 … 1.
 * Source: Kirillov et al. 2019, CVPR (arXiv:1801.00868); panopticapi evaluation.py.
 */
export const panopticQuality: MeasureFunction = {
  id: "panoptic-quality",
  title: { zh: "全景质量（PQ）", en: "Panoptic quality (PQ)" },
  answers: {
    zh: "全景分割的分段找对了多少，找对的又有多准",
    en: "How many segments of a panoptic segmentation are found, and how exact those are",
  },
  misleads: {
    zh: "类别等权，罕见类别左右均值；交并比 0.5 两侧一个像素之差即是找到与否",
    en: "Categories weigh alike, so a rare one sways the mean; one pixel on either side of IoU 0.5 is found or not",
  },
  ...ofSegments,
  outputs: ["pq", "sq", "rq", "per_class", "per_class_pq", "note"],
  calculate(inputs) {
    const options = optionsOf(inputs);
    return answerOf(tallyOf(inputs, options), options);
  },
};

/**
 * Formula: PQ for things; for stuff the sum of the IoU of all pairs of one category over the segments of the ground truth; mean over categories
 * Convention: void as of panoptic-quality.
 * Edge: a category without segments (stuff: without one in the ground truth) is outside the mean.
 * Unit: share, 0 … 1.
 * Source: Porzi et al. 2019, CVPR (arXiv:1905.01220), PQ†.
 */
export const modifiedPanopticQuality: MeasureFunction = {
  id: "modified-panoptic-quality",
  title: { zh: "修正的全景质量（PQ†）", en: "Modified panoptic quality (PQ†)" },
  answers: {
    zh: "同全景质量，但背景类不因交并比低于 0.5 而全失",
    en: "As panoptic quality, where stuff does not lose all for an IoU below 0.5",
  },
  misleads: {
    zh: "背景类的值是平均交并比，预测多出的背景不受罚",
    en: "Of stuff it is a mean IoU, and stuff predicted where none is costs nothing",
  },
  ...ofSegments,
  outputs: ["pq"],
  calculate(inputs) {
    const options = { ...optionsOf(inputs), modified: true };
    const { values, undefined_because } = answerOf(tallyOf(inputs, options), options);
    const because = undefined_because?.["pq"];
    return { values: { pq: values["pq"] }, ...(because === undefined ? {} : { undefined_because: { pq: because } }) };
  },
};

import { rleArea, rleTightBox } from "../../checks/rle.js";
import { encodeCompressedRle } from "../../checks/rle-codec.js";
import { maskSimilarity } from "../../checks/rle-iou.js";
import { rleFromPixels, rleMerge } from "../../checks/rle-merge.js";
import { rleFromBox } from "../../checks/rle-polygon.js";
import type { RleMask } from "../../records/types.gen.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, listOf, MeasureError, matrixOf, numbersOf, textOf, toNumber } from "../inputs.js";
import { maskOf, polygonMaskOf, sizeOf } from "./masks.js";

const census = { orientation: "none", inference: "census" } as const;

const encoding = {
  zh: "游程沿列，背景在先；换了行列次序的编码看似正常，却是另一张掩码",
  en: "Runs go down the columns, background first; an encoding by rows looks as good and is another mask",
};

/**
 * Formula: run lengths down the columns, background first, as COCO's text of 5 bits a character, from the fourth on as difference from the one two before
 * Convention: `bbox` is x, y, width, height and rasterised as the polygon of its corners (maskApi, rleFrBbox); `raw_counts` are taken as they are.
 * Edge: runs that do not add up to height × width are refused.
 * Unit: `area` in px².
 * Source: cocoapi common/maskApi.c, rleToString, rleFrBbox.
 */
export const rleEncode: MeasureFunction = {
  id: "rle-encode",
  title: { zh: "COCO 游程编码", en: "COCO run-length encoding" },
  answers: { zh: "框或游程的 COCO 压缩文本是什么", en: "Which text of COCO's a box or a list of runs is" },
  misleads: encoding,
  ...census,
  inputs: ["bbox", "raw_counts", "size"],
  outputs: ["counts", "raw_counts", "area"],
  calculate(inputs) {
    const size = sizeOf(inputs["size"], "size");
    if ((inputs["bbox"] === undefined) === (inputs["raw_counts"] === undefined))
      throw new MeasureError(inputs["bbox"] === undefined ? "input-missing" : "inputs-disagree", {
        expected: { zh: "bbox 与 raw_counts 之一", en: "one of bbox and raw_counts" },
      });
    if (inputs["bbox"] === undefined) return encoded(maskOf(listOf(inputs, "raw_counts"), size, "raw_counts"));
    const box = numbersOf(inputs, "bbox", { min: -1e6, max: 1e6 }, 4);
    const [x = 0, y = 0, width = 0, height = 0] = box;
    return encoded(rleFromBox({ x, y, width, height }, ...size));
  },
};

function encoded(mask: RleMask): Answer {
  return { values: { counts: encodeCompressedRle(mask.counts), raw_counts: mask.counts, area: rleArea(mask) } };
}

/**
 * Formula: boundary at five times the resolution, pixels where it steps to the next column, sorted down the columns, their distances as run lengths
 * Convention: pixel for pixel that of maskApi (rleFrPoly), not that of drawing libraries; where the polygon crosses itself, even and odd decide.
 * Edge: fewer than three points are refused.
 * Unit: `area` in px².
 * Source: cocoapi common/maskApi.c, rleFrPoly.
 */
export const rleOfPolygon: MeasureFunction = {
  id: "rle-from-polygon",
  title: { zh: "多边形的 COCO 掩码", en: "COCO mask of a polygon" },
  answers: { zh: "COCO 把这个多边形栅格化成哪些像素", en: "Which pixels COCO makes of a polygon" },
  misleads: {
    zh: "与 OpenCV、PIL 画出的像素在边界上不同",
    en: "At the boundary the pixels differ from those that OpenCV or PIL draw",
  },
  ...census,
  inputs: ["polygon", "size"],
  outputs: ["counts", "area"],
  calculate(inputs) {
    const mask = polygonMaskOf(inputs["polygon"], sizeOf(inputs["size"], "size"), "polygon");
    return { values: { counts: encodeCompressedRle(mask.counts), area: rleArea(mask) } };
  },
};

/**
 * Formula: pixels in one of the masks (`union`) or in all of them (`intersection`)
 * Edge: one mask is given back as it is; no mask is refused.
 * Unit: run lengths in px.
 * Source: cocoapi common/maskApi.c, rleMerge.
 */
export const rleMergeMeasure: MeasureFunction = {
  id: "rle-merge",
  title: { zh: "COCO 掩码合并", en: "Merge of COCO masks" },
  answers: { zh: "几张掩码的并或交是哪张掩码", en: "Which mask the union or intersection of several is" },
  misleads: encoding,
  ...census,
  inputs: ["counts", "mode", "size"],
  outputs: ["counts"],
  calculate(inputs) {
    const size = sizeOf(inputs["size"], "size");
    const mode = textOf(inputs, "mode", ["union", "intersection", "intersect"], "union");
    const merged = masksOf(inputs, "counts", size, 1).reduce((left, right) =>
      rleMerge(left, right, mode === "union" ? "union" : "intersection"),
    );
    return { values: { counts: encodeCompressedRle(merged.counts) } };
  },
};

function masksOf(inputs: Inputs, name: string, size: readonly [number, number], least = 0): readonly RleMask[] {
  return listOf(inputs, name, least).map((one, i) => maskOf(one, size, `${name}[${i}]`));
}

/**
 * Formula: |D ∩ G| / |D ∪ G| of each pair; of a crowd region G, |D ∩ G| / |D|
 * Convention: `iou[i][j]` is of the i-th of `dt_counts` and the j-th of `gt_counts`; `iscrowd` goes with the latter.
 * Edge: a pair without common pixel is 0, and so is one of two empty masks, as in pycocotools.
 * Unit: share, 0 … 1.
 * Source: cocoapi common/maskApi.c, rleIou.
 */
export const maskIou: MeasureFunction = {
  id: "mask-iou",
  title: { zh: "掩码交并比", en: "IoU of masks" },
  answers: { zh: "两张掩码重合多少", en: "How far two masks are the same" },
  misleads: {
    zh: "小目标差一圈像素就很低；大目标边界粗糙仍很高；群体区域的值不是交并比",
    en: "One pixel around makes it low for small objects, a rough boundary leaves it high for large ones; of a crowd region it is no IoU",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["dt_counts", "gt_counts", "size", "iscrowd", "layout"],
  outputs: ["iou"],
  calculate(inputs) {
    const size = sizeOf(inputs["size"], "size");
    textOf(inputs, "layout", ["iou[dt][gt]"], "iou[dt][gt]");
    const detections = masksOf(inputs, "dt_counts", size);
    const truths = masksOf(inputs, "gt_counts", size);
    const flags = inputs["iscrowd"] === undefined ? truths.map(() => 0) : listOf(inputs, "iscrowd");
    if (flags.length !== truths.length)
      throw new MeasureError("inputs-disagree", {
        input: "iscrowd",
        expected: { zh: `${truths.length} 项，与 gt_counts 相同`, en: `${truths.length} members, as gt_counts has` },
        found: `${flags.length}`,
      });
    const crowd = Uint8Array.from(flags, (flag, i) => toNumber(flag, `iscrowd[${i}]`, { min: 0, max: 1, whole: true }));
    return { values: { iou: maskIouMatrix(detections, truths, crowd) } };
  },
};

/** IoU of every detection with every mask of the ground truth, all of one size; of a crowd region over the detection's area. */
export function maskIouMatrix(
  detections: readonly RleMask[],
  truths: readonly RleMask[],
  crowd = new Uint8Array(truths.length),
): readonly Float64Array[] {
  const out = new Float64Array(detections.length * truths.length);
  const mask = (list: readonly RleMask[]) => (row: number) =>
    list[row] ?? { height: 0, width: 0, counts: new Float64Array(0) };
  const rows = Int32Array.from({ length: Math.max(detections.length, truths.length) }, (_, i) => i);
  maskSimilarity(mask(truths), crowd, mask(detections), 0)(rows, 0, detections.length, rows, 0, truths.length, out);
  return detections.map((_, i) => out.subarray(i * truths.length, (i + 1) * truths.length));
}

/**
 * Formula: x, y, width, height of the smallest box around all pixels that are not 0
 * Convention: one pixel is 1 wide and 1 high; x and y count from 0.
 * Edge: undefined for a mask without foreground (pycocotools 0, 0, 0, 0).
 * Unit: px.
 * Source: cocoapi common/maskApi.c, rleToBbox.
 */
export const maskToBbox: MeasureFunction = {
  id: "mask-to-bbox",
  title: { zh: "掩码的外接框", en: "Box around a mask" },
  answers: { zh: "哪个框恰好包住掩码", en: "Which box is just around a mask" },
  misleads: {
    zh: "一个离群像素就撑大整个框",
    en: "One stray pixel stretches the whole box",
  },
  ...census,
  inputs: ["mask"],
  outputs: ["bbox"],
  calculate(inputs) {
    const { rows, columns, values } = matrixOf(inputs, "mask");
    const box = rleTightBox(rleFromPixels(values, rows, columns));
    if (box !== undefined) return { values: { bbox: [box.x, box.y, box.width, box.height] } };
    return {
      values: { bbox: undefined },
      undefined_because: { bbox: "no-foreground" },
      peer_convention: { bbox: [0, 0, 0, 0] },
    };
  },
};

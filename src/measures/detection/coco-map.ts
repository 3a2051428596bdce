import { rleArea } from "../../checks/rle.js";
import { rleFromBox } from "../../checks/rle-polygon.js";
import type { RleMask } from "../../records/types.gen.js";
import type { MeasureFunction } from "../function.js";
import { textOf } from "../inputs.js";
import { boxesAt, type CocoRow, cocoDataOf, hasBox, numberAt, numbersAt } from "./coco-json.js";
import { summaryAnswer } from "./coco-summary.js";
import { boxDetectionQuality, detectionNumbers, maskDetectionQuality } from "./detection-quality.js";
import { pixels, segmentationOf } from "./masks.js";

const inputNames = ["ground_truth", "detections", "iou_type", "min_score"];
const outputNames = [...detectionNumbers, "published3dp"];
const misleads = {
  zh: "分数只比较次序，低分误检几乎不降低 AP；类别等权，罕见类别的几个目标左右均值；漏标的真值使正确检测成为误检",
  en: "Only the order of scores counts, so false detections of low score cost almost nothing; categories weigh alike, so a few objects of a rare one sway the mean; what ground truth misses turns right detections into false ones",
};

/**
 * Formula: AP = mean over categories, IoU thresholds 0.50, 0.55 … 0.95 and 101 recalls of the interpolated precision; AR = mean of the greatest recall with at most 1, 10, 100 detections of an image and category
 * Convention: pycocotools: detections by descending score (ties by image id, then as listed) each take the free object of greatest IoU; a crowd region takes any number, IoU there is over the detection's area, and what it takes does not count; an object whose area is outside the range is ignored, and so is a detection without object that is outside; the area of an object is its `area`, that of a detection its box.
 * Edge: undefined where no category has an object that counts (pycocotools −1); categories without one do not enter the mean; an object with id 0 can be found, which pycocotools denies it.
 * Unit: share, 0 … 1.
 * Source: Lin et al. 2014 (arXiv:1405.0312); cocoapi PythonAPI/pycocotools/cocoeval.py.
 */
export const cocoMapBbox: MeasureFunction = {
  id: "coco-map-bbox",
  title: { zh: "COCO 平均精度与平均召回率（框）", en: "COCO average precision and recall (boxes)" },
  answers: {
    zh: "检测框在各召回率、各交并比阈值下有多准，又找回了多少目标",
    en: "How right detected boxes are over all recalls and IoU thresholds, and how many objects they find",
  },
  misleads,
  orientation: "higher-is-better",
  inference: "census",
  inputs: inputNames,
  outputs: outputNames,
  calculate(inputs) {
    textOf(inputs, "iou_type", ["bbox"], "bbox");
    const { truths, image, category, score, objects, results } = cocoDataOf(inputs);
    const detections = { image, category, score, boxes: boxesAt(results) };
    return summaryAnswer(boxDetectionQuality({ ...truths, boxes: boxesAt(objects) }, detections).overall);
  },
};

/**
 * Formula: as of boxes, with the IoU of masks
 * Convention: as of boxes; polygons are rasterised as maskApi does; the area of a detection is that of its mask, or of its box where the first of the results has a `bbox` (pycocotools' loadRes); a result without `segmentation` stands for its box.
 * Edge: as of boxes; a mask whose runs do not make up its image is refused.
 * Unit: share, 0 … 1.
 * Source: Lin et al. 2014 (arXiv:1405.0312); cocoapi PythonAPI/pycocotools/cocoeval.py, common/maskApi.c.
 */
export const cocoMapSegm: MeasureFunction = {
  id: "coco-map-segm",
  title: { zh: "COCO 平均精度与平均召回率（掩码）", en: "COCO average precision and recall (masks)" },
  answers: {
    zh: "检测掩码在各召回率、各交并比阈值下有多准，又找回了多少目标",
    en: "How right detected masks are over all recalls and IoU thresholds, and how many objects they find",
  },
  misleads,
  orientation: "higher-is-better",
  inference: "census",
  inputs: inputNames,
  outputs: outputNames,
  calculate(inputs) {
    textOf(inputs, "iou_type", ["segm"], "segm");
    const { truths, image, category, score, objects, results, sizes } = cocoDataOf(inputs);
    const sizeAt = (place = -1) => imageSizeOf(sizes[place]);
    const truth = objects.map(({ value, at }, row) =>
      segmentationOf(value["segmentation"], sizeAt(truths.image[row]), `${at}.segmentation`),
    );
    const masks = results.map((row, at) => resultMaskOf(row, sizeAt(image[at])));
    const boxes = hasBox(results[0]?.value) ? boxesAt(results) : undefined;
    const area = Float64Array.from(masks, (mask, row) =>
      boxes === undefined ? rleArea(mask) : (boxes[4 * row + 2] ?? 0) * (boxes[4 * row + 3] ?? 0),
    );
    const quality = maskDetectionQuality(
      { ...truths, mask: (row) => truth[row] ?? none },
      { image, category, score, area, mask: (row) => masks[row] ?? none },
    );
    return summaryAnswer(quality.overall);
  },
};

const none = { height: 0, width: 0, counts: new Float64Array(0) };

function imageSizeOf(row: CocoRow = { value: {}, at: "ground_truth.images" }): readonly [number, number] {
  return [numberAt(row, "height", pixels), numberAt(row, "width", pixels)];
}

/** pycocotools takes the box where there is no mask. */
function resultMaskOf(row: CocoRow, [height, width]: readonly [number, number]): RleMask {
  const { value, at } = row;
  if (value["segmentation"] !== undefined || value["bbox"] === undefined)
    return segmentationOf(value["segmentation"], [height, width], `${at}.segmentation`);
  const [x = 0, y = 0, w = 0, h = 0] = numbersAt(row, "bbox", 4);
  return rleFromBox({ x, y, width: w, height: h }, height, width);
}

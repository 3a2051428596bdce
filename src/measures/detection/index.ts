import type { MeasureFunction } from "../function.js";
import { boxAgreementMeasure } from "./box-agreement.js";
import { box3dIou } from "./box3d.js";
import { boxOverlaps } from "./boxes.js";
import { classificationPrfMeasure } from "./classification-prf.js";
import { cocoMapKeypoints } from "./coco-keypoints.js";
import { cocoMapBbox, cocoMapSegm } from "./coco-map.js";
import { confusionMeasure } from "./confusion.js";
import { mcc } from "./mcc.js";
import { modifiedPanopticQuality, panopticQuality } from "./panoptic-quality.js";
import { maskIou, maskToBbox, rleEncode, rleMergeMeasure, rleOfPolygon } from "./rle.js";
import { rotatedOverlaps } from "./rotated.js";

export const detection: readonly MeasureFunction[] = [
  cocoMapBbox,
  cocoMapSegm,
  cocoMapKeypoints,
  rleEncode,
  rleOfPolygon,
  rleMergeMeasure,
  maskIou,
  maskToBbox,
  ...boxOverlaps,
  ...rotatedOverlaps,
  box3dIou,
  panopticQuality,
  modifiedPanopticQuality,
  confusionMeasure,
  classificationPrfMeasure,
  mcc,
  boxAgreementMeasure,
];

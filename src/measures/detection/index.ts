import type { MeasureFunction } from "../function.js";
import { cocoMapKeypoints } from "./coco-keypoints.js";
import { cocoMapBbox, cocoMapSegm } from "./coco-map.js";
import { maskIou, maskToBbox, rleEncode, rleMergeMeasure, rleOfPolygon } from "./rle.js";

export const detection: readonly MeasureFunction[] = [
  cocoMapBbox,
  cocoMapSegm,
  cocoMapKeypoints,
  rleEncode,
  rleOfPolygon,
  rleMergeMeasure,
  maskIou,
  maskToBbox,
];

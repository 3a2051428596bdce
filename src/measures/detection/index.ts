import type { MeasureFunction } from "../function.js";
import { cocoMapKeypoints } from "./coco-keypoints.js";
import { cocoMapBbox } from "./coco-map.js";

export const detection: readonly MeasureFunction[] = [cocoMapBbox, cocoMapKeypoints];

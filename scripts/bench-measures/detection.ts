import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { maskSimilarity } from "../../src/checks/rle-iou.js";
import { boxesAt, cocoDataOf } from "../../src/measures/detection/coco-json.js";
import type { BenchResult, MeasureBench } from "./bench.js";
import { writeDetections } from "./detection-data.js";

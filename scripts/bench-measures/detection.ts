import { readFileSync } from "node:fs";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { rleArea } from "../../src/checks/rle.js";
import { decodeCompressedRle } from "../../src/checks/rle-codec.js";
import {
  boxDetectionQuality,
  type DetectionNumbers,
  detectionNumbers,
  maskDetectionQuality,
} from "../../src/measures/detection/detection-quality.js";
import type { RleMask } from "../../src/records/types.gen.js";
import type { BenchResult, MeasureBench } from "./bench.js";
import { writeDetections } from "./data/detection.js";

interface Row {
  readonly image_id: number;
  readonly category_id: number;
  readonly bbox?: readonly number[];
  readonly segmentation?: { readonly size: readonly [number, number]; readonly counts: string };
  readonly area?: number;
  readonly iscrowd?: number;
  readonly score?: number;
}

/** Both files, as columns. */
function columnsIn(folder: string) {
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));
  const objects = (read("gt.json") as { readonly annotations: readonly Row[] }).annotations;
  const results = read("dt.json") as readonly Row[];
  const columns = (rows: readonly Row[]) => ({
    image: Int32Array.from(rows, ({ image_id }) => image_id),
    category: Int32Array.from(rows, ({ category_id }) => category_id),
  });
  const truths = {
    ...columns(objects),
    area: Float64Array.from(objects, ({ area = 0 }) => area),
    crowd: Uint8Array.from(objects, ({ iscrowd = 0 }) => iscrowd),
  };
  const detections = { ...columns(results), score: Float64Array.from(results, ({ score = 0 }) => score) };
  return { objects, results, truths, detections };
}

function timed(evaluate: () => { readonly overall: DetectionNumbers }): BenchResult {
  const start = performance.now();
  const { overall } = evaluate();
  const seconds = (performance.now() - start) / 1000;
  return { seconds, values: Object.fromEntries(detectionNumbers.map((name) => [name, overall[name] ?? -1])) };
}

function boxes(folder: string): BenchResult {
  const { objects, results, truths, detections } = columnsIn(folder);
  const boxesOf = (rows: readonly Row[]) => Float64Array.from(rows.flatMap(({ bbox = [] }) => bbox));
  const [wanted, found] = [boxesOf(objects), boxesOf(results)];
  return timed(() => boxDetectionQuality({ ...truths, boxes: wanted }, { ...detections, boxes: found }));
}

function masks(folder: string): BenchResult {
  const { objects, results, truths, detections } = columnsIn(folder);
  const maskOf = (rows: readonly Row[]) => {
    const texts = rows.map(({ segmentation }) => segmentation?.counts ?? "");
    const [height = 0, width = 0] = rows[0]?.segmentation?.size ?? [];
    return (row: number): RleMask => ({ height, width, counts: decodeCompressedRle(texts[row] ?? "") ?? none });
  };
  const [truth, mask] = [maskOf(objects), maskOf(results)];
  // pycocotools works it out when it loads the results.
  const area = detections.score.map((_, row) => rleArea(mask(row)));
  return timed(() => maskDetectionQuality({ ...truths, mask: truth }, { ...detections, area, mask }));
}

const none = new Float64Array(0);
const file = "detection.py";
const detections = 300_000;

/** COCO's evaluation at the size of val2017: 5,000 images, 36,335 objects, 80 categories, 300,000 detections. */
export const benches: readonly MeasureBench[] = [
  {
    name: "coco-boxes",
    bar: { ratio: 8 },
    reach: "20, and 1 against faster-coco-eval",
    peers: [
      { file, task: "pycocotools:bbox", package: "pycocotools" },
      { file, task: "faster-coco-eval:bbox", package: "faster-coco-eval" },
    ],
    prepare: (folder) => writeDetections(folder, detections, false),
    run: boxes,
  },
  {
    name: "coco-masks",
    bar: { ratio: 4 },
    reach: "10, and 1 against faster-coco-eval",
    peers: [
      { file, task: "pycocotools:segm", package: "pycocotools" },
      { file, task: "faster-coco-eval:segm", package: "faster-coco-eval" },
    ],
    prepare: (folder) => writeDetections(folder, detections, true),
    run: masks,
  },
];

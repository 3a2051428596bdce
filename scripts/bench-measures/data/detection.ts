import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { rleArea } from "../../../src/checks/rle.js";
import { encodeCompressedRle } from "../../../src/checks/rle-codec.js";
import { rleFromPolygon } from "../../../src/checks/rle-polygon.js";
import { Random } from "../../../src/statistics/random.js";

/** As COCO val2017: 5,000 images, 36,335 objects, 80 categories, 1.2 % crowds; and results as a detector gives them. */
const [images, objects, categories, width, height] = [5_000, 36_335, 80, 640, 480];

type Box = readonly [x: number, y: number, width: number, height: number];

/** Writes gt.json and dt.json, as COCO has them; masks are run lengths on both sides, so that nobody rasterises. */
export function writeDetections(folder: string, detections: number, masks: boolean): void {
  const random = new Random(2017);
  const unit = () => random.word() / 2 ** 32;
  const whole = (below: number) => Math.floor(unit() * below);
  /** Rare categories are rare: 1 at the most, 80 seldom. */
  const category = () => 1 + Math.floor(categories * unit() ** 2.5);
  const shape = (box: Box) => {
    const rle = rleFromPolygon(outline(box, unit), height, width);
    return { area: rleArea(rle), segmentation: { size: [height, width], counts: encodeCompressedRle(rle.counts) } };
  };

  const truths = Array.from({ length: objects }, (_, i) => {
    // Squared: some images are full, some are empty. Areas over four decades, as COCO's.
    const image_id = 1 + Math.floor(images * unit() ** 1.5);
    const bbox = boxOf(unit);
    const area = round(bbox[2] * bbox[3] * (0.5 + unit() / 2));
    const iscrowd = Number(unit() < 0.012);
    const one = { id: i + 1, image_id, category_id: category(), bbox, area, iscrowd };
    return masks ? { ...one, ...shape(bbox) } : one;
  });
  const list = Array.from({ length: detections }, (_, i) => {
    // The first are of the objects, each some times over; the rest are where nothing is.
    const object = i < 3 * objects ? truths[whole(objects)] : undefined;
    const bbox = object === undefined ? boxOf(unit) : shifted(object.bbox, unit);
    const image_id = object?.image_id ?? 1 + whole(images);
    const category_id = object === undefined || unit() < 0.1 ? category() : object.category_id;
    const score = round(object === undefined ? unit() ** 3 : unit());
    return { image_id, category_id, score, ...(masks ? { segmentation: shape(bbox).segmentation } : { bbox }) };
  });

  const named = (count: number, more: object) => Array.from({ length: count }, (_, i) => ({ id: i + 1, ...more }));
  const file = { images: named(images, { width, height }), categories: named(categories, {}), annotations: truths };
  writeFileSync(join(folder, "gt.json"), JSON.stringify(file));
  writeFileSync(join(folder, "dt.json"), JSON.stringify(list));
}

function boxOf(unit: () => number): Box {
  const w = Math.min(width, 4 * 160 ** unit());
  const h = Math.min(height, w * 2 ** (2 * unit() - 1));
  return [round((width - w) * unit()), round((height - h) * unit()), round(w), round(h)];
}

function shifted([x, y, w, h]: Box, unit: () => number): Box {
  const by = unit() ** 2;
  const off = (of: number) => of * by * (unit() - 0.5);
  return [round(x + off(w)), round(y + off(h)), round(Math.max(1, w + off(w))), round(Math.max(1, h + off(h)))];
}

/** A ring of 32 points with bays, in the box. */
function outline([x, y, w, h]: Box, unit: () => number): Float64Array {
  const ring = new Float64Array(64);
  for (let k = 0; k < 32; k++) {
    const angle = (2 * Math.PI * k) / 32;
    const radius = 0.35 + 0.15 * unit();
    ring[2 * k] = x + w * (0.5 + radius * Math.cos(angle));
    ring[2 * k + 1] = y + h * (0.5 + radius * Math.sin(angle));
  }
  return ring;
}

/** COCO's files have two decimals; scores have three. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}

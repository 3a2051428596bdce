import { rleSum } from "../checks/rle.js";
import { rleMerge } from "../checks/rle-merge.js";
import { rleFromBox, rleFromPolygon } from "../checks/rle-polygon.js";
import {
  type BoxDetections,
  type BoxTruths,
  boxDetectionQuality,
  type DetectionQuality,
  detectionNumbers,
  type MaskDetections,
  type MaskTruths,
  maskDetectionQuality,
} from "../measures/detection/detection-quality.js";
import { type Reason, reasons } from "../measures/reasons.js";
import type { LocalText } from "../records/grammar.gen.js";
import type { RleMask } from "../records/types.gen.js";
import type { ComparedMeasurement } from "./comparison.js";
import type { MaskShape } from "./delivery.js";
import type { Inference } from "./measured.js";
import type { Compared } from "./scenes.js";

export interface Precisions {
  readonly all: readonly ComparedMeasurement[];
  /** AP, AP50 and AP75 of each label of the pairing. */
  readonly byLabel: readonly (readonly ComparedMeasurement[])[];
}

/**
 * COCO's twelve numbers for boxes, as pycocotools gives them, and for masks where the gold has them throughout and the data have some. A is the sum over the
 * B categories that have an object; there is no formula for an interval. Undefined without scores: a delivery has no ranking.
 */
export function averagePrecisions(compared: Compared, inference: Inference): Precisions {
  const columns = columnsOf(compared);
  if (columns === undefined) {
    const lines = (): ComparedMeasurement[] => [undefinedLine("AP", boxes, inference, "no-scores")];
    return { all: lines(), byLabel: compared.pairing.labels.map(lines) };
  }
  const qualities = [{ shape: boxes, quality: boxDetectionQuality(columns.truths, columns.detections) }];
  const ofMasks = maskColumns(compared, columns);
  if (ofMasks !== undefined)
    qualities.push({ shape: masks, quality: maskDetectionQuality(ofMasks.truths, ofMasks.detections) });
  return {
    all: qualities.flatMap(({ shape, quality }) => linesOf(quality, shape, inference, columns.inPx)),
    byLabel: compared.pairing.labels.map((_, label) =>
      qualities.flatMap(({ shape, quality }) => labelLines(quality, shape, label, inference)),
    ),
  };
}

interface Shape {
  readonly prefix: string;
  readonly title: LocalText;
}

const boxes: Shape = { prefix: "gold-", title: { zh: "", en: "" } };
const masks: Shape = { prefix: "gold-mask-", title: { zh: "掩码 ", en: "mask " } };

function linesOf(
  { overall, categories }: DetectionQuality,
  shape: Shape,
  inference: Inference,
  inPx: boolean,
): readonly ComparedMeasurement[] {
  return detectionNumbers.map((name) => {
    if (!inPx && /small|medium|large/.test(name)) return undefinedLine(name, shape, inference, "media-size-unknown");
    const defined = categories.flatMap(({ numbers }) => numbers[name] ?? []);
    const sum = defined.reduce((total, x) => total + x, 0);
    return measured(name, shape, inference, { x: overall[name], a: sum, b: defined.length });
  });
}

function labelLines(
  { categories }: DetectionQuality,
  shape: Shape,
  label: number,
  inference: Inference,
): readonly ComparedMeasurement[] {
  const numbers = categories.find(({ category }) => category === label)?.numbers;
  return detectionNumbers.slice(0, 3).map((name) => {
    const x = numbers?.[name];
    return measured(name, shape, inference, { x, a: x ?? 0, b: x === undefined ? 0 : 1 });
  });
}

interface Measured {
  readonly x: number | undefined;
  readonly a: number;
  readonly b: number;
}

function measured(name: string, shape: Shape, inference: Inference, { x, a, b }: Measured): ComparedMeasurement {
  if (x === undefined) return undefinedLine(name, shape, inference, "no-ground-truth");
  return { ...line(name, shape, inference), a, b, x, status: "defined" };
}

function undefinedLine(name: string, shape: Shape, inference: Inference, reason: Reason): ComparedMeasurement {
  return { ...line(name, shape, inference), a: 0, b: 0, status: "undefined", reason: reasons[reason] };
}

function line(name: string, { prefix, title: of }: Shape, inference: Inference) {
  const title = titleOf(name);
  return {
    id: `${prefix}${name.toLowerCase()}`,
    title: { zh: title.zh.replace("COCO ", `COCO ${of.zh}`), en: title.en.replace("COCO ", `COCO ${of.en}`) },
    orientation: "higher-is-better",
    unit: "categories with an object",
    inference,
  } as const;
}

const sizes: Readonly<Record<string, LocalText>> = {
  small: { zh: "（小目标）", en: ", small" },
  medium: { zh: "（中目标）", en: ", medium" },
  large: { zh: "（大目标）", en: ", large" },
};

/** `AP50` → «COCO AP, IoU 0.50»; `AR100` → «COCO AR, 100 detections». */
function titleOf(name: string): LocalText {
  const [, kind = "", rest = ""] = /^(AP|AR)(.*)$/.exec(name) ?? [];
  const size = sizes[rest];
  if (size !== undefined) return { zh: `COCO ${kind}${size.zh}`, en: `COCO ${kind}${size.en}` };
  if (rest === "") return { zh: `COCO ${kind}，交并比 0.50–0.95`, en: `COCO ${kind}, IoU 0.50–0.95` };
  if (kind === "AP") return { zh: `COCO AP，交并比 0.${rest}`, en: `COCO AP, IoU 0.${rest}` };
  return { zh: `COCO AR，每类至多 ${rest} 个检测`, en: `COCO AR, at most ${rest} detections` };
}

interface Columns {
  readonly truths: BoxTruths;
  readonly detections: BoxDetections;
  /** Whether all boxes are in px: small, medium and large are so many px². */
  readonly inPx: boolean;
  /** Units of the first and of the second, in the order of the columns. */
  readonly mine: readonly number[];
  readonly theirs: readonly number[];
}

/** The same rows as masks; undefined where the gold has not all of them, or the data none. A detection without a mask stands for its box. */
function maskColumns(
  { first, second, pairing, secondBoxes }: Compared,
  { truths, detections, mine, theirs }: Columns,
): { readonly truths: MaskTruths; readonly detections: MaskDetections } | undefined {
  const sizeOf = (row: number) => {
    const media = first.media[row];
    const { width, height } = media ?? {};
    return width === undefined || height === undefined ? undefined : { width, height };
  };
  const truth = mine.map((row) => maskOf(first.units.masks[row], sizeOf(first.units.media[row] ?? -1)));
  if (!theirs.some((row) => second.units.masks[row] !== undefined)) return undefined;
  const found = theirs.map((row) => {
    const size = sizeOf(pairing.mediaBack[second.units.media[row] ?? -1] ?? -1);
    return maskOf(second.units.masks[row], size) ?? boxMask(secondBoxes, row, size);
  });
  if (truth.includes(undefined) || found.includes(undefined)) return undefined;
  const of = (list: readonly (RleMask | undefined)[]) => (row: number) => list[row] ?? nothing;
  // As pycocotools has it: where results come with boxes, the areas are theirs.
  const { area: _area, ...rest } = detections;
  const area = second.boxesWritten ? { area: Float64Array.from(theirs, (row) => areaOf(secondBoxes, row)) } : {};
  return { truths: { ...truths, mask: of(truth) }, detections: { ...rest, ...area, mask: of(found) } };
}

const nothing: RleMask = { height: 0, width: 0, counts: new Float64Array(0) };

type Size = { readonly width: number; readonly height: number } | undefined;

/** The mask of one size that all masks of an image have; undefined where there is none, or it has another. */
function maskOf(shape: MaskShape | undefined, size: Size): RleMask | undefined {
  if (shape === undefined || size === undefined) return undefined;
  const { width, height } = size;
  if ("rle" in shape) {
    const { rle } = shape;
    return rle.width === width && rle.height === height && rleSum(rle) === width * height ? rle : undefined;
  }
  const empty: RleMask = { height, width, counts: Float64Array.of(width * height) };
  return shape.rings
    .filter((ring) => ring.length >= 6)
    .map((ring) => rleFromPolygon(ring, height, width))
    .reduce((left, right) => rleMerge(left, right, "union"), empty);
}

function boxMask(all: Float64Array, row: number, size: Size): RleMask | undefined {
  if (size === undefined) return undefined;
  const [x = 0, y = 0, width = 0, height = 0] = all.subarray(4 * row, 4 * row + 4);
  return rleFromBox({ x, y, width, height }, size.height, size.width);
}

/** Units with boxes in media of the first. Media stand in the order of their ids, which decides between equal scores. */
function columnsOf(compared: Compared): Columns | undefined {
  const { first, second, scenes, firstBoxes, secondBoxes, firstLabels, secondLabels, firstShares, secondShares } =
    compared;
  const place = placesOf(compared);
  const mine: number[] = [];
  const theirs: number[] = [];
  const mineAt: number[] = [];
  const theirsAt: number[] = [];
  for (const scene of scenes) {
    if (scene.first === -1) continue;
    const at = place[scene.first] ?? 0;
    for (const row of scene.firstRows) {
      if (Number.isNaN(firstBoxes[4 * row])) continue;
      mine.push(row);
      mineAt.push(at);
    }
    for (const row of scene.secondRows) {
      if (Number.isNaN(secondBoxes[4 * row])) continue;
      if (Number.isNaN(second.units.score[row])) return undefined;
      theirs.push(row);
      theirsAt.push(at);
    }
  }
  if (theirs.length === 0 && mine.length === 0) return undefined;
  return {
    inPx: mine.every((row) => firstShares[row] === 0) && theirs.every((row) => secondShares[row] === 0),
    mine,
    theirs,
    truths: {
      image: Int32Array.from(mineAt),
      category: Int32Array.from(mine, (row) => firstLabels[row] ?? -1),
      area: Float64Array.from(mine, (row) =>
        first.units.normalised[row] === 1 ? areaOf(firstBoxes, row) : (first.units.area[row] ?? 0),
      ),
      crowd: Uint8Array.from(mine, (row) => first.units.crowd[row] ?? 0),
      boxes: boxesOf(firstBoxes, mine),
    },
    detections: {
      image: Int32Array.from(theirsAt),
      category: Int32Array.from(theirs, (row) => secondLabels[row] ?? -1),
      score: Float64Array.from(theirs, (row) => second.units.score[row] ?? 0),
      boxes: boxesOf(secondBoxes, theirs),
    },
  };
}

function boxesOf(all: Float64Array, rows: readonly number[]): Float64Array {
  const out = new Float64Array(4 * rows.length);
  rows.forEach((row, at) => {
    out.set(all.subarray(4 * row, 4 * row + 4), 4 * at);
  });
  return out;
}

function areaOf(boxes: Float64Array, row: number): number {
  return (boxes[4 * row + 2] ?? 0) * (boxes[4 * row + 3] ?? 0);
}

/** By id where it is a number, then by name. */
function placesOf({ first, scenes }: Compared): Int32Array {
  const name = new Int32Array(first.media.length);
  scenes.forEach((scene, at) => {
    if (scene.first !== -1) name[scene.first] = at;
  });
  const rows = first.media.map((_, row) => row);
  const key = (row: number): number => {
    const id = first.media[row]?.id;
    return typeof id === "number" ? id : Number.POSITIVE_INFINITY;
  };
  rows.sort((a, b) => (key(a) === key(b) ? (name[a] ?? 0) - (name[b] ?? 0) : key(a) - key(b)));
  const places = new Int32Array(rows.length);
  rows.forEach((row, at) => {
    places[row] = at;
  });
  return places;
}

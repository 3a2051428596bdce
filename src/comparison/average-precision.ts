import {
  type BoxDetections,
  type BoxTruths,
  boxDetectionQuality,
  type DetectionNumber,
  type DetectionQuality,
  detectionNumbers,
} from "../measures/detection/detection-quality.js";
import { type Reason, reasons } from "../measures/reasons.js";
import type { LocalText } from "../records/grammar.gen.js";
import type { ComparedMeasurement } from "./comparison.js";
import type { Inference } from "./measured.js";
import type { Compared } from "./scenes.js";

export interface Precisions {
  readonly all: readonly ComparedMeasurement[];
  /** AP, AP50 and AP75 of each label of the pairing. */
  readonly byLabel: readonly (readonly ComparedMeasurement[])[];
}

/**
 * COCO's twelve numbers for boxes, as pycocotools gives them. A is the sum over the B categories that have an object; there is no formula for an interval.
 * Undefined without scores: a delivery has no ranking.
 */
export function averagePrecisions(compared: Compared, inference: Inference): Precisions {
  const columns = columnsOf(compared);
  if (columns === undefined) {
    const lines = (): ComparedMeasurement[] => [undefinedLine("AP", inference, "no-scores")];
    return { all: lines(), byLabel: compared.pairing.labels.map(lines) };
  }
  const quality = boxDetectionQuality(columns.truths, columns.detections);
  const places = new Map(quality.categories.map(({ category }, at) => [category, at]));
  return {
    all: detectionNumbers.map((name) => {
      const { sum, count } = categoriesSum(quality, name);
      return measured(name, inference, quality.overall[name], sum, count);
    }),
    byLabel: compared.pairing.labels.map((_, label) => {
      const at = places.get(label);
      return detectionNumbers.slice(0, 3).map((name) => {
        const x = at === undefined ? undefined : quality.categories[at]?.numbers[name];
        return measured(name, inference, x, x ?? 0, x === undefined ? 0 : 1);
      });
    }),
  };
}

function categoriesSum({ categories }: DetectionQuality, name: DetectionNumber): { sum: number; count: number } {
  const defined = categories.flatMap(({ numbers }) => numbers[name] ?? []);
  return { sum: defined.reduce((total, x) => total + x, 0), count: defined.length };
}

function measured(
  name: string,
  inference: Inference,
  x: number | undefined,
  a: number,
  b: number,
): ComparedMeasurement {
  if (x === undefined) return undefinedLine(name, inference, "no-ground-truth");
  return { ...line(name, inference), a, b, x, status: "defined" };
}

function undefinedLine(name: string, inference: Inference, reason: Reason): ComparedMeasurement {
  return { ...line(name, inference), a: 0, b: 0, status: "undefined", reason: reasons[reason] };
}

function line(name: string, inference: Inference) {
  return {
    id: `gold-${name.toLowerCase()}`,
    title: titleOf(name),
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
}

/** Units with boxes in media of the first. Media stand in the order of their ids, which decides between equal scores. */
function columnsOf(compared: Compared): Columns | undefined {
  const { first, second, scenes, firstBoxes, secondBoxes, firstLabels, secondLabels } = compared;
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

function placesOf({ first }: Compared): Int32Array {
  const rows = first.media.map((_, row) => row);
  const key = (row: number): number => {
    const id = first.media[row]?.id;
    return typeof id === "number" ? id : Number.POSITIVE_INFINITY;
  };
  rows.sort((a, b) => (key(a) === key(b) ? a - b : key(a) - key(b)));
  const places = new Int32Array(rows.length);
  rows.forEach((row, at) => {
    places[row] = at;
  });
  return places;
}

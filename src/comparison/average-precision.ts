import { cocoLines, cocoOptions } from "../measures/detection/coco-map.js";
import { summaryValue } from "../measures/detection/coco-summary.js";
import { type Reason, reasons } from "../measures/reasons.js";
import type { LocalText } from "../records/grammar.gen.js";
import { averagePrecision } from "../statistics/detection/average-precision.js";
import type { Detections, Truths } from "../statistics/detection/columns.js";
import type { PrecisionRecall } from "../statistics/detection/precision-recall.js";
import { boxSimilarity } from "../statistics/detection/similarities.js";
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
  const { truths, detections, similarity } = columns;
  const result = averagePrecision(truths, detections, similarity, cocoOptions);
  const places = new Map([...result.categories].map((label, at) => [label, at]));
  return {
    all: cocoLines.map((line) => {
      const a = categoriesSum(result, line);
      return measured(line.name, inference, summaryValue(result, line), a.sum, a.count);
    }),
    byLabel: compared.pairing.labels.map((_, label) => {
      const at = places.get(label);
      return cocoLines.slice(0, 3).map((line) => {
        const x = at === undefined ? undefined : summaryValue(result, line, at);
        return measured(line.name, inference, x, x ?? 0, x === undefined ? 0 : 1);
      });
    }),
  };
}

function categoriesSum(result: PrecisionRecall, line: (typeof cocoLines)[number]): { sum: number; count: number } {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < result.categories.length; at++) {
    const x = summaryValue(result, line, at);
    if (x === undefined) continue;
    sum += x;
    count += 1;
  }
  return { sum, count };
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
  readonly truths: Truths;
  readonly detections: Detections;
  readonly similarity: ReturnType<typeof boxSimilarity>;
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
  const crowd = Uint8Array.from(mine, (row) => first.units.crowd[row] ?? 0);
  const truths: Truths = {
    image: Int32Array.from(mineAt),
    category: Int32Array.from(mine, (row) => firstLabels[row] ?? -1),
    area: Float64Array.from(mine, (row) =>
      first.units.normalised[row] === 1 ? areaOf(firstBoxes, row) : (first.units.area[row] ?? 0),
    ),
    crowd,
  };
  const detections: Detections = {
    image: Int32Array.from(theirsAt),
    category: Int32Array.from(theirs, (row) => secondLabels[row] ?? -1),
    area: Float64Array.from(theirs, (row) => areaOf(secondBoxes, row)),
    score: Float64Array.from(theirs, (row) => second.units.score[row] ?? 0),
  };
  const boxes = (all: Float64Array, rows: readonly number[]): Float64Array => {
    const out = new Float64Array(4 * rows.length);
    rows.forEach((row, at) => {
      out.set(all.subarray(4 * row, 4 * row + 4), 4 * at);
    });
    return out;
  };
  return { truths, detections, similarity: boxSimilarity(boxes(firstBoxes, mine), crowd, boxes(secondBoxes, theirs)) };
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

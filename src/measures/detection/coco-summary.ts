import type { PrecisionRecall } from "../../statistics/detection/precision-recall.js";
import type { Answer } from "../function.js";
import type { Reason } from "../reasons.js";

/** One number of COCO's summary: a mean over categories that have an object, and over thresholds. */
export interface SummaryLine {
  readonly of: "precision" | "recall";
  /** Position in the ranges of areas. */
  readonly area: number;
  /** Position in the limits, for a recall. */
  readonly limit?: number;
  /** Position of the one threshold; all by default. */
  readonly threshold?: number;
}

/** Mean of one line, of all categories or of the one at that position; undefined where no category has an object that counts. */
export function summaryValue(
  { categories, objects, precision, recall }: PrecisionRecall,
  { of, area, limit = 0, threshold }: SummaryLine,
  category?: number,
): number | undefined {
  if (objects.length === 0) return undefined;
  const areas = objects.length / categories.length;
  const thresholds = precision.length / objects.length;
  const limits = recall.length / precision.length;
  let sum = 0;
  let count = 0;
  for (let c = category ?? 0; c < (category === undefined ? categories.length : category + 1); c++) {
    const cell = c * areas + area;
    if ((objects[cell] ?? 0) === 0) continue;
    for (let t = threshold ?? 0; t < (threshold === undefined ? thresholds : threshold + 1); t++) {
      const at = of === "precision" ? cell * thresholds + t : (cell * limits + limit) * thresholds + t;
      sum += (of === "precision" ? precision[at] : recall[at]) ?? 0;
      count++;
    }
  }
  return count === 0 ? undefined : sum / count;
}

/** The numbers with the reason of those that are undefined, which are −1 in pycocotools; `published3dp` is the list that it prints. */
export function summaryAnswer(numbers: Readonly<Record<string, number | undefined>>): Answer {
  const printed = Object.values(numbers).map((value) => Number((value ?? -1).toFixed(3)));
  const gaps = Object.keys(numbers).filter((name) => numbers[name] === undefined);
  if (gaps.length === 0) return { values: { ...numbers, published3dp: printed } };
  return {
    values: { ...numbers, published3dp: undefined },
    undefined_because: Object.fromEntries(
      [...gaps, "published3dp"].map((name): [string, Reason] => [name, "no-ground-truth"]),
    ),
    peer_convention: { ...Object.fromEntries(gaps.map((name) => [name, -1])), published3dp: printed },
  };
}

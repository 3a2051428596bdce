import type { PrecisionRecall } from "../../statistics/detection/precision-recall.js";
import type { Answer } from "../function.js";
import type { Reason } from "../reasons.js";

/** One number of COCO's summary: a mean over categories that have an object, and over thresholds. */
export interface SummaryLine {
  readonly name: string;
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
  const cells = categories.length === 0 ? 1 : objects.length;
  const areas = objects.length / Math.max(1, categories.length);
  const thresholds = precision.length / cells;
  const limits = recall.length / Math.max(1, precision.length);
  let sum = 0;
  let count = 0;
  for (let c = category ?? 0; c < (category === undefined ? categories.length : category + 1); c++) {
    const cell = c * areas + area;
    if ((objects[cell] ?? 0) === 0) continue;
    for (let t = threshold ?? 0; t < (threshold === undefined ? thresholds : threshold + 1); t++) {
      sum +=
        (of === "precision" ? precision[cell * thresholds + t] : recall[(cell * limits + limit) * thresholds + t]) ?? 0;
      count++;
    }
  }
  return count === 0 ? undefined : sum / count;
}

/** The lines under their names; what is undefined is −1 in pycocotools. */
export function summaryAnswer(result: PrecisionRecall, lines: readonly SummaryLine[]): Answer {
  const values: Record<string, number | undefined> = {};
  const because: Record<string, Reason> = {};
  const peer: Record<string, number> = {};
  for (const line of lines) {
    const value = summaryValue(result, line);
    values[line.name] = value;
    if (value !== undefined) continue;
    because[line.name] = "no-ground-truth";
    peer[line.name] = -1;
  }
  const whole = Object.keys(because).length === 0;
  const printed = lines.map(({ name }) => Number((values[name] ?? -1).toFixed(3)));
  return {
    values: { ...values, published3dp: whole ? printed : undefined },
    ...(whole
      ? {}
      : {
          undefined_because: { ...because, published3dp: "no-ground-truth" },
          peer_convention: { ...peer, published3dp: printed },
        }),
  };
}

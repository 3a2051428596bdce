import type { GoldData, Report } from "../records/report.gen.js";
import type { Words } from "./locale.js";
import { against, count, interval } from "./numbers.js";
import { visible } from "./text.js";

/** Precision, recall, F1 and AP against gold, with their intervals; what is undefined is left out. */
export function goldValues({ measurements }: Report, w: Words): readonly string[] {
  return ["gold-precision", "gold-recall", "gold-f1", "gold-ap"].flatMap((id) => {
    const one = measurements.find((measurement) => measurement.id === id);
    if (one?.x === undefined) return [];
    const reach = one.interval === undefined ? "" : ` (${interval(one.interval.lower, one.interval.upper)})`;
    return [`${one.title[w.lang]} ${against(one.x, [0, 1], { digits: 3 })}${reach}`];
  });
}

/** What the data were held against, and of what the values speak. */
export function goldSentence(gold: GoldData, w: Words): string {
  const { name, media, not_judged, match_iou, inference } = gold;
  const said = w("gold", {
    name: visible(name),
    paired: count(media.paired),
    only_gold: count(media.only_gold),
    only_data: count(media.only_data),
    not_judged: count(not_judged),
    iou: String(match_iou),
  });
  return `${said}${w.lang === "zh" ? "" : " "}${w(`gold.${inference}`)}`;
}

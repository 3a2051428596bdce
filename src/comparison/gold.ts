import { givenMeasure, type Measure } from "../measures/measure.js";
import type { GoldData, ReportMeasurement } from "../records/report.gen.js";
import { toolOf } from "../report/tool.js";
import type { CollectOptions } from "./collect.js";
import { compare, type GoldComparison } from "./compare.js";

/** What a report takes of a comparison with gold. */
export interface HeldAgainstGold {
  readonly data: GoldData;
  readonly measurements: readonly ReportMeasurement[];
  /** The same for rules: `measure("gold-f1")`. */
  readonly measures: readonly Measure<undefined>[];
}

/** Holds data against gold for a report. @throws UsageError where either cannot be read */
export async function holdAgainstGold(gold: string, data: string, options: CollectOptions): Promise<HeldAgainstGold> {
  const compared = await compare(gold, data, toolOf(), options);
  // A delivery has no ranking: that its AP is undefined is no news in a report.
  const measurements = compared.measurements
    .filter(({ id, status }) => id !== "gold-ap" || status === "defined")
    .map(({ reason: _reason, ...one }) => one);
  return {
    data: goldData(compared),
    measurements,
    measures: measurements.map(({ id, title, a, b, x }) => givenMeasure({ id, title, a, b, x })),
  };
}

function goldData({ gold, pairing, match, inference, confidence, not_judged }: GoldComparison): GoldData {
  const { media, categories } = pairing;
  return {
    // The folder says nothing to whoever reads the report elsewhere; the digests do.
    name:
      gold.name
        .split(/[/\\]/)
        .filter((part) => part !== "")
        .at(-1) ?? "",
    files: gold.files.map((file) => ({ ...file })),
    match_iou: match.iou,
    inference,
    confidence,
    media: { paired: media.paired, only_gold: media.only_first.length, only_data: media.only_second.length },
    categories: {
      paired: categories.paired,
      only_gold: categories.only_first.map(({ name }) => name),
      only_data: categories.only_second.map(({ name }) => name),
    },
    not_judged: not_judged.media_without_gold + not_judged.in_crowds,
  };
}

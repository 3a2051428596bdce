import type { Tool } from "../records/report.gen.js";
import { averagePrecisions } from "./average-precision.js";
import { type Collected, type CollectOptions, collect } from "./collect.js";
import type { CategoryComparison, ComparedMeasurement, Confusion, PairingSummary, Side } from "./comparison.js";
import { confusionOf } from "./confusion.js";
import { labelMeasurements } from "./labels.js";
import { matchUnits, noUnits, type Tallies, tallyMatches } from "./match.js";
import { type Inference, measuredTally, type Saying } from "./measured.js";
import { pair } from "./pair.js";
import { panopticQuality } from "./panoptic.js";
import { type Compared, compareScenes } from "./scenes.js";
import { pairingSummary, sideOf } from "./summary.js";

export interface CompareOptions extends CollectOptions {
  /** Least IoU of a match, 0.5 by default. */
  readonly iou?: number;
  /** Data below this score are left out of the matches; AP takes all. */
  readonly minScore?: number;
  readonly inference?: Inference;
  readonly confidence?: number;
  readonly byCategory?: boolean;
}

/** What `touchstone compare` says of data held against gold. */
export interface GoldComparison {
  readonly comparison_version: 1;
  readonly tool: Tool;
  readonly gold: Side;
  readonly data: Side;
  readonly pairing: PairingSummary;
  readonly match: { readonly iou: number; readonly min_score: number | null };
  /** Annotations of the data that were not judged: in media that the gold does not have, in its crowds, below the least score. */
  readonly not_judged: {
    readonly media_without_gold: number;
    readonly in_crowds: number;
    readonly below_score: number;
  };
  readonly inference: Inference;
  readonly confidence: number;
  readonly measurements: readonly ComparedMeasurement[];
  readonly by_category?: readonly CategoryComparison[];
  readonly confusion: Confusion;
}

/** Data against gold: both are read, paired, matched, and measured. @throws UsageError as `collect` does */
export async function compare(
  goldPath: string,
  dataPath: string,
  tool: Tool,
  options: CompareOptions = {},
): Promise<GoldComparison> {
  const gold = await collect(goldPath, options);
  const data = await collect(dataPath, options);
  return compareCollected(gold, data, tool, options);
}

export async function compareCollected(
  gold: Collected,
  data: Collected,
  tool: Tool,
  options: CompareOptions = {},
): Promise<GoldComparison> {
  const { iou = 0.5, minScore, confidence = 0.95 } = options;
  const pairing = await pair(gold, data);
  const all = compareScenes(gold.delivery, data.delivery, pairing);
  const { compared, dropped } = aboveScore(all, minScore);
  const inference = options.inference ?? inferenceOf(all);
  const saying: Saying = { inference, confidence };
  const ofOneLabel = matchUnits(compared, { iou, sameLabel: true });
  const ofAnyLabel = matchUnits(compared, { iou, sameLabel: false });
  const tallies = tallyMatches(compared, ofOneLabel);
  const confusion = confusionOf(compared, ofAnyLabel);
  const precision = averagePrecisions(all, inference);
  return {
    comparison_version: 1,
    tool,
    gold: await sideOf(gold.delivery),
    data: await sideOf(data.delivery),
    pairing: pairingSummary(all),
    match: { iou, min_score: minScore ?? null },
    not_judged: { media_without_gold: tallies.notJudged, in_crowds: tallies.inCrowds, below_score: dropped },
    inference,
    confidence,
    measurements: [
      ...measuredTally(tallies.all, saying),
      ...labelMeasurements(compared, ofAnyLabel, saying),
      ...precision.all,
      ...panopticQuality(all, inference),
    ],
    ...(options.byCategory === true ? { by_category: categoriesOf(compared, tallies, saying, precision.byLabel) } : {}),
    confusion,
  };
}

/** The gold covers all of the data: these data alone. It covers some: a sample of them. Results of a model: the model. */
function inferenceOf({ second, pairing }: Compared): Inference {
  if (!second.declaresMedia) return "process";
  return pairing.mediaBack.includes(-1) ? "sample" : "census";
}

/** Without the data's units below the score; those without a score stay. */
function aboveScore(
  compared: Compared,
  least: number | undefined,
): { readonly compared: Compared; readonly dropped: number } {
  if (least === undefined) return { compared, dropped: 0 };
  const { score } = compared.second.units;
  let dropped = 0;
  const scenes = compared.scenes.map((scene) => {
    const secondRows = scene.secondRows.filter((row) => !((score[row] ?? Number.NaN) < least));
    dropped += scene.secondRows.length - secondRows.length;
    return { ...scene, secondRows };
  });
  return { compared: { ...compared, scenes }, dropped };
}

/** Labels in their order, with the numbers of units on both sides. */
function categoriesOf(
  { pairing }: Compared,
  { labels }: Tallies,
  saying: Saying,
  precisions: readonly (readonly ComparedMeasurement[])[],
): readonly CategoryComparison[] {
  return pairing.labels.map((category, at) => {
    const tallied = labels[at] ?? noUnits;
    const { tp, fp, fn } = tallied.whole;
    const measurements = [...measuredTally(tallied, saying), ...(precisions[at] ?? [])];
    return { category, gold: tp + fn, data: tp + fp, measurements };
  });
}

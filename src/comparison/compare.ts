import { UsageError } from "../records/errors.js";
import type { Tool } from "../records/report.gen.js";
import { averagePrecisions } from "./average-precision.js";
import { type Collected, type CollectOptions, collect } from "./collect.js";
import type { CategoryComparison, ComparedMeasurement, Confusion, PairingSummary, Side } from "./comparison.js";
import { confusionOf } from "./confusion.js";
import { type GoldError, tellErrors } from "./errors.js";
import { labelMeasurements } from "./labels.js";
import { matchUnits, noUnits, type Tallies, tallyMatches } from "./match.js";
import { type Inference, measuredTally, type Saying } from "./measured.js";
import { pair } from "./pair.js";
import { panopticQuality } from "./panoptic.js";
import { type Requirement, requirementsOf } from "./requirements.js";
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
  /** Least values by id of measurement (`gold-recall`): met where the lower end of the interval reaches it, or the value where there is no sampling error. */
  readonly require?: Readonly<Record<string, number>>;
  /** Told of each annotation that is missed, extra or has another label. */
  readonly onError?: (error: GoldError) => void;
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
  /** Categories with more annotations in media without gold than in the others: the gold says little of them. */
  readonly little_gold: readonly { readonly category: string; readonly judged: number; readonly not_judged: number }[];
  readonly inference: Inference;
  readonly confidence: number;
  /** Present where something was required. */
  readonly requirements?: readonly Requirement[];
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
  const inference = wantedInference(all, options.inference);
  const { mediaBack } = pairing;
  const withGold = mediaBack.reduce((n, row) => n + (row === -1 ? 0 : 1), 0);
  const sampled = inference === "sample" && data.delivery.declaresMedia ? withGold / mediaBack.length : 0;
  const saying: Saying = { inference, confidence, sampled };
  const ofOneLabel = matchUnits(compared, { iou, sameLabel: true });
  const ofAnyLabel = matchUnits(compared, { iou, sameLabel: false });
  const tallies = tallyMatches(compared, ofOneLabel);
  const confusion = confusionOf(compared, ofAnyLabel);
  const precision = averagePrecisions(all, inference);
  const measurements = [
    ...measuredTally(tallies.all, saying),
    ...labelMeasurements(compared, ofAnyLabel, saying),
    ...precision.all,
    ...panopticQuality(all, inference),
  ];
  if (options.onError !== undefined) tellErrors(compared, ofAnyLabel, options.onError);
  return {
    comparison_version: 1,
    tool,
    gold: await sideOf(gold.delivery),
    data: await sideOf(data.delivery),
    pairing: pairingSummary(all),
    match: { iou, min_score: minScore ?? null },
    not_judged: { media_without_gold: tallies.notJudged, in_crowds: tallies.inCrowds, below_score: dropped },
    little_gold: littleGold(compared, tallies),
    inference,
    confidence,
    ...(options.require === undefined ? {} : { requirements: requirementsOf(measurements, options.require) }),
    measurements,
    ...(options.byCategory === true ? { by_category: categoriesOf(compared, tallies, saying, precision.byLabel) } : {}),
    confusion,
  };
}

/** @throws UsageError where a census is asked for and some media have no gold */
function wantedInference(compared: Compared, asked: Inference | undefined): Inference {
  const found = inferenceOf(compared);
  if (asked === "census" && found === "sample")
    throw new UsageError("TS-USAGE-0001", {
      found: `--inference ${asked}`,
      expected: "gold for every medium of the data",
      hint: "what has no gold was not looked at: take sample or process",
    });
  return asked ?? found;
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
  compared: Compared,
  { labels }: Tallies,
  saying: Saying,
  precisions: readonly (readonly ComparedMeasurement[])[],
): readonly CategoryComparison[] {
  return compared.pairing.labels.map((category, at) => {
    const tallied = labels[at] ?? noUnits;
    const { tp, fp, fn } = tallied.whole;
    const without = notJudgedOf(compared, at);
    const measurements = [...measuredTally(tallied, saying), ...(precisions[at] ?? [])];
    return { category, gold: tp + fn, data: tp + fp, not_judged: without, measurements };
  });
}

/** Annotations of a label in media that have no gold. */
function notJudgedOf({ scenes, secondLabels }: Compared, label: number): number {
  let count = 0;
  for (const { first, secondRows } of scenes)
    if (first === -1) for (const row of secondRows) if (secondLabels[row] === label) count += 1;
  return count;
}

function littleGold(compared: Compared, { labels }: Tallies): GoldComparison["little_gold"] {
  return compared.pairing.labels.flatMap((category, at) => {
    const { tp, fp } = (labels[at] ?? noUnits).whole;
    const without = notJudgedOf(compared, at);
    return without > tp + fp ? [{ category, judged: tp + fp, not_judged: without }] : [];
  });
}

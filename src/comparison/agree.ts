import { cohenKappa } from "../measures/agreement/cohen-kappa.js";
import type { Tool } from "../records/report.gen.js";
import { clusterBootstrap } from "../statistics/cluster-bootstrap.js";
import { boxAlpha, corrected, labelAlpha, type Seeded } from "./alphas.js";
import { type CollectOptions, collect } from "./collect.js";
import type { ComparedMeasurement, Confusion, PairingSummary, Side } from "./comparison.js";
import { confusionOf } from "./confusion.js";
import { agreementLabels, labelMeasurements } from "./labels.js";
import { type Matches, matchUnits, tallyMatches } from "./match.js";
import { agreementNames, type Inference, measuredTally, type Saying } from "./measured.js";
import { pair } from "./pair.js";
import { type Compared, compareScenes } from "./scenes.js";
import { pairingSummary, sideOf } from "./summary.js";
import { commonUnits, type JoinedPair } from "./units.js";

export interface AgreeOptions extends CollectOptions {
  readonly iou?: number;
  readonly confidence?: number;
  /** Of the bootstrap by medium. */
  readonly seed?: number;
}

export interface AgreementPair {
  readonly first: string;
  readonly second: string;
  readonly pairing: PairingSummary;
  readonly measurements: readonly ComparedMeasurement[];
  readonly confusion: Confusion;
}

/** What `touchstone agreement` says of annotators of the same media. */
export interface AgreementComparison {
  readonly agreement_version: 1;
  readonly tool: Tool;
  readonly annotators: readonly Side[];
  readonly match: { readonly iou: number };
  readonly inference: Inference;
  readonly confidence: number;
  readonly seed: number;
  /** Units that were found by two annotators or more, and by all. */
  readonly units: { readonly all: number; readonly matched: number; readonly by_all: number };
  readonly measurements: readonly ComparedMeasurement[];
  readonly pairs: readonly AgreementPair[];
}

/** Agreement of two annotators or more, none of whom is taken for right. @throws UsageError as `collect` does */
export async function agree(
  paths: readonly string[],
  tool: Tool,
  options: AgreeOptions = {},
): Promise<AgreementComparison> {
  const { iou = 0.5, confidence = 0.95, seed = 1 } = options;
  const saying: Saying = { inference: "process", confidence };
  const collected = [];
  for (const path of paths) collected.push(await collect(path, options));
  const pairs: AgreementPair[] = [];
  const joined: JoinedPair[] = [];
  for (const [i, left] of collected.entries())
    for (const [j, right] of collected.entries()) {
      if (j <= i) continue;
      const whole = compareScenes(left.delivery, right.delivery, await pair(left, right));
      const compared = onlyShared(whole);
      const matches = matchUnits(compared, { iou, sameLabel: false, crowdsMatch: true });
      const confusion = confusionOf(compared, matches);
      pairs.push({
        first: left.delivery.name,
        second: right.delivery.name,
        pairing: pairingSummary(whole),
        measurements: [
          ...measuredTally(tallyMatches(compared, matches).all, saying, agreementNames),
          ...labelMeasurements(compared, matches, saying, agreementLabels),
          kappaMeasurement(compared, matches, confusion, { ...saying, seed }),
        ],
        confusion,
      });
      joined.push({ first: i, second: j, compared, matches });
    }
  const units = commonUnits(
    collected.map(({ delivery }) => delivery),
    joined,
  );
  return {
    agreement_version: 1,
    tool,
    annotators: await Promise.all(collected.map(({ delivery }) => sideOf(delivery))),
    match: { iou },
    inference: saying.inference,
    confidence,
    seed,
    units: {
      all: units.length,
      matched: units.filter(({ labels }) => labels.length > 1).length,
      by_all: units.filter(({ labels }) => labels.length === paths.length).length,
    },
    measurements: [labelAlpha(units, { ...saying, seed }), boxAlpha(units, paths.length, { ...saying, seed })],
    pairs,
  };
}

/** Media that one of two has alone say nothing of agreement: they are listed, and left out. */
function onlyShared(compared: Compared): Compared {
  return { ...compared, scenes: compared.scenes.filter(({ first, second }) => first !== -1 && second !== -1) };
}

/** κ of the labels of matched pairs; its interval is a bootstrap by medium, refused under 30 media. */
function kappaMeasurement(
  compared: Compared,
  { partner }: Matches,
  { matrix }: Confusion,
  { inference, confidence, seed }: Seeded,
): ComparedMeasurement {
  const size = compared.pairing.labels.length;
  const counts = Float64Array.from({ length: size * size }, (_, at) => matrix[Math.floor(at / size)]?.[at % size] ?? 0);
  const found = cohenKappa({ size, counts });
  const common = {
    id: "agreement-cohen-kappa",
    title: { zh: "匹配对标签的 Cohen κ", en: "Cohen's κ of the labels of matched pairs" },
    unit: "agreement above chance, of what is possible above chance",
    inference,
  };
  if (typeof found === "string") return corrected(common, found);
  const cells = cellsByScene(compared, partner, size);
  const drawn = new Float64Array(size * size);
  const interval = clusterBootstrap(
    cells.length,
    (times) => {
      drawn.fill(0);
      cells.forEach((list, at) => {
        for (const cell of list) drawn[cell] = (drawn[cell] ?? 0) + (times[at] ?? 0);
      });
      const again = cohenKappa({ size, counts: drawn });
      return typeof again === "string" ? undefined : again.kappa;
    },
    { seed, confidence },
  );
  return corrected(common, found, interval, confidence);
}

/** The cell of the confusion that each matched pair of a medium falls into. */
function cellsByScene(
  { scenes, firstLabels, secondLabels }: Compared,
  partner: Int32Array,
  size: number,
): readonly Int32Array[] {
  return scenes.map(({ firstRows }) =>
    Int32Array.from(
      [...firstRows].filter((row) => partner[row] !== -1),
      (row) => (firstLabels[row] ?? 0) * size + (secondLabels[partner[row] ?? 0] ?? 0),
    ),
  );
}

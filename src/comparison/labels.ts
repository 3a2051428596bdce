import { reasons } from "../measures/reasons.js";
import type { LocalText } from "../records/grammar.gen.js";
import { clusteredProportion } from "../statistics/clustered-proportion.js";
import type { ComparedMeasurement } from "./comparison.js";
import type { Matches } from "./match.js";
import { populationText, type Saying } from "./measured.js";
import type { Compared } from "./scenes.js";

interface LabelName {
  readonly id: string;
  readonly title: LocalText;
}

const goldLabels: LabelName = {
  id: "gold-label-accuracy",
  title: { zh: "匹配对的标签正确率", en: "Labels of matched pairs that are right" },
};

export const agreementLabels: LabelName = {
  id: "agreement-labels",
  title: { zh: "匹配对的标签一致率", en: "Labels of matched pairs that agree" },
};

/** How often matched units have one label, whatever the label: A = pairs of one label, B = pairs. */
export function labelMeasurements(
  compared: Compared,
  { partner, crowdsMatch }: Matches,
  saying: Saying,
  name: LabelName = goldLabels,
): readonly ComparedMeasurement[] {
  const { first, scenes, firstLabels, secondLabels } = compared;
  const { inference, confidence, sampled = 0 } = saying;
  const same: number[] = [];
  const pairs: number[] = [];
  for (const { first: medium, firstRows } of scenes) {
    if (medium === -1) continue;
    let [a, b] = [0, 0];
    for (const row of firstRows) {
      const other = partner[row] ?? -1;
      if (other === -1 || (!crowdsMatch && first.units.crowd[row] === 1)) continue;
      b += 1;
      if (firstLabels[row] === secondLabels[other]) a += 1;
    }
    same.push(a);
    pairs.push(b);
  }
  const sum = (list: readonly number[]) => list.reduce((total, one) => total + one, 0);
  const [a, b] = [sum(same), sum(pairs)];
  const common = {
    ...name,
    a,
    b,
    orientation: "higher-is-better",
    unit: "matched pairs, whatever the label",
    inference,
  } as const;
  if (b === 0) return [{ ...common, status: "undefined", reason: reasons["no-matches"] }];
  const found = inference === "census" ? undefined : clusteredProportion(same, pairs, { confidence, sampled });
  const interval =
    found === undefined
      ? {}
      : {
          interval: {
            lower: found.low,
            upper: found.high,
            level: confidence,
            method: `Korn–Graubard, by medium${populationText(sampled)}`,
          },
        };
  return [{ ...common, x: a / b, status: "defined", ...interval }];
}

import { krippendorffAlpha, krippendorffAlphaInterval } from "../measures/agreement/krippendorff-alpha.js";
import { type Reason, reasons } from "../measures/reasons.js";
import type { LocalText } from "../records/grammar.gen.js";
import { clusterBootstrap } from "../statistics/cluster-bootstrap.js";
import type { Interval } from "../statistics/interval.js";
import { addUnit, newUnitTypes } from "../statistics/unit-types.js";
import type { ComparedMeasurement } from "./comparison.js";
import { overlap } from "./match.js";
import type { Inference, Saying } from "./measured.js";
import type { CommonUnit } from "./units.js";

export interface Seeded extends Saying {
  readonly seed: number;
}

/** α of the labels of units that two annotators or more have found; its interval is a bootstrap by medium, refused under 30 media. */
export function labelAlpha(units: readonly CommonUnit[], { inference, confidence, seed }: Seeded): ComparedMeasurement {
  const name = {
    id: "agreement-krippendorff-alpha",
    title: { zh: "共同对象标签的 Krippendorff α", en: "Krippendorff's α of the labels of common units" },
    unit: "agreement above chance, of what is possible above chance",
    inference,
  };
  const size = units.reduce((most, { labels }) => Math.max(most, ...labels.map((code) => code + 1)), 0);
  const values = Array.from({ length: size }, (_, code) => code);
  const all = newUnitTypes();
  const clusters = byMedium(units.filter(({ labels }) => labels.length > 1)).map((list) => {
    const types = newUnitTypes();
    for (const { labels } of list) for (const one of [all, types]) addUnit(one, Int32Array.from(labels));
    return types;
  });
  const found = krippendorffAlpha(all, values);
  if (typeof found === "string") return corrected(name, found);
  const drawn = krippendorffAlphaInterval(clusters, values, "nominal", { seed, confidence });
  // As `clusterBootstrap`: where more than one draw in twenty has no α, the others say too little.
  const interval =
    typeof drawn === "string" || 19 * drawn.undefined_draws > drawn.draws
      ? undefined
      : { low: drawn.low, high: drawn.high };
  // A and B such that A/B is the coefficient: α has its own correction for small samples.
  return corrected(name, { pa: found.pe + found.coefficient * (1 - found.pe), pe: found.pe }, interval, confidence);
}

/**
 * α of where things are: the distance of two boxes is 1 − IoU, whatever their labels. Who does not have a unit has «nothing» there, at distance 1 from every
 * box and 0 from itself. Boxes of different media do not overlap, so only pairs within a medium are looked at, and the value is exact.
 * Source: Krippendorff 2004, Content Analysis, ch. 11 (any metric).
 */
export function boxAlpha(
  units: readonly CommonUnit[],
  annotators: number,
  { inference, confidence, seed }: Seeded,
): ComparedMeasurement {
  const name = {
    id: "agreement-alpha-iou",
    title: { zh: "位置的 α（距离为 1 − 交并比）", en: "α of where things are (distance 1 − IoU)" },
    unit: "agreement above chance, of what is possible above chance",
    inference,
  };
  const clusters = byMedium(units).map((list) => sumsOf(list, annotators));
  const total = (times: (cluster: number) => number) => {
    const sums = { answers: 0, nothing: 0, seen: 0, near: 0 };
    clusters.forEach((one, at) => {
      const k = times(at);
      sums.answers += k * one.answers;
      sums.nothing += k * one.nothing;
      sums.seen += k * one.seen;
      sums.near += k * one.near;
    });
    return sums;
  };
  const found = disagreements(total(() => 1));
  if (typeof found === "string") return corrected(name, found);
  const interval = clusterBootstrap(
    clusters.length,
    (times) => {
      const again = disagreements(total((cluster) => times[cluster] ?? 0));
      return typeof again === "string" ? undefined : 1 - again.seen / again.expected;
    },
    { seed, confidence },
  );
  return corrected(name, { pa: 1 - found.seen, pe: 1 - found.expected }, interval, confidence);
}

interface BoxSums {
  /** Answers, «nothing» among them, and those alone. */
  readonly answers: number;
  readonly nothing: number;
  /** Distances within units, each pair both ways, over the other answers of the unit. */
  readonly seen: number;
  /** IoU of pairs of boxes in the medium, each pair both ways. */
  readonly near: number;
}

function sumsOf(units: readonly CommonUnit[], annotators: number): BoxSums {
  let [nothing, seen, near] = [0, 0, 0];
  for (const { boxes } of units) {
    const absent = annotators - boxes.length / 4;
    nothing += absent;
    let distances = absent * (annotators - absent);
    for (let i = 0; i < boxes.length / 4; i++)
      for (let j = 0; j < i; j++) distances += 1 - overlap(boxes, i, boxes, j).iou;
    seen += (2 * distances) / (annotators - 1);
  }
  const all = Float64Array.from(units.flatMap(({ boxes }) => [...boxes]));
  for (let i = 0; i < all.length / 4; i++) for (let j = 0; j < i; j++) near += 2 * overlap(all, i, all, j).iou;
  return { answers: annotators * units.length, nothing, seen, near };
}

function disagreements({ answers, nothing, seen, near }: BoxSums): { seen: number; expected: number } | Reason {
  if (answers === 0) return "nothing-asked";
  const pairs = answers * (answers - 1);
  const expected = (pairs - nothing * (nothing - 1) - near) / pairs;
  return expected <= 0 ? "no-variation" : { seen: seen / answers, expected };
}

function byMedium(units: readonly CommonUnit[]): readonly (readonly CommonUnit[])[] {
  const media = new Map<number, CommonUnit[]>();
  for (const unit of units) {
    const list = media.get(unit.media);
    if (list === undefined) media.set(unit.media, [unit]);
    else list.push(unit);
  }
  return [...media].sort(([left], [right]) => left - right).map(([, list]) => list);
}

export interface CorrectedName {
  readonly id: string;
  readonly title: LocalText;
  readonly unit: string;
  readonly inference: Inference;
}

/** A = agreement above chance, B = what is possible above chance. */
export function corrected(
  name: CorrectedName,
  found: { readonly pa: number; readonly pe: number } | Reason,
  interval?: Interval,
  level = 0.95,
): ComparedMeasurement {
  const common = { ...name, orientation: "higher-is-better" } as const;
  if (typeof found === "string") return { ...common, a: 0, b: 0, status: "undefined", reason: reasons[found] };
  const [a, b] = [found.pa - found.pe, 1 - found.pe];
  const method = "bootstrap by medium, 1,000 draws, percentiles";
  const reach =
    interval === undefined ? {} : { interval: { lower: interval.low, upper: interval.high, level, method } };
  const why = interval === undefined ? { reason: reasons["too-few-clusters"] } : {};
  return { ...common, a, b, x: a / b, status: "defined", ...reach, ...why };
}

import { alphaEstimate } from "../../statistics/chance-corrected.js";
import { addRatings, mergeUnitTypes, newUnitTypes, type UnitTypes } from "../../statistics/unit-types.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, listOf, MeasureError, shown, squareOf, toList } from "../inputs.js";
import { undefinedAll } from "./estimate.js";
import { type Label, triplesOf } from "./ratings.js";

/**
 * Krippendorff's α with any distance of two answers: boxes with 1 − IoU, masks, spans, sets. Answers to one unit have been matched before; a rater who has
 * nothing there either gives no answer, or an answer of its own kind with distance 1 to the others.
 * The agreement by chance takes all pairs of answers: n² calls.
 *
 * @param units the unit of each answer
 * @param distance of the answers at two places, 0 … 1 or any other scale from 0; the same both ways
 * @throws MeasureError where a distance is no number from 0
 */
export function krippendorffAlphaByDistance(
  units: Int32Array,
  distance: (i: number, j: number) => number,
): number | "nothing-asked" | "no-pairs" | "one-category" {
  const answers = new Map<number, number>();
  for (const unit of units) answers.set(unit, (answers.get(unit) ?? 0) + 1);
  const pairable = Int32Array.from(units.keys()).filter((i) => (answers.get(units[i] ?? -1) ?? 0) > 1);
  if (units.length === 0) return "nothing-asked";
  if (pairable.length === 0) return "no-pairs";
  let seen = 0;
  let expected = 0;
  for (const [at, i] of pairable.entries())
    for (let before = 0; before < at; before++) {
      const j = pairable[before] ?? 0;
      const apart = distance(i, j);
      if (!(apart >= 0 && apart < Infinity))
        throw new MeasureError("input-range", {
          input: `distance(${i}, ${j})`,
          expected: { zh: "至少为 0 的数", en: "a number from 0" },
          found: shown(apart),
        });
      expected += apart;
      if (units[i] === units[j]) seen += apart / ((answers.get(units[i] ?? -1) ?? 0) - 1);
    }
  if (expected === 0) return "one-category";
  return 1 - ((pairable.length - 1) * seen) / expected;
}

/** Answers that are sets of labels, as types over their distinct sets. */
interface SetAnswers {
  readonly types: UnitTypes;
  readonly sets: readonly ReadonlySet<Label>[];
}

type SetDistance = (a: ReadonlySet<Label>, b: ReadonlySet<Label>) => number;

/** 0 for equal sets, 1 for all others. */
const binaryDistance: SetDistance = (a, b) => (a.size === b.size && shared(a, b) === a.size ? 0 : 1);

/** 1 − |A∩B|/|A∪B|; two empty sets are equal. */
const jaccardDistance: SetDistance = (a, b) =>
  binaryDistance(a, b) === 0 ? 0 : 1 - shared(a, b) / (a.size + b.size - shared(a, b));

/** Passonneau 2006: Jaccard's similarity times 1 for equal sets, 0.67 for a subset, 0.33 for an overlap (NLTK's digits). */
const masiDistance: SetDistance = (a, b) => {
  const both = shared(a, b);
  if (binaryDistance(a, b) === 0) return 0;
  const weight = both === 0 ? 0 : both === Math.min(a.size, b.size) ? 0.67 : 0.33;
  return 1 - (1 - jaccardDistance(a, b)) * weight;
};

const setDistances = { binary: binaryDistance, jaccard: jaccardDistance, masi: masiDistance } as const;

function shared(a: ReadonlySet<Label>, b: ReadonlySet<Label>): number {
  let count = 0;
  for (const label of a) if (b.has(label)) count++;
  return count;
}

/**
 * Formula: α = 1 − D_o/D_e with δ the distance of two sets: binary 0 for equal sets, else 1; jaccard 1 − |A∩B|/|A∪B|; masi 1 − J·m, m 1, 0.67, 0.33 or 0 for equal, contained, overlapping, disjoint sets
 * Convention: `distance` is binary, jaccard or masi, or the matrix of distances of the answers in their order (boxes with 1 − IoU, say).
 * Edge: units with one answer are left out; all answers equal: undefined, where NLTK and crowd-kit say 1.
 * Unit: at most 1; 0 is what chance gives.
 * Source: Krippendorff 2011; Passonneau 2006, LREC, for MASI; crowd-kit 1.2, alpha_krippendorff; NLTK, AnnotationTask.alpha.
 */
export const krippendorffAlphaSetValued: MeasureFunction = {
  id: "krippendorff-alpha-set-valued",
  title: { zh: "集合值的克里彭多夫 α", en: "Krippendorff's α of set-valued answers" },
  answers: {
    zh: "多选标注（每个判断是一个标签集合）扣除偶然一致后的一致程度",
    en: "How far raters agree beyond chance where an answer is a set of labels, or any other thing with a distance",
  },
  misleads: {
    zh: "二值距离下，差一个标签即为完全不一致；集合大小悬殊时各距离差别很大",
    en: "With the binary distance one label too many is full disagreement; where sizes differ much the distances give different numbers",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["answers", "distance"],
  outputs: ["alpha"],
  state: { empty: newUnitTypes, merge: mergeUnitTypes },
  calculate(inputs) {
    const triples = triplesOf(listOf(inputs, "answers"), "answers");
    const units = positionsOf(triples.map(({ unit }) => unit));
    const answers = triples.map(({ answer }) => answer);
    const alpha = Array.isArray(inputs["distance"])
      ? alphaOfMatrix(inputs, units)
      : alphaOfSets(inputs, units, answers);
    if (typeof alpha === "number") return { values: { alpha } };
    const answer = undefinedAll(["alpha"], alpha);
    return alpha === "one-category" ? { ...answer, peer_convention: { alpha: 1 } } : answer;
  },
};

function alphaOfMatrix(inputs: Inputs, units: Int32Array) {
  const { rows, values } = squareOf(inputs, "distance", { min: 0, max: 1e100 });
  const mirrored = (value: number, at: number) => value === values[(at % rows) * rows + Math.floor(at / rows)];
  if (rows !== units.length || !values.every(mirrored))
    throw new MeasureError("inputs-disagree", {
      input: "distance",
      expected: {
        zh: `对称的 ${units.length} × ${units.length}，每个判断一行`,
        en: `${units.length} × ${units.length}, symmetric, a row an answer`,
      },
      found: `${rows} × ${rows}`,
    });
  return krippendorffAlphaByDistance(units, (i, j) => values[i * rows + j] ?? 0);
}

function alphaOfSets(inputs: Inputs, units: Int32Array, answers: readonly unknown[]) {
  const between = setDistanceOf(inputs);
  const { types, sets } = setsOf(units, answers);
  const values = Float64Array.from(sets.flatMap((a) => sets.map((b) => between(a, b))));
  const found = alphaEstimate(types, { metric: { kind: "matrix", values }, size: sets.length, greatest: 1 });
  return typeof found === "string" ? found : found.coefficient;
}

/** By its first word: "binary (frozenset equality)" is binary. */
function setDistanceOf(inputs: Inputs): SetDistance {
  const { distance = "binary" } = inputs;
  const word = typeof distance === "string" ? (/^\w+/.exec(distance.toLowerCase())?.[0]?.split("_")[0] ?? "") : "";
  const found = Object.entries(setDistances).find(([name]) => name === word)?.[1];
  if (found === undefined)
    throw new MeasureError("input-range", {
      input: "distance",
      expected: { zh: "binary、jaccard、masi 或矩阵", en: "binary, jaccard, masi or a matrix" },
      found: shown(distance),
    });
  return found;
}

function setsOf(units: Int32Array, answers: readonly unknown[]): SetAnswers {
  const codes = new Map<string, number>();
  const sets: ReadonlySet<Label>[] = [];
  const given = Int32Array.from(answers, (answer, at) => {
    const labels = toList(answer, `answers[${at}][2]`).map((label, i): Label => {
      if (typeof label !== "string" && typeof label !== "number" && typeof label !== "boolean")
        throw new MeasureError("input-type", {
          input: `answers[${at}][2][${i}]`,
          expected: { zh: "标签", en: "a label" },
          found: shown(label),
        });
      return label;
    });
    const key = JSON.stringify([...new Set(labels.map((label) => JSON.stringify(label)))].sort());
    const code = codes.get(key) ?? codes.size;
    if (!codes.has(key)) {
      codes.set(key, code);
      sets.push(new Set(labels));
    }
    return code;
  });
  const types = newUnitTypes();
  addRatings(types, units, given);
  return { types, sets };
}

function positionsOf(keys: readonly Label[]): Int32Array {
  const found = new Map<Label, number>();
  return Int32Array.from(keys, (key) => {
    const at = found.get(key) ?? found.size;
    found.set(key, at);
    return at;
  });
}

import type { AgreementEstimate, NoEstimate } from "../../statistics/chance-corrected.js";
import { type Confusion, kappaOf, mergeConfusions, newConfusion } from "../../statistics/confusion.js";
import { congerEstimate } from "../../statistics/conger.js";
import { addRatings, newUnitTypes, type UnitTypes } from "../../statistics/unit-types.js";
import type { MeasureFunction } from "../function.js";
import { answerOf, undefinedAll } from "./estimate.js";
import { coefficientOutputs, unitState } from "./gwet-ac.js";
import { ratingsOf, unitOfEach } from "./ratings.js";
import { disagreementOf, matrixOf, type WeightName, weightsOf, worthOf } from "./weights.js";

/** Who said what, as codes in rows of `raters`, −1 for no answer. */
export interface RatingRows {
  readonly raters: number;
  readonly codes: Int32Array;
}

/**
 * Units by who said what, for `congerKappa`. Parts merge with `mergeUnitTypes`. Where each rater saw few of the units, `addRatings` makes the same of columns:
 * the code of an answer is rater · `categories` + category.
 *
 * @param categories number of categories
 */
export function rowTypes({ raters, codes }: RatingRows, categories: number): UnitTypes {
  const types = newUnitTypes();
  const answers = codes.map((code, at) => (code < 0 ? -1 : (at % raters) * categories + code));
  addRatings(types, unitOfEach(raters === 0 ? 0 : codes.length / raters, raters), answers);
  return types;
}

/**
 * Conger's κ. `coefficientOf` makes a standard error and limits of it.
 *
 * @param rows of `rowTypes`
 * @param values the categories on their scale, as `gwetAc` takes them
 */
export function congerKappa(
  rows: UnitTypes,
  raters: number,
  values: readonly number[],
  weights: WeightName = "unweighted",
): AgreementEstimate | NoEstimate | "one-rater" {
  return congerEstimate(rows, disagreementOf(weights, values), raters, values.length);
}

/**
 * Formula: (pa − pe)/(1 − pe); pa as for Gwet's AC, pe the mean over pairs of raters of Σ w·p₁ₖ·p₂ₗ, p the shares of each rater
 * Convention: raters are fixed people, not exchangeable ones (that is Fleiss' κ); with two raters it is Cohen's κ. Standard error over n − 1, limits with t(n−1), cut at 1, as irrCAC has them. irr calls it the exact κ of Fleiss.
 * Edge: a rater without any answer is left out; one rater: undefined; all judgements in one category: undefined.
 * Unit: at most 1; 0 is what chance gives.
 * Source: Conger 1980, Psychol. Bull. 88, 322–328; Gwet 2014; irrCAC 1.0; irr 0.84.1, kappam.fleiss(exact = TRUE).
 */
export const congerKappaMeasure: MeasureFunction = {
  id: "conger-kappa",
  title: { zh: "康格 κ", en: "Conger's κ" },
  answers: {
    zh: "固定的几名标注者扣除各人偏好造成的偶然一致后的一致程度",
    en: "How far these very raters agree beyond what their own preferences give",
  },
  misleads: {
    zh: "各人偏好不同会使 κ 升高；类别偏斜时偏低",
    en: "Raters with different preferences raise it; low where one category prevails",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "asymptotic",
  inputs: ["ratings", "categories", "missing", "weights", "confidence", "population"],
  outputs: ["kappa", ...coefficientOutputs],
  state: unitState,
  calculate(inputs) {
    const ratings = ratingsOf(inputs);
    const metric = weightsOf(inputs, ratings, worthOf(ratings));
    const size = ratings.labels.length;
    const estimate = congerEstimate(rowTypes(ratings, size), metric, ratings.raters, size);
    if (estimate === "one-rater")
      return undefinedAll(["kappa", "coefficient", "pa", "pe", "se", "ci_low", "ci_high", "p"], estimate);
    return answerOf(inputs, estimate, "n-1", ["kappa"]);
  },
};

/** A table for each pair of raters, over the units that every rater answered. Whole numbers. */
export interface PairTables {
  readonly tables: readonly Confusion[];
}

/** @param categories number of categories */
export function pairTables({ raters, codes }: RatingRows, categories: number): PairTables {
  const tables: Confusion[] = [];
  for (let g = 0; g < raters; g++) for (let h = g + 1; h < raters; h++) tables.push(newConfusion(categories));
  for (let from = 0; from < codes.length; from += raters) {
    const row = codes.subarray(from, from + raters);
    if (row.includes(-1)) continue;
    let at = 0;
    for (let g = 0; g < raters; g++)
      for (let h = g + 1; h < raters; h++) {
        const { counts } = tables[at++] as Confusion;
        const cell = (row[g] ?? 0) * categories + (row[h] ?? 0);
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
  }
  return { tables };
}

/** Light's κ: the mean of Cohen's κ of all pairs of raters. */
export function lightKappa({ tables }: PairTables): number | "nothing-asked" | "one-rater" | "one-category" {
  if (tables.length === 0) return "one-rater";
  let sum = 0;
  for (const { counts, size } of tables) {
    const found = kappaOf(counts, matrixOf({ kind: "nominal" }, size), size);
    if (typeof found === "string") return found;
    sum += found.kappa;
  }
  return sum / tables.length;
}

/**
 * Formula: mean of Cohen's κ of each pair of raters
 * Convention: units that a rater left out do not count, for any pair (irr).
 * Edge: one rater: undefined; undefined also where the κ of one pair is, both having used one and the same category.
 * Unit: −1 … 1.
 * Source: Light 1971, Psychol. Bull. 76, 365–377; irr 0.84.1, kappam.light.
 */
export const lightKappaMeasure: MeasureFunction = {
  id: "light-kappa",
  title: { zh: "莱特 κ", en: "Light's κ" },
  answers: { zh: "两两科恩 κ 的平均值是多少", en: "What Cohen's κ is in the mean over pairs of raters" },
  misleads: {
    zh: "均值掩盖个别不合群的标注者；有缺失的单位整个不计",
    en: "The mean hides a rater who differs from all others; a unit with a gap does not count at all",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: ["ratings"],
  outputs: ["kappa"],
  state: {
    empty: (): PairTables => ({ tables: [] }),
    merge: mergePairTables,
  },
  calculate(inputs) {
    const ratings = ratingsOf(inputs);
    const kappa = ratings.units === 0 ? "nothing-asked" : lightKappa(pairTables(ratings, ratings.labels.length));
    return typeof kappa === "string" ? undefinedAll(["kappa"], kappa) : { values: { kappa } };
  },
};

/** Tables of both; the empty state has none. */
export function mergePairTables(left: PairTables, right: PairTables): PairTables {
  if (left.tables.length === 0) return right;
  if (right.tables.length === 0) return left;
  return {
    tables: left.tables.map((table, at) => mergeConfusions(table, right.tables[at] ?? newConfusion(table.size))),
  };
}

import { chiSquareTail } from "../../statistics/special.js";
import { meanRanks } from "../../statistics/two-way.js";
import type { MeasureFunction } from "../function.js";
import { booleanOf, type Matrix, matrixOf } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { undefinedAll } from "./estimate.js";

export interface KendallW {
  readonly W: number;
  readonly chisq: number;
  readonly p: number;
}

/** Kendall's coefficient of concordance of the order in which raters put units. @param ratings a row a unit, a column a rater, without gaps */
export function kendallW({ rows, columns, values }: Matrix, correctForTies = true): KendallW | Reason {
  if (rows === 0) return "nothing-asked";
  if (rows < 2) return "too-few-units";
  if (columns < 2) return "one-rater";
  const sums = new Float64Array(rows);
  let ties = 0;
  for (let rater = 0; rater < columns; rater++) {
    const given = Float64Array.from(sums, (_, unit) => values[unit * columns + rater] ?? 0);
    const found = meanRanks(given);
    ties += found.ties;
    found.ranks.forEach((rank, unit) => {
      sums[unit] = (sums[unit] ?? 0) + rank;
    });
  }
  const mean = (columns * (rows + 1)) / 2;
  const squares = sums.reduce((sum, one) => sum + (one - mean) ** 2, 0);
  const most = columns ** 2 * (rows ** 3 - rows) - (correctForTies ? columns * ties : 0);
  // Each rater put all units on one level: there is no order to agree on.
  if (most === 0) return "no-variation";
  const W = (12 * squares) / most;
  const chisq = columns * (rows - 1) * W;
  return { W, chisq, p: chiSquareTail(chisq, rows - 1, "upper") };
}

/**
 * Formula: W = 12·Σ(Rᵢ − R̄)²/(m²(n³ − n) − m·Σ(t³ − t)), Rᵢ the sum of a unit's ranks, t the sizes of groups of ties; χ² = m(n − 1)W with n − 1 degrees of freedom
 * Convention: ties share the mean of their ranks and are corrected for, unless `correct_for_ties` is false (irr's default).
 * Edge: one unit or one rater: undefined; all ratings of each rater equal: undefined. The p is a large-sample one, rough below seven units.
 * Unit: 0 … 1.
 * Source: Kendall & Smith 1939, Ann. Math. Stat. 10, 275–287; Siegel & Castellan 1988; irr 0.84.1, kendall.
 */
export const kendallWMeasure: MeasureFunction = {
  id: "kendall-w",
  title: { zh: "肯德尔和谐系数 W", en: "Kendall's W" },
  answers: { zh: "标注者对单位的排序有多一致", en: "How far raters put the units in the same order" },
  misleads: {
    zh: "只看次序不看数值；两名标注者完全相反时为 0，而非负值；并列多时 p 值粗略",
    en: "It sees the order alone; two raters with opposite orders give 0, nothing below; with many ties the p is rough",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "asymptotic",
  inputs: ["ratings", "correct_for_ties"],
  outputs: ["W", "chisq", "p"],
  calculate(inputs) {
    const found = kendallW(matrixOf(inputs, "ratings"), booleanOf(inputs, "correct_for_ties", true));
    return typeof found === "string" ? undefinedAll(["W", "chisq", "p"], found) : { values: { ...found } };
  },
};

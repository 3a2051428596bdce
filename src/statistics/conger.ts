import type { AgreementEstimate, NoEstimate } from "./chance-corrected.js";
import { apart, type Disagreement, meanDisagreements } from "./disagreement.js";
import { orderedTypes, refuseBeyond, type UnitTypes } from "./unit-types.js";

/**
 * Conger's κ: chance by the shares of each rater, over all pairs of different raters; with two raters it is Cohen's. The linearised values are those of Gwet
 * 2014 (irrCAC), with one sum over categories a rater instead of one a unit.
 *
 * @param rows units by who said what: the code of an answer is rater · `size` + category
 */
export function congerEstimate(
  rows: UnitTypes,
  metric: Disagreement,
  raters: number,
  size: number,
): AgreementEstimate | NoEstimate | "one-rater" {
  refuseBeyond(rows, raters * size);
  const types = orderedTypes(rows, 1);
  const given = new Float64Array(raters);
  const said = new Float64Array(raters * size);
  const agreements = new Float64Array(types.size).fill(-1);
  let n = 0;
  let paired = 0;
  let pa = 0;
  for (let type = 0; type < types.size; type++) {
    const units = types.units[type]!;
    n += units;
    for (let i = types.offsets[type]!; i < types.offsets[type + 1]!; i++) {
      given[Math.floor(types.categories[i]! / size)]! += units;
      said[types.categories[i]!]! += units;
    }
    if (types.offsets[type + 1]! - types.offsets[type]! < 2) continue;
    agreements[type] = agreementOf(types, type, metric, size);
    paired += units;
    pa += units * agreements[type]!;
  }
  if (n === 0) return "nothing-asked";
  const active = given.filter((count) => count > 0).length;
  if (active < 2) return "one-rater";
  if (paired === 0) return "no-pairs";
  pa /= paired;
  const { ofAnswer, ofRater, pe } = chanceByRaters(said, given, metric, active, size);
  // Exact: with one category every share is exactly 1, and every agreement too.
  if (pe === 1) return "one-category";
  const coefficient = (pa - pe) / (1 - pe);
  let ofAll = 0;
  for (let g = 0; g < raters; g++) ofAll += ofRater[g]!;
  let spread = 0;
  for (let type = 0; type < types.size; type++) {
    let chance = ofAll;
    for (let i = types.offsets[type]!; i < types.offsets[type + 1]!; i++) {
      const answer = types.categories[i]!;
      const rater = Math.floor(answer / size);
      chance += (n / given[rater]!) * (ofAnswer[answer]! - ofRater[rater]!);
    }
    const agreement = agreements[type]! < 0 ? 0 : ((n / paired) * (agreements[type]! - pe)) / (1 - pe);
    const x = agreement - (2 * (1 - coefficient) * (chance / (active * (active - 1)) - pe)) / (1 - pe);
    spread += types.units[type]! * (x - coefficient) ** 2;
  }
  return { coefficient, pa, pe, spread: spread / n, n };
}

/** Mean agreement of the pairs of answers of a unit. */
function agreementOf({ offsets, categories }: UnitTypes, type: number, metric: Disagreement, size: number): number {
  const from = offsets[type]!;
  const to = offsets[type + 1]!;
  let sum = 0;
  for (let i = from; i < to; i++)
    for (let j = from; j < i; j++) sum += apart(metric, categories[i]! % size, categories[j]! % size, size);
  return 1 - (2 * sum) / ((to - from) * (to - from - 1));
}

/** Σ over the other raters of their mean agreement with an answer, and with a rater's answers in the mean. */
function chanceByRaters(said: Float64Array, given: Float64Array, metric: Disagreement, active: number, size: number) {
  const raters = given.length;
  const shares = said.map((count, at) => (count === 0 ? 0 : count / given[Math.floor(at / size)]!));
  const pooled = new Float64Array(size);
  for (let at = 0; at < shares.length; at++) pooled[at % size]! += shares[at]!;
  const ofAnswer = new Float64Array(raters * size);
  const ofRater = new Float64Array(raters);
  let expected = 0;
  for (let g = 0; g < raters; g++) {
    if (given[g] === 0) continue;
    const others = pooled.map((share, c) => Math.max(0, share - shares[g * size + c]!));
    const means = meanDisagreements(metric, others);
    for (let c = 0; c < size; c++) {
      ofAnswer[g * size + c] = (active - 1) * (1 - means[c]!);
      ofRater[g]! += shares[g * size + c]! * ofAnswer[g * size + c]!;
      expected += shares[g * size + c]! * (active - 1) * means[c]!;
    }
  }
  return { ofAnswer, ofRater, pe: 1 - expected / (active * (active - 1)) };
}

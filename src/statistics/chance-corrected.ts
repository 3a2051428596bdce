import { type Disagreement, meanDisagreements, pairSums, scaleOf } from "./disagreement.js";
import { answersOf, orderedTypes, refuseBeyond, type UnitTypes } from "./unit-types.js";

/** Agreement by chance: none (plain share), all categories alike (Brennan–Prediger), the mean shares (Fleiss, Scott), Gwet's hard subjects. */
export type Chance = "none" | "uniform" | "pooled" | "gwet";

export interface AgreementEstimate {
  readonly coefficient: number;
  readonly pa: number;
  readonly pe: number;
  /**
   * Mean squared deviation of the linearised values of the units from the coefficient: over n or n − 1 it is a variance. Undefined where the metric itself
   * comes from the answers.
   */
  readonly spread: number | undefined;
  /** Units on which `spread` stands. */
  readonly n: number;
}

export type NoEstimate = "nothing-asked" | "no-pairs" | "one-category";

/**
 * Agreement of two or more answers a unit, corrected for chance, with the linearised values of Gwet 2014 (as irrCAC computes them): units with one
 * answer count towards the shares of categories and towards n, not towards the agreement seen.
 *
 * @param metric disagreement, 1 at most; the weights of the literature are 1 − it
 * @param size number of categories, those that nobody gave among them
 */
export function chanceCorrected(
  all: UnitTypes,
  metric: Disagreement,
  size: number,
  chance: Chance,
): AgreementEstimate | NoEstimate {
  refuseBeyond(all, size);
  const types = orderedTypes(all, 1);
  const sums = pairSums(types, metric, scaleOf(metric, new Float64Array(size)), size);
  const shares = new Float64Array(size);
  let n = 0;
  let paired = 0;
  let pa = 0;
  for (let type = 0; type < types.size; type++) {
    const units = types.units[type]!;
    const answers = answersOf(types, type);
    n += units;
    for (let i = types.offsets[type]!; i < types.offsets[type + 1]!; i++)
      shares[types.categories[i]!]! += (units * types.counts[i]!) / answers;
    if (answers < 2) continue;
    paired += units;
    pa += units * (1 - sums[type]! / (answers * (answers - 1)));
  }
  if (n === 0) return "nothing-asked";
  if (paired === 0) return "no-pairs";
  pa /= paired;
  for (let c = 0; c < size; c++) shares[c]! /= n;
  const expected = expectedAgreement(metric, shares, chance);
  if (expected === undefined) return "one-category";
  const { pe, ofCategory } = expected;
  const coefficient = (pa - pe) / (1 - pe);
  let spread = 0;
  for (let type = 0; type < types.size; type++) {
    const answers = answersOf(types, type);
    let x = answers < 2 ? 0 : ((n / paired) * (1 - sums[type]! / (answers * (answers - 1)) - pe)) / (1 - pe);
    if (ofCategory !== undefined) {
      let chanceHere = 0;
      for (let i = types.offsets[type]!; i < types.offsets[type + 1]!; i++)
        chanceHere += types.counts[i]! * ofCategory[types.categories[i]!]!;
      x -= (2 * (1 - coefficient) * (chanceHere / answers - pe)) / (1 - pe);
    }
    spread += types.units[type]! * (x - coefficient) ** 2;
  }
  return { coefficient, pa, pe, spread: spread / n, n };
}

/** Agreement by chance, and what of it comes with an answer of each category where it depends on the answers. */
function expectedAgreement(
  metric: Disagreement,
  shares: Float64Array,
  chance: Chance,
): { readonly pe: number; readonly ofCategory?: Float64Array } | undefined {
  const size = shares.length;
  if (chance === "none") return { pe: 0 };
  if (chance === "pooled") {
    const ofCategory = meanDisagreements(metric, shares).map((mean) => 1 - mean);
    let disagreement = 0;
    for (let c = 0; c < size; c++) disagreement += shares[c]! * (1 - ofCategory[c]!);
    // One category: all shares are exactly 0 or 1, and so is this.
    return disagreement === 0 ? undefined : { pe: 1 - disagreement, ofCategory };
  }
  if (size < 2) return undefined;
  const even = meanDisagreements(metric, new Float64Array(size).fill(1));
  let weights = size * size;
  for (let c = 0; c < size; c++) weights -= size * even[c]!;
  if (chance === "uniform") return weights >= size * size ? undefined : { pe: weights / (size * size) };
  const each = weights / (size * (size - 1));
  const ofCategory = shares.map((share) => each * (1 - share));
  let pe = 0;
  for (let c = 0; c < size; c++) pe += shares[c]! * ofCategory[c]!;
  return pe >= 1 ? undefined : { pe, ofCategory };
}

/**
 * Krippendorff's α from the pairable units (two answers or more), with Gwet's linearised values of the units.
 *
 * pa and pe are told on the scale 0 … 1, where 0 is the greatest disagreement.
 *
 * @param values `half-chance`: as irrCAC has them for counts by unit, the agreement by chance with half its weight
 */
export function alphaEstimate(
  all: UnitTypes,
  { metric, size, greatest: widest, values = "full" }: AlphaQuestion,
): AgreementEstimate | NoEstimate {
  refuseBeyond(all, size);
  const types = orderedTypes(all, 2);
  if (types.size === 0) return orderedTypes(all, 1).size === 0 ? "nothing-asked" : "no-pairs";
  const marginals = new Float64Array(size);
  const answers = addMarginals(types, types.units, marginals);
  const means = meanDisagreements(metric, marginals);
  let expected = 0;
  for (let c = 0; c < size; c++) expected += marginals[c]! * means[c]!;
  expected /= answers;
  if (expected === 0) return "one-category";
  const scale = scaleOf(metric, marginals);
  const sums = pairSums(types, metric, scale, size);
  let seen = 0;
  let n = 0;
  for (let type = 0; type < types.size; type++) {
    seen += (types.units[type]! * sums[type]!) / (answersOf(types, type) - 1);
    n += types.units[type]!;
  }
  seen /= answers;
  const greatest = metric.kind === "ordinal" ? ordinalRange(scale, marginals) ** 2 : widest;
  const coefficient = 1 - ((answers - 1) / answers) * (seen / expected);
  const pe = 1 - expected / greatest;
  // Krippendorff's correction for small samples, 1/answers, on the scale of agreement.
  const pa = 1 - (1 - 1 / answers) * (seen / greatest);
  const parts = { types, sums, means, greatest, answers, n, pa, pe, coefficient };
  const spreadOf = values === "full" ? alphaSpread : alphaSpreadOfCounts;
  return { coefficient, pa, pe, spread: metric.kind === "ordinal" ? undefined : spreadOf(parts) / n, n };
}

export interface AlphaQuestion {
  readonly metric: Disagreement;
  /** Number of categories. */
  readonly size: number;
  /** The greatest disagreement of two categories; the ordinal metric has its own. */
  readonly greatest: number;
  readonly values?: "full" | "half-chance";
}

interface AlphaParts {
  readonly types: UnitTypes;
  readonly sums: Float64Array;
  readonly means: Float64Array;
  readonly greatest: number;
  readonly answers: number;
  readonly n: number;
  readonly pa: number;
  readonly pe: number;
  readonly coefficient: number;
}

function alphaSpread(parts: AlphaParts): number {
  const { types, answers, n, pa, pe, coefficient } = parts;
  // The values are those of α without the correction for small samples.
  const plain = 1 - (1 - coefficient) / (1 - 1 / answers);
  const mean = answers / n;
  let spread = 0;
  for (let type = 0; type < types.size; type++) {
    const { agreement, chance, excess } = shareOf(parts, type, mean);
    const x = (agreement - pa * excess - pe - 2 * (1 - plain) * (chance - pe * excess - pe)) / (1 - pe);
    spread += types.units[type]! * (x - plain) ** 2;
  }
  return spread;
}

function alphaSpreadOfCounts(parts: AlphaParts): number {
  const { types, answers, n, pa, pe, coefficient } = parts;
  const mean = answers / n;
  const correction = 1 / answers;
  const seen = (pa - correction) / (1 - correction);
  let spread = 0;
  for (let type = 0; type < types.size; type++) {
    const { agreement, chance, excess } = shareOf(parts, type, mean);
    const corrected = (1 - correction) * (agreement - seen * excess) + correction;
    const x = (corrected - pe - (1 - coefficient) * (chance - excess - pe)) / (1 - pe);
    spread += types.units[type]! * (x - coefficient) ** 2;
  }
  return spread;
}

/** Agreement of a unit of the type, agreement by chance that its answers bring, and how far it has more answers than the mean unit. */
function shareOf({ types, sums, means, greatest }: AlphaParts, type: number, mean: number) {
  const answers = answersOf(types, type);
  let chance = 0;
  for (let i = types.offsets[type]!; i < types.offsets[type + 1]!; i++)
    chance += (types.counts[i]! * (1 - means[types.categories[i]!]! / greatest)) / mean;
  const agreement = (answers - sums[type]! / greatest / (answers - 1)) / mean;
  return { agreement, chance, excess: (answers - mean) / mean };
}

/** How far apart the first and the last category that were given stand on the scale of ranks. */
function ordinalRange(scale: Float64Array | undefined, marginals: Float64Array): number {
  const given = scale?.filter((_, c) => marginals[c]! > 0) ?? new Float64Array(0);
  return given[given.length - 1]! - given[0]!;
}

/** Adds the answers of the types, so many units of each, by category; gives their number. */
export function addMarginals(types: UnitTypes, units: Float64Array, marginals: Float64Array): number {
  let answers = 0;
  for (let type = 0; type < types.size; type++) {
    const times = units[type]!;
    if (times === 0) continue;
    for (let i = types.offsets[type]!; i < types.offsets[type + 1]!; i++) {
      const given = times * types.counts[i]!;
      marginals[types.categories[i]!]! += given;
      answers += given;
    }
  }
  return answers;
}

import { hypergeometricTail } from "../hypergeometric.js";
import { binomialTail, poissonTail, type Tail } from "../special.js";

/**
 * How nonconforming units come into a sample: `binomial`, from a process; `poisson`, nonconformities that a unit may have several of; `hypergeometric`, from a
 * lot of so many units, whose nonconforming ones are its share rounded to a whole number.
 */
export type LotModel =
  | { readonly distribution: "binomial" }
  | { readonly distribution: "poisson" }
  | { readonly distribution: "hypergeometric"; readonly lot: number };

/** A plan of one sample or several. Numbers of acceptance and rejection count all samples so far; the last stage decides, so that its `re` is `ac` + 1. */
export interface StagedPlan {
  readonly n: readonly number[];
  readonly ac: readonly number[];
  readonly re: readonly number[];
}

/**
 * Probability that a lot of that quality is accepted: one point of the operating characteristic curve.
 *
 * @param quality share nonconforming, 0 … 1; nonconformities per unit where the distribution is Poisson's
 */
export function acceptanceProbability(plan: StagedPlan, quality: number, model: LotModel): number {
  const sample = samplesOf(quality, model);
  let accepted = 0;
  // Nonconforming units so far, where nothing is decided yet, and how likely that is.
  let open: readonly (readonly [number, number])[] = [[0, 1]];
  let drawn = 0;
  for (const [stage, n] of plan.n.entries()) {
    const ac = plan.ac[stage] ?? 0;
    const re = plan.re[stage] ?? ac + 1;
    const next = new Map<number, number>();
    for (const [found, chance] of open) {
      const at = { n, drawn, found };
      accepted += chance * sample(ac - found, at, "lower");
      for (let seen = Math.max(found, ac + 1); seen < re; seen++)
        next.set(seen, (next.get(seen) ?? 0) + chance * massOf(seen - found, (k, tail) => sample(k, at, tail)));
    }
    open = [...next];
    drawn += n;
  }
  return Math.min(1, accepted);
}

interface Sample {
  readonly n: number;
  readonly drawn: number;
  readonly found: number;
}

function samplesOf(quality: number, model: LotModel): (k: number, sample: Sample, tail: Tail) => number {
  if (model.distribution === "binomial") return (k, { n }, tail) => binomialTail(k, n, quality, tail);
  if (model.distribution === "poisson") return (k, { n }, tail) => poissonTail(k, n * quality, tail);
  const marked = Math.round(quality * model.lot);
  // What was found before is no longer in the lot.
  return (k, { n, drawn, found }, tail) =>
    found > marked
      ? 0 // such a sample is not possible, and its chance is 0
      : hypergeometricTail(k, { lot: model.lot - drawn, marked: marked - found, drawn: n }, tail);
}

/** P(X = k) as a difference of tails, of those that are not near 1. */
function massOf(k: number, tailOf: (k: number, tail: Tail) => number): number {
  const lower = tailOf(k, "lower");
  return lower < 0.5 ? lower - tailOf(k - 1, "lower") : tailOf(k - 1, "upper") - tailOf(k, "upper");
}

/** What comes of the inspection of one lot whose nonconforming units are known. */
export interface LotDisposition {
  /** Probability of acceptance. */
  readonly pa: number;
  /** Probability that the sample has a nonconforming unit. */
  readonly p_find_any: number;
  /** Expected nonconforming units that go out: those of an accepted lot, but for the ones in its sample, which are taken out; a rejected lot goes not out. */
  readonly escaped_defectives: number;
}

/** @param plan accept with at most c nonconforming units in a sample of n, at most `lot` */
export function lotDisposition(
  lot: number,
  defectives: number,
  { n, c }: { readonly n: number; readonly c: number },
): LotDisposition {
  const draws = { lot, marked: defectives, drawn: n };
  const pa = hypergeometricTail(c, draws, "lower");
  // Σ d·P(d) over d ≤ c is n·D/N times the chance of d − 1 ≤ c − 1 among the others.
  const found =
    defectives === 0 || n === 0
      ? 0
      : ((n * defectives) / lot) *
        hypergeometricTail(c - 1, { lot: lot - 1, marked: defectives - 1, drawn: n - 1 }, "lower");
  return { pa, p_find_any: hypergeometricTail(0, draws, "upper"), escaped_defectives: defectives * pa - found };
}

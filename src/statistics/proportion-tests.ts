import { chiSquareTail, normalTail } from "./special.js";

export interface ChiSquare {
  readonly statistic: number;
  readonly df: number;
  readonly p: number;
}

/**
 * Pearson's χ² of the hypothesis that all groups have one share, which is estimated: Σ (seen − expected)²/expected over successes and failures, groups − 1
 * degrees of freedom. Undefined where nothing or everything succeeded. Lists of one length, at least two groups, each with trials.
 *
 * @param correct Yates' correction, for two groups alone; as R's prop.test it takes off ½, and never more than the difference that it corrects
 */
export function equalProportions(
  successes: ArrayLike<number>,
  trials: ArrayLike<number>,
  correct = false,
): ChiSquare | undefined {
  const all = sumOf(trials);
  const share = sumOf(successes) / all;
  if (share === 0 || share === 1) return undefined;
  const shares = new Float64Array(trials.length).fill(share);
  let yates = 0;
  if (correct && trials.length === 2) {
    const [n1 = 1, n2 = 1] = Array.from(trials);
    const difference = Math.abs((successes[0] ?? 0) / n1 - (successes[1] ?? 0) / n2);
    yates = Math.min(0.5, difference / (1 / n1 + 1 / n2));
  }
  return chiSquare(successes, trials, shares, { yates, df: trials.length - 1 });
}

/**
 * χ² of the hypothesis that each group has its given share, within 0 … 1 without the ends; as many degrees of freedom as groups.
 *
 * @param correct Yates' correction, for one or two groups: ½, and never more than the difference that it corrects
 */
export function givenProportions(
  successes: ArrayLike<number>,
  trials: ArrayLike<number>,
  shares: ArrayLike<number>,
  correct = false,
): ChiSquare {
  return chiSquare(successes, trials, shares, { yates: correct && trials.length <= 2 ? 0.5 : 0, df: trials.length });
}

function chiSquare(
  successes: ArrayLike<number>,
  trials: ArrayLike<number>,
  shares: ArrayLike<number>,
  { yates, df }: { readonly yates: number; readonly df: number },
): ChiSquare {
  let statistic = 0;
  for (let i = 0; i < trials.length; i++) {
    const n = trials[i]!;
    const share = shares[i]!;
    const off = Math.abs(successes[i]! - n * share);
    const square = (off - Math.min(yates, off)) ** 2;
    statistic += square / (n * share) + square / (n * (1 - share));
  }
  return { statistic, df, p: chiSquareTail(statistic, df, "upper") };
}

/** z of the difference of two shares with their pooled variance, and its two-sided p; undefined where nothing or everything succeeded. */
export function zTwoProportions(
  successes: ArrayLike<number>,
  trials: ArrayLike<number>,
): { readonly z: number; readonly p: number } | undefined {
  const [x1 = 0, x2 = 0] = Array.from(successes);
  const [n1 = 0, n2 = 0] = Array.from(trials);
  const share = (x1 + x2) / (n1 + n2);
  if (share === 0 || share === 1) return undefined;
  const z = (x1 / n1 - x2 / n2) / Math.sqrt(share * (1 - share) * (1 / n1 + 1 / n2));
  return { z, p: 2 * normalTail(Math.abs(z), "upper") };
}

/** Cohen's h, the distance of two shares on the scale of arcsines. Source: Cohen 1988, Statistical Power Analysis, ch. 6. */
export function effectSizeH(p1: number, p2: number): number {
  return 2 * Math.asin(Math.sqrt(p1)) - 2 * Math.asin(Math.sqrt(p2));
}

/**
 * p values adjusted for being many, so that one of them below α is a finding at α for the family; in their order. Each is the greatest of
 * (m − rank + 1)·p among those not larger than itself, at most 1. Source: Holm 1979, Scandinavian Journal of Statistics 6(2), 65–70.
 */
export function holmAdjust(pValues: ArrayLike<number>): Float64Array {
  const order = Array.from(pValues, (_, i) => i).sort((a, b) => pValues[a]! - pValues[b]!);
  const adjusted = new Float64Array(pValues.length);
  let greatest = 0;
  order.forEach((at, rank) => {
    greatest = Math.max(greatest, Math.min(1, (pValues.length - rank) * pValues[at]!));
    adjusted[at] = greatest;
  });
  return adjusted;
}

function sumOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i]!;
  return sum;
}

import type { AgreementEstimate, NoEstimate } from "../../statistics/chance-corrected.js";
import { tQuantile, tTail } from "../../statistics/special.js";
import type { Answer } from "../function.js";
import { confidenceOf, type Inputs, MeasureError, numberOf, shown } from "../inputs.js";
import type { Reason } from "../reasons.js";

/** `n`: large sample, as for a table of two raters; `n-1`: units drawn from a frame, as for raw ratings (both as irrCAC has them). */
export type Divisor = "n" | "n-1";

/** A coefficient with its standard error, its limits (at most 1) and the two-sided p of H₀: coefficient = 0. */
export interface Coefficient {
  readonly coefficient: number;
  readonly pa: number;
  readonly pe: number;
  readonly se: number | undefined;
  readonly ci_low: number | undefined;
  readonly ci_high: number | undefined;
  readonly p: number | undefined;
}

export interface InferenceOptions {
  readonly confidence?: number;
  readonly divisor?: Divisor;
  readonly limits?: Limits;
  /** Units of the frame that these were drawn from; without bound by default. */
  readonly population?: number;
}

export function coefficientOf(estimate: AgreementEstimate, options: InferenceOptions = {}): Coefficient {
  const { confidence = 0.95, divisor = "n-1", limits = "t", population = Infinity } = options;
  const { coefficient, pa, pe, spread, n } = estimate;
  if (n < 2 || spread === undefined)
    return { coefficient, pa, pe, se: undefined, ci_low: undefined, ci_high: undefined, p: undefined };
  const df = limits === "normal" ? Infinity : n - 1;
  const se = Math.sqrt((spread * unseenShare(n, population)) / (divisor === "n" ? n : n - 1));
  const reach = reachOf(limits, confidence, n) * se;
  return {
    ...{ coefficient, pa, pe, se },
    ci_low: coefficient - reach,
    ci_high: Math.min(1, coefficient + reach),
    p: se === 0 ? undefined : 2 * tTail(Math.abs(coefficient) / se, df, "upper"),
  };
}

/**
 * Finite population correction of a variance: what of the frame was not drawn.
 *
 * @throws MeasureError where the frame has fewer units than were drawn from it
 */
export function unseenShare(n: number, population: number): number {
  if (population < n)
    throw new MeasureError("inputs-disagree", {
      input: "population",
      expected: { zh: `至少 ${n}，即样本的单位数`, en: `at least ${n}, the units of the sample` },
      found: `${population}`,
    });
  return 1 - n / population;
}

/** The answer of a declaration: the coefficient under the names that cases use, with reasons for what is undefined. */
export function answerOf(
  inputs: Inputs,
  estimate: AgreementEstimate | NoEstimate,
  divisor: Divisor,
  names: readonly string[] = [],
): Answer {
  const options = inferenceOf(inputs, divisor);
  if (typeof estimate === "string") {
    const fields = ["coefficient", ...names, "se", "ci_low", "ci_high", "p", "pa", "pe"];
    return undefinedAll(fields, estimate);
  }
  const found = coefficientOf(estimate, options);
  const because: Record<string, Reason> = {};
  if (found.se === undefined)
    for (const name of ["se", "ci_low", "ci_high", "p"])
      because[name] = estimate.spread === undefined ? "bootstrap-only" : "too-few-units";
  else if (found.p === undefined) because["p"] = "no-variation";
  const same = Object.fromEntries(names.map((name) => [name, found.coefficient]));
  return { values: { ...found, ...same }, ...(Object.keys(because).length > 0 && { undefined_because: because }) };
}

function inferenceOf(inputs: Inputs, divisor: Divisor): InferenceOptions {
  return {
    ...{ confidence: confidenceOf(inputs), divisor: divisorOf(inputs, divisor), limits: limitsOf(inputs, "t") },
    population: populationOf(inputs),
  };
}

/** Units of the frame, by the input `population`; without bound where it is not given. @throws MeasureError */
export function populationOf(inputs: Inputs): number {
  if (inputs["population"] === undefined) return Infinity;
  return numberOf(inputs, "population", { min: 1, whole: true });
}

export function undefinedAll(names: readonly string[], reason: Reason): Answer {
  return {
    values: Object.fromEntries(names.map((name) => [name, undefined])),
    undefined_because: Object.fromEntries(names.map((name) => [name, reason])),
  };
}

/** The divisor that the input `se_convention` names, in the words of the sources. @throws MeasureError */
export function divisorOf(inputs: Inputs, otherwise: Divisor): Divisor {
  const words = inputs["se_convention"];
  if (words === undefined) return otherwise;
  if (typeof words === "string") {
    if (/n\s*[-−–]\s*1|\braw\b/i.test(words)) return "n-1";
    if (/large.sample|by n\b|^n$|everitt/i.test(words)) return "n";
  }
  throw new MeasureError(typeof words === "string" ? "not-supported" : "input-type", {
    input: "se_convention",
    expected: {
      zh: "large-sample, divides by n；或 divides by n-1",
      en: "large-sample, divides by n; or divides by n-1",
    },
    found: shown(words),
  });
}

export type Limits = "t" | "normal";

/** How limits are made of the standard error, by the input `ci`. @throws MeasureError */
export function limitsOf(inputs: Inputs, otherwise: Limits): Limits {
  const words = inputs["ci"];
  if (words === undefined) return otherwise;
  if (typeof words === "string") {
    if (/\bt\b/.test(words)) return "t";
    if (/normal|\bz\b/i.test(words)) return "normal";
  }
  throw new MeasureError(typeof words === "string" ? "not-supported" : "input-type", {
    input: "ci",
    expected: { zh: "t(n-1)·se 或 normal", en: "t(n-1)·se or normal" },
    found: shown(words),
  });
}

/** By what the standard error is multiplied for the limits. */
export function reachOf(limits: Limits, confidence: number, n: number): number {
  return tQuantile((1 - confidence) / 2, limits === "normal" ? Infinity : n - 1, "upper");
}

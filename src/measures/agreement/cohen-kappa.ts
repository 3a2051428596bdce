import { addPairs, type Confusion, kappaOf, mergeConfusions, newConfusion } from "../../statistics/confusion.js";
import { normalTail } from "../../statistics/special.js";
import type { Answer, MeasureFunction } from "../function.js";
import { confidenceOf, type Inputs, MeasureError, numberOf, shown, squareOf, textOf } from "../inputs.js";
import type { Reason } from "../reasons.js";
import {
  divisorOf,
  type InferenceOptions,
  limitsOf,
  populationOf,
  reachOf,
  undefinedAll,
  unseenShare,
} from "./estimate.js";
import { countable, layoutOf, namedOrCounted, ratingsOf, type Scale } from "./ratings.js";
import { disagreementOf, matrixOf, type WeightName, weightsOf, worthOf } from "./weights.js";

export interface CohenKappa {
  readonly kappa: number;
  readonly pa: number;
  readonly pe: number;
  /** Large sample. */
  readonly se: number | undefined;
  readonly ci_low: number | undefined;
  readonly ci_high: number | undefined;
  /** Under H₀: answers at random. */
  readonly se0: number | undefined;
  readonly z: number | undefined;
  readonly p_one_sided: number | undefined;
  readonly p_two_sided: number | undefined;
}

export interface KappaOptions extends InferenceOptions {
  /** By name, or the disagreement of each pair of categories, row by row, 0 on the diagonal. */
  readonly weights?: WeightName | Float64Array;
  /** The categories on their scale; their ranks by default. */
  readonly values?: readonly number[];
  /** Number of units, where the table holds shares. */
  readonly n?: number;
}

/** Cohen's κ of two raters. Limits are normal by default, and the divisor is n. */
export function cohenKappa(
  table: Confusion,
  options: KappaOptions = {},
): CohenKappa | "nothing-asked" | "one-category" {
  const { size, counts } = table;
  const { weights = "unweighted", values = Array.from({ length: size }, (_, rank) => rank + 1) } = options;
  const disagreement = typeof weights === "string" ? matrixOf(disagreementOf(weights, values), size) : weights;
  return inferred(counts, disagreement, size, options);
}

function inferred(
  counts: Float64Array,
  disagreement: Float64Array,
  size: number,
  {
    n = counts.reduce((sum, count) => sum + count, 0),
    confidence = 0.95,
    limits = "normal",
    divisor = "n",
    population = Infinity,
  }: KappaOptions,
): CohenKappa | "nothing-asked" | "one-category" {
  const found = kappaOf(counts, disagreement, size);
  if (typeof found === "string") return found;
  const { kappa, pa, pe } = found;
  const by = divisor === "n" ? n : n - 1;
  // Number.NaN says that the number of units is not known; one unit has no spread.
  const known = n >= 2;
  const se = known ? Math.sqrt((found.variance * unseenShare(n, population)) / by) : undefined;
  const reach = se === undefined ? undefined : reachOf(limits, confidence, n) * se;
  const se0 = known ? Math.sqrt(found.variance0 / n) : undefined;
  const z = se0 === undefined || se0 === 0 ? undefined : kappa / se0;
  const tail = z === undefined ? undefined : normalTail(Math.abs(z), "upper");
  return {
    ...{ kappa, pa, pe, se, se0, z },
    ci_low: reach === undefined ? undefined : kappa - reach,
    ci_high: reach === undefined ? undefined : Math.min(1, kappa + reach),
    p_one_sided: tail,
    p_two_sided: tail === undefined ? undefined : 2 * tail,
  };
}

const outputs = ["kappa", "coefficient", "se", "ci_low", "ci_high", "se0", "z", "p_one_sided", "p_two_sided"] as const;

/**
 * Formula: κ = (pa − pe)/(1 − pe) = 1 − Σ v·p/Σ v·pₖ·pₗ, v = 1 − w the disagreement of two categories, pₖ, pₗ the shares of each rater
 * Convention: linear is 1 − |k − l|/(q − 1), quadratic 1 − (k − l)²/(q − 1)², on the ranks of the categories that occur (`weight_scale` "category value": on the numbers themselves); a table counts all its rows. `se` is the large-sample one of Fleiss, Cohen & Everitt 1969 with normal limits (SAS); where `se_convention` names it as irrCAC does, limits are with t(n−1), cut at 1. `se0`, `z` and the p are those of H₀: answers at random (SAS, irr).
 * Edge: both raters in one and the same category: undefined (scikit-learn says NaN); units that one of them left out do not count. Shares without `n` have no standard error; `population`, the units of the frame, takes the finite population correction to it.
 * Unit: −1 … 1; 0 is what chance gives.
 * Source: Cohen 1960, Educ. Psychol. Meas. 20, 37–46; Cohen 1968, Psychol. Bull. 70, 213–220; Fleiss, Cohen & Everitt 1969, Psychol. Bull. 72, 323–327.
 */
export const cohenKappaMeasure: MeasureFunction = {
  id: "cohen-kappa",
  title: { zh: "科恩 κ", en: "Cohen's κ" },
  answers: {
    zh: "两名标注者扣除偶然一致后的一致程度，偶然一致按各人自己的类别分布计",
    en: "How far two raters agree beyond chance, chance by the shares of each of them",
  },
  misleads: {
    zh: "类别偏斜时，一致率很高 κ 仍可能很低；两人偏好不同会使 κ 升高",
    en: "Where one category prevails it may be low though nearly all answers agree; different preferences of the two raise it",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "asymptotic",
  inputs: [
    ...["table", "ratings", "table_proportions", "n", "categories", "weights", "weight_scale"],
    ...["disagreement_weights", "confidence", "ci", "se_convention", "population", "note"],
  ],
  outputs,
  state: { empty: () => newConfusion(0), merge: mergeConfusions },
  calculate(inputs) {
    const { size, counts, disagreement, n } = tableOf(inputs);
    const limits = limitsOf(inputs, inputs["se_convention"] === undefined ? "normal" : "t");
    const found = inferred(counts, disagreement, size, {
      ...{ limits, divisor: divisorOf(inputs, "n"), confidence: confidenceOf(inputs) },
      population: populationOf(inputs),
      ...(n !== undefined && { n }),
    });
    return typeof found === "string" ? undefinedAll(outputs, found) : told(found, n !== undefined && Number.isNaN(n));
  },
};

function told(found: CohenKappa, sizeUnknown: boolean): Answer {
  const { pa: _, pe: __, ...values } = found;
  const because: Record<string, Reason> = {};
  const reason = sizeUnknown ? "size-unknown" : "too-few-units";
  for (const [name, value] of Object.entries(values))
    if (value === undefined) because[name] = found.se0 === 0 ? "no-variation" : reason;
  return { values: { ...values, coefficient: found.kappa }, undefined_because: because };
}

const scales = ["category rank", "category value"] as const;

interface AskedTable {
  readonly size: number;
  readonly counts: Float64Array;
  readonly disagreement: Float64Array;
  /** NaN where a table of shares does not say it. */
  readonly n?: number;
}

function tableOf(inputs: Inputs): AskedTable {
  const layout = layoutOf(inputs, ["table", "ratings", "table_proportions"]);
  if (layout === "ratings") return tableOfRatings(inputs);
  const counted = layout === "table";
  const { rows, values } = squareOf(inputs, layout, counted ? countable : { min: 0, max: 1 });
  const disagreement = disagreementIn(inputs, namedOrCounted(inputs, rows), rows);
  if (counted) return { size: rows, counts: values, disagreement };
  const total = values.reduce((sum, share) => sum + share, 0);
  // Shares are printed with two digits or more.
  if (Math.abs(total - 1) > 0.005 * values.length)
    throw new MeasureError("input-range", {
      input: layout,
      expected: { zh: "总和为 1", en: "shares that sum to 1" },
      found: `${total}`,
    });
  return { size: rows, counts: values, disagreement, n: numberOf(inputs, "n", { min: 1, whole: true }, Number.NaN) };
}

function tableOfRatings(inputs: Inputs): AskedTable {
  const { raters, codes, labels, ordered, units } = ratingsOf(inputs);
  if (raters !== 2 && units > 0)
    throw new MeasureError("inputs-disagree", {
      input: "ratings",
      expected: { zh: "每个单位两个判断", en: "two answers a unit" },
      found: `${raters}`,
    });
  const { weights, disagreement_weights } = inputs;
  const byValue = textOf(inputs, "weight_scale", scales, "category rank") === "category value";
  // Categories that neither gave are no rank, so the neighbours of a gap are one step apart; a matrix of weights has a row for them.
  const all = byValue || Array.isArray(weights) || disagreement_weights !== undefined;
  const answered = codes.filter((code, at) => code >= 0 && (codes[at % 2 === 0 ? at + 1 : at - 1] ?? -1) >= 0);
  const used = labels.map((_, code) => code).filter((code) => all || answered.includes(code));
  const table = newConfusion(used.length);
  const placed = (side: number) => answered.filter((_, at) => at % 2 === side).map((code) => used.indexOf(code));
  addPairs(table, placed(0), placed(1));
  const scale = { labels: used.flatMap((code) => labels[code] ?? []), ordered };
  return { ...table, disagreement: disagreementIn(inputs, scale, used.length, byValue) };
}

function disagreementIn(inputs: Inputs, scale: Scale, size: number, byValue = false): Float64Array {
  if (inputs["disagreement_weights"] === undefined)
    return matrixOf(weightsOf(inputs, scale, byValue ? worthOf(scale) : undefined), size);
  if (inputs["weights"] !== undefined)
    throw new MeasureError("inputs-disagree", {
      input: "weights, disagreement_weights",
      expected: { zh: "二者之一", en: "one of them" },
    });
  const { rows, values } = squareOf(inputs, "disagreement_weights", { min: 0, max: 1e100 });
  if (rows !== size || values.some((value, at) => at % (size + 1) === 0 && value !== 0))
    throw new MeasureError("inputs-disagree", {
      input: "disagreement_weights",
      expected: { zh: `${size} × ${size}，对角线为 0`, en: `${size} × ${size}, 0 on the diagonal` },
      found: shown(inputs["disagreement_weights"]),
    });
  const greatest = values.reduce((most, value) => Math.max(most, value), 0);
  return greatest === 0 ? values : values.map((value) => value / greatest);
}

import { fQuantile, fTail } from "../../statistics/special.js";
import { type TwoWay, twoWay } from "../../statistics/two-way.js";
import type { MeasureFunction } from "../function.js";
import { confidenceOf, type Inputs, type Matrix, MeasureError, matrixOf, shown } from "../inputs.js";
import type { Reason } from "../reasons.js";
import { undefinedAll } from "./estimate.js";
import { squarable } from "./ratings.js";

const iccForms = ["ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)"] as const;
/** The forms of Shrout & Fleiss 1979: 1 each unit its own raters, 2 raters drawn from many, 3 these raters; one rating or the mean of k. */
export type IccForm = (typeof iccForms)[number];

/** McGraw & Wong 1996 name the same forms otherwise. */
const sameForms: Readonly<Record<string, IccForm>> = {
  "icc(1)": "ICC(1,1)",
  "icc(k)": "ICC(1,k)",
  "icc(a,1)": "ICC(2,1)",
  "icc(a,k)": "ICC(2,k)",
  "icc(c,1)": "ICC(3,1)",
  "icc(c,k)": "ICC(3,k)",
};

export interface Icc {
  readonly icc: number;
  readonly F: number;
  readonly df1: number;
  readonly df2: number;
  readonly p: number;
  readonly ci_low: number;
  readonly ci_high: number;
  /** The same but for ICC(2,k): there the degrees of freedom are taken at ICC(2,k) itself (McGraw & Wong's Table 7, irr). */
  readonly ci_low_irr: number;
  readonly ci_high_irr: number;
}

/**
 * Intraclass correlation of numbers.
 *
 * @param ratings a row a unit, a column a rater, without gaps
 */
export function icc({ rows, columns, values }: Matrix, form: IccForm, confidence = 0.95): Icc | Reason {
  if (rows === 0) return "nothing-asked";
  if (rows < 2) return "too-few-units";
  if (columns < 2) return "one-rater";
  const table = twoWay(values, columns);
  const error = form.startsWith("ICC(1") ? table.within : table.residual;
  if (error === 0 && table.rows === 0) return "no-variation";
  const tail = (1 - confidence) / 2;
  const found = form.startsWith("ICC(2")
    ? randomRaters(table, form === "ICC(2,k)", tail)
    : oneError(table, error, form, tail);
  // Units that do not differ have a mean of k ratings without reliability: −∞ by the formula.
  return Number.isFinite(found.icc) ? found : "no-variation";
}

/** ICC(1,·) and ICC(3,·): one mean square of error, exact limits by F. */
function oneError({ units, raters, rows }: TwoWay, error: number, form: IccForm, tail: number): Icc {
  const F = rows / error;
  const df1 = units - 1;
  const df2 = form.startsWith("ICC(1") ? units * (raters - 1) : df1 * (raters - 1);
  const low = F / fQuantile(tail, df1, df2, "upper");
  const high = F * fQuantile(tail, df2, df1, "upper");
  const ofRatio = (ratio: number): number => {
    if (ratio === Infinity) return 1;
    return form.endsWith("k)") ? 1 - 1 / ratio : (ratio - 1) / (ratio + raters - 1);
  };
  const limits = { ci_low: ofRatio(low), ci_high: ofRatio(high) };
  return {
    ...{ icc: ofRatio(F), F, df1, df2, p: fTail(F, df1, df2, "upper") },
    ...limits,
    ...{ ci_low_irr: limits.ci_low, ci_high_irr: limits.ci_high },
  };
}

/** ICC(2,·): the error is a sum of two mean squares, its degrees of freedom are Satterthwaite's. */
function randomRaters(table: TwoWay, mean: boolean, tail: number): Icc {
  const { units: n, raters: k, rows, columns, residual } = table;
  const single = (rows - residual) / (rows + (k - 1) * residual + (k * (columns - residual)) / n);
  const ofMean = (rows - residual) / (rows + (columns - residual) / n);
  const value = mean ? ofMean : single;
  const F = rows / residual;
  const freedom = (at: number): number => {
    const a = (k * at) / (n * (1 - at));
    const b = 1 + (k * at * (n - 1)) / (n * (1 - at));
    const sum = a * columns + b * residual;
    return sum ** 2 / ((a * columns) ** 2 / (k - 1) + (b * residual) ** 2 / ((n - 1) * (k - 1)));
  };
  const limitsAt = (df: number): readonly [number, number] => {
    const low = fQuantile(tail, n - 1, df, "upper");
    const high = fQuantile(tail, df, n - 1, "upper");
    const rest = k * columns + (k * n - k - n) * residual;
    return [
      (n * (rows - low * residual)) / (low * rest + n * rows),
      (n * (high * rows - residual)) / (rest + n * high * rows),
    ];
  };
  const stepUp = (at: number): number => (k * at) / (1 + (k - 1) * at);
  const df2 = freedom(value);
  const [low, high] = limitsAt(freedom(single)).map((limit) => (mean ? stepUp(limit) : limit));
  const [lowIrr, highIrr] = limitsAt(df2).map((limit) => (mean ? stepUp(limit) : limit));
  return {
    ...{ icc: value, F, df1: n - 1, df2, p: fTail(F, n - 1, df2, "upper") },
    ...{ ci_low: low ?? Number.NaN, ci_high: high ?? Number.NaN },
    ...{ ci_low_irr: lowIrr ?? Number.NaN, ci_high_irr: highIrr ?? Number.NaN },
  };
}

const outputs = ["icc", "F", "df1", "df2", "p", "ci_low", "ci_high", "ci_low_irr", "ci_high_irr", "published"] as const;

/**
 * Formula: of the mean squares of units (R), raters (C), error (E) and within units (W), n units, k raters: ICC(1,1) = (R − W)/(R + (k−1)W), ICC(2,1) = (R − E)/(R + (k−1)E + k(C − E)/n), ICC(3,1) = (R − E)/(R + (k−1)E); of the mean of k: (R − W)/R, (R − E)/(R + (C − E)/n), (R − E)/R
 * Convention: McGraw & Wong's names are taken too: ICC(1), ICC(A,1), ICC(C,1), ICC(k), ICC(A,k), ICC(C,k). F and p test ρ = 0; for ICC(2,·) df2 is Satterthwaite's at the estimate (irr). Limits of ICC(2,k): `ci_low`, `ci_high` step up those of ICC(2,1) by Spearman–Brown (Shrout & Fleiss, psych); `ci_low_irr`, `ci_high_irr` take the degrees of freedom at ICC(2,k) (McGraw & Wong, Table 7, irr). `published` is the value with the two digits that papers print.
 * Edge: one unit or one rater: undefined; no variation: undefined. Raters who do not differ give 1, and F no value. May be below 0; ICC(2,·) may pass 1 where the variance of the raters is estimated below 0. A gap is an error.
 * Unit: at most 1.
 * Source: Shrout & Fleiss 1979, Psychol. Bull. 86, 420–428; McGraw & Wong 1996, Psychol. Methods 1, 30–46; irr 0.84.1; psych 2.2.9.
 */
export const iccMeasure: MeasureFunction = {
  id: "icc",
  title: { zh: "组内相关系数", en: "Intraclass correlation" },
  answers: {
    zh: "数值评分的差异有多大比例来自单位本身，而非标注者",
    en: "What share of the variance of ratings comes from the units, not from the raters",
  },
  misleads: {
    zh: "单位彼此相似（取值范围窄）时偏低；形式选错则回答的是另一个问题",
    en: "Low where the units are alike (a narrow range); another form answers another question",
  },
  orientation: "higher-is-better",
  inference: "sample",
  interval: "exact",
  inputs: ["ratings", "form", "confidence"],
  outputs,
  calculate(inputs) {
    const found = icc(matrixOf(inputs, "ratings", squarable), formOf(inputs), confidenceOf(inputs));
    if (typeof found === "string") return undefinedAll(outputs, found);
    // Raters who do not differ leave no error: F has no bound, and what comes from it no value.
    const finite = Object.entries(found).map(([name, value]) => [name, Number.isFinite(value) ? value : undefined]);
    const values = { ...Object.fromEntries(finite), published: Number(found.icc.toFixed(2)) };
    const missing = Object.entries(values).filter(([, value]) => value === undefined);
    return {
      values,
      undefined_because: Object.fromEntries(missing.map(([name]) => [name, "no-error-variation"] as const)),
    };
  },
};

function formOf(inputs: Inputs): IccForm {
  const { form } = inputs;
  const plain = typeof form === "string" ? form.toLowerCase().replaceAll(" ", "") : "";
  const found = sameForms[plain] ?? iccForms.find((one) => one.toLowerCase() === plain);
  if (found === undefined)
    throw new MeasureError(form === undefined ? "input-missing" : "input-range", {
      input: "form",
      expected: { zh: `其中之一：${iccForms.join("、")}`, en: `one of ${iccForms.join(", ")}` },
      found: shown(form),
    });
  return found;
}

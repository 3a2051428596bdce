import { hypergeometricTail, lotSizes } from "../../statistics/hypergeometric.js";
import {
  acceptanceProbability,
  type LotModel,
  lotDisposition,
  type StagedPlan,
} from "../../statistics/sampling/acceptance.js";
import { variablesAcceptance } from "../../statistics/sampling/variables.js";
import { binomialTail, poissonTail } from "../../statistics/special.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, numberOf, numbersOf, textOf, toNumber } from "../inputs.js";

const count = { min: 0, whole: true } as const;
const share = { min: 0, max: 1 } as const;

/** One quality, or a list of them: the curve has the same form. */
function curveOf(
  inputs: Inputs,
  range: { readonly min: number; readonly max?: number },
  pa: (quality: number) => number,
) {
  const value = inputs["p"];
  return Array.isArray(value) ? numbersOf(inputs, "p", range).map(pa) : pa(toNumber(value, "p", range));
}

/** `distribution` with `lot_size`, binomial by default; "hypergeom" is the R package's word. @throws MeasureError */
export function modelOf(inputs: Inputs): LotModel {
  const distribution = textOf(
    inputs,
    "distribution",
    ["binomial", "poisson", "hypergeometric", "hypergeom"],
    "binomial",
  );
  if (distribution === "binomial" || distribution === "poisson") return { distribution };
  return { distribution: "hypergeometric", lot: numberOf(inputs, "lot_size", lotSizes) };
}

/** Lists n, ac and re of one length. @throws MeasureError */
function planOf(inputs: Inputs, model: LotModel): StagedPlan {
  const list = (name: string, least: number) =>
    Array.isArray(inputs[name])
      ? [...numbersOf(inputs, name, { min: least, whole: true }, 1)]
      : [numberOf(inputs, name, { min: least, whole: true })];
  const n = list("n", 1);
  const ac = list("ac", 0);
  const re = inputs["re"] === undefined && ac.length === 1 ? ac.map((number) => number + 1) : list("re", 1);
  const disagree = (input: string, zh: string, en: string) =>
    new MeasureError("inputs-disagree", { input, expected: { zh, en } });
  if (ac.length !== n.length || re.length !== n.length)
    throw disagree("n", "n、ac、re 项数相同", "n, ac and re of one length");
  if (re.some((number, i) => number <= (ac[i] ?? 0)))
    throw disagree("re", "每次 re 大于 ac", "re above ac at each stage");
  if (re.at(-1) !== (ac.at(-1) ?? 0) + 1)
    throw disagree(
      "re",
      "最后一次 re = ac + 1，否则未作判定（MIL-STD-105E 放宽检验在 ac 与 re 之间接收该批：令 ac = re − 1）",
      "re = ac + 1 at the last stage, for nothing is decided otherwise (MIL-STD-105E accepts a lot between ac and re at reduced inspection: take ac = re − 1)",
    );
  const units = n.reduce((sum, size) => sum + size, 0);
  if (model.distribution === "hypergeometric" && units > model.lot)
    throw disagree("n", `合计至多 ${model.lot}，即 lot_size`, `at most ${model.lot} together, which is lot_size`);
  return { n, ac, re };
}

const curve = {
  orientation: "none",
  inference: "process",
  inputs: ["n", "ac", "re", "p", "distribution", "lot_size"],
  outputs: ["pa"],
  calculate(inputs: Inputs) {
    const model = modelOf(inputs);
    const plan = planOf(inputs, model);
    const range = model.distribution === "poisson" ? { min: 0 } : share;
    return { values: { pa: curveOf(inputs, range, (quality) => acceptanceProbability(plan, quality, model)) } };
  },
} as const;

const ofPlan = { orientation: "none", inference: "process", outputs: ["pa"] } as const;

const readCurve = {
  zh: "须是简单随机样本；单位成群时实际曲线更平，坏批更易通过。方案说明接收的机会，不说明这一批的质量",
  en: "For a simple random sample; where units come in clusters the real curve is flatter and bad lots pass more easily. It says how likely acceptance is, not how good this lot is",
};

const whatChance = {
  zh: "这样质量的批有多大机会被接收",
  en: "How likely a lot of a given quality is accepted",
};

export const operatingCharacteristics: readonly MeasureFunction[] = [
  /**
   * Formula: P(X ≤ c), X binomial of n and p
   * Edge: with c at least n every lot is accepted.
   * Unit: probability.
   * Source: Montgomery 2019, Introduction to Statistical Quality Control, 8th ed., 15.2.
   */
  {
    id: "oc-binomial",
    title: { zh: "接收概率（二项分布）", en: "Probability of acceptance (binomial)" },
    answers: whatChance,
    misleads: readCurve,
    ...ofPlan,
    inputs: ["n", "c", "p"],
    calculate(inputs) {
      const n = numberOf(inputs, "n", count);
      const c = numberOf(inputs, "c", count);
      return { values: { pa: curveOf(inputs, share, (quality) => binomialTail(c, n, quality, "lower")) } };
    },
  },
  /**
   * Formula: P(X ≤ c), X hypergeometric of a lot with that many defectives and n draws
   * Edge: with c at least n every lot is accepted.
   * Unit: probability.
   * Source: Montgomery 2019, Introduction to Statistical Quality Control, 8th ed., 15.2 (type A curve).
   */
  {
    id: "oc-hypergeometric",
    title: { zh: "接收概率（超几何分布）", en: "Probability of acceptance (hypergeometric)" },
    answers: whatChance,
    misleads: readCurve,
    ...ofPlan,
    inputs: ["lot_size", "defectives", "n", "c"],
    calculate(inputs) {
      const { lot, marked, drawn, c } = lotOf(inputs);
      return { values: { pa: hypergeometricTail(c, { lot, marked, drawn }, "lower") } };
    },
  },
  /**
   * Formula: P(X ≤ c), X of Poisson's distribution with mean λ = n·nonconformities per unit
   * Edge: λ = 0 is accepted.
   * Unit: probability.
   * Source: Montgomery 2019, Introduction to Statistical Quality Control, 8th ed., 15.2.
   */
  {
    id: "oc-poisson",
    title: { zh: "接收概率（泊松分布）", en: "Probability of acceptance (Poisson)" },
    answers: whatChance,
    misleads: readCurve,
    ...ofPlan,
    inputs: ["c", "lambda"],
    calculate(inputs) {
      const c = numberOf(inputs, "c", count);
      return { values: { pa: poissonTail(c, numberOf(inputs, "lambda", { min: 0 }), "lower") } };
    },
  },
  /**
   * Formula: P(X ≤ ac) for each p
   * Convention: distribution binomial unless given; hypergeometric rounds p·lot_size to whole units, as R's phyper does; for Poisson p is nonconformities per unit.
   * Edge: re is ac + 1; a gap between them is an error.
   * Unit: probability.
   * Source: R package AcceptanceSampling, OC2c.
   */
  {
    id: "oc-curve-single",
    title: { zh: "一次抽样的抽检特性曲线", en: "Operating characteristic curve of a single plan" },
    answers: whatChance,
    misleads: readCurve,
    ...curve,
  },
  /**
   * Formula: Σ over stages of P(undecided with d so far)·P(X ≤ ac − d), undecided while ac < d < re
   * Convention: n by stage; ac and re count all stages so far; distributions as for a single plan, of a lot without what was drawn before.
   * Edge: the last stage decides, re = ac + 1.
   * Unit: probability.
   * Source: R package AcceptanceSampling, OC2c.
   */
  {
    id: "oc-curve-multistage",
    title: { zh: "多次抽样的抽检特性曲线", en: "Operating characteristic curve of a plan in stages" },
    answers: whatChance,
    misleads: readCurve,
    ...curve,
  },
  /**
   * Formula: known σ: 1 − Φ((k + z_p)·√n); unknown σ: P(T > k·√n), T noncentral t of n − 1 degrees of freedom and −z_p·√n
   * Convention: one limit; z_p the normal quantile of the share nonconforming.
   * Edge: p = 0 is accepted, p = 1 is not; unknown σ wants n of 2.
   * Unit: probability.
   * Source: Lieberman & Resnikoff 1955, J. Am. Stat. Assoc. 50, 457–516.
   */
  {
    id: "oc-variables",
    title: { zh: "计量抽样的抽检特性曲线", en: "Operating characteristic curve of a variables plan" },
    answers: whatChance,
    misleads: {
      zh: "特性须服从正态分布；标注质量多为计数，少用计量方案",
      en: "The characteristic must be normal; annotation quality is mostly counted, and seldom has one",
    },
    ...ofPlan,
    inputs: ["n", "k", "sigma", "p"],
    calculate(inputs) {
      const sigma = textOf(inputs, "sigma", ["known", "unknown"]);
      const n = numberOf(inputs, "n", { min: sigma === "known" ? 1 : 2, whole: true });
      const k = numberOf(inputs, "k");
      return { values: { pa: curveOf(inputs, share, (quality) => variablesAcceptance({ n, k }, quality, sigma)) } };
    },
  },
  /**
   * Formula: pa = P(X ≤ c); p_find_any = P(X ≥ 1); escaped_defectives = Σ over d ≤ c of (D − d)·P(X = d), X hypergeometric
   * Convention: defectives in the sample of an accepted lot are taken out, and a rejected lot does not go out at all.
   * Edge: a lot without defectives is accepted.
   * Unit: probabilities; escaped_defectives in units of the lot.
   * Source: the definition; cross-checked with kotaooka/sampling-calc, tests/reference.js.
   */
  {
    id: "lot-disposition",
    title: { zh: "批的处置", en: "Disposition of a lot" },
    answers: {
      zh: "已知一批里有多少不合格，它会不会被接收，会放出多少",
      en: "Whether a lot with a known number of defectives is accepted, and how many get out",
    },
    misleads: {
      zh: "真实批的不合格数不可知：这里假设它已知，用来选方案",
      en: "The defectives of a real lot are not known: here they are assumed, to choose a plan",
    },
    orientation: "none",
    inference: "census",
    inputs: ["lot_size", "defectives", "n", "c", "escaped_defectives"],
    outputs: ["pa", "p_find_any", "escaped_defectives"],
    calculate(inputs) {
      const { lot, marked, drawn, c } = lotOf(inputs);
      const meant = "E[defectives left in accepted lot; sample defectives removed]";
      textOf(inputs, "escaped_defectives", [meant], meant);
      return { values: { ...lotDisposition(lot, marked, { n: drawn, c }) } };
    },
  },
];

function lotOf(inputs: Inputs) {
  const lot = numberOf(inputs, "lot_size", lotSizes);
  return {
    lot,
    marked: numberOf(inputs, "defectives", { ...count, max: lot }),
    drawn: numberOf(inputs, "n", { ...count, max: lot }),
    c: numberOf(inputs, "c", count),
  };
}

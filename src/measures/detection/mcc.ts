import type { Confusion } from "../../statistics/confusion.js";
import type { MeasureFunction } from "../function.js";
import { confusionIn, confusionInputs, confusionState } from "./confusion.js";

/** Matthews correlation, of any number of categories (R_K); undefined where all truths, or all predictions, are of one category. */
export function matthewsCorrelation({ size, counts }: Confusion): number | undefined {
  let units = 0;
  let right = 0;
  let together = 0;
  let [truths, predictions] = [0, 0];
  for (let k = 0; k < size; k++) {
    let truth = 0;
    let predicted = 0;
    for (let j = 0; j < size; j++) {
      truth += counts[k * size + j] ?? 0;
      predicted += counts[j * size + k] ?? 0;
    }
    units += truth;
    right += counts[k * size + k] ?? 0;
    together += truth * predicted;
    truths += truth * truth;
    predictions += predicted * predicted;
  }
  const [ofTruth, ofPrediction] = [units * units - truths, units * units - predictions];
  if (ofTruth === 0 || ofPrediction === 0) return undefined;
  const r = (right * units - together) / Math.sqrt(ofTruth) / Math.sqrt(ofPrediction);
  return Math.max(-1, Math.min(1, r));
}

/**
 * Formula: (c·s − Σ pₖtₖ) / √((s² − Σ pₖ²)(s² − Σ tₖ²)), s units, c right ones, pₖ predicted and tₖ true units of category k; of two categories (TP·TN − FP·FN) / √((TP+FP)(TP+FN)(TN+FP)(TN+FN))
 * Edge: undefined where all truths or all predictions are of one category, or there is no unit (scikit-learn 0).
 * Unit: correlation, −1 … 1; 0 as by chance. With more than two categories the least value is above −1.
 * Source: Matthews 1975, Biochim. Biophys. Acta 405, 442–451; Gorodkin 2004, Comput. Biol. Chem. 28, 367–374.
 */
export const mcc: MeasureFunction = {
  id: "mcc",
  title: { zh: "马修斯相关系数（MCC）", en: "Matthews correlation coefficient (MCC)" },
  answers: {
    zh: "预测与真值相关多强，正负两类同等看待",
    en: "How strongly predictions go with the truth, with both sides of the table in view",
  },
  misleads: {
    zh: "随流行率变化，不同数据之间不可直接比较；类别极少时一两个单位就使其大变",
    en: "It follows prevalence, so two data sets do not compare; with a very rare category one unit moves it far",
  },
  orientation: "higher-is-better",
  inference: "census",
  inputs: confusionInputs,
  outputs: ["mcc"],
  state: confusionState,
  calculate(inputs) {
    const { confusion } = confusionIn(inputs);
    const value = matthewsCorrelation(confusion);
    if (value !== undefined) return { values: { mcc: value } };
    const units = confusion.counts.some((count) => count > 0);
    return {
      values: { mcc: undefined },
      undefined_because: { mcc: units ? "no-variation" : "nothing-asked" },
      peer_convention: { mcc: 0 },
    };
  },
};

import { greatest } from "../../statistics/answers.js";
import { mace as maceOf } from "../../statistics/mace.js";
import type { MeasureFunction } from "../function.js";
import { numberOf, textOf } from "../inputs.js";
import { answersOf, named } from "./answers.js";

/** True labels, and who knows them. */
export const mace: MeasureFunction =
  /**
   * Formula: P(answer a | label c) = P(w guesses) · strategy_w[a] + P(w knows) · [a = c]
   * Convention: parameters and defaults are crowd-kit's: `method` "vb" (Beta(`alpha`, `beta`), 0.5 each, and Dirichlet(10)) or "em" (counts plus `smoothing`, 0.01 ÷ labels
   * by default; crowd-kit passes over its own `smoothing`), 50 `iterations`, `default_noise` 0.5, `seed` 0, drawn as NumPy's RandomState draws. Of 10 `restarts`
   * the likeliest is kept, each from a seed of its own; crowd-kit draws all of them from one seed, so that they are one. Workers and labels are numbered sorted, so the
   * order of answers does not matter; crowd-kit numbers them as they come up, but estimates strategies in sorted order, and is right only where both are the same.
   * Edge: a worker of another name is drawn another start. A tie goes to the first label in sorted order.
   * Unit: probabilities, `thetas[worker][label]`: what a worker gives where he guesses; with "vb" rows need not sum to 1.
   * Source: Hovy et al. 2013, NAACL-HLT, 1120–1130; crowd-kit 1.4, MACE.
   */
  {
    id: "mace",
    title: { zh: "MACE 模型（标注者可信度）", en: "MACE (multi-annotator competence estimation)" },
    answers: {
      zh: "谁在认真标注、谁在乱猜，各任务的真标签是什么",
      en: "Who knows and who guesses, and what the true labels are",
    },
    misleads: {
      zh: "起点是随机的；认真但有系统偏差者会被当成乱猜",
      en: "Starts are random; a careful worker with a bias of his own counts as a guesser",
    },
    orientation: "none",
    inference: "process",
    inputs: ["answers", "method", "iterations", "restarts", "seed", "default_noise", "smoothing", "alpha", "beta"],
    outputs: ["labels", "thetas"],
    calculate(inputs) {
      const answers = answersOf(inputs);
      const { taskNames, labelNames, workers, labels } = answers;
      const positive = { min: Number.MIN_VALUE };
      const { posteriors, strategies } = maceOf(answers, {
        method: textOf(inputs, "method", ["vb", "em"], "vb"),
        iterations: numberOf(inputs, "iterations", { min: 0, whole: true }, 50),
        restarts: numberOf(inputs, "restarts", { min: 1, max: 10_000, whole: true }, 10),
        seed: numberOf(inputs, "seed", { min: 0, max: 2 ** 31, whole: true }, 0),
        noise: numberOf(inputs, "default_noise", { min: 0 }, 0.5),
        smoothing: numberOf(inputs, "smoothing", { min: 0 }, 0.01 / labels),
        alpha: numberOf(inputs, "alpha", positive, 0.5),
        beta: numberOf(inputs, "beta", positive, 0.5),
      });
      const best = greatest(posteriors, taskNames.length, labels);
      return {
        values: {
          labels: named(taskNames, (task) => labelNames[best[task] ?? -1]),
          thetas: Array.from({ length: workers }, (_, w) =>
            Array.from(strategies.subarray(w * labels, (w + 1) * labels)),
          ),
        },
      };
    },
  };

import { greatest } from "../../statistics/answers.js";
import { glad as gladOf } from "../../statistics/glad.js";
import type { MeasureFunction } from "../function.js";
import { answersOf, classesOf, named, withClasses } from "./answers.js";

/** True labels, abilities of workers and ease of tasks. */
export const glad: MeasureFunction =
  /**
   * Formula: P(answer right) = σ(α_w · e^{β_t}), α the ability of the worker, e^β the ease of the task; a wrong answer gives each other label alike
   * Convention: labels are equally likely at first; α and β have a normal prior of mean 1 and variance 1, and start there, as in crowd-kit (in the paper β's prior is on
   * ln β). EM goes on until nothing changes by more than 1e-9, 100 steps at most; crowd-kit's M-step is cut off, so that its abilities are less exact. With
   * `alphas_init` the answer is the posterior at the start, before any step.
   * Edge: with one label in all answers its posterior is 1. A tie goes to the first label in sorted order.
   * Unit: probabilities, `probas[task][label]`; of a single task its one row. A number of `classes` above that of the labels adds labels that nobody gave.
   * Source: Whitehill et al. 2009, NIPS 22, 2035–2043; crowd-kit 1.4, GLAD.
   */
  {
    id: "glad",
    title: { zh: "GLAD 模型（能力与难度）", en: "GLAD model (ability and difficulty)" },
    answers: {
      zh: "考虑标注者能力与任务难度后，各任务的真标签是什么",
      en: "What the true labels are, given how able annotators and how hard tasks are",
    },
    misleads: {
      zh: "每任务只有几个回答时，难度几乎全由先验决定；不区分错成哪一类",
      en: "With a few answers a task its difficulty is mostly the prior; which label is mistaken for which is not seen",
    },
    orientation: "none",
    inference: "process",
    inputs: ["answers", "alphas_init", "classes"],
    outputs: ["labels", "probas"],
    calculate(inputs) {
      const answers = withClasses(inputs, answersOf(inputs, classesOf(inputs)));
      const { taskNames, labelNames, labels } = answers;
      const { posteriors } = gladOf(answers, inputs["alphas_init"] === undefined ? {} : { iterations: 0 });
      const best = greatest(posteriors, taskNames.length, labels);
      const rows = taskNames.map((_, task) => Array.from(posteriors.subarray(task * labels, (task + 1) * labels)));
      return {
        values: {
          labels: named(taskNames, (task) => labelNames[best[task] ?? -1]),
          probas: rows.length === 1 ? rows[0] : rows,
        },
      };
    },
  };

import { type Answers, grouped } from "../../statistics/answers.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, shown, textOf, toNumber } from "../inputs.js";
import { answersOf, type NamedAnswers, toObject } from "./answers.js";
import { accuracies, hitsOf, majorityVote, votesOf, wawa } from "./votes.js";

/**
 * Entropy, in nats, of the labels that each task was given, or that each worker gave. An answer counts for its label with the worker's skill, and what is left
 * of 1 is spread over the other labels.
 *
 * @param skills by worker, 0 … 1; all 1 by default: the entropy of the shares of votes
 */
export function labelEntropies(answers: Answers, by: "task" | "worker", skills?: Float64Array): Float64Array {
  const { labels, label, worker } = answers;
  const groups = by === "task" ? answers.tasks : answers.workers;
  const { start, order } = grouped(answers[by], groups);
  const entropies = new Float64Array(groups);
  const weights = new Float64Array(labels);
  for (let g = 0; g < groups; g++) {
    weights.fill(0);
    let all = 0;
    for (let i = start[g] ?? 0; i < (start[g + 1] ?? 0); i++) {
      const answer = order[i] ?? 0;
      const skill = skills?.[worker[answer] ?? 0] ?? 1;
      // With one label nothing is left to spread.
      const rest = labels === 1 ? 0 : (1 - skill) / (labels - 1);
      for (let l = 0; l < labels; l++) weights[l] = (weights[l] ?? 0) + (l === label[answer] ? skill : rest);
      all += skill + rest * (labels - 1);
    }
    let entropy = 0;
    for (const weight of weights) if (weight > 0) entropy -= (weight / all) * Math.log(weight / all);
    entropies[g] = Math.max(0, entropy);
  }
  return entropies;
}

/**
 * How likely the given label of each task is true, seen from the skills of those who answered: a worker gives the true label with his skill and each other one
 * alike; before any answer labels are equally likely.
 */
export function labelPosteriors(answers: Answers, skills: Float64Array, of: Int32Array): Float64Array {
  const { tasks, labels, task, worker, label } = answers;
  const logs = new Float64Array(tasks * labels);
  for (let i = 0; i < task.length; i++) {
    const skill = skills[worker[i] ?? 0] ?? 0;
    const at = (task[i] ?? 0) * labels;
    const right = Math.log(skill);
    const wrong = Math.log((1 - skill) / (labels - 1));
    for (let l = 0; l < labels; l++) logs[at + l] = (logs[at + l] ?? 0) + (l === label[i] ? right : wrong);
  }
  return Float64Array.from(of, (wanted, t) => {
    const row = logs.subarray(t * labels, (t + 1) * labels);
    const most = Math.max(...row);
    return Math.exp((row[wanted] ?? -Infinity) - most) / row.reduce((sum, log) => sum + Math.exp(log - most), 0);
  });
}

const meanOf = (list: Float64Array) => list.reduce((sum, x) => sum + x, 0) / list.length;

/** How far answers leave the label of a task open. */
export const uncertainty: readonly MeasureFunction[] = [
  /**
   * Formula: mean over tasks of −Σ_l p(l) ln p(l), p the shares of the task's answers; with `skills`, an answer gives its label the skill and each other label
   * (1 − skill) ÷ (labels − 1). With `compute_by` "worker", the mean over workers of the entropy of what each gave.
   * Convention: natural logarithm, unless `log` says 2 or 10; labels are those of all answers. Always the mean, as crowd-kit's default.
   * Edge: one answer a task gives 0, which says nothing of its certainty. A worker without a skill is an error.
   * Unit: nats (bits with `log` 2), 0 … ln of the number of labels.
   * Source: crowd-kit 1.4, metrics.data.uncertainty; Shannon 1948.
   */
  {
    id: "label-uncertainty",
    title: { zh: "标签不确定度", en: "Label uncertainty" },
    answers: { zh: "同一任务的回答有多分散", en: "How far the answers to one task are spread over labels" },
    misleads: {
      zh: "每任务回答越少越偏低，只有一个回答时恒为 0；难题与粗心不可分",
      en: "Low where answers a task are few, and 0 with one; a hard task and a careless worker look alike",
    },
    orientation: "lower-is-better",
    inference: "census",
    inputs: ["answers", "skills", "compute_by", "log"],
    outputs: ["uncertainty"],
    calculate(inputs) {
      const answers = answersOf(inputs);
      const by = textOf(inputs, "compute_by", ["task", "worker"], "task");
      return {
        values: { uncertainty: meanOf(labelEntropies(answers, by, skillsOf(inputs, answers))) / unitOf(inputs) },
      };
    },
  },
  /**
   * Formula: mean over tasks of Π P(answer | label) ÷ Σ_l Π P(answer | l) for the aggregated label; P(answer | l) = skill where the answer is l, else
   * (1 − skill) ÷ (labels − 1); the skill is the worker's accuracy on the majority vote
   * Convention: labels are equally likely at first, as in crowd-kit. `aggregator` is the majority vote, or Wawa.
   * Edge: with one label in all answers it is 1. Some label of each task is always possible: whoever gave the majority's has a skill above 0, the others one below 1.
   * Unit: probability, 0 … 1.
   * Source: crowd-kit 1.4, metrics.data.consistency.
   */
  {
    id: "label-consistency",
    title: { zh: "标签一致性（聚合标签的后验概率）", en: "Label consistency (posterior of the aggregated label)" },
    answers: {
      zh: "就标注者的能力而言，聚合标签有多可能为真",
      en: "How likely the aggregated labels are true, given how able the annotators are",
    },
    misleads: {
      zh: "能力本身由同一批多数票估出，因此偏乐观",
      en: "Skills are estimated on the same majority, so it is too hopeful",
    },
    orientation: "higher-is-better",
    inference: "census",
    inputs: ["answers", "aggregator"],
    outputs: ["consistency"],
    calculate(inputs) {
      const answers = answersOf(inputs);
      const majority = majorityVote(votesOf(answers)).labels;
      const skills = Float64Array.from(accuracies(hitsOf(answers, majority)), (skill) => skill ?? 0);
      const labels = aggregatorOf(inputs) === "wawa" ? wawa(answers).labels : majority;
      return { values: { consistency: meanOf(labelPosteriors(answers, skills, labels)) } };
    },
  },
];

function skillsOf(inputs: Inputs, { workerNames }: NamedAnswers): Float64Array | undefined {
  if (inputs["skills"] === undefined) return undefined;
  const skills = toObject(inputs["skills"], "skills");
  return Float64Array.from(workerNames, (name) => toNumber(skills[String(name)], `skills.${name}`, { min: 0, max: 1 }));
}

/** Nats in one unit: 1, or ln of the base. */
function unitOf(inputs: Inputs): number {
  const log = inputs["log"] ?? "natural";
  const base = typeof log === "number" ? log : Number(/(?:^|\D)(2|10)$/.exec(String(log))?.[1] ?? Number.NaN);
  if (base === 2 || base === 10) return Math.log(base);
  if (/^(natural|nats?|e|ln|base e)\b/i.test(String(log))) return 1;
  throw new MeasureError("input-range", {
    input: "log",
    expected: { zh: "natural、2 或 10", en: "natural, 2 or 10" },
    found: shown(log),
  });
}

function aggregatorOf(inputs: Inputs): "majority" | "wawa" {
  const text = textOf(inputs, "aggregator", undefined, "majority vote");
  if (/wawa/i.test(text)) return "wawa";
  if (/majority|\bmv\b/i.test(text)) return "majority";
  throw new MeasureError("not-supported", {
    input: "aggregator",
    expected: { zh: "majority vote 或 Wawa", en: "majority vote or Wawa" },
    found: shown(text),
  });
}

import type { Answer, MeasureFunction } from "../function.js";
import type { Reason } from "../reasons.js";
import { answersOf, goldOf, type Name, named } from "./answers.js";
import { accuracies, type Hits, hitsOf, majorityVote, mergeHits, noHits, overallAccuracy, votesOf } from "./votes.js";

/** How often annotators give the label that is held to be true. */
export const accuracy: readonly MeasureFunction[] = [
  /**
   * Formula: by_worker[w] = answers of w to gold tasks that give the gold label ÷ answers of w to gold tasks; overall = the same over all workers
   * Convention: `overall` weighs answers alike, not workers. An answer that is there twice counts twice, where crowd-kit counts it once.
   * Edge: a worker without an answer to a gold task has no accuracy, and without any such answer there is none: undefined, not 0.
   * Unit: share, 0 … 1.
   * Source: crowd-kit 1.4, get_accuracy.
   */
  {
    id: "golden-set-accuracy",
    title: { zh: "金标准正确率", en: "Accuracy on the golden set" },
    answers: {
      zh: "标注者在已知答案的任务上答对多少",
      en: "How often annotators are right on tasks whose answer is known",
    },
    misleads: {
      zh: "金标准任务少、容易或可被认出时偏高；类别不均衡时，总给最常见标签也得高分",
      en: "High where gold tasks are few, easy or recognisable; with unbalanced classes the commonest label alone scores high",
    },
    orientation: "higher-is-better",
    inference: "process",
    inputs: ["answers", "gold"],
    outputs: ["by_worker", "overall"],
    state: { empty: noHits, merge: mergeHits },
    calculate(inputs) {
      const answers = answersOf(inputs);
      return answerOf(answers.workerNames, hitsOf(answers, goldOf(inputs, answers)));
    },
  },
  /**
   * Formula: as `golden-set-accuracy`, with the majority vote of all answers in place of gold
   * Convention: ties as in `majority-vote`. A worker's own answer is part of the vote that he is held against.
   * Edge: every worker has an accuracy, since every task that was answered has a majority label.
   * Unit: share, 0 … 1.
   * Source: crowd-kit 1.4, accuracy_on_aggregates.
   */
  {
    id: "worker-accuracy-on-aggregate",
    title: { zh: "与多数表决的一致率", en: "Worker accuracy on the aggregate" },
    answers: {
      zh: "标注者的回答有多少与多数表决相同",
      en: "How often an annotator gives what the majority gives",
    },
    misleads: {
      zh: "不是正确率：多数也会错；每任务只有两三人时，自己的一票就占多数",
      en: "It is no accuracy: a majority errs too; with two or three answers a task, one's own vote is most of it",
    },
    orientation: "higher-is-better",
    inference: "process",
    inputs: ["answers"],
    outputs: ["by_worker", "overall"],
    calculate(inputs) {
      const answers = answersOf(inputs);
      return answerOf(answers.workerNames, hitsOf(answers, majorityVote(votesOf(answers)).labels));
    },
  },
];

function answerOf(workerNames: readonly Name[], hits: Hits): Answer {
  const by = accuracies(hits);
  const overall = overallAccuracy(hits);
  const because: Record<string, Reason> = overall === undefined ? { overall: "no-ground-truth" } : {};
  for (const [worker, one] of by.entries())
    if (one === undefined) because[`by_worker.${workerNames[worker]}`] = "no-ground-truth";
  return {
    values: { by_worker: named(workerNames, (worker) => by[worker]), overall },
    ...(Object.keys(because).length === 0 ? {} : { undefined_because: because }),
  };
}

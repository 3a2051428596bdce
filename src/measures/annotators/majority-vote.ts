import { greatest } from "../../statistics/answers.js";
import type { Answer, MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, textOf } from "../inputs.js";
import { answersOf, goldOf, type NamedAnswers, named, namedShares } from "./answers.js";
import {
  accuracies,
  type Hits,
  hitsOf,
  majorityVote,
  mergeVotes,
  noVotes,
  type Vote,
  type Votes,
  votesOf,
  wawa as wawaOf,
} from "./votes.js";

const ofVotes = { orientation: "none", inference: "census" } as const;

/** Votes of one label for each task, in several ways. */
export const votes: readonly MeasureFunction[] = [
  /**
   * Formula: probas[t][l] = votes for l ÷ votes, labels[t] = argmax; skills_on_aggregate[w] = share of the worker's answers that give labels[t]
   * Convention: a tie goes to the first label in sorted order, numbers by size and texts by code unit, as in crowd-kit; `tie_break` may say the last. A random
   * choice is refused where there is a tie. An answer that is there twice counts twice, also in the skills, where crowd-kit counts it once.
   * Edge: no answers at all is an error; a task has a label as soon as it has one answer.
   * Unit: shares, 0 … 1.
   * Source: crowd-kit 1.4, MajorityVote and accuracy_on_aggregates.
   */
  {
    id: "majority-vote",
    title: { zh: "多数表决", en: "Majority vote" },
    answers: { zh: "多数标注者给每个任务哪个标签", en: "Which label most annotators give to each task" },
    misleads: {
      zh: "所有标注者同等计票：少数可靠者会被多数粗心者压倒；票数相同时由排序决定",
      en: "Every annotator counts alike: many careless ones outvote the few good ones; a tie is settled by sort order",
    },
    ...ofVotes,
    inputs: ["answers", "tie_break"],
    outputs: ["labels", "probas", "skills_on_aggregate"],
    state: { empty: noVotes, merge: mergeVotes },
    calculate(inputs) {
      const answers = answersOf(inputs);
      const counts = votesOf(answers);
      const vote = tieBroken(inputs, counts);
      const skills = accuracies(hitsOf(answers, vote.labels));
      return {
        values: { ...told(answers, vote), skills_on_aggregate: named(answers.workerNames, (worker) => skills[worker]) },
      };
    },
  },
  /**
   * Formula: skills[w] = share of the worker's answers that agree with the majority vote; probas[t][l] = Σ skills of those who gave l ÷ Σ skills of all who answered t
   * Convention: ties as in `majority-vote`, both times.
   * Edge: whoever gave the majority's label has a skill above 0, so each task has a label.
   * Unit: shares, 0 … 1.
   * Source: crowd-kit 1.4, Wawa; Appen, "Worker agreement with aggregate".
   */
  {
    id: "wawa",
    title: { zh: "按与多数一致程度加权的表决（Wawa）", en: "Worker agreement with aggregate (Wawa)" },
    answers: {
      zh: "按标注者与多数一致的程度计票时，每个任务得哪个标签",
      en: "Which label each task gets when annotators count by how often they agree with the majority",
    },
    misleads: {
      zh: "多数错在同一处时，随大流者反而得高分",
      en: "Where the majority errs alike, whoever follows it scores high",
    },
    ...ofVotes,
    inputs: ["answers"],
    outputs: ["labels", "probas", "skills"],
    calculate(inputs) {
      const answers = answersOf(inputs);
      const { skills, ...vote } = wawaOf(answers);
      return { values: { ...told(answers, vote), skills: named(answers.workerNames, (worker) => skills[worker]) } };
    },
  },
  /**
   * Formula: skills[w] = share of the worker's answers to gold tasks that are right; probas[t][l] = Σ skills of those who gave l ÷ Σ skills of all who answered t
   * Convention: ties as in `majority-vote`.
   * Edge: a worker without an answer to a gold task is an error, as in crowd-kit. A task whose workers all have skill 0 has no label: undefined.
   * Unit: shares, 0 … 1.
   * Source: crowd-kit 1.4, GoldMajorityVote.
   */
  {
    id: "gold-majority-vote",
    title: { zh: "按金标准正确率加权的表决", en: "Majority vote weighted by accuracy on gold" },
    answers: {
      zh: "按标注者在金标准任务上的正确率计票时，每个任务得哪个标签",
      en: "Which label each task gets when annotators count by their accuracy on gold tasks",
    },
    misleads: {
      zh: "每人只答过几个金标准任务时，权重几乎是偶然",
      en: "With a few gold tasks a worker, the weights are mostly chance",
    },
    ...ofVotes,
    inputs: ["answers", "gold"],
    outputs: ["labels", "probas", "skills"],
    calculate(inputs) {
      const answers = answersOf(inputs);
      const skills = skillsOnGold(answers, hitsOf(answers, goldOf(inputs, answers)));
      const vote = majorityVote(votesOf(answers, skills));
      return {
        values: { ...told(answers, vote), skills: named(answers.workerNames, (worker) => skills[worker]) },
        ...unvoted(answers, vote),
      };
    },
  },
];

function told({ labelNames, ...answers }: NamedAnswers, { labels, shares }: Vote): Record<string, unknown> {
  const all = namedShares({ ...answers, labelNames }, shares);
  return {
    labels: named(answers.taskNames, (task) => labelNames[labels[task] ?? -1]),
    probas: named(answers.taskNames, (task) =>
      labels[task] === -1 ? undefined : all[String(answers.taskNames[task])],
    ),
  };
}

function unvoted({ taskNames }: NamedAnswers, { labels }: Vote): Pick<Answer, "undefined_because"> {
  const none = taskNames.filter((_, task) => labels[task] === -1);
  if (none.length === 0) return {};
  return {
    undefined_because: Object.fromEntries(
      none.flatMap((task) => [
        [`labels.${task}`, "no-weight"],
        [`probas.${task}`, "no-weight"],
      ]),
    ),
  };
}

function skillsOnGold({ workerNames }: NamedAnswers, hits: Hits): Float64Array {
  return Float64Array.from(accuracies(hits), (skill, worker) => {
    if (skill !== undefined) return skill;
    throw new MeasureError("inputs-disagree", {
      input: "gold",
      expected: { zh: "每名标注者都答过一个金标准任务", en: "an answer of each worker to a gold task" },
      found: String(workerNames[worker]),
    });
  });
}

function tieBroken(inputs: Inputs, votes: Votes): Vote {
  const first = majorityVote(votes);
  const how = textOf(inputs, "tie_break", undefined, "first label in sorted order");
  const last = greatest(votes.counts, votes.tasks, votes.labels, "last");
  if (/\b(last|largest|highest)\b/i.test(how)) return { ...first, labels: last };
  if (/\b(first|smallest|lowest|sorted)\b/i.test(how) && !/\b(seen|given|answered|appear\w*)\b/i.test(how))
    return first;
  if (last.every((label, task) => label === first.labels[task])) return first;
  throw new MeasureError("not-supported", {
    input: "tie_break",
    expected: { zh: "排序在前（first）或在后（last）的标签", en: "the first or the last label in sorted order" },
    found: how,
  });
}

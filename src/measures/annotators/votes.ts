import {
  type Answers,
  greatest,
  type Hits,
  hitsOf,
  mergeHits,
  mergeVotes,
  noHits,
  noVotes,
  sharesOf,
  type Votes,
  votesOf,
} from "../../statistics/answers.js";

export { type Answers, type Hits, hitsOf, mergeHits, mergeVotes, noHits, noVotes, type Votes, votesOf };

export interface Vote {
  /** tasks × labels: share of the votes (of their weights). */
  readonly shares: Float64Array;
  /** Label of each task, the first in the order of labels where votes are tied; -1 where there are none. */
  readonly labels: Int32Array;
}

/** The label that most gave, task by task. */
export function majorityVote(votes: Votes): Vote {
  // The shares may round apart what the counts hold equal, never the other way round.
  return { shares: sharesOf(votes), labels: greatest(votes.counts, votes.tasks, votes.labels) };
}

/** Accuracy of each worker where the label is known; NaN-free: undefined where nothing was asked. */
export function accuracies({ right, asked }: Hits): readonly (number | undefined)[] {
  return Array.from(asked, (n, worker) => (n === 0 ? undefined : (right[worker] ?? 0) / n));
}

/** Accuracy over all answers to tasks whose label is known. */
export function overallAccuracy({ right, asked }: Hits): number | undefined {
  const n = asked.reduce((sum, one) => sum + one, 0);
  return n === 0 ? undefined : right.reduce((sum, one) => sum + one, 0) / n;
}

/** Worker agreement with aggregate: votes weighted by how often each worker gives what the majority gives. */
export function wawa(answers: Answers): Vote & { readonly skills: Float64Array } {
  const { right, asked } = hitsOf(answers, majorityVote(votesOf(answers)).labels);
  const skills = right.map((hits, worker) => (asked[worker] === 0 ? 0 : hits / (asked[worker] ?? 1)));
  return { ...majorityVote(votesOf(answers, skills)), skills };
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { corpus, hasCorpus } from "../../formats/media/testing/corpus.js";
import { type Answers, greatest } from "../../statistics/answers.js";
import { dawidSkene } from "../../statistics/dawid-skene.js";
import { accuracies, hitsOf, majorityVote, overallAccuracy, votesOf } from "./votes.js";

const ITEMS = 50_000;

/** The columns of labels.csv: item, gold, annotator_1 … annotator_3, aggregate, worst. */
function columnsOf(text: string): readonly Int32Array[] {
  const columns = Array.from({ length: 7 }, () => new Int32Array(ITEMS));
  const lines = text.trimEnd().split("\n").slice(1);
  for (const [row, line] of lines.entries())
    for (const [at, cell] of line.split(",").entries()) columns[at]?.fill(Number(cell), row, row + 1);
  expect(lines).toHaveLength(ITEMS);
  return columns;
}

/** Each column of labels as one worker. */
function answersOf(columns: readonly Int32Array[]): Answers {
  const n = ITEMS * columns.length;
  return {
    ...{ tasks: ITEMS, workers: columns.length, labels: 10 },
    task: Int32Array.from({ length: n }, (_, i) => i % ITEMS),
    worker: Int32Array.from({ length: n }, (_, i) => Math.floor(i / ITEMS)),
    label: Int32Array.from({ length: n }, (_, i) => columns[Math.floor(i / ITEMS)]?.[i % ITEMS] ?? -1),
  };
}

const agreeing = (labels: Int32Array, gold: Int32Array) =>
  labels.reduce((sum, label, item) => sum + (label === gold[item] ? 1 : 0), 0);

/** Corpus cifar10n; the figures are its README's, scikit-learn 1.9.1's accuracy_score and crowd-kit 1.4.2's MajorityVote and DawidSkene(n_iter=20, tol=-inf). */
describe.skipIf(!hasCorpus)("corpus-cifar10n (skipped: corpus-absent)", () => {
  const columns = hasCorpus ? columnsOf(readFileSync(join(corpus, "cifar10n/labels.csv"), "utf8")) : [];
  const gold = columns[1] ?? new Int32Array(0);
  const answers = answersOf(columns.slice(2, 5));

  test("each annotator, the aggregate and the worst label differ from gold as often as its README counts", () => {
    expect(accuracies(hitsOf(answersOf(columns.slice(2)), gold))).toEqual([0.82766, 0.81878, 0.8236, 0.9099, 0.59792]);
    expect(overallAccuracy(hitsOf(answers, gold))).toBeCloseTo((0.82766 + 0.81878 + 0.8236) / 3, 12);
  });

  test("majority vote, ties to the first label, is right on 45,589 pictures, as crowd-kit's", () =>
    expect(agreeing(majorityVote(votesOf(answers)).labels, gold)).toBe(45_589));

  test("Dawid–Skene after 20 steps is right on 45,975, with crowd-kit's priors and posteriors", () => {
    const { posteriors, priors } = dawidSkene(answers, { iterations: 20, tolerance: 0 });
    expect(agreeing(greatest(posteriors, ITEMS, 10), gold)).toBe(45_975);
    expect(priors[0]).toBeCloseTo(0.09553237835782873, 9);
    expect(priors[9]).toBeCloseTo(0.09607706571551021, 9);
    expect(posteriors[6]).toBeCloseTo(0.9872377846971193, 9);
    expect(posteriors[19]).toBeCloseTo(0.9973723485706972, 9);
    expect(posteriors[29]).toBeCloseTo(0.9655787302780462, 9);
  });
});

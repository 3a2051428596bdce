import fc from "fast-check";
import type { PeerCheck } from "./peer.js";

type Row = [worker: string, task: string, label: string];

/** Answers of up to five workers to up to six tasks, each at most once: crowd-kit drops a repeated answer where it counts accuracy. */
const answers = (least = 1): fc.Arbitrary<Row[]> =>
  fc
    .uniqueArray(fc.tuple(fc.nat(4), fc.nat(5), fc.nat(2)), {
      minLength: least,
      maxLength: 30,
      selector: ([worker, task]) => worker * 6 + task,
    })
    .map((rows) => rows.map(([worker, task, label]) => [`w${worker}`, `t${task}`, "abc".charAt(label)]));

/** Gold for some tasks, and one worker who gets all of them right, so that every task has a vote of some weight. */
const onGold = fc
  .tuple(
    answers(),
    fc.array(fc.constantFrom("a", "b", "c"), { minLength: 6, maxLength: 6 }),
    fc.integer({ min: 3, max: 6 }),
  )
  .map(([rows, truth, known]) => ({
    answers: [...rows, ...truth.map((label, task): Row => ["expert", `t${task}`, label])],
    gold: Object.fromEntries(truth.slice(0, known).map((label, task) => [`t${task}`, label])),
  }));

const withSkills = fc
  .tuple(
    answers(),
    fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 }),
    fc.constantFrom("task", "worker"),
  )
  .map(([rows, skills, compute_by]) => ({
    answers: rows,
    skills: Object.fromEntries(skills.map((skill, worker) => [`w${worker}`, skill])),
    compute_by,
  }));

const plainAnswers = answers().map((rows) => ({ answers: rows }));

/** Few steps: where EM stands between two maxima, each step multiplies what rounding leaves. */
const steps = fc.record({ answers: answers(5), iterations: fc.nat(4), tol: fc.constant(0) });

/** Workers and labels come up in sorted order; in any other crowd-kit takes one worker's strategy for another's. */
const inOrder = fc
  .tuple(answers(5), fc.constantFrom("vb", "em"), fc.nat(6), fc.nat(1000))
  .map(([rows, method, iterations, seed]) => {
    const first = ["a", "b", "c"].map((label, at): Row => ["w", `first${at}`, label]);
    const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    return { answers: [...first, ...sorted], method, iterations, seed, restarts: 1 };
  });

export const checks: readonly PeerCheck[] = [
  { measure: "majority-vote", peer: "crowd-kit", answers: "majority_vote", inputs: plainAnswers },
  { measure: "wawa", peer: "crowd-kit", answers: "wawa", inputs: plainAnswers, fields: ["probas", "skills"] },
  {
    measure: "gold-majority-vote",
    peer: "crowd-kit",
    answers: "gold_majority_vote",
    inputs: onGold,
    fields: ["probas", "skills"],
  },
  { measure: "golden-set-accuracy", peer: "crowd-kit", answers: "golden_set_accuracy", inputs: onGold },
  {
    measure: "worker-accuracy-on-aggregate",
    peer: "crowd-kit",
    answers: "accuracy_on_aggregate",
    inputs: plainAnswers,
  },
  { measure: "label-uncertainty", peer: "crowd-kit", answers: "uncertainty", inputs: withSkills },
  { measure: "label-consistency", peer: "crowd-kit", answers: "consistency", inputs: plainAnswers },
  { measure: "dawid-skene", peer: "crowd-kit", answers: "dawid_skene", inputs: steps },
  { measure: "mace", peer: "crowd-kit", answers: "mace", inputs: inOrder },
  {
    measure: "glad",
    peer: "crowd-kit",
    answers: "glad_start",
    inputs: answers(2).map((rows) => ({ answers: [...rows, ["w", "t", "a"], ["v", "t", "b"]], alphas_init: "ones" })),
  },
  {
    measure: "glad",
    peer: "crowd-kit",
    answers: "glad",
    inputs: answers(12).map((rows) => ({ answers: rows })),
    runs: 2,
    tolerance: 1e-4,
  },
];

import fc from "fast-check";
import { expect, test } from "vitest";
import { type Answers, sharesOf, votesOf } from "./answers.js";
import { glad } from "./glad.js";
import { mace } from "./mace.js";
import { mersenneTwister } from "./mersenne-twister.js";

const rows = fc.uniqueArray(fc.tuple(fc.nat(7), fc.nat(4), fc.nat(2)), {
  minLength: 1,
  maxLength: 35,
  selector: ([t, w]) => t * 8 + w,
});

function ofRows(list: readonly (readonly [number, number, number])[]): Answers {
  const column = (at: 0 | 1 | 2) => Int32Array.from(list, (row) => row[at]);
  return { tasks: 8, workers: 5, labels: 3, task: column(0), worker: column(1), label: column(2) };
}

const near = (got: Float64Array, wanted: Float64Array, digits: number) => {
  expect(got.length).toBe(wanted.length);
  for (let i = 0; i < got.length; i++) expect(got[i]).toBeCloseTo(wanted[i]!, digits);
};

test("posteriors of GLAD and MACE sum to 1 for each task; one that nobody answered has them equal", () =>
  fc.assert(
    fc.property(rows, (list) => {
      const answers = ofRows(list);
      for (const { posteriors } of [glad(answers), mace(answers, { restarts: 2 }), mace(answers, { method: "em" })])
        for (let t = 0; t < 8; t++) {
          const row = posteriors.subarray(3 * t, 3 * t + 3);
          expect(row.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 12);
          if (!answers.task.includes(t)) near(row, new Float64Array(3).fill(1 / 3), 12);
        }
    }),
    { numRuns: 50 },
  ));

test("the order of answers does not matter to GLAD and MACE, nor do labels and tasks to GLAD", () =>
  fc.assert(
    fc.property(rows, (list) => {
      const answers = ofRows(list);
      const back = ofRows([...list].reverse());
      near(
        mace(back, { restarts: 1, iterations: 5 }).posteriors,
        mace(answers, { restarts: 1, iterations: 5 }).posteriors,
        9,
      );
      near(glad(back, { iterations: 5 }).posteriors, glad(answers, { iterations: 5 }).posteriors, 7);
      const renamed = glad(ofRows(list.map(([t, w, l]) => [7 - t, 4 - w, 2 - l])), { iterations: 5 }).posteriors;
      near(renamed.reverse(), glad(answers, { iterations: 5 }).posteriors, 7);
    }),
    { numRuns: 50 },
  ));

test("GLAD ends where neither side can climb: the gradient of the log posterior is 0", () =>
  fc.assert(
    fc.property(rows, (list) => {
      const answers = ofRows(list);
      const { abilities, eases, posteriors } = glad(answers, { iterations: 5000, tolerance: 1e-11 });
      const byWorker = abilities.map((ability) => 1 - ability);
      const byTask = eases.map((ease) => 1 - ease);
      for (const [t, w, l] of list) {
        const factor = Math.exp(eases[t]!);
        const missed = posteriors[t * 3 + l]! - 1 / (1 + Math.exp(-abilities[w]! * factor));
        byWorker[w]! += missed * factor;
        byTask[t]! += missed * factor * abilities[w]!;
      }
      near(byWorker, new Float64Array(5), 7);
      near(byTask, new Float64Array(8), 7);
    }),
    { numRuns: 50 },
  ));

test("GLAD starts from the votes of equals, and returns unanimous answers", () => {
  // crowd-kit 1.4, test_glad_e_step: three against one, σ = 1 / (1 + e^−e).
  const list = [0, 0, 0, 1].map((label, worker) => [0, worker, label] as const);
  const one = { ...ofRows(list), tasks: 1, labels: 2 };
  near(glad(one, { iterations: 0 }).posteriors, Float64Array.of(0.995664, 0.004336), 6);
  const same = ofRows(Array.from({ length: 40 }, (_, i) => [i % 8, Math.floor(i / 8), i % 3 === i % 8 ? 0 : 1]));
  expect(glad(same).posteriors.map(Math.round)).toEqual(sharesOf(votesOf(same)).map(Math.round));
  near(glad({ ...one, labels: 1, label: new Int32Array(4) }).posteriors, Float64Array.of(1), 15);
});

test("MACE: what is drawn is what NumPy draws, numbers 1–3 and 1003 of RandomState(0), the first of RandomState(2**31)", () => {
  const next = mersenneTwister(0);
  expect([next(), next(), next()]).toEqual([0.5488135039273248, 0.7151893663724195, 0.6027633760716439]);
  let last = 0;
  for (let i = 0; i < 1000; i++) last = next();
  expect(last).toBe(0.47582619585722274);
  expect(mersenneTwister(2 ** 31)()).toBe(0.15200287353446562);
});

/** crowd-kit 1.4, simple_answers_df, with workers and labels renamed so that they come up in sorted order: task, worker, label. */
const simple = [
  ...["0 0 0", "1 0 1", "2 0 0", "3 0 0", "4 0 1", "5 0 1", "1 1 1", "6 1 2", "7 1 1", "8 1 2", "9 1 2", "2 1 0"],
  ...["6 2 2", "0 2 0", "3 2 0", "4 2 1", "5 2 1", "0 3 0", "6 3 2", "2 3 0", "9 3 2", "0 4 1", "1 4 1", "7 4 1"],
  ...["8 4 1", "9 4 1", "3 4 1", "1 5 1", "6 5 0", "4 5 1", "5 5 1", "7 5 1", "8 5 0"],
].map((row) => row.split(" ").map(Number) as [number, number, number]);
const ofSimple = { ...ofRows(simple), tasks: 10, workers: 6 };

test("MACE: strategies after five steps are crowd-kit's (MACE(n_restarts=1, n_iter=5, random_state=0) of 1.4.2)", () => {
  const { strategies } = mace(ofSimple, { restarts: 1, iterations: 5 });
  near(
    strategies.subarray(0, 6),
    Float64Array.of(0.32261411, 0.32261043, 0.32135913, 0.31865216, 0.32043829, 0.32790972),
    8,
  );
  near(
    strategies.subarray(12),
    Float64Array.of(...[0.27058893, 0.43064613, 0.27058893, 0.35363764, 0.32026507, 0.29535648]),
    8,
  );
  const em = mace(ofSimple, { method: "em", restarts: 1, iterations: 5 }).strategies;
  near(em.subarray(12, 15), Float64Array.of(0.000556886057, 0.998886228, 0.000556886057), 9);
});

test("MACE: more starts are never less likely", () => {
  const likely = [1, 3, 10].map((restarts) => mace(ofSimple, { restarts, method: "em" }).logLikelihood);
  expect([...likely].sort((a, b) => a - b)).toEqual(likely);
});

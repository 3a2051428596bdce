import fc from "fast-check";
import { expect, test } from "vitest";
import { type Answers, sharesOf, votesOf } from "./answers.js";
import { dawidSkene, dawidSkeneLogLikelihood } from "./dawid-skene.js";

/** Answers of up to 8 workers to up to 10 tasks, each at most once, three labels. */
const answers: fc.Arbitrary<Answers> = fc
  .uniqueArray(fc.tuple(fc.nat(9), fc.nat(7), fc.nat(2)), {
    minLength: 1,
    maxLength: 60,
    selector: ([t, w]) => t * 8 + w,
  })
  .map((rows) => ofRows(rows));

function ofRows(rows: readonly (readonly [number, number, number])[]): Answers {
  // Tasks and workers that do not come up are closed up, as readers do.
  const place = (column: readonly number[]) => {
    const names = [...new Set(column)];
    return { count: names.length, at: Int32Array.from(column, (name) => names.indexOf(name)) };
  };
  const task = place(rows.map(([t]) => t));
  const worker = place(rows.map(([, w]) => w));
  return {
    ...{ tasks: task.count, workers: worker.count, labels: 3 },
    ...{ task: task.at, worker: worker.at, label: Int32Array.from(rows, ([, , l]) => l) },
  };
}

const near = (got: ArrayLike<number>, wanted: ArrayLike<number>, within: number) => {
  expect(got.length).toBe(wanted.length);
  for (let i = 0; i < got.length; i++) expect(Math.abs(got[i]! - wanted[i]!), `at ${i}`).toBeLessThanOrEqual(within);
};

test("posteriors of each task sum to 1, as do priors and the rates of a worker for each true label", () =>
  fc.assert(
    fc.property(answers, fc.nat(12), (given, iterations) => {
      const { posteriors, priors, errors } = dawidSkene(given, { iterations });
      const sumOf = (list: Iterable<number>) => [...list].reduce((sum, x) => sum + x, 0);
      for (let t = 0; t < given.tasks; t++) expect(sumOf(posteriors.subarray(3 * t, 3 * t + 3))).toBeCloseTo(1, 12);
      expect(sumOf(priors)).toBeCloseTo(1, 12);
      for (let w = 0; w < given.workers; w++)
        for (let c = 0; c < 3; c++)
          expect(sumOf([0, 1, 2].map((l) => errors[(w * 3 + l) * 3 + c]!))).toBeCloseTo(1, 12);
    }),
  ));

test("the likelihood never falls from one step to the next", () =>
  fc.assert(
    fc.property(answers, (given) => {
      let last = -Infinity;
      for (let iterations = 0; iterations < 15; iterations++) {
        const likelihood = dawidSkeneLogLikelihood(given, dawidSkene(given, { iterations, tolerance: 0 }));
        // Counts are held above 1e-10, which costs that much of each answer at most.
        expect(likelihood).toBeGreaterThanOrEqual(last - 1e-7);
        last = likelihood;
      }
    }),
  ));

test("neither the order of answers nor the numbering of tasks, workers and labels matters", () =>
  fc.assert(
    fc.property(answers, fc.infiniteStream(fc.nat()), (given, numbers) => {
      const shuffled = (n: number) => {
        const next = Array.from({ length: n }, (_, i) => i);
        for (let i = n - 1; i > 0; i--) {
          const j = numbers.next().value % (i + 1);
          [next[i], next[j]] = [next[j]!, next[i]!];
        }
        return next;
      };
      const [rows, tasks, workers, labels] = [
        shuffled(given.task.length),
        shuffled(given.tasks),
        shuffled(given.workers),
        shuffled(3),
      ];
      const renamed: Answers = {
        ...given,
        task: Int32Array.from(rows, (i) => tasks[given.task[i]!]!),
        worker: Int32Array.from(rows, (i) => workers[given.worker[i]!]!),
        label: Int32Array.from(rows, (i) => labels[given.label[i]!]!),
      };
      // Two steps: later ones may multiply a difference of rounding, where EM stands between two maxima.
      const one = dawidSkene(given, { iterations: 2 });
      const other = dawidSkene(renamed, { iterations: 2 });
      const back = one.posteriors.map((_, at) => other.posteriors[tasks[Math.floor(at / 3)]! * 3 + labels[at % 3]!]!);
      near(one.posteriors, back, 1e-9);
    }),
  ));

test("unanimous answers are returned", () =>
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 5 })), { minLength: 1, maxLength: 10 }),
      (tasks) => {
        const rows = tasks.flatMap(([label, n], task) =>
          Array.from({ length: n }, (_, w) => [task, w, label] as const),
        );
        const given = ofRows(rows);
        near(dawidSkene(given).posteriors, sharesOf(votesOf(given)), 1e-9);
      },
    ),
  ));

test("on a ridge it stays where symmetry puts it (crowd-kit, test_dawid_skene_overlap)", () => {
  for (const overlap of [3, 300, 30_000]) {
    const rows = Array.from({ length: overlap * 3 }, (_, i) => {
      const worker = Math.floor(i / 3);
      return [i % 3, worker, (worker - (i % 3)) % 3 === 0 ? 0 : 1] as const;
    });
    const column = (at: 0 | 1 | 2) => Int32Array.from(rows, (row) => row[at]);
    const given = { tasks: 3, workers: overlap, labels: 2, task: column(0), worker: column(1), label: column(2) };
    near(dawidSkene(given, { iterations: 20 }).posteriors, [1 / 3, 2 / 3, 1 / 3, 2 / 3, 1 / 3, 2 / 3], 1e-9);
  }
});

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Answers, greatest } from "../../src/statistics/answers.js";
import { dawidSkene } from "../../src/statistics/dawid-skene.js";
import { Random } from "../../src/statistics/random.js";
import type { MeasureBench } from "./bench.js";

const TASKS = 100_000;
const EACH = 10;
const WORKERS = 1_000;
const LABELS = 10;
const STEPS = 20;

/** Three columns of 32-bit whole numbers, one file each. */
const columns = ["task", "worker", "label"] as const;

export const benches: readonly MeasureBench[] = [
  {
    name: "dawid-skene, 10⁶ answers, 10 classes, 20 steps",
    bar: { ratio: 3 },
    reach: "10 times",
    peers: [{ file: "annotators.py", task: "dawid-skene", package: "crowd-kit" }],
    tolerance: 1e-6,
    prepare(folder) {
      const answers = drawn(new Random(20_26, 1));
      for (const name of columns) writeFileSync(join(folder, `${name}.i32`), new Uint8Array(answers[name].buffer));
    },
    run(folder) {
      const [task, worker, label] = columns.map((name) => {
        const bytes = readFileSync(join(folder, `${name}.i32`));
        return new Int32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
      });
      if (task === undefined || worker === undefined || label === undefined)
        throw new Error("three columns were written");
      const answers = { tasks: TASKS, workers: WORKERS, labels: LABELS, task, worker, label };
      const before = performance.now();
      const { posteriors, priors } = dawidSkene(answers, { iterations: STEPS, tolerance: -1 });
      const seconds = (performance.now() - before) / 1000;
      return { seconds, values: digest(posteriors, priors) };
    },
  },
];

/** Workers who are right with a probability of their own, 0.3 … 0.9, and else give any label. */
function drawn(random: Random): Answers {
  const n = TASKS * EACH;
  const [task, worker, label] = [new Int32Array(n), new Int32Array(n), new Int32Array(n)];
  const share = (): number => random.word() / 2 ** 32;
  const skill = Float64Array.from({ length: WORKERS }, () => 0.3 + 0.6 * share());
  for (let t = 0, i = 0; t < TASKS; t++) {
    const truth = Math.floor(LABELS * share() ** 1.5); // some labels are commoner than others
    const first = random.word() % WORKERS;
    for (let j = 0; j < EACH; j++, i++) {
      task[i] = t;
      // Ten different workers: 97 has no factor in common with 1,000.
      const w = (first + 97 * j) % WORKERS;
      worker[i] = w;
      label[i] = share() < (skill[w] ?? 0) ? truth : random.word() % LABELS;
    }
  }
  return { tasks: TASKS, workers: WORKERS, labels: LABELS, task, worker, label };
}

/** Sums of posteriors by label, every 500th task's, the priors, and how the labels found are spread; `annotators.py` computes the same. */
function digest(posteriors: Float64Array, priors: Float64Array): Record<string, number> {
  const values: Record<string, number> = {};
  const best = greatest(posteriors, TASKS, LABELS);
  let weighted = 0;
  for (const [t, label] of best.entries()) weighted = (weighted * 31 + label + 1 + (t % 7)) % 1_000_003;
  values["labels"] = weighted;
  for (const [label, prior] of priors.entries()) values[`prior ${label}`] = prior;
  for (let t = 0; t < TASKS; t += 500)
    for (let c = 0; c < LABELS; c++) values[`task ${t} label ${c}`] = posteriors[t * LABELS + c] ?? 0;
  return values;
}

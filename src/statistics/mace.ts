import { type Answers, grouped } from "./answers.js";
import { mersenneTwister } from "./mersenne-twister.js";
import { digamma } from "./special.js";

/** What MACE has found; arrays row by row. */
export interface Mace {
  /** tasks × labels: how likely each label is the true one. */
  readonly posteriors: Float64Array;
  /** By worker: how likely he knows and gives the true label. With "vb" it and the chance of guessing need not sum to 1. */
  readonly competences: Float64Array;
  /** By worker: how likely he guesses. */
  readonly spamming: Float64Array;
  /** workers × labels: what a worker gives where he guesses. */
  readonly strategies: Float64Array;
  readonly logLikelihood: number;
}

export interface MaceOptions {
  /** Variational Bayes with a Beta(α, β) prior of guessing and a Dirichlet(10) prior of strategies, or EM with smoothed counts; "vb" by default. */
  readonly method?: "vb" | "em";
  /** Steps from each start, all of which are made; 50 by default. */
  readonly iterations?: number;
  /** Starts, of which the one with the greatest likelihood is kept; 10 by default. */
  readonly restarts?: number;
  /** Start r is drawn with seed + r; 0 by default. */
  readonly seed?: number;
  /** How far starts lie apart: numbers from 1 to 2 + noise, then normalised; 0.5 by default. */
  readonly noise?: number;
  /** Added to each count of "em"; 0.01 ÷ labels by default. */
  readonly smoothing?: number;
  readonly alpha?: number;
  readonly beta?: number;
}

/**
 * Competence of workers and true labels where a worker either knows the label or guesses by a strategy of his own (Hovy et al. 2013, NAACL-HLT, 1120–1130).
 * One start equals crowd-kit's, draw for draw, where workers and labels come up in sorted order and are numbered so. In any other order crowd-kit takes one worker's
 * strategy for another's. It draws all its restarts from the same seed, so they are one.
 */
export function mace(answers: Answers, options: MaceOptions = {}): Mace {
  const { restarts = 10, seed = 0 } = options;
  let best: Mace | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const run = oneRun(answers, { ...options, seed: seed + restart });
    if (best === undefined || run.logLikelihood > best.logLikelihood) best = run;
  }
  return best ?? oneRun(answers, options);
}

function oneRun(answers: Answers, options: MaceOptions): Mace {
  const { tasks, workers, labels, task, worker, label } = answers;
  const { method = "vb", iterations = 50, seed = 0, noise = 0.5 } = options;
  const { smoothing = 0.01 / labels, alpha = 0.5, beta = 0.5 } = options;
  const knowing = drawn(seed, noise, workers, 2);
  const strategies = drawn(seed, noise, workers, labels);
  const { start, order } = grouped(task, tasks);
  const posteriors = new Float64Array(tasks * labels);
  const knowingCounts = new Float64Array(knowing.length);
  const strategyCounts = new Float64Array(strategies.length);

  const expected = (): number => {
    knowingCounts.fill(0);
    strategyCounts.fill(0);
    const logs = new Float64Array(labels);
    let likelihood = 0;
    for (let t = 0; t < tasks; t++) {
      logs.fill(-Math.log(labels));
      for (let i = start[t]!; i < start[t + 1]!; i++) {
        const w = worker[order[i]!]!;
        const l = label[order[i]!]!;
        const guess = knowing[2 * w]! * strategies[w * labels + l]!;
        const wrong = Math.log(guess);
        for (let c = 0; c < labels; c++) logs[c]! += c === l ? Math.log(guess + knowing[2 * w + 1]!) : wrong;
      }
      let most = -Infinity;
      for (let c = 0; c < labels; c++) if (logs[c]! > most) most = logs[c]!;
      let sum = 0;
      for (let c = 0; c < labels; c++) {
        logs[c] = Math.exp(logs[c]! - most);
        sum += logs[c]!;
      }
      likelihood += most + Math.log(sum);
      const row = posteriors.subarray(t * labels, (t + 1) * labels);
      for (let c = 0; c < labels; c++) row[c] = logs[c]! / sum;
      for (let i = start[t]!; i < start[t + 1]!; i++) {
        const w = worker[order[i]!]!;
        const l = label[order[i]!]!;
        const guess = knowing[2 * w]! * strategies[w * labels + l]!;
        const knew = (row[l]! * knowing[2 * w + 1]!) / (guess + knowing[2 * w + 1]!);
        knowingCounts[2 * w]! += 1 - knew;
        knowingCounts[2 * w + 1]! += knew;
        strategyCounts[w * labels + l]! += 1 - knew;
      }
    }
    return likelihood;
  };

  let logLikelihood = expected();
  for (let step = 0; step < iterations; step++) {
    if (method === "vb") {
      variational(knowing, knowingCounts, [alpha, beta]);
      variational(strategies, strategyCounts, new Array<number>(labels).fill(10));
    } else {
      smoothed(knowing, knowingCounts, 2, smoothing);
      smoothed(strategies, strategyCounts, labels, smoothing);
    }
    logLikelihood = expected();
  }
  const columnOf = (at: 0 | 1) => Float64Array.from({ length: workers }, (_, w) => knowing[2 * w + at]!);
  return { posteriors, competences: columnOf(1), spamming: columnOf(0), strategies, logLikelihood };
}

/** Rows of numbers from 1 to 2 + noise, each divided by its sum. */
function drawn(seed: number, noise: number, rows: number, columns: number): Float64Array {
  const next = mersenneTwister(seed);
  const values = Float64Array.from({ length: rows * columns }, () => 1 + (1 + noise) * next());
  smoothed(values, values, columns, 0);
  return values;
}

function smoothed(into: Float64Array, counts: Float64Array, columns: number, by: number): void {
  for (let from = 0; from < counts.length; from += columns) {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += counts[from + c]! + by;
    for (let c = 0; c < columns; c++) into[from + c] = sum > 0 ? (counts[from + c]! + by) / sum : 0;
  }
}

function variational(into: Float64Array, counts: Float64Array, priors: readonly number[]): void {
  const columns = priors.length;
  for (let from = 0; from < counts.length; from += columns) {
    let sum = 0;
    for (let c = 0; c < columns; c++) sum += counts[from + c]! + priors[c]!;
    const norm = digamma(sum);
    for (let c = 0; c < columns; c++) into[from + c] = Math.exp(digamma(counts[from + c]! + priors[c]!) - norm);
  }
}

import { type Answers, grouped, sharesOf, votesOf } from "./answers.js";

/** What the EM of Dawid & Skene has found; all arrays row by row. */
export interface DawidSkene {
  /** tasks × labels: how likely each label is the true one. */
  readonly posteriors: Float64Array;
  /** Share of each label among the tasks, the mean of the posteriors. */
  readonly priors: Float64Array;
  /** workers × labels given × true labels: how likely the worker gives the label where that one is true. */
  readonly errors: Float64Array;
  /** Steps of EM that were made. */
  readonly iterations: number;
}

export interface DawidSkeneOptions {
  /** Posteriors to start from, tasks × labels; the shares of votes by default. */
  readonly start?: Float64Array;
  /** Steps of EM at most; 100 by default. With 0, parameters are those of the start. */
  readonly iterations?: number;
  /** Ends once no posterior changes by more; 1e-9 by default. EM can stand on a ridge, where rounding alone would push it down if it went on. */
  readonly tolerance?: number;
}

/**
 * Estimates true labels and the error rates of annotators by EM (Dawid & Skene 1979, Appl. Stat. 28(1), 20–28, equations 2.3–2.5 from the start 3.1).
 *
 * A count of 0 would rule out a label for good. As crowd-kit does, expected counts below 1e-10 of labels that the worker has used are raised to that, and so
 * are priors; a worker who never met a true label then gives each of his labels alike. Labels that he never gave have the rate 0.
 */
export function dawidSkene(answers: Answers, options: DawidSkeneOptions = {}): DawidSkene {
  const { tasks, workers, labels, task, worker, label } = answers;
  const { iterations = 100, tolerance = 1e-9 } = options;
  const posteriors = options.start?.slice() ?? sharesOf(votesOf(answers));
  const priors = new Float64Array(labels);
  const errors = new Float64Array(workers * labels * labels);
  const logErrors = new Float64Array(errors.length);
  const { start, order } = grouped(task, tasks);
  // Where the row of each answer (worker and label given) begins in `errors`, in the order of tasks: a third of the time of looking up both columns.
  const rows = new Int32Array(order.length);
  const used = new Uint8Array(workers * labels);
  for (let i = 0; i < order.length; i++) {
    const row = worker[order[i]!]! * labels + label[order[i]!]!;
    used[row] = 1;
    rows[i] = row * labels;
  }
  const state = { labels, rows, start, used, posteriors, priors, errors, logErrors };
  maximise(state);
  let done = 0;
  while (done < iterations) {
    const change = expect(state);
    maximise(state);
    done += 1;
    if (change <= tolerance) break;
  }
  return { posteriors, priors, errors, iterations: done };
}

/** ln of the probability of all answers under these priors and error rates (equation 2.7). */
export function dawidSkeneLogLikelihood(
  { tasks, labels, task, worker, label }: Answers,
  { priors, errors }: Pick<DawidSkene, "priors" | "errors">,
): number {
  const { start, order } = grouped(task, tasks);
  let sum = 0;
  const logs = new Float64Array(labels);
  for (let t = 0; t < tasks; t++) {
    for (let c = 0; c < labels; c++) logs[c] = Math.log(priors[c]!);
    for (let i = start[t]!; i < start[t + 1]!; i++) {
      const row = (worker[order[i]!]! * labels + label[order[i]!]!) * labels;
      for (let c = 0; c < labels; c++) logs[c]! += Math.log(errors[row + c]!);
    }
    let most = -Infinity;
    for (let c = 0; c < labels; c++) if (logs[c]! > most) most = logs[c]!;
    let share = 0;
    for (let c = 0; c < labels; c++) share += Math.exp(logs[c]! - most);
    sum += most + Math.log(share);
  }
  return sum;
}

interface Steps {
  readonly labels: number;
  readonly rows: Int32Array;
  readonly start: Int32Array;
  readonly used: Uint8Array;
  readonly posteriors: Float64Array;
  readonly priors: Float64Array;
  readonly errors: Float64Array;
  readonly logErrors: Float64Array;
}

const LEAST = 1e-10;

/** Priors and error rates from the posteriors. */
function maximise({ labels, rows, start, used, posteriors, priors, errors, logErrors }: Steps): void {
  const tasks = start.length - 1;
  priors.fill(0);
  errors.fill(0);
  for (let t = 0; t < tasks; t++) {
    const at = t * labels;
    for (let c = 0; c < labels; c++) priors[c]! += posteriors[at + c]!;
    const end = start[t + 1]!;
    for (let i = start[t]!; i < end; i++) {
      const row = rows[i]!;
      for (let c = 0; c < labels; c++) errors[row + c]! += posteriors[at + c]!;
    }
  }
  for (let c = 0; c < labels; c++) priors[c]! /= tasks;
  const square = labels * labels;
  for (let from = 0, row = 0; from < errors.length; from += square, row += labels)
    for (let c = 0; c < labels; c++) {
      let sum = 0;
      for (let l = 0; l < labels; l++) {
        if (used[row + l] === 0) continue;
        const at = from + l * labels + c;
        if (errors[at]! < LEAST) errors[at] = LEAST;
        sum += errors[at]!;
      }
      for (let l = 0; l < labels; l++) {
        if (used[row + l] === 0) continue;
        const at = from + l * labels + c;
        errors[at]! /= sum;
        logErrors[at] = Math.log(errors[at]!);
      }
    }
}

/** Posteriors from priors and error rates; gives the largest change of one. */
function expect({ labels, rows, start, posteriors, priors, logErrors }: Steps): number {
  const tasks = start.length - 1;
  const logPriors = new Float64Array(labels);
  for (let c = 0; c < labels; c++) logPriors[c] = Math.log(Math.max(priors[c]!, LEAST));
  const logs = new Float64Array(labels);
  let change = 0;
  for (let t = 0; t < tasks; t++) {
    logs.set(logPriors);
    const end = start[t + 1]!;
    for (let i = start[t]!; i < end; i++) {
      const row = rows[i]!;
      for (let c = 0; c < labels; c++) logs[c]! += logErrors[row + c]!;
    }
    let most = logs[0]!;
    for (let c = 1; c < labels; c++) if (logs[c]! > most) most = logs[c]!;
    let sum = 0;
    for (let c = 0; c < labels; c++) {
      const likely = Math.exp(logs[c]! - most);
      logs[c] = likely;
      sum += likely;
    }
    const at = t * labels;
    for (let c = 0; c < labels; c++) {
      const posterior = logs[c]! / sum;
      const by = Math.abs(posterior - posteriors[at + c]!);
      if (by > change) change = by;
      posteriors[at + c] = posterior;
    }
  }
  return change;
}

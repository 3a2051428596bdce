import { type Answers, type Groups, grouped } from "./answers.js";
import { logSigmoid } from "./special.js";

/** What GLAD has found. */
export interface Glad {
  /** tasks × labels: how likely each label is the true one. */
  readonly posteriors: Float64Array;
  /** Ability of each worker: 0 guesses, below 0 misleads. */
  readonly abilities: Float64Array;
  /** ln of the ease of each task. A worker is right with probability σ(ability · e^ease). */
  readonly eases: Float64Array;
  readonly iterations: number;
}

export interface GladOptions {
  /** Steps of EM at most; 100 by default. With 0, posteriors are those of the start: abilities and eases 1. */
  readonly iterations?: number;
  /** Ends once no posterior, ability or ease changes by more; 1e-9 by default. */
  readonly tolerance?: number;
}

/**
 * Abilities of workers, ease of tasks and true labels by EM (Whitehill et al. 2009, NIPS 22), for any number of labels as in crowd-kit: whoever is wrong gives each
 * other label alike, labels are equally likely at first, abilities and eases have a normal prior of mean 1 and variance 1. The M-step climbs by safeguarded
 * Newton steps, workers first and then tasks, so that no step lowers the posterior; what it converges to is a stationary point of crowd-kit's too.
 */
export function glad(answers: Answers, { iterations = 100, tolerance = 1e-9 }: GladOptions = {}): Glad {
  const { tasks, workers, labels, task, worker, label } = answers;
  const abilities = new Float64Array(workers).fill(1);
  const eases = new Float64Array(tasks).fill(1);
  const posteriors = new Float64Array(tasks * labels);
  const byTask = grouped(task, tasks);
  const byWorker = grouped(worker, workers);
  const right = new Float64Array(task.length);
  const factors = new Float64Array(task.length);
  const model = { ...answers, abilities, eases, posteriors, byTask };
  expect(model);
  let done = 0;
  while (done < iterations) {
    for (let i = 0; i < right.length; i++) {
      right[i] = posteriors[task[i]! * labels + label[i]!]!;
      factors[i] = Math.exp(eases[task[i]!]!);
    }
    let change = climbed(abilities, byWorker, { right, factors, exponential: false });
    for (let i = 0; i < right.length; i++) factors[i] = abilities[worker[i]!]!;
    change = Math.max(change, climbed(eases, byTask, { right, factors, exponential: true }));
    change = Math.max(change, expect(model));
    done += 1;
    if (change <= tolerance) break;
  }
  return { posteriors, abilities, eases, iterations: done };
}

interface Model extends Answers, Omit<Glad, "iterations"> {
  readonly byTask: Groups;
}

/** Posteriors from abilities and eases; gives the largest change of one. */
function expect({ tasks, labels, worker, label, abilities, eases, posteriors, byTask }: Model): number {
  const logs = new Float64Array(labels);
  const others = Math.log(labels - 1);
  let change = 0;
  for (let t = 0; t < tasks; t++) {
    logs.fill(0);
    const factor = Math.exp(eases[t]!);
    for (let i = byTask.start[t]!; i < byTask.start[t + 1]!; i++) {
      const answer = byTask.order[i]!;
      const u = abilities[worker[answer]!]! * factor;
      // Against those who gave another label; with one label there are none.
      if (labels > 1) logs[label[answer]!]! += logSigmoid(u) - logSigmoid(-u) + others;
    }
    let most = logs[0]!;
    for (let c = 1; c < labels; c++) if (logs[c]! > most) most = logs[c]!;
    let sum = 0;
    for (let c = 0; c < labels; c++) {
      logs[c] = Math.exp(logs[c]! - most);
      sum += logs[c]!;
    }
    for (let c = 0; c < labels; c++) {
      const posterior = logs[c]! / sum;
      change = Math.max(change, Math.abs(posterior - posteriors[t * labels + c]!));
      posteriors[t * labels + c] = posterior;
    }
  }
  return change;
}

interface Climb {
  /** How likely each answer is right. */
  readonly right: Float64Array;
  /** By answer, of the other side: e^ease, or ability. */
  readonly factors: Float64Array;
  /** The parameter stands in the exponent: an ease. */
  readonly exponential: boolean;
}

const INNER_STEPS = 3;

/** Moves each parameter up its expected log posterior; gives the largest change of one. */
function climbed(parameters: Float64Array, groups: Groups, climb: Climb): number {
  let change = 0;
  for (let g = 0; g < parameters.length; g++) {
    const before = parameters[g]!;
    let x = before;
    for (let step = 0; step < INNER_STEPS; step++) {
      const { value, slope, curvature } = heightAt(x, g, groups, climb);
      let by = curvature < 0 ? -slope / curvature : slope;
      // Near the top heights differ by rounding alone, which must not cut steps short.
      const least = value - 1e-12 * (1 + Math.abs(value));
      while (Math.abs(by) > 1e-13 && heightAt(x + by, g, groups, climb).value < least) by /= 2;
      if (Math.abs(by) <= 1e-13) break;
      x += by;
    }
    parameters[g] = x;
    change = Math.max(change, Math.abs(x - before));
  }
  return change;
}

/** Expected log posterior of one parameter, with its derivatives. */
function heightAt(x: number, g: number, { start, order }: Groups, { right, factors, exponential }: Climb) {
  let value = -((x - 1) ** 2) / 2;
  let slope = 1 - x;
  let curvature = -1;
  const scale = exponential ? Math.exp(x) : 1;
  for (let i = start[g]!; i < start[g + 1]!; i++) {
    const answer = order[i]!;
    const factor = factors[answer]! * scale;
    const u = exponential ? factor : factor * x;
    const q = right[answer]!;
    const sigma = 1 / (1 + Math.exp(-u));
    value += q * logSigmoid(u) + (1 - q) * logSigmoid(-u);
    slope += (q - sigma) * factor;
    curvature -= sigma * (1 - sigma) * factor * factor;
    if (exponential) curvature += (q - sigma) * factor;
  }
  return { value, slope, curvature };
}

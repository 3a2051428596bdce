import { greatest, sharesOf, votesOf } from "../../statistics/answers.js";
import { type DawidSkene, dawidSkene, dawidSkeneLogLikelihood } from "../../statistics/dawid-skene.js";
import type { MeasureFunction } from "../function.js";
import { type Inputs, MeasureError, numberOf, shown, textOf } from "../inputs.js";
import { answersOf, classesOf, type NamedAnswers, named, withClasses } from "./answers.js";
import { majorityVote } from "./votes.js";

/** True labels and the error rates of annotators, from answers alone. */
export const dawidSkeneModel: MeasureFunction =
  /**
   * Formula: EM of P(answers) = Π_t Σ_c priors[c] Π_w errors[w][answer][c]; probas are the posteriors of the last step, priors and errors follow from them
   * Convention: starts from the shares of votes (equation 3.1 of the paper; crowd-kit calls them its majority vote), or with `init` "majority label" from that alone. It ends
   * once no posterior changes by more than `tol`, 1e-9 by default (crowd-kit: once its bound on the likelihood grows by less an answer), or after `iterations`,
   * 100 by default. Expected counts and priors below 1e-10 are raised to it, as in crowd-kit; in the paper they stay 0.
   * Edge: EM finds a local maximum; labels that nobody gave have the posterior 0. A tie goes to the first label in sorted order.
   * Unit: probabilities; `log_lik` is natural. `patient7`: the posteriors of the task that is numbered 7, which cases on the 45 patients of the paper ask for. `errors[worker][label given][true label]`, `error_rates[worker][true label][label given]` as printed in the paper,
   * unless `errors_layout` says otherwise.
   * Source: Dawid & Skene 1979, Appl. Stat. 28(1), 20–28; crowd-kit 1.4, DawidSkene.
   */
  {
    id: "dawid-skene",
    title: { zh: "Dawid–Skene 模型", en: "Dawid–Skene model" },
    answers: {
      zh: "只凭回答，各任务的真标签是什么，各标注者怎样出错",
      en: "What the true labels are and how each annotator errs, from the answers alone",
    },
    misleads: {
      zh: "假定出错彼此独立：全体一起犯的错看不出来；每人回答少或某类罕见时，错误率不可靠",
      en: "It takes errors as independent: what all get wrong stays unseen; with few answers a worker, or a rare class, error rates are unsure",
    },
    orientation: "none",
    inference: "process",
    inputs: [
      "answers",
      "answer_order",
      "classes",
      "init",
      "iterations",
      "tol",
      "errors_layout",
      "generator",
      "overlap",
    ],
    outputs: [
      ...["labels", "probas", "priors", "errors", "log_lik", "class_marginals", "error_rates", "map"],
      ...["proba_no", "proba_yes", "patient7"],
    ],
    calculate(inputs) {
      const answers = withClasses(inputs, answersOf(generated(inputs), classesOf(inputs)));
      const votes = votesOf(answers);
      const shares = sharesOf(votes);
      const start = startOf(inputs) === "shares" ? shares : oneHot(majorityVote(votes).labels, answers.labels);
      const model = dawidSkene(answers, {
        start,
        iterations: numberOf(inputs, "iterations", { min: 0, whole: true }, 100),
        tolerance: numberOf(inputs, "tol", { min: 0 }, 1e-9),
      });
      return { values: valuesOf(answers, model, layoutOf(inputs)) };
    },
  };

function valuesOf(answers: NamedAnswers, model: DawidSkene, layout: Layout | undefined): Record<string, unknown> {
  const { taskNames, labelNames, labels } = answers;
  const { posteriors, priors } = model;
  const row = (task: number) => Array.from(posteriors.subarray(task * labels, (task + 1) * labels));
  const found = Array.from(greatest(posteriors, taskNames.length, labels), (label) => labelNames[label]);
  const errors = ratesOf(answers, model, layout ?? "given-true");
  const seventh = taskNames.findIndex((name) => /^\D*0*7$/.test(String(name)));
  const shareOf = (name: string) => {
    const at = labelNames.indexOf(name);
    return at === -1 ? {} : { [`proba_${name}`]: priors[at] };
  };
  return {
    ...{ labels: found, probas: taskNames.map((_, task) => row(task)), priors, errors },
    log_lik: dawidSkeneLogLikelihood(answers, model),
    class_marginals: priors,
    error_rates: ratesOf(answers, model, layout ?? "true-given"),
    map: found,
    ...shareOf("no"),
    ...shareOf("yes"),
    ...(seventh === -1 ? {} : { patient7: row(seventh) }),
  };
}

type Layout = "given-true" | "true-given";

function ratesOf(
  { workerNames, labels }: NamedAnswers,
  { errors }: DawidSkene,
  layout: Layout,
): Record<string, number[][]> {
  const all = Array.from({ length: labels }, (_, at) => at);
  return named(workerNames, (worker) =>
    all.map((row) =>
      all.map((column) => {
        const [given, truth] = layout === "given-true" ? [row, column] : [column, row];
        return errors[(worker * labels + given) * labels + truth] ?? 0;
      }),
    ),
  );
}

/** `errors[worker][label][true]`, `error_rates[observer][true][response]`: which of the last two brackets is the true label. */
function layoutOf(inputs: Inputs): Layout | undefined {
  if (inputs["errors_layout"] === undefined) return undefined;
  const text = textOf(inputs, "errors_layout");
  const [, given = "", truth = ""] = [...text.matchAll(/\[([^\]]*)\]/g)]
    .map(([, name = ""]) => /true|truth|actual/i.test(name))
    .map(String);
  if (given === truth)
    throw new MeasureError("input-range", {
      input: "errors_layout",
      expected: {
        zh: "errors[worker][label][true] 或 errors[worker][true][label]",
        en: "errors[worker][label][true] or errors[worker][true][label]",
      },
      found: shown(text),
    });
  return truth === "true" ? "given-true" : "true-given";
}

/** Where EM starts: from shares of votes, which crowd-kit calls its majority vote, or from the majority's label alone. */
function startOf(inputs: Inputs): "shares" | "label" {
  const init = textOf(inputs, "init", undefined, "vote share");
  if (/hard|one.?hot|majority label/i.test(init)) return "label";
  if (/shares?|average|mean|propor|soft|majority|crowd-?kit|3\.1/i.test(init)) return "shares";
  throw new MeasureError("not-supported", {
    input: "init",
    expected: { zh: "vote share 或 majority label", en: "vote share or majority label" },
    found: shown(init),
  });
}

function oneHot(column: Int32Array, labels: number): Float64Array {
  const start = new Float64Array(column.length * labels);
  for (const [task, label] of column.entries()) start[task * labels + label] = 1;
  return start;
}

/** Answers that a reference case describes instead of listing them: the three tasks of crowd-kit's test of overlap. */
function generated(inputs: Inputs): Inputs {
  if (inputs["generator"] === undefined) return inputs;
  const text = textOf(inputs, "generator");
  const overlap = numberOf(inputs, "overlap", { min: 1, whole: true });
  const [, tasks, modulus] = /task t in 0\.\.(\d+): label = yes if \(w - t\) mod (\d+) != 0 else no/.exec(text) ?? [];
  if (tasks === undefined || modulus === undefined)
    throw new MeasureError("not-supported", { input: "generator", found: shown(text) });
  const answers: unknown[] = [];
  for (let w = 0; w < overlap; w++)
    for (let t = 0; t <= Number(tasks); t++) answers.push([w, t, (w - t) % Number(modulus) === 0 ? "no" : "yes"]);
  return { ...inputs, answers, answer_order: ["worker", "task", "label"] };
}

import type { Answers } from "../../statistics/answers.js";
import { type Inputs, MeasureError, shown, toList, toNumber } from "../inputs.js";

/** Answers as indices, and what the indices stand for. Tasks are in the order in which they come up, workers and labels sorted. */
export interface NamedAnswers extends Answers {
  readonly taskNames: readonly Name[];
  readonly workerNames: readonly Name[];
  readonly labelNames: readonly Name[];
}

export type Name = string | number | boolean;
export type Column = "worker" | "task" | "label";

const usual: readonly Column[] = ["worker", "task", "label"];

/**
 * The `answers` of a case: lists of three, [worker, task, label] unless `answer_order` says otherwise, or `{task: {worker: label or labels}}`. Classes give
 * the order of labels, and may be labels that nobody gave.
 *
 * @throws MeasureError
 */
export function answersOf(inputs: Inputs, classes?: readonly Name[]): NamedAnswers {
  const given = inputs["answers"];
  const columns =
    typeof given === "object" && given !== null && !Array.isArray(given)
      ? columnsOfObject(given as Readonly<Record<string, unknown>>)
      : columnsOfList(given, orderOf(inputs["answer_order"]));
  if (columns.task.length === 0)
    throw new MeasureError("input-range", {
      input: "answers",
      expected: { zh: "至少一个回答", en: "at least one answer" },
      found: "0",
    });
  const workers = indexed(columns.worker, "worker", sorted(columns.worker));
  const tasks = indexed(columns.task, "task");
  const labels = indexed(columns.label, "label", classes ?? sorted(columns.label));
  return {
    ...{ tasks: tasks.names.length, workers: workers.names.length, labels: labels.names.length },
    ...{ task: tasks.index, worker: workers.index, label: labels.index },
    ...{ taskNames: tasks.names, workerNames: workers.names, labelNames: labels.names },
  };
}

type Columns = Record<Column, Name[]>;

function columnsOfList(given: unknown, order: readonly Column[]): Columns {
  const columns: Columns = { worker: [], task: [], label: [] };
  for (const [at, row] of toList(given, "answers").entries()) {
    const list = toList(row, `answers[${at}]`);
    if (list.length !== 3)
      throw new MeasureError("inputs-disagree", {
        input: `answers[${at}]`,
        expected: { zh: `三项：${order.join("、")}`, en: `three members: ${order.join(", ")}` },
        found: String(list.length),
      });
    for (const [place, column] of order.entries())
      columns[column].push(toName(list[place], `answers[${at}][${place}]`));
  }
  return columns;
}

function columnsOfObject(given: Readonly<Record<string, unknown>>): Columns {
  const columns: Columns = { worker: [], task: [], label: [] };
  for (const [task, byWorker] of Object.entries(given)) {
    for (const [worker, said] of Object.entries(toObject(byWorker, `answers.${task}`)))
      for (const label of Array.isArray(said) ? said : [said]) {
        columns.task.push(task);
        columns.worker.push(worker);
        columns.label.push(toName(label, `answers.${task}.${worker}`));
      }
  }
  return columns;
}

/** Words of the field for the three columns: patients and observers, items and raters. */
const words: Readonly<Record<string, Column>> = {
  ...{
    worker: "worker",
    annotator: "worker",
    observer: "worker",
    rater: "worker",
    performer: "worker",
    judge: "worker",
  },
  ...{ task: "task", item: "task", unit: "task", patient: "task", subject: "task", question: "task", instance: "task" },
  ...{ label: "label", class: "label", category: "label", rating: "label", response: "label", answer: "label" },
};

function orderOf(given: unknown): readonly Column[] {
  if (given === undefined) return usual;
  const order = toList(given, "answer_order").map((word) => words[String(word).toLowerCase()]);
  const [first, second, third] = order;
  if (first === undefined || second === undefined || third === undefined || new Set(order).size !== 3)
    throw new MeasureError("input-range", {
      input: "answer_order",
      expected: { zh: "worker、task、label 的一种次序", en: "worker, task and label in some order" },
      found: shown(given),
    });
  return [first, second, third];
}

export function toObject(value: unknown, input: string): Readonly<Record<string, unknown>> {
  const expected = { zh: "JSON 对象", en: "a JSON object" };
  if (value === undefined) throw new MeasureError("input-missing", { input, expected });
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new MeasureError("input-type", { input, expected, found: shown(value) });
  return value as Readonly<Record<string, unknown>>;
}

export function toName(value: unknown, input: string): Name {
  if (typeof value === "string" || typeof value === "boolean" || Number.isFinite(value)) return value as Name;
  throw new MeasureError(value === undefined ? "input-missing" : "input-type", {
    input,
    expected: { zh: "文本、有限的数或真假值", en: "a text, a finite number or a truth value" },
    found: shown(value),
  });
}

/** Of one kind, in their order: numbers by size, texts by code unit. */
function sorted(column: readonly Name[]): Name[] {
  return [...new Set(column)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function indexed(column: readonly Name[], what: Column, known?: readonly Name[]): { names: Name[]; index: Int32Array } {
  const names = known === undefined ? [] : [...known];
  const places = new Map(names.map((name, at) => [name, at]));
  const index = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++) {
    const name = column[i] ?? "";
    let place = places.get(name);
    if (place === undefined) {
      if (known !== undefined)
        throw new MeasureError("inputs-disagree", {
          input: what,
          expected: { zh: `classes 之一：${known.join("、")}`, en: `one of the classes ${known.join(", ")}` },
          found: shown(name),
        });
      place = names.push(name) - 1;
      places.set(name, place);
    }
    index[i] = place;
  }
  const kind = typeof names[0];
  const other = names.find((name) => typeof name !== kind);
  if (other !== undefined)
    throw new MeasureError("input-type", {
      input: what,
      expected: { zh: `全部为同一类型（${kind}）`, en: `all of one type (${kind})` },
      found: shown(other),
    });
  return { names, index };
}

/** Known labels by task, `{task: label}`, as indices; -1 where none is known. Tasks that nobody answered are passed over. @throws MeasureError */
export function goldOf(inputs: Inputs, { tasks, taskNames, labelNames }: NamedAnswers): Int32Array {
  const gold = new Int32Array(tasks).fill(-1);
  const places = new Map(taskNames.map((name, at) => [String(name), at]));
  for (const [task, label] of Object.entries(toObject(inputs["gold"], "gold"))) {
    const name = toName(label, `gold.${task}`);
    const at = places.get(task);
    // A label that nobody gave is known all the same: no answer is right.
    if (at !== undefined) gold[at] = labelNames.includes(name) ? labelNames.indexOf(name) : labelNames.length;
  }
  return gold;
}

/** The `classes`, if they are listed. @throws MeasureError */
export function classesOf(inputs: Inputs): readonly Name[] | undefined {
  if (!Array.isArray(inputs["classes"])) return undefined;
  const classes = toList(inputs["classes"], "classes", 1).map((name, at) => toName(name, `classes[${at}]`));
  if (new Set(classes).size < classes.length)
    throw new MeasureError("inputs-disagree", {
      input: "classes",
      expected: { zh: "各不相同", en: "each class once" },
      found: shown(classes),
    });
  return classes;
}

/** The answers with at least so many labels where `classes` is a number: further labels have no name. @throws MeasureError */
export function withClasses(inputs: Inputs, answers: NamedAnswers): NamedAnswers {
  const classes = inputs["classes"];
  if (classes === undefined || Array.isArray(classes)) return answers;
  return { ...answers, labels: toNumber(classes, "classes", { min: answers.labels, whole: true }) };
}

/** Values in the order of the names, under the names. */
export function named<T>(names: readonly Name[], value: (at: number) => T): Record<string, T> {
  return Object.fromEntries(names.map((name, at) => [String(name), value(at)]));
}

/** tasks × labels, under both names. */
export function namedShares(
  { taskNames, labelNames }: NamedAnswers,
  shares: Float64Array,
): Record<string, Record<string, number>> {
  return named(taskNames, (task) => named(labelNames, (label) => shares[task * labelNames.length + label] ?? 0));
}

/** Who gave which label to which task: three columns of one length, all of them indices from 0. */
export interface Answers {
  readonly tasks: number;
  readonly workers: number;
  readonly labels: number;
  readonly task: Int32Array;
  readonly worker: Int32Array;
  readonly label: Int32Array;
}

/** Members of each group, one group behind the other: those of group g are `order[start[g]] … order[start[g + 1] - 1]`, in the order of the column. */
export interface Groups {
  readonly start: Int32Array;
  readonly order: Int32Array;
}

/** Counting sort of a column of indices below `groups`. */
export function grouped(column: Int32Array, groups: number): Groups {
  const start = new Int32Array(groups + 1);
  for (let i = 0; i < column.length; i++) start[column[i]! + 1]! += 1;
  for (let g = 0; g < groups; g++) start[g + 1]! += start[g]!;
  const next = start.slice(0, groups);
  const order = new Int32Array(column.length);
  for (let i = 0; i < column.length; i++) order[next[column[i]!]!++] = i;
  return { start, order };
}

/** Votes by task and label, row by row. */
export interface Votes {
  readonly tasks: number;
  readonly labels: number;
  readonly counts: Float64Array;
}

export function noVotes(): Votes {
  return { tasks: 0, labels: 0, counts: new Float64Array(0) };
}

/** How often each task was given each label; with weights by worker, the sum of their weights. */
export function votesOf({ tasks, labels, task, worker, label }: Answers, weights?: Float64Array): Votes {
  const counts = new Float64Array(tasks * labels);
  for (let i = 0; i < task.length; i++)
    counts[task[i]! * labels + label[i]!]! += weights === undefined ? 1 : weights[worker[i]!]!;
  return { tasks, labels, counts };
}

/** Votes of both; task 7 of one is task 7 of the other, and so are labels. */
export function mergeVotes(left: Votes, right: Votes): Votes {
  const tasks = Math.max(left.tasks, right.tasks);
  const labels = Math.max(left.labels, right.labels);
  const counts = new Float64Array(tasks * labels);
  for (const part of [left, right])
    for (let t = 0; t < part.tasks; t++)
      for (let l = 0; l < part.labels; l++) counts[t * labels + l]! += part.counts[t * part.labels + l]!;
  return { tasks, labels, counts };
}

/** Each row divided by its sum; a row without votes stays 0. */
export function sharesOf({ tasks, labels, counts }: Votes): Float64Array {
  const shares = new Float64Array(counts.length);
  for (let t = 0; t < tasks; t++) {
    let sum = 0;
    for (let l = 0; l < labels; l++) sum += counts[t * labels + l]!;
    if (sum > 0) for (let l = 0; l < labels; l++) shares[t * labels + l] = counts[t * labels + l]! / sum;
  }
  return shares;
}

/** Column of the greatest number of each row, the first or last of equals; -1 for a row in which nothing is above 0. */
export function greatest(
  values: Float64Array,
  rows: number,
  columns: number,
  ofEquals: "first" | "last" = "first",
): Int32Array {
  const places = new Int32Array(rows).fill(-1);
  for (let row = 0; row < rows; row++) {
    let most = 0;
    for (let column = 0; column < columns; column++) {
      const value = values[row * columns + column]!;
      if (value > most || (value === most && value > 0 && ofEquals === "last")) {
        most = value;
        places[row] = column;
      }
    }
  }
  return places;
}

/** Of each worker: answers to tasks whose label is known, and those among them that give it. */
export interface Hits {
  readonly right: Float64Array;
  readonly asked: Float64Array;
}

export function noHits(): Hits {
  return { right: new Float64Array(0), asked: new Float64Array(0) };
}

/** @param known label of each task, -1 for none */
export function hitsOf({ workers, task, worker, label }: Answers, known: Int32Array): Hits {
  const right = new Float64Array(workers);
  const asked = new Float64Array(workers);
  for (let i = 0; i < task.length; i++) {
    const truth = known[task[i]!]!;
    if (truth < 0) continue;
    asked[worker[i]!]! += 1;
    if (truth === label[i]!) right[worker[i]!]! += 1;
  }
  return { right, asked };
}

/** Hits of both; worker 7 of one is worker 7 of the other. */
export function mergeHits(left: Hits, right: Hits): Hits {
  return { right: added(left.right, right.right), asked: added(left.asked, right.asked) };
}

function added(left: Float64Array, right: Float64Array): Float64Array {
  const sum = new Float64Array(Math.max(left.length, right.length));
  for (let i = 0; i < left.length; i++) sum[i]! += left[i]!;
  for (let i = 0; i < right.length; i++) sum[i]! += right[i]!;
  return sum;
}

import { assignRows, newAssignmentScratch } from "./assignment.js";
import { addExact, type ExactSum, mergeExact, newExactSum } from "./exact-sum.js";

/** One frame: ids in any numbering, each once; distances objects × hypotheses, NaN where the two may not be paired. */
export interface DistanceFrame {
  readonly objects: readonly number[];
  readonly hypotheses: readonly number[];
  readonly distances: Float64Array;
}

/** Events of py-motmetrics' accumulator; of several sequences the sums. */
export interface AccumulatorState {
  readonly frames: number;
  readonly matches: number;
  readonly switches: number;
  readonly transfers: number;
  readonly ascends: number;
  readonly migrates: number;
  readonly misses: number;
  readonly falsePositives: number;
  readonly fragmentations: number;
  readonly uniqueObjects: number;
  /** Objects followed in at least 80 %, in 20 % to 80 %, in less of their frames. */
  readonly mostlyTracked: number;
  readonly partiallyTracked: number;
  readonly mostlyLost: number;
  /** Sum over matches and switches. */
  readonly distance: ExactSum;
}

const COUNTS = [
  ...["frames", "matches", "switches", "transfers", "ascends", "migrates", "misses", "falsePositives"],
  ...["fragmentations", "uniqueObjects", "mostlyTracked", "partiallyTracked", "mostlyLost"],
] as unknown as readonly Exclude<keyof AccumulatorState, "distance">[];

type Counts = Record<(typeof COUNTS)[number], number>;

export const accumulatorState = {
  empty: (): AccumulatorState => ({ ...countsOf(() => 0), distance: newExactSum() }),
  merge: (left: AccumulatorState, right: AccumulatorState): AccumulatorState => ({
    ...countsOf((name) => left[name] + right[name]),
    distance: mergeExact(left.distance, right.distance),
  }),
};

function countsOf(of: (name: (typeof COUNTS)[number]) => number): Counts {
  return Object.fromEntries(COUNTS.map((name) => [name, of(name)])) as Counts;
}

/** An object of the truth over the frames in which it is there. */
interface Followed {
  present: number;
  tracked: number;
  /** Runs of misses since it was last followed: they count once it is followed again. */
  pending: number;
  fragments: number;
}

/**
 * Events of one sequence: pairs of before are kept where they may be; the rest are assigned at least distance; another hypothesis than before is a switch.
 *
 * A hypothesis that had another object when it was last assigned is a transfer, beside the match or switch; a switch to a hypothesis never seen before is an
 * ascend as well, a transfer to an object never matched before a migrate. Source: Bernardin & Stiefelhagen 2008; py-motmetrics 1.4.0, mot.py.
 */
export function accumulate(frames: readonly DistanceFrame[]): AccumulatorState {
  const events = countsOf(() => 0);
  const distance = newExactSum();
  const scratch = newAssignmentScratch();
  const hypothesisOf = new Map<number, number>();
  const objectOf = new Map<number, number>();
  const seen = new Set<number>();
  const followed = new Map<number, Followed>();
  for (const { objects, hypotheses, distances } of frames) {
    const columns = hypotheses.length;
    const columnOf = new Int32Array(objects.length).fill(-1);
    const taken = new Uint8Array(columns);
    objects.forEach((o, i) => {
      const j = hypotheses.indexOf(hypothesisOf.get(o) ?? Number.NaN);
      if (j < 0 || taken[j] === 1 || !Number.isFinite(distances[i * columns + j]!)) return;
      columnOf[i] = j;
      taken[j] = 1;
      events.matches += 1;
      seen.add(hypotheses[j]!);
      addExact(distance, distances[i * columns + j]!);
    });
    const open = distances.map((one, at) =>
      columnOf[Math.floor(at / columns)]! >= 0 || taken[at % columns] === 1 ? Number.NaN : one,
    );
    const assigned = assignRows(withoutMissing(open, objects.length, columns), objects.length, columns, scratch);
    objects.forEach((o, i) => {
      const j = assigned[i]!;
      if (j < 0 || !Number.isFinite(open[i * columns + j]!)) return;
      const h = hypotheses[j]!;
      const switched = hypothesisOf.has(o) && hypothesisOf.get(o) !== h;
      if (switched && !seen.has(h)) events.ascends += 1;
      if (objectOf.has(h) && objectOf.get(h) !== o) {
        events.transfers += 1;
        if (!hypothesisOf.has(o)) events.migrates += 1;
      }
      events[switched ? "switches" : "matches"] += 1;
      columnOf[i] = j;
      taken[j] = 1;
      seen.add(h);
      hypothesisOf.set(o, h);
      objectOf.set(h, o);
      addExact(distance, distances[i * columns + j]!);
    });
    objects.forEach((o, i) => {
      if (columnOf[i]! < 0) events.misses += 1;
      follow(followed, o, columnOf[i]! >= 0);
    });
    events.falsePositives += taken.filter((one) => one === 0).length;
  }
  return { ...events, ...ofObjects(followed), frames: frames.length, distance };
}

function follow(followed: Map<number, Followed>, object: number, tracked: boolean): void {
  const one = followed.get(object) ?? { present: 0, tracked: 0, pending: 0, fragments: 0 };
  followed.set(object, one);
  one.present += 1;
  if (tracked) {
    one.tracked += 1;
    one.fragments += one.pending;
    one.pending = 0;
  } else if (one.tracked > 0) one.pending = 1;
}

function ofObjects(followed: ReadonlyMap<number, Followed>) {
  const sums = {
    uniqueObjects: followed.size,
    mostlyTracked: 0,
    partiallyTracked: 0,
    mostlyLost: 0,
    fragmentations: 0,
  };
  for (const { present, tracked, fragments } of followed.values()) {
    const share = tracked / present;
    sums[share >= 0.8 ? "mostlyTracked" : share >= 0.2 ? "partiallyTracked" : "mostlyLost"] += 1;
    sums.fragmentations += fragments;
  }
  return sums;
}

/** What may not be paired gets a cost that any other pairing undercuts: with |cost| ≤ c and r pairs, more than (2r − 1)·c. */
function withoutMissing(distances: Float64Array, rows: number, columns: number): Float64Array {
  let most = -1;
  for (let i = 0; i < distances.length; i++)
    if (Number.isFinite(distances[i]!)) most = Math.max(most, Math.abs(distances[i]!));
  const missing = most < 0 ? 0 : 2 * Math.min(rows, columns) * (most + 1) + 1;
  return distances.map((one) => (Number.isFinite(one) ? one : missing));
}

import { assignRows, newAssignmentScratch } from "./assignment.js";
import { addExact, type ExactSum, mergeExact, newExactSum } from "./exact-sum.js";
import type { TrackSequence } from "./track-sequence.js";

/** Of several sequences the sums. */
export interface ClearState {
  readonly tp: number;
  readonly fn: number;
  readonly fp: number;
  readonly switches: number;
  readonly fragments: number;
  /** Tracks of the truth that are matched in more than 80 %, in 20 % to 80 %, in less of their frames. */
  readonly mostlyTracked: number;
  readonly partlyTracked: number;
  readonly mostlyLost: number;
  /** Sum of the similarity of matches. */
  readonly similarity: ExactSum;
}

export const clearState = {
  empty: (): ClearState => ({
    ...{ tp: 0, fn: 0, fp: 0, switches: 0, fragments: 0, mostlyTracked: 0, partlyTracked: 0, mostlyLost: 0 },
    similarity: newExactSum(),
  }),
  merge: (left: ClearState, right: ClearState): ClearState => ({
    tp: left.tp + right.tp,
    fn: left.fn + right.fn,
    fp: left.fp + right.fp,
    switches: left.switches + right.switches,
    fragments: left.fragments + right.fragments,
    mostlyTracked: left.mostlyTracked + right.mostlyTracked,
    partlyTracked: left.partlyTracked + right.partlyTracked,
    mostlyLost: left.mostlyLost + right.mostlyLost,
    similarity: mergeExact(left.similarity, right.similarity),
  }),
};

/** A pair of the frame before outweighs any similarity. */
const KEPT = 1000;
const NONE = -1;

/**
 * Counts of one sequence: frame by frame the matching that keeps most pairs of the frame before, and among those the most similar.
 *
 * A frame without a detection on one side leaves the pairs of the frame before as they are. Source: Bernardin & Stiefelhagen 2008; TrackEval, metrics/clear.py.
 *
 * @param threshold least similarity of a match
 */
export function clearCounts(sequence: TrackSequence, threshold: number): ClearState {
  const { frames, truth, truthStart, tracker, trackerStart, similarity, similarityStart, truthIds } = sequence;
  const scratch = newAssignmentScratch();
  let cost = new Float64Array(1024);
  const present = new Float64Array(truthIds);
  const matched = new Float64Array(truthIds);
  const begun = new Float64Array(truthIds);
  const last = new Int32Array(truthIds).fill(NONE);
  let before = new Int32Array(truthIds).fill(NONE);
  let now = new Int32Array(truthIds).fill(NONE);
  const sum = newExactSum();
  const least = threshold - Number.EPSILON;
  let tp = 0;
  let switches = 0;
  for (let t = 0; t < frames; t++) {
    const g0 = truthStart[t]!;
    const d0 = trackerStart[t]!;
    const rows = truthStart[t + 1]! - g0;
    const columns = trackerStart[t + 1]! - d0;
    for (let i = 0; i < rows; i++) present[truth[g0 + i]!]! += 1;
    if (rows === 0 || columns === 0) continue;
    const s0 = similarityStart[t]!;
    if (rows * columns > cost.length) cost = new Float64Array(rows * columns * 2);
    for (let i = 0, at = 0; i < rows; i++) {
      const kept = before[truth[g0 + i]!]!;
      for (let j = 0; j < columns; j++, at++) {
        const one = similarity[s0 + at]!;
        cost[at] = one < least ? 0 : -(tracker[d0 + j] === kept ? KEPT + one : one);
      }
    }
    const columnOf = assignRows(cost, rows, columns, scratch);
    now.fill(NONE);
    for (let i = 0; i < rows; i++) {
      const j = columnOf[i]!;
      if (j < 0 || !(cost[i * columns + j]! < -Number.EPSILON)) continue;
      const g = truth[g0 + i]!;
      const d = tracker[d0 + j]!;
      if (last[g] !== NONE && last[g] !== d) switches += 1;
      if (before[g] === NONE) begun[g]! += 1;
      matched[g]! += 1;
      last[g] = d;
      now[g] = d;
      tp += 1;
      addExact(sum, similarity[s0 + i * columns + j]!);
    }
    [before, now] = [now, before];
  }
  const counts = { tp, fn: truth.length - tp, fp: tracker.length - tp, switches, similarity: sum };
  return { ...counts, ...ofTracks(present, matched, begun) };
}

function ofTracks(present: Float64Array, matched: Float64Array, begun: Float64Array) {
  let mostlyTracked = 0;
  let partlyTracked = 0;
  let fragments = 0;
  for (let g = 0; g < present.length; g++) {
    const share = matched[g]! / present[g]!;
    if (share > 0.8) mostlyTracked += 1;
    else if (share >= 0.2) partlyTracked += 1;
    if (begun[g]! > 0) fragments += begun[g]! - 1;
  }
  return { mostlyTracked, partlyTracked, mostlyLost: present.length - mostlyTracked - partlyTracked, fragments };
}

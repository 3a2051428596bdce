import { assignRows, newAssignmentScratch } from "./assignment.js";
import type { TrackSequence } from "./track-sequence.js";

/** Of several sequences the sums. */
export interface IdentityState {
  readonly idtp: number;
  readonly idfn: number;
  readonly idfp: number;
}

export const identityState = {
  empty: (): IdentityState => ({ idtp: 0, idfn: 0, idfp: 0 }),
  merge: (left: IdentityState, right: IdentityState): IdentityState => ({
    idtp: left.idtp + right.idtp,
    idfn: left.idfn + right.idfn,
    idfp: left.idfp + right.idfp,
  }),
};

/**
 * One tracker id to a truth id over the whole sequence, so that most detections agree.
 *
 * Ristani's graph with a dummy node a track has the least cost where the matched detections are most, since FN + FP = all − 2·TP; so the matrix here is
 * truth × tracker and not its sum squared. Source: Ristani et al. 2016, ECCV Workshops.
 */
export function identityCounts(sequence: TrackSequence, threshold: number): IdentityState {
  const { truthIds, trackerIds } = sequence;
  const matches = pairCounts(sequence, threshold);
  const columnOf = assignRows(negative(matches), truthIds, trackerIds);
  let idtp = 0;
  for (let g = 0; g < truthIds; g++) if (columnOf[g]! >= 0) idtp += matches[g * trackerIds + columnOf[g]!]!;
  return { idtp, idfn: sequence.truth.length - idtp, idfp: sequence.tracker.length - idtp };
}

/** Tracks paired by their temporal overlap, and detections frame by frame. */
export interface VaceSums {
  /** Sum over paired tracks of frames matched / frames in which one of them is there. */
  readonly stda: number;
  readonly tracks: number;
  /** Sum over frames of overlap / mean number of detections. */
  readonly fda: number;
  readonly frames: number;
}

/** Source: Manohar et al. 2006, ACCV, the relaxed variant; TrackEval, metrics/vace.py. */
export function vaceSums(sequence: TrackSequence, threshold: number): VaceSums {
  const { truthIds, trackerIds } = sequence;
  const matches = pairCounts(sequence, threshold);
  const together = pairCounts(sequence, 0);
  const truthCount = new Float64Array(truthIds);
  const trackerCount = new Float64Array(trackerIds);
  for (const g of sequence.truth) truthCount[g]! += 1;
  for (const d of sequence.tracker) trackerCount[d]! += 1;
  const share = matches.map((count, at) => {
    const g = Math.floor(at / trackerIds);
    return count / (truthCount[g]! + trackerCount[at % trackerIds]! - together[at]!);
  });
  const columnOf = assignRows(negative(share), truthIds, trackerIds);
  let stda = 0;
  for (let g = 0; g < truthIds; g++) if (columnOf[g]! >= 0) stda += share[g * trackerIds + columnOf[g]!]!;
  return { stda, tracks: truthIds + trackerIds, ...frameOverlap(sequence) };
}

function frameOverlap({ frames, truthStart, trackerStart, similarity, similarityStart }: TrackSequence) {
  const scratch = newAssignmentScratch();
  let fda = 0;
  let seen = 0;
  for (let t = 0; t < frames; t++) {
    const rows = truthStart[t + 1]! - truthStart[t]!;
    const columns = trackerStart[t + 1]! - trackerStart[t]!;
    if (rows + columns === 0) continue;
    seen += 1;
    const block = similarity.subarray(similarityStart[t]!, similarityStart[t + 1]!);
    const columnOf = assignRows(negative(block), rows, columns, scratch);
    let overlap = 0;
    for (let i = 0; i < rows; i++) if (columnOf[i]! >= 0) overlap += block[i * columns + columnOf[i]!]!;
    fda += overlap / (0.5 * (rows + columns));
  }
  return { fda, frames: seen };
}

/** By pair of ids: frames in which both are there and as similar as that. */
function pairCounts(sequence: TrackSequence, threshold: number): Float64Array {
  const { frames, truth, truthStart, tracker, trackerStart, trackerIds, similarity } = sequence;
  const counts = new Float64Array(sequence.truthIds * trackerIds);
  let at = 0;
  for (let t = 0; t < frames; t++) {
    const end = trackerStart[t + 1]!;
    for (let i = truthStart[t]!; i < truthStart[t + 1]!; i++) {
      const row = truth[i]! * trackerIds;
      for (let j = trackerStart[t]!; j < end; j++, at++)
        if (similarity[at]! >= threshold) counts[row + tracker[j]!]! += 1;
    }
  }
  return counts;
}

/** The greatest sum is the least of what is turned over. */
function negative(values: Float64Array): Float64Array {
  const turned = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) turned[i] = -values[i]!;
  return turned;
}

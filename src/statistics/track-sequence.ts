/**
 * Detections of a sequence, ground truth and tracker, with their similarity frame by frame. Ids are 0 … n−1, each in use; the detections of frame t are
 * truth[truthStart[t]] … truth[truthStart[t + 1] − 1], and so for the tracker.
 */
export interface TrackSequence {
  readonly frames: number;
  readonly truthIds: number;
  readonly trackerIds: number;
  readonly truth: Int32Array;
  readonly truthStart: Int32Array;
  readonly tracker: Int32Array;
  readonly trackerStart: Int32Array;
  /** 0 … 1; frame after frame, row by row: a row a detection of the truth, a column one of the tracker. */
  readonly similarity: Float64Array;
  readonly similarityStart: Int32Array;
}

/** Detections of one frame: ids in any numbering, and how similar the ith of the truth is to the jth of the tracker. */
export interface TrackFrame {
  readonly truth: readonly number[];
  readonly tracker: readonly number[];
  readonly similarity: (truth: number, tracker: number) => number;
}

/** Frames in order as one sequence, with ids in order of first appearance. */
export function trackSequence(frames: readonly TrackFrame[]): TrackSequence {
  const truth = columnOf(frames.map((frame) => frame.truth));
  const tracker = columnOf(frames.map((frame) => frame.tracker));
  const similarityStart = new Int32Array(frames.length + 1);
  frames.forEach((frame, t) => {
    similarityStart[t + 1] = similarityStart[t]! + frame.truth.length * frame.tracker.length;
  });
  const similarity = new Float64Array(similarityStart[frames.length]!);
  frames.forEach((frame, t) => {
    let at = similarityStart[t]!;
    for (let i = 0; i < frame.truth.length; i++)
      for (let j = 0; j < frame.tracker.length; j++) similarity[at++] = frame.similarity(i, j);
  });
  return {
    frames: frames.length,
    truthIds: truth.ids,
    trackerIds: tracker.ids,
    truth: truth.column,
    truthStart: truth.start,
    tracker: tracker.column,
    trackerStart: tracker.start,
    similarity,
    similarityStart,
  };
}

function columnOf(lists: readonly (readonly number[])[]): { column: Int32Array; start: Int32Array; ids: number } {
  const start = new Int32Array(lists.length + 1);
  lists.forEach((list, t) => {
    start[t + 1] = start[t]! + list.length;
  });
  const column = new Int32Array(start[lists.length]!);
  const dense = new Map<number, number>();
  let at = 0;
  for (const list of lists)
    for (const id of list) {
      const known = dense.get(id) ?? dense.size;
      dense.set(id, known);
      column[at++] = known;
    }
  return { column, start, ids: dense.size };
}

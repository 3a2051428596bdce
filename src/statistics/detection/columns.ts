/** Ground truth by column, one row an object: rows in any order. */
export interface Truths {
  /** Id of the image; any whole numbers of 32 bits. */
  readonly image: Int32Array;
  readonly category: Int32Array;
  /** px², decides the range of sizes. */
  readonly area: Float64Array;
  /** 1 for a crowd region: it takes any number of detections, none of which then counts. */
  readonly crowd: Uint8Array;
  /** 1 for an object that is not to be found, though it is no crowd: what matches it does not count. */
  readonly ignore?: Uint8Array;
}

/** Detections by column, one row a detection: rows in any order. */
export interface Detections {
  readonly image: Int32Array;
  readonly category: Int32Array;
  readonly area: Float64Array;
  /** Any finite numbers; only their order counts. */
  readonly score: Float64Array;
}

/**
 * Similarities of the detections and objects of one image and category: `out[d · objects + g]` for the d-th row of `detections` from `firstDetection`
 * and the g-th row of `truths` from `firstTruth`. What is below the lowest threshold may stay 0.
 */
export type Similarity = (
  detections: Int32Array,
  firstDetection: number,
  afterDetection: number,
  truths: Int32Array,
  firstTruth: number,
  afterTruth: number,
  out: Float64Array,
) => void;

export interface AveragePrecisionOptions {
  /** Ascending, at most 30. */
  readonly thresholds: Float64Array;
  /** Least and greatest area of each range, both within it. */
  readonly areas: readonly (readonly [least: number, greatest: number])[];
  /** Detections of an image and category that count, ascending; precision is that of the last. */
  readonly limits: readonly number[];
}

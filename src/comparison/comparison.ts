import type { LocalText } from "../records/grammar.gen.js";
import type { ReportMeasurement } from "../records/report.gen.js";
import type { PairedBy } from "./pair.js";

/** What one side of a comparison is. */
export interface Side {
  readonly name: string;
  readonly formats: readonly string[];
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  readonly media: number;
  /** Annotations with a box, labels of whole media, and what cannot be compared. */
  readonly boxes: number;
  readonly labels: number;
  readonly not_compared: Readonly<Record<string, number>>;
  readonly failures: readonly string[];
}

/** A medium or a category that only one side has, with its annotations. */
export interface Unpaired {
  readonly name: string;
  readonly annotations: number;
}

export interface PairingSummary {
  readonly media: {
    readonly paired: number;
    readonly by: Readonly<Record<PairedBy, number>>;
    /** Paired media whose boxes are shares of the image on one side and px on the other, and nobody knows the size: they cannot match. */
    readonly size_unknown: number;
    readonly only_first: readonly Unpaired[];
    readonly only_second: readonly Unpaired[];
  };
  readonly categories: {
    readonly paired: number;
    readonly only_first: readonly Unpaired[];
    readonly only_second: readonly Unpaired[];
  };
}

/** A measurement of a report; `reason` says why it has no value. */
export interface ComparedMeasurement extends ReportMeasurement {
  readonly reason?: LocalText;
}

export interface CategoryComparison {
  readonly category: string;
  readonly gold: number;
  readonly data: number;
  /** Annotations of the data in media without gold. */
  readonly not_judged: number;
  readonly measurements: readonly ComparedMeasurement[];
}

/** Rows: labels of the first side, then «not there»; columns: labels of the second, then «not there». */
export interface Confusion {
  readonly labels: readonly string[];
  readonly matrix: readonly (readonly number[])[];
  /** Pairs of different labels, most frequent first. */
  readonly swaps: readonly { readonly first: string; readonly second: string; readonly count: number }[];
}

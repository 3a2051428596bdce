/** A measure against a tool of the field: both load what `prepare` wrote, then only the evaluation is timed. */
export interface MeasureBench {
  readonly name: string;
  /** What must hold: peer ÷ ours at least, or at most so many seconds of ours. */
  readonly bar: { readonly ratio: number } | { readonly seconds: number };
  readonly reach?: string;
  /** Run as `python scripts/bench-measures/<file> <task> <folder>`; prints one JSON object {seconds, values, peer}. */
  readonly peers: readonly { readonly file: string; readonly task: string; readonly package: string }[];
  /** Writes the same data for both sides, seeded. */
  readonly prepare: (folder: string) => void;
  readonly run: (folder: string) => BenchResult | Promise<BenchResult>;
  /** Greatest difference of a value from the peer's; 1e-9 by default. */
  readonly tolerance?: number;
}

export interface BenchResult {
  readonly seconds: number;
  /** What was computed, to be compared with the peer's. */
  readonly values: Readonly<Record<string, number>>;
}

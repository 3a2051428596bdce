import type { LocalText } from "../records/grammar.gen.js";
import type { Inputs } from "./inputs.js";
import type { Reason } from "./reasons.js";

/**
 * A measure that is a pure function of values, by the side of those that the engine tallies. The doc comment of its declaration has the paragraphs
 * `Formula:`, `Convention:` (where sources differ), `Edge:`, `Unit:`, `Source:`, from which docs/measures.md is made.
 */
export interface MeasureFunction {
  /** kebab-case; the command takes `_` for `-` and any case. */
  readonly id: string;
  readonly title: LocalText;
  /** The question that it answers. */
  readonly answers: LocalText;
  /** When its value misleads: prevalence, few classes, clusters. */
  readonly misleads: LocalText;
  readonly orientation: "higher-is-better" | "lower-is-better" | "none";
  /**
   * What the value speaks of where it comes with an interval or a standard error: `sample`, units drawn from a frame; `process`, an annotator, a model or
   * a supplier beyond these data; `census`, these data alone.
   */
  readonly inference: "census" | "sample" | "process";
  /** How its interval comes about, where it gives one. */
  readonly interval?: "exact" | "asymptotic" | "bootstrap-by-cluster";
  /** Names that its inputs may have; another one is an error, never passed over. */
  readonly inputs: readonly string[];
  /** Names among its outputs, as the reference cases write them. */
  readonly outputs: readonly string[];
  /** Where the value comes from a state that can be split: of parts, merged, the value is that of the whole. */
  // biome-ignore lint/suspicious/noExplicitAny: each measure has a state type of its own, which only it looks into
  readonly state?: MeasureState<any>;
  /**
   * Takes the `inputs` object of a reference case, gives values under the names of its `expected`.
   *
   * @throws MeasureError where the inputs cannot be taken
   */
  readonly calculate: (inputs: Inputs) => Answer;
}

export interface Answer {
  /** By name of output; what is undefined is `undefined` here and has its reason below. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly undefined_because?: Readonly<Record<string, Reason>>;
  /** What the tool that the field knows prints where we say undefined (seqeval 0, COCO −1). Scores and reports never use it. */
  readonly peer_convention?: Readonly<Record<string, unknown>>;
}

/** Integers and exact sums only: the merge of parts is the whole, in any order (`stateLaws` in testing/). */
export interface MeasureState<S> {
  empty(): S;
  merge(left: S, right: S): S;
}

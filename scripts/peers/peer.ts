import type fc from "fast-check";
import type { Inputs } from "../../src/measures/inputs.js";

/** One measure held against a tool of the field on random inputs; `scripts/peers/<family>.py` answers for the tool, under the same names of outputs. */
export interface PeerCheck {
  readonly measure: string;
  /** Package on PyPI, as `scripts/peers/requirements.txt` pins it. */
  readonly peer: string;
  /** Key of the function in the `CHECKS` of `<family>.py`. */
  readonly answers: string;
  readonly inputs: fc.Arbitrary<Inputs>;
  readonly runs?: number;
  /** Absolute, 1e-9 by default; a larger one has its reason in `docs/reference-values.md`. */
  readonly tolerance?: number;
  /** Outputs that are compared; all that the peer answers by default. */
  readonly fields?: readonly string[];
}

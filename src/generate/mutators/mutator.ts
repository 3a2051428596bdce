import type { WrittenPlace } from "../../formats/write.js";
import type { Draw } from "../draw.js";
import type { Sample } from "../sample.js";
import type { Target, Touched } from "../target.js";

/** A change that a `break` cannot say as data: to the dataset before it is written, or to its files. */
export interface Mutator {
  /** Add every record that the finding may be about to `touched`. */
  sample?(at: { sample: Sample; target: Target; draw: Draw; touched: Touched }): void;
  /** `place` is where the broken record was put. */
  files?(files: Map<string, Buffer>, place: WrittenPlace, draw: Draw, record: object): void;
}

/** What is still to be done to the files. */
export interface FileMutation {
  readonly mutate: NonNullable<Mutator["files"]>;
  readonly record: object;
}

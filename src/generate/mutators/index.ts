import { encoding } from "./encoding.js";
import type { Mutator } from "./mutator.js";
import { pictures } from "./pictures.js";

/** All mutators by the name that a `break` calls them by; a family is one file. */
export const mutators: ReadonlyMap<string, Mutator> = new Map(Object.entries({ ...encoding, ...pictures }));

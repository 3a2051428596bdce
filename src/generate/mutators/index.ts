import { descriptions } from "./descriptions.js";
import { encoding } from "./encoding.js";
import { labels } from "./labels.js";
import { lists } from "./lists.js";
import { masks } from "./masks.js";
import type { Mutator } from "./mutator.js";
import { pictures } from "./pictures.js";
import { rings } from "./rings.js";

/** All mutators by the name that a `break` calls them by; a family is one file. */
export const mutators: ReadonlyMap<string, Mutator> = new Map(
  Object.entries({ ...descriptions, ...encoding, ...labels, ...lists, ...masks, ...pictures, ...rings }),
);

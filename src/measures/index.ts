import { annotationsByCategory } from "./annotations-by-category.js";
import { annotationsByMedia } from "./annotations-by-media.js";
import type { Measure } from "./measure.js";

/** All measures that rules can ask for by id. */
// biome-ignore lint/suspicious/noExplicitAny: each measure has a tally type of its own, which only it looks into
export const measures: readonly Measure<any>[] = [annotationsByMedia, annotationsByCategory];

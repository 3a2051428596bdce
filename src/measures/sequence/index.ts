import type { MeasureFunction } from "../function.js";
import { entityExtraction } from "./entities.js";
import { sequencePrf } from "./sequence-prf.js";
import { tokenConfusionMeasure } from "./token-confusion.js";

export const sequence: readonly MeasureFunction[] = [...entityExtraction, sequencePrf, tokenConfusionMeasure];

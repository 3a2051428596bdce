import type { MeasureFunction } from "../function.js";
import { transcriptErrors } from "./word-error.js";

export const speech: readonly MeasureFunction[] = [...transcriptErrors];

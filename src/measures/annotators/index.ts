import type { MeasureFunction } from "../function.js";

export const annotators: readonly MeasureFunction[] = [];

import type { MeasureFunction } from "../function.js";

export const speech: readonly MeasureFunction[] = [];

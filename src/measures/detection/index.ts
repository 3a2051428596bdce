import type { MeasureFunction } from "../function.js";

export const detection: readonly MeasureFunction[] = [];

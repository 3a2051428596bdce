import type { MeasureFunction } from "../function.js";

export const tracking: readonly MeasureFunction[] = [];

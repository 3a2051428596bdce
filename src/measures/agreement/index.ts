import type { MeasureFunction } from "../function.js";

export const agreement: readonly MeasureFunction[] = [];

import type { MeasureFunction } from "../function.js";

export const sequence: readonly MeasureFunction[] = [];

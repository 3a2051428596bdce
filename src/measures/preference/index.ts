import type { MeasureFunction } from "../function.js";

export const preference: readonly MeasureFunction[] = [];

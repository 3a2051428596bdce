import type { MeasureFunction } from "../function.js";

export const exams: readonly MeasureFunction[] = [];

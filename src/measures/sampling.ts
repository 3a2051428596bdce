import type { MeasureFunction } from "./function.js";

/** Plans, tables and operating characteristic curves of src/statistics/, under their ids. */
export const sampling: readonly MeasureFunction[] = [];

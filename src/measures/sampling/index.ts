import type { MeasureFunction } from "../function.js";
import { designs } from "./design.js";
import { operatingCharacteristics } from "./oc.js";
import { switching } from "./switching.js";
import { tables } from "./tables.js";

/** Plans, tables and operating characteristic curves, under their ids; the kernels are in src/statistics/sampling/. */
export const sampling: readonly MeasureFunction[] = [...operatingCharacteristics, ...designs, ...tables, ...switching];

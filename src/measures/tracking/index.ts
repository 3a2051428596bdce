import type { MeasureFunction } from "../function.js";
import { motmetrics } from "./accumulator.js";
import { motClear } from "./clear.js";
import { motHota } from "./hota.js";
import { trackIdentity } from "./identity.js";

export const tracking: readonly MeasureFunction[] = [motHota, motClear, ...trackIdentity, ...motmetrics];

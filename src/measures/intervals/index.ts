import type { MeasureFunction } from "../function.js";
import { intervalsOfClusters } from "./clustered.js";
import { intervalsOfDifference } from "./difference.js";
import { intervalsOfOneProportion } from "./one-proportion.js";
import { proportionTests } from "./tests.js";

/** Intervals and tests of proportions, under their ids; the kernels are in src/statistics/. */
export const intervals: readonly MeasureFunction[] = [
  ...intervalsOfOneProportion,
  ...intervalsOfClusters,
  ...intervalsOfDifference,
  ...proportionTests,
];

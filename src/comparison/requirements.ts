import { UsageError } from "../records/errors.js";
import type { ComparedMeasurement } from "./comparison.js";

/** `open`: the interval holds the least value, or there is no value; more gold could decide. */
export type RequirementStatus = "met" | "not-met" | "open";

/** A least value that was asked for, and what decided it. */
export interface Requirement {
  readonly id: string;
  readonly least: number;
  readonly status: RequirementStatus;
  /** Lower and upper end that were held against it; both are the value where these data alone are spoken of. */
  readonly lower: number | null;
  readonly upper: number | null;
}

/**
 * The lower end of the interval reaches the least value: met; the upper end is below it: not met; else open. Values about these data alone have no sampling
 * error and are held against it themselves; a value of a sample without an interval decides nothing.
 *
 * @throws UsageError for an id that was not measured
 */
export function requirementsOf(
  measurements: readonly ComparedMeasurement[],
  require: Readonly<Record<string, number>>,
): readonly Requirement[] {
  return Object.entries(require).map(([id, least]) => {
    const found = measurements.find((one) => one.id === id || one.id === `gold-${id}`);
    if (found === undefined)
      throw new UsageError("TS-USAGE-0001", {
        found: `--require ${id}`,
        expected: `one of ${measurements.map((one) => one.id).join(", ")}`,
      });
    const { lower, upper } = endsOf(found);
    const status =
      lower === null || upper === null ? "open" : lower >= least ? "met" : upper < least ? "not-met" : "open";
    return { id: found.id, least, status, lower, upper };
  });
}

function endsOf({ x, inference, interval }: ComparedMeasurement): { lower: number | null; upper: number | null } {
  if (x === undefined) return { lower: null, upper: null };
  if (inference === "census") return { lower: x, upper: x };
  return { lower: interval?.lower ?? null, upper: interval?.upper ?? null };
}

/** 0 all met, 1 one is not met, 4 one is open. */
export function statusOf(requirements: readonly Requirement[]): number {
  if (requirements.some(({ status }) => status === "not-met")) return 1;
  return requirements.some(({ status }) => status === "open") ? 4 : 0;
}

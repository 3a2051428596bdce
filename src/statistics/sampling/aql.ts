import {
  aqls,
  doubleNumbers,
  doubleSizes,
  levels,
  lotRows,
  type Severity,
  sampleSizes,
  singleRows,
} from "./mil-std-105e.js";

export type { Severity } from "./mil-std-105e.js";

/** Where a table is read. */
export interface AqlCell {
  readonly severity: Severity;
  /** By size of lot and level; A … R without I and O. */
  readonly code_letter: string;
  readonly aql: number;
}

export interface SinglePlan {
  /** The letter whose sample size holds, once the arrow of the cell is followed. */
  readonly final_code: string;
  readonly n: number;
  /** Accept at this many nonconforming units, or fewer. */
  readonly ac: number;
  /** Reject from this many on; between both, at reduced inspection alone, the lot is accepted and normal inspection comes back. */
  readonly re: number;
}

/** Of two samples; acceptance and rejection numbers count both together. */
export interface DoublePlan {
  readonly n: readonly [number, number];
  readonly ac: readonly [number, number];
  readonly re: readonly [number, number];
}

export type InspectionLevel = (typeof levels)[number];

/** Sample size code letter of a lot of at least 2 units: table I of MIL-STD-105E, which table 1 of ISO 2859-1 and of GB/T 2828.1 equal. */
export function codeLetter(lotSize: number, level: InspectionLevel): string {
  const [, letters = ""] = lotRows.find(([largest]) => lotSize <= largest) ?? [];
  return letters[levels.indexOf(level)] ?? "";
}

/** Tables II-A, II-B and II-C of MIL-STD-105E; undefined for a letter or an AQL that they do not have. */
export function singlePlan({ severity, code_letter, aql }: AqlCell): SinglePlan | undefined {
  const [, final_code = "", ac = "", re] =
    /^([A-S])(\d+)(?:-(\d+))?$/.exec(cellOf({ severity, code_letter, aql })) ?? [];
  const n = sampleSizes[severity][final_code];
  return n === undefined ? undefined : { final_code, n, ac: Number(ac), re: Number(re ?? Number(ac) + 1) };
}

/**
 * Table III of MIL-STD-105E; undefined where it says to use the single plan.
 *
 * Its rows are those of the single plans with sizes and numbers for two samples: so in each of the 26 rows that were held, cell by cell, against the one
 * transcription at hand (R package AQLSchemes 1.7-2); the other 22 are made by the same rule and have been held against nothing.
 */
export function doublePlan(cell: AqlCell): DoublePlan | undefined {
  const text = cellOf(cell);
  const size = doubleSizes[cell.severity][text[0] ?? ""];
  const numbers = doubleNumbers[cell.severity][text.slice(1)];
  if (size === undefined || numbers === undefined) return undefined;
  const [ac1, ac2, re1, re2] = numbers;
  return { n: [size, size], ac: [ac1, ac2], re: [re1, re2] };
}

function cellOf({ severity, code_letter, aql }: AqlCell): string {
  return singleRows[severity][code_letter]?.split(" ")[(aqls as readonly number[]).indexOf(aql)] ?? "";
}

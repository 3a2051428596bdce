import { compareExamples, type Example } from "./examples.js";
import { bins, type RuleState } from "./rule-state.js";
import type { Run } from "./run.js";

/** What one rule has counted in a part of the data: adding two parts of disjoint files gives what one pass over both counts. */
export interface RuleTally {
  readonly evaluated: number;
  readonly violations: number;
  readonly notEvaluated: number;
  readonly waived: number;
  readonly codes: ReadonlyMap<string, number>;
  /** By name: parts number their categories apart. */
  readonly byCategory: ReadonlyMap<string, number>;
  readonly byAnnotator: ReadonlyMap<string, number>;
  /** Media with findings, `file element`. */
  readonly media: ReadonlySet<string>;
  readonly where: Float64Array;
  /** The smallest, at most as many as are kept; files by their index among all files. */
  readonly examples: readonly Example[];
}

/** Units of one indicator and kind. */
export interface UnitTally {
  readonly b: number;
  readonly bad: number;
  readonly open: number;
}

export const emptyRuleTally: RuleTally = {
  evaluated: 0,
  violations: 0,
  notEvaluated: 0,
  waived: 0,
  codes: new Map(),
  byCategory: new Map(),
  byAnnotator: new Map(),
  media: new Set(),
  where: new Float64Array(bins),
  examples: [],
};

export const emptyUnits: UnitTally = { b: 0, bad: 0, open: 0 };

/** The tally of a rule after its part has been read and finished. */
export function tallyOfRule(state: RuleState, run: Pick<Run, "categories" | "media">): RuleTally {
  const byCategory = new Map<string, number>();
  for (const [row, count] of state.byCategory) {
    const name = run.categories[row]?.name ?? "";
    byCategory.set(name, (byCategory.get(name) ?? 0) + count);
  }
  const { evaluated, violations, notEvaluated, waived } = state;
  return {
    evaluated,
    violations,
    notEvaluated,
    waived,
    codes: new Map(state.codes),
    byCategory,
    byAnnotator: new Map(state.byAnnotator),
    media: new Set([...state.media].map((row) => `${run.media.file(row)} ${run.media.element(row)}`)),
    where: state.where?.slice() ?? new Float64Array(bins),
    examples: [...state.examples.kept()],
  };
}

/**
 * Counts add, kept examples are the smallest of both. Exact for parts of whole files and for rules whose groups lie within a file; a group that spans
 * files (equal digests of media, labels that are written by name) is asked where all its members are.
 */
export function mergeRuleTallies(left: RuleTally, right: RuleTally, maxExamples: number): RuleTally {
  return {
    evaluated: left.evaluated + right.evaluated,
    violations: left.violations + right.violations,
    notEvaluated: left.notEvaluated + right.notEvaluated,
    waived: left.waived + right.waived,
    codes: mergeCounts(left.codes, right.codes),
    byCategory: mergeCounts(left.byCategory, right.byCategory),
    byAnnotator: mergeCounts(left.byAnnotator, right.byAnnotator),
    media: new Set([...left.media, ...right.media].sort()),
    where: left.where.map((count, bin) => count + (right.where[bin] ?? 0)),
    examples: mergeExamples(left.examples, right.examples, maxExamples),
  };
}

export function mergeExamples(left: readonly Example[], right: readonly Example[], most: number): readonly Example[] {
  return [...left, ...right].sort(compareExamples).slice(0, most);
}

/** Parts share no unit, so their counts add. */
export function mergeUnits(left: UnitTally, right: UnitTally): UnitTally {
  return { b: left.b + right.b, bad: left.bad + right.bad, open: left.open + right.open };
}

/** Keys in order: a merged tally does not tell which part came first. */
function mergeCounts(left: ReadonlyMap<string, number>, right: ReadonlyMap<string, number>): Map<string, number> {
  const sums = new Map(left);
  for (const [key, count] of right) sums.set(key, (sums.get(key) ?? 0) + count);
  return new Map([...sums].sort(([one], [other]) => (one < other ? -1 : 1)));
}

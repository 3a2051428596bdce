import type { Kind, Obligation, Parameter, Rule, Severity } from "../records/grammar.gen.js";
import type { CompiledRule } from "./cel/api.js";
import type { CompiledColumn } from "./cel/column-parts.js";
import type { Validate } from "./record-schemas.js";

/** A rule as it is applied: the standard's rule with the departures of a profile, compiled. */
export interface ActiveRule {
  readonly index: number;
  readonly rule: Rule;
  readonly standard: string;
  readonly kind: Kind;
  readonly severity: Severity;
  readonly obligation: Obligation;
  readonly params: Readonly<Record<string, Parameter>>;
  /** Parameters that are still null: the rule decides nothing and is not run. */
  readonly openParams: readonly string[];
  readonly off: boolean;
  /** Whether it has been seen to work on real data; undefined: not stated. */
  readonly proven: boolean | undefined;
  /** exact, requirement or instruction, switched on, no open parameter. */
  readonly deciding: boolean;
  /** Indicator that the scheme gives it. */
  readonly indicator: string | undefined;
  /** Undefined for a fault rule, and for a rule that is not run. */
  readonly compiled: CompiledRule | undefined;
  /** Group rules: `when` alone, asked while reading; `compiled` is then `assert` alone, asked of the group afterwards. */
  readonly membership: CompiledRule | undefined;
  /** Group rules with a `column`: the number of each record. */
  readonly column: CompiledColumn | undefined;
  /** Schema rules: asked of the raw record; undefined for all others, and for one that is not run. */
  readonly validate: Validate | undefined;
}

export function isDeciding(rule: Rule, obligation: Obligation, off: boolean, open: readonly string[]): boolean {
  return (
    rule.certainty === "exact" &&
    (obligation === "requirement" || obligation === "instruction") &&
    !off &&
    open.length === 0
  );
}

/** Critical and major findings make their unit bad; minor ones are listed and lower no score. */
export function makesBad(severity: Severity): boolean {
  return severity === "critical" || severity === "major";
}

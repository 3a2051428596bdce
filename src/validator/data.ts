import type { LocalText, Rule } from "../records/grammar.gen.js";
import type { ActiveRule } from "../standards/ruleset.js";

/**
 * Why the built validator does not ask a rule: it reports faults of reading, and records are read already; it is about the bytes of media or masks; it holds
 * raw records against a JSON Schema, which lies beside the validator; a parameter of it is open.
 */
export type NotCoveredReason = "fault" | "media-bytes" | "schema" | "open-parameter";

/** A rule that the validator answers `indeterminate`, whatever the records are. */
export interface NotCovered {
  readonly rule: string;
  readonly reason: NotCoveredReason;
}

/** A rule as it is applied, without what is a function. Cases and breaks are for those who write the standard. */
export interface RuleData extends Omit<ActiveRule, "rule" | "compiled" | "membership" | "column" | "validate"> {
  readonly rule: Omit<Rule, "cases" | "break">;
}

/** What of a standard goes into its validator as data; the code of its rules stands beside it. */
export interface ValidatorData {
  readonly standard: {
    readonly id: string;
    readonly edition: string;
    readonly title: LocalText;
    /** Digest of all that decides, before a profile. */
    readonly deciding_digest: string;
  };
  readonly rules: readonly RuleData[];
  readonly notCovered: readonly NotCovered[];
}

import type { RuleState } from "../engine/rule-state.js";
import type { FindingValue } from "../records/finding.js";
import type { Kind, LocalText } from "../records/grammar.gen.js";
import type { Verdict } from "../records/report.gen.js";
import { judgeStrictly } from "../schemes/verdict.js";
import type { NotCovered, NotCoveredReason } from "./data.js";

/** A record for which a rule does not hold. */
export interface Finding {
  readonly rule: string;
  readonly kind: Kind;
  /** Position of the record among all that were given, from 0; absent for the dataset, and for a file that was not given. */
  readonly record?: number;
  /** Ids of the other members of the pair or group. */
  readonly others?: readonly string[];
  readonly values: readonly FindingValue[];
  /** The values for a person: «x + width = 641 > 640». */
  readonly text: LocalText;
}

/** What is said of one rule. */
export interface RuleAnswer {
  readonly rule: string;
  readonly verdict: Verdict;
  /** Whether a finding makes the whole nonconforming; all other rules only advise. */
  readonly deciding: boolean;
  /** Records that it was asked of, those that could not be evaluated left out. */
  readonly asked: number;
  readonly findings: number;
  /** Records on which it could not be evaluated. */
  readonly not_evaluated: number;
  readonly not_covered?: NotCoveredReason;
}

export interface Answer {
  /** By the standard alone, without a scheme: one finding of an exact requirement is enough; a deciding rule that is not covered leaves it open. */
  readonly verdict: Verdict;
  readonly rules: readonly RuleAnswer[];
  readonly findings: readonly Finding[];
}

/** Verdicts from what was counted. A rule that is not covered is indeterminate, whatever the records are. */
export function answerOf(
  states: readonly RuleState[],
  notCovered: readonly NotCovered[],
  findings: readonly Finding[],
): Answer {
  const reasons = new Map(notCovered.map(({ rule, reason }) => [rule, reason]));
  const rules = states.map((state): RuleAnswer => {
    const reason = reasons.get(state.active.rule.id);
    return {
      rule: state.active.rule.id,
      verdict: reason === undefined ? verdictOf(state) : "indeterminate",
      deciding: state.active.deciding,
      asked: state.evaluated,
      findings: state.violations,
      not_evaluated: state.notEvaluated,
      ...(reason === undefined ? {} : { not_covered: reason }),
    };
  });
  const counted = states.map(({ active, evaluated, violations, notEvaluated }) => ({
    id: active.rule.id,
    severity: active.severity,
    deciding: active.deciding,
    violations,
    waived: 0,
    evaluated,
    not_evaluated: reasons.has(active.rule.id) ? 1 : notEvaluated,
  }));
  return { verdict: judgeStrictly(counted, 0).verdict, rules, findings };
}

/** ARCHITECTURE.md §2: findings, then what could not be evaluated, then whether it was asked at all. */
export function verdictOf({ violations, notEvaluated, evaluated }: RuleState): Verdict {
  if (violations > 0) return "nonconforming";
  if (notEvaluated > 0) return "indeterminate";
  return evaluated > 0 ? "conforming" : "not-applicable";
}

import type { Host } from "../checks/declaration.js";
import type { BoundRule } from "../standards/cel/api.js";
import type { BoundColumn } from "../standards/cel/column-parts.js";
import { type ActiveRule, makesBad } from "../standards/ruleset.js";
import { Examples } from "./examples.js";

export const bins = 64;

/** What one rule has counted so far. */
export interface RuleState {
  readonly active: ActiveRule;
  readonly bound: BoundRule | undefined;
  readonly membership: BoundRule | undefined;
  readonly column: BoundColumn | undefined;
  /** Bit of its indicator for a deciding rule, 0 otherwise. */
  readonly bit: number;
  /** The same bit where a finding makes the unit bad. */
  readonly badBit: number;
  evaluated: number;
  violations: number;
  notEvaluated: number;
  waived: number;
  readonly codes: Map<string, number>;
  readonly byCategory: Map<number, number>;
  readonly byAnnotator: Map<string, number>;
  readonly media: Set<number>;
  /** Findings by part of the files; undefined until there is one. */
  where: Float64Array | undefined;
  readonly examples: Examples;
}

export function newRuleState(active: ActiveRule, host: Host, bit: number, maxExamples: number): RuleState {
  return {
    active,
    bound: active.compiled?.bind(host),
    membership: active.membership?.bind(host),
    column: active.column?.bind(host),
    bit: active.deciding ? bit : 0,
    badBit: active.deciding && makesBad(active.severity) ? bit : 0,
    evaluated: 0,
    violations: 0,
    notEvaluated: 0,
    waived: 0,
    codes: new Map(),
    byCategory: new Map(),
    byAnnotator: new Map(),
    media: new Set(),
    where: undefined,
    examples: new Examples(maxExamples),
  };
}

export function countUp<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

import { makesBad } from "../standards/ruleset.js";
import type { RuleBinding } from "./bindings.js";
import { Examples } from "./examples.js";

export const bins = 64;

/** What one rule has counted so far. Most rules find nothing: what is counted of findings alone is shared and empty until there is one. */
export interface RuleState extends RuleBinding {
  /** Bit of its indicator for a deciding rule, 0 otherwise. */
  readonly bit: number;
  /** The same bit where a finding makes the unit bad. */
  readonly badBit: number;
  evaluated: number;
  violations: number;
  notEvaluated: number;
  waived: number;
  codes: Counts<string>;
  byCategory: Counts<number>;
  byAnnotator: Counts<string>;
  media: ReadonlySet<number>;
  /** Findings by part of the files; undefined until there is one. */
  where: Float64Array | undefined;
  readonly examples: Examples;
}

/** How often each key was counted; only `counted` adds to it. */
export type Counts<K> = ReadonlyMap<K, number>;

const empty: ReadonlyMap<unknown, number> = new Map();
const noCounts = <K>(): Counts<K> => empty as Counts<K>;
const noMedia: ReadonlySet<number> = new Set();

export function newRuleState(binding: RuleBinding, bit: number, maxExamples: number): RuleState {
  const { active, bound, membership, column } = binding;
  return {
    active,
    bound,
    membership,
    column,
    bit: active.deciding ? bit : 0,
    badBit: active.deciding && makesBad(active.severity) ? bit : 0,
    evaluated: 0,
    violations: 0,
    notEvaluated: 0,
    waived: 0,
    codes: noCounts(),
    byCategory: noCounts(),
    byAnnotator: noCounts(),
    media: noMedia,
    where: undefined,
    examples: new Examples(maxExamples),
  };
}

/** The counts with one more; in a map of their own from the first on. */
export function counted<K>(counts: Counts<K>, key: K): Counts<K> {
  const own = counts === empty ? new Map<K, number>() : (counts as Map<K, number>);
  countUp(own, key);
  return own;
}

/** The media with one more; likewise. */
export function withMedium(media: ReadonlySet<number>, row: number): ReadonlySet<number> {
  return media === noMedia ? new Set([row]) : (media as Set<number>).add(row);
}

export function countUp<K>(counts: Map<K, number>, key: K): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

import type { Kind } from "../records/grammar.gen.js";
import type { Scope } from "../standards/cel/api.js";
import { contentOfTexts } from "./fingerprint.js";
import type { Recorder, Subject } from "./recorder.js";
import type { RuleState } from "./rule-state.js";
import type { Units } from "./units.js";

export interface Asking {
  readonly recordRules: Readonly<Record<Kind, readonly RuleState[]>>;
  readonly units: Readonly<Record<Kind, Units>>;
  readonly scope: Scope;
  readonly recorder: Recorder;
}

/** Asks the rules on one kind of the record in the scope, and adds their bits to its unit. The subject is made for findings only. */
export function askRules(
  asking: Asking,
  kind: Kind,
  subject: () => Subject,
  unit: number,
  ...content: readonly string[]
): void {
  const { scope, recorder } = asking;
  const units = asking.units[kind];
  for (const state of asking.recordRules[kind]) {
    const bound = state.bound;
    if (bound === undefined) continue;
    const outcome = bound.run(scope);
    if (outcome === 0) continue;
    units.add(unit, state.bit, 0, outcome === 3 ? state.bit : 0);
    if (outcome === 3) {
      recorder.notEvaluated(state, bound);
      continue;
    }
    state.evaluated++;
    if (outcome === 1) continue;
    const waived = recorder.violation(state, subject(), contentOfTexts(kind, ...content), "", {
      values: () => bound.values(scope),
    });
    if (!waived) units.add(unit, 0, state.badBit, 0);
  }
}

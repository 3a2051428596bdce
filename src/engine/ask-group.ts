import type { GroupAnswer, GroupColumns } from "../checks/declaration.js";
import type { RuleState } from "./rule-state.js";
import type { Run } from "./run.js";
import { GroupSiblings, noColumns } from "./siblings.js";

/** Ids of other members that a finding names. */
const maxOthers = 5;

/** Takes a member for which the assertion does not hold, and the members that its finding names. */
export type Found = (at: number, partners: readonly number[]) => void;

const siblings = new GroupSiblings();

/** Runs the assertion of a group rule for each member; calls `found` for each that does not hold. */
export function askGroup(
  run: Run,
  state: RuleState,
  columns: GroupColumns,
  unitRows: ArrayLike<number>,
  found: Found,
): void {
  const bound = state.bound!;
  const { scope } = run;
  siblings.begin(columns);
  scope.siblings = siblings;
  const units = run.units[state.active.kind];
  const { bit } = state;
  const { size } = columns;
  for (let at = 0; at < size; at++) {
    scope.at = at;
    const outcome = bound.run(scope);
    if (outcome === 0) continue;
    if (outcome === 3) {
      run.recorder.notEvaluated(state, bound);
      if (bit !== 0) units.add(unitRows[at]!, bit, 0, bit);
      continue;
    }
    state.evaluated++;
    if (bit !== 0) units.add(unitRows[at]!, bit, 0, 0);
    if (outcome === 2) found(at, partnersOf(siblings.answers, size, at));
  }
  scope.siblings = undefined;
}

/**
 * Whether a rule that asks for no column holds in a group of one: it sees nothing but the size, so one answer is that of all such groups. false where it
 * does not hold or cannot be evaluated, and then each is asked.
 */
export function holdsAlone(run: Run, state: RuleState): boolean {
  const { compiled } = state.active;
  if (compiled === undefined || compiled.columns.length > 0) return false;
  siblings.begin({ size: 1, ...noColumns });
  run.scope.siblings = siblings;
  run.scope.at = 0;
  const outcome = state.bound!.run(run.scope);
  run.scope.siblings = undefined;
  return outcome === 1;
}

/** The member that an answer is about, or all others of a group that is only counted. */
function partnersOf(answers: readonly (GroupAnswer | undefined)[], size: number, at: number): readonly number[] {
  const given = answers.filter((answer) => answer !== undefined);
  const named = given.map((answer) => answer.partners?.[at] ?? -1).filter((partner) => partner >= 0);
  if (named.length > 0 || given.length > 0) return named.slice(0, maxOthers);
  const others: number[] = [];
  for (let other = 0; other < size && others.length < maxOthers; other++) if (other !== at) others.push(other);
  return others;
}

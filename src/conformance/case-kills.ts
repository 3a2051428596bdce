import { caseVerdict, type Side } from "../engine/cases.js";
import type { Case, Parameter, Rule } from "../records/grammar.gen.js";
import { activateForCase } from "../standards/apply.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ActiveRule } from "../standards/ruleset.js";
import type { Mutant } from "./mutants.js";

/** A case of a rule, with its side and its name in the rule (`violating/0`). */
export interface NamedCase {
  readonly side: Side;
  readonly name: string;
  readonly one: Case;
}

export const sides = ["violating", "conforming", "inapplicable"] as const satisfies readonly Side[];

export function casesOf({ cases }: Rule): readonly NamedCase[] {
  return sides.flatMap((side) =>
    (cases[side] ?? []).map((one, position) => ({ side, name: `${side}/${one.name ?? position}`, one })),
  );
}

/** Makes a rule, or a mutant of it, ready to run with the parameters of a case; compiled once for each set of parameters. */
export type Activate = (caseParams: Case["params"]) => Promise<ActiveRule>;

export function activation(
  rule: Rule,
  standard: LoadedStandard,
  change: Mutant["params"] = (params) => params,
): Activate {
  const made = new Map<string, Promise<ActiveRule>>();
  // The parameters of the rule as the standard has them: those of a mutant are changed already.
  const own = standard.rules.find(({ id }) => id === rule.id)?.params ?? {};
  return (caseParams = {}) => {
    const key = JSON.stringify(caseParams);
    const known = made.get(key);
    if (known !== undefined) return known;
    const params = change({ ...own, ...caseParams } as Readonly<Record<string, Parameter>>);
    const active = activateForCase(rule, standard, params);
    made.set(key, active);
    return active;
  };
}

/** The first of the rule's own cases that a mutant does not satisfy; undefined where it satisfies all. */
export async function killingCase(cases: readonly NamedCase[], activate: Activate): Promise<string | undefined> {
  for (const { side, name, one } of cases) {
    const { ok } = await caseVerdict(await activate(one.params), side, one, { values: false });
    if (!ok) return name;
  }
  return undefined;
}

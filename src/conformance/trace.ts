import type { ClauseCoverage } from "../records/report.gen.js";
import { coverageOf } from "../report/build.js";
import type { LoadedStandard } from "../standards/load.js";
import { isProven } from "../standards/proof.js";
import { casesOf } from "./case-kills.js";
import { mutateRule } from "./mutate.js";
import { suiteOf } from "./rule-suite.js";

/** What stands behind a rule. */
export interface RuleTrace {
  readonly rule: string;
  /** Cases that there are of each side. */
  readonly cases: { readonly conforming: number; readonly violating: number; readonly inapplicable: number };
  /** Mutants that count, without those that are named equivalent, and those that the cases kill; undefined for a rule without CEL. */
  readonly mutants: { readonly asked: number; readonly killed: number; readonly equivalent: number } | undefined;
  /** Runs of the suite; undefined where none was done, or the rule has no `break`. */
  readonly runs: { readonly done: number; readonly ok: boolean } | undefined;
  /** Whether it has been seen to work on real data; undefined: the standard does not state it. */
  readonly proven: boolean | undefined;
}

/** A clause, what decides it, and what stands behind each of its rules. */
export interface ClauseTrace extends Omit<ClauseCoverage, "rules"> {
  readonly rules: readonly RuleTrace[];
}

export interface TraceOptions {
  /** Runs of the suite for each rule; 0: none. */
  readonly runs: number;
  readonly seed: number;
  /** Called after each rule with how many are done. */
  readonly tick?: (done: number) => Promise<void> | undefined;
}

/** Clause → rules → cases → mutants killed → runs of the suite, in the order of the clauses. */
export async function traceOf(standard: LoadedStandard, { runs, seed, tick }: TraceOptions): Promise<ClauseTrace[]> {
  const suite = runs > 0 ? await suiteOf(standard) : undefined;
  const traced = new Map<string, RuleTrace>();
  for (const rule of standard.rules) {
    const { mutants } = await mutateRule(standard, rule, { generated: 0, seed });
    const scored = mutants.filter((mutant) => mutant.scored);
    const equivalent = scored.filter(({ fate }) => fate === "equivalent").length;
    const killed = scored.filter(({ fate }) => fate === "cases").length;
    const outcome = rule.break === undefined ? undefined : await suite?.broken(rule, { runs, seed });
    const count = (side: string): number => casesOf(rule).filter((one) => one.side === side).length;
    traced.set(rule.id, {
      rule: rule.id,
      cases: {
        conforming: count("conforming"),
        violating: count("violating"),
        inapplicable: count("inapplicable"),
      },
      mutants: rule.assert === undefined ? undefined : { asked: scored.length - equivalent, killed, equivalent },
      runs: outcome === undefined ? undefined : { done: outcome.runs, ok: outcome.ok },
      proven: isProven(rule, standard),
    });
    await tick?.(traced.size);
  }
  return coverageOf(standard).map((clause) => ({
    ...clause,
    rules: clause.rules.flatMap((id) => traced.get(id) ?? []),
  }));
}

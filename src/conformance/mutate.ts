import type { Rule } from "../records/grammar.gen.js";
import { type MutationOperator, mutationOperators } from "../standards/cel/tree-mutants.js";
import type { LoadedStandard } from "../standards/load.js";
import { activation, casesOf, killingCase } from "./case-kills.js";
import { isScored, type Mutant, mutantsOf } from "./mutants.js";
import { rivalsOf, searchAroundCases, type TellingCase } from "./tell-apart.js";
import { searchDrawn, type TellingDataset } from "./tell-drawn.js";

export interface MutateOptions {
  /** Records to be generated for a rule with survivors: half of them variations of its cases, half in drawn datasets. */
  readonly generated: number;
  readonly seed: number;
  /** Called between mutants and between datasets: progress, and a chance for Ctrl-C. */
  readonly tick?: () => Promise<void> | undefined;
}

/** What became of a mutant. */
export interface MutantOutcome {
  readonly name: string;
  readonly operator: Mutant["operator"];
  /** `negated` and `removed` are listed and not scored. */
  readonly scored: boolean;
  readonly fate: "cases" | "generated" | "equivalent" | "survives";
  /** The case of the rule that kills it. */
  readonly by?: string;
  /** What tells it apart, where its own cases do not. */
  readonly told?: TellingCase | TellingDataset;
}

export interface RuleMutation {
  readonly rule: string;
  readonly mutants: readonly MutantOutcome[];
  /** Records that were generated for its survivors. */
  readonly generated: number;
  /** Mutants that the rule names equivalent and that are not: killed, told apart, not there, or named after too few records. */
  readonly notEquivalent: readonly string[];
}

/** Makes the mutants of a rule and says which of them its own cases kill, and what tells the others apart. */
export async function mutateRule(
  standard: LoadedStandard,
  rule: Rule,
  { generated, seed, tick }: MutateOptions,
): Promise<RuleMutation> {
  const mutants = mutantsOf(rule);
  const cases = casesOf(rule);
  const outcomes = new Map<Mutant, MutantOutcome>();
  const survivors: Mutant[] = [];
  for (const mutant of mutants) {
    const by = await killingCase(cases, activation(mutant.rule, standard, mutant.params));
    if (by === undefined) survivors.push(mutant);
    else outcomes.set(mutant, { ...toldOf(mutant), fate: "cases", by });
    await tick?.();
  }
  const rivals = rivalsOf(standard, rule, survivors);
  const take = (all: readonly Mutant[], told: TellingCase | TellingDataset): void => {
    for (const mutant of all) outcomes.set(mutant, { ...toldOf(mutant), fate: "generated", told });
  };
  const around = await searchAroundCases(rivals, { records: Math.ceil(generated / 2), seed, tick }, take);
  const drawn = await searchDrawn(rivals, { records: generated - around, seed, tick }, take);
  const rest = generated - around - drawn;
  // Where nothing can be drawn, the variations stand for all.
  const more = rest > 0 ? await searchAroundCases(rivals, { records: rest, seed: seed + 1, tick }, take) : 0;
  const named = new Set((rule.equivalent ?? []).map(({ mutant }) => mutant));
  const tried = new Set((rule.equivalent ?? []).flatMap(({ mutant, records }) => (isEnough(records) ? [mutant] : [])));
  for (const mutant of rivals.mutants.keys())
    outcomes.set(mutant, { ...toldOf(mutant), fate: tried.has(mutant.name) ? "equivalent" : "survives" });
  const equivalent = new Set([...rivals.mutants.keys()].map(({ name }) => name));
  return {
    rule: rule.id,
    mutants: mutants.flatMap((mutant) => outcomes.get(mutant) ?? []),
    generated: around + drawn + more,
    notEquivalent: [...named].filter((name) => !equivalent.has(name) || !tried.has(name)),
  };
}

/** Fewer generated records without a difference say too little to name a mutant equivalent. */
const leastRecords = 100_000;

/** A standard that ships is not held against the grammar when it is loaded. */
function isEnough(records: number | undefined): boolean {
  return records !== undefined && records >= leastRecords;
}

function toldOf(mutant: Mutant): Pick<MutantOutcome, "name" | "operator" | "scored"> {
  return { name: mutant.name, operator: mutant.operator, scored: isScored(mutant) };
}

/** How many mutants of a kind there are and what became of them. */
export interface KillRate {
  readonly operator: MutationOperator;
  readonly mutants: number;
  /** Killed by the rules' own cases. */
  readonly cases: number;
  /** Told apart by generated records only. */
  readonly generated: number;
  readonly equivalent: number;
  readonly survive: number;
  /** cases / (mutants − equivalent); undefined where there is none. */
  readonly share: number | undefined;
}

/** By operator, in their order; those without a mutant are left out. */
export function killRates(rules: readonly RuleMutation[]): readonly KillRate[] {
  const all = rules.flatMap(({ mutants }) => mutants);
  return mutationOperators.flatMap((operator) => {
    const own = all.filter((mutant) => mutant.operator === operator);
    const count = (fate: MutantOutcome["fate"]): number => own.filter((mutant) => mutant.fate === fate).length;
    const [cases, equivalent] = [count("cases"), count("equivalent")];
    const asked = own.length - equivalent;
    const share = asked === 0 ? undefined : cases / asked;
    if (own.length === 0) return [];
    const rest = { generated: count("generated"), equivalent, survive: count("survives") };
    return [{ operator, mutants: own.length, cases, ...rest, share }];
  });
}

/** What the rules' own cases must kill of each operator, and how many mutants may be named equivalent. */
export const bars = { killed: 0.95, equivalent: 0.05 } as const;

/** Whether every operator is killed often enough, no more than a few mutants are named equivalent, and none of these wrongly. */
export function isProven(rules: readonly RuleMutation[]): boolean {
  const rates = killRates(rules);
  const mutants = rates.reduce((sum, rate) => sum + rate.mutants, 0);
  const equivalent = rates.reduce((sum, rate) => sum + rate.equivalent, 0);
  return (
    rates.every(({ share }) => share === undefined || share >= bars.killed) &&
    equivalent <= bars.equivalent * mutants &&
    rules.every(({ notEquivalent }) => notEquivalent.length === 0)
  );
}

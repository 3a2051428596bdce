import { askRecords, caseVerdict, type Side } from "../engine/cases.js";
import { recordsOfJoin, recordsOfList } from "../engine/records-of-case.js";
import { seededDraw } from "../generate/draw.js";
import type { Case, Rule } from "../records/grammar.gen.js";
import { caseProblems } from "../standards/lint-cases.js";
import type { LoadedStandard } from "../standards/load.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { type Activate, activation, casesOf } from "./case-kills.js";
import type { Mutant } from "./mutants.js";
import { simplerCases, variedCase, varietyOf } from "./vary-case.js";

/** A case that the rule satisfies and a mutant of it does not. */
export interface TellingCase {
  readonly side: Side;
  readonly one: Case;
}

export interface SearchOptions {
  /** Records to try before giving up. */
  readonly records: number;
  readonly seed: number;
  readonly tick?: (() => Promise<void> | undefined) | undefined;
}

/** A rule and those mutants of it that are still to be told apart from it. */
export interface Rivals {
  readonly standard: LoadedStandard;
  readonly rule: Rule;
  readonly original: Activate;
  readonly mutants: Map<Mutant, Activate>;
}

export function rivalsOf(standard: LoadedStandard, rule: Rule, mutants: readonly Mutant[]): Rivals {
  return {
    standard,
    rule,
    original: activation(rule, standard),
    mutants: new Map(mutants.map((mutant) => [mutant, activation(mutant.rule, standard, mutant.params)])),
  };
}

/**
 * Looks for cases that tell mutants apart, in variations of the rule's own cases: values moved to and over the bounds, fields taken away and put in.
 * Mutants that are told apart are taken out of `rivals`.
 *
 * @returns how many records were tried
 */
export async function searchAroundCases(
  rivals: Rivals,
  { records, seed, tick }: SearchOptions,
  found: (mutants: readonly Mutant[], told: TellingCase) => void,
): Promise<number> {
  const { standard, rule } = rivals;
  const bases = casesOf(rule).flatMap(({ one }) => (one.files === undefined && one.file === undefined ? [one] : []));
  if (bases.length === 0) return 0;
  const variety = varietyOf(rule, standard.rules);
  const draw = seededDraw(seed);
  let tried = 0;
  for (let stream = 0; tried < records && rivals.mutants.size > 0; stream++) {
    draw.stream(seed, stream);
    const one = variedCase(draw.pick(bases), variety, draw);
    tried += Math.max(1, one.records?.length ?? 1);
    const told = await differing(one, rivals);
    if (told.length > 0)
      await settle(one, told, rivals, (mutants, telling) => {
        bases.push(telling.one);
        found(mutants, telling);
      });
    if (stream % 64 === 0) await tick?.();
  }
  return tried;
}

/** Mutants that say something else of the records of a case. */
async function differing(one: Case, { original, mutants }: Rivals): Promise<readonly Mutant[]> {
  if (!isWhole(one) || caseProblems(one).length > 0) return [];
  const list = [...mutants];
  const active = await Promise.all([original, ...list.map(([, activate]) => activate)].map((make) => make(one.params)));
  const [own, ...others] = await askRecords(active.map(withIndex), recordsIn(one));
  const expected = JSON.stringify(own);
  return list.flatMap(([mutant], at) => (JSON.stringify(others[at]) === expected ? [] : [mutant]));
}

const withIndex = (active: ActiveRule, index: number): ActiveRule => ({ ...active, index });

function isWhole(one: Case): boolean {
  const { params: _, ...data } = one;
  if (one.records === undefined) return Object.keys(data).length > 0;
  return one.records.length > 0 && one.records.every((entry) => Object.keys(entry).length === 1);
}

function recordsIn(one: Case): ReturnType<typeof recordsOfJoin> {
  return one.records === undefined
    ? recordsOfJoin(one as Parameters<typeof recordsOfJoin>[0])
    : recordsOfList(one.records);
}

/** Makes a case of the records, as small as it gets, and says which mutants it tells apart. */
export async function settle(
  one: Case,
  told: readonly Mutant[],
  rivals: Rivals,
  found: (mutants: readonly Mutant[], told: TellingCase) => void,
): Promise<void> {
  for (const mutant of told) {
    const activate = rivals.mutants.get(mutant);
    if (activate === undefined) continue;
    const first = await tellingCase(one, rivals.original, activate);
    if (first === undefined) continue;
    const small = await smallest(first, rivals.original, activate);
    const all: Mutant[] = [];
    for (const [other, make] of rivals.mutants) if (!(await satisfies(small, make))) all.push(other);
    for (const other of all) rivals.mutants.delete(other);
    found(all, small);
  }
}

/** The records as a case of the side that the rule gives them, where the mutant does not satisfy it. */
async function tellingCase(one: Case, original: Activate, mutant: Activate): Promise<TellingCase | undefined> {
  if (!isWhole(one) || caseProblems(one).length > 0) return undefined;
  const active = await original(one.params);
  const [answer] = await askRecords([active], recordsIn(one));
  if (answer === undefined || answer.notEvaluated > 0) return undefined;
  const side = answer.found.length > 0 ? "violating" : answer.asked > 0 ? "conforming" : "inapplicable";
  const finds = answer.found.filter((at) => at >= 0);
  const told: TellingCase = {
    side,
    one: side === "violating" && one.records !== undefined && active.kind !== "dataset" ? { ...one, finds } : one,
  };
  const holds = (await caseVerdict(active, side, told.one)).ok;
  return holds && !(await satisfies(told, mutant)) ? told : undefined;
}

async function satisfies({ side, one }: TellingCase, activate: Activate): Promise<boolean> {
  return (await caseVerdict(await activate(one.params), side, one, { values: false })).ok;
}

const mostSteps = 400;

async function smallest(first: TellingCase, original: Activate, mutant: Activate): Promise<TellingCase> {
  let best = first;
  let steps = 0;
  for (let again = true; again && steps < mostSteps; ) {
    again = false;
    const { finds: _, ...data } = best.one;
    for (const simpler of simplerCases(data)) {
      if (++steps > mostSteps) break;
      const told = await tellingCase(simpler, original, mutant);
      if (told === undefined || told.side !== best.side) continue;
      best = told;
      again = true;
      break;
    }
  }
  return best;
}

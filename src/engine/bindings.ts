import type { Host } from "../checks/declaration.js";
import type { Kind } from "../records/grammar.gen.js";
import type { BoundRule } from "../standards/cel/api.js";
import type { BoundColumn } from "../standards/cel/column-parts.js";
import type { ActiveRule } from "../standards/ruleset.js";
import { type AskedTogether, byPresence } from "./presence.js";

/** A rule with its expressions bound to a host. */
export interface RuleBinding {
  readonly active: ActiveRule;
  readonly bound: BoundRule | undefined;
  readonly membership: BoundRule | undefined;
  readonly column: BoundColumn | undefined;
}

/** A `when` of group rules on annotations, asked once for all that have it. */
export interface Question {
  readonly membership: BoundRule;
  readonly when: string | undefined;
  /** Places in `rules`. */
  readonly at: readonly number[];
  /** Bits of these rules. */
  readonly bits: number;
}

/** Group rules on annotations: bit i stands for the i-th of them. */
export interface GroupBindings {
  /** Places in `rules`. */
  readonly at: readonly number[];
  /** Bits of those that have no `when`. */
  readonly always: number;
  readonly questions: readonly AskedTogether<Question>[];
}

/** Rules bound to a host and sorted by what they are asked of; what has a number is a place in `rules`, which has the order of the rules that were given. */
export interface Bindings {
  readonly rules: readonly RuleBinding[];
  /** Rules that are run on each record of a kind. */
  readonly onRecords: Readonly<Record<Kind, readonly number[]>>;
  readonly onAnnotations: readonly AskedTogether<number>[];
  readonly onFaults: ReadonlyMap<string, readonly number[]>;
  readonly onSchemas: readonly number[];
  readonly groups: GroupBindings;
}

/** Bindings that one run has for itself until it gives them back. */
export interface HeldBindings {
  readonly bindings: Bindings;
  release(): void;
}

interface Served {
  readonly bindings: Bindings;
  /** undefined: no run, whose lookups need not be kept for the next. */
  serve(host: Host | undefined): void;
}

/** Bindings that no run holds, by the list of rules that they were made of. */
const free = new WeakMap<readonly ActiveRule[], Served[]>();

/**
 * Rules bound to the host of a run. Binding 130 rules takes longer than reading a small dataset and keeps V8 from making their code fast, so runs of one
 * list of rules that follow each other have the same bindings; two runs at once have their own.
 */
export function holdBindings(active: readonly ActiveRule[], host: Host): HeldBindings {
  const idle = free.get(active) ?? [];
  free.set(active, idle);
  const served = idle.pop() ?? bind(active);
  served.serve(host);
  let held = true;
  return {
    bindings: served.bindings,
    release() {
      if (!held) return;
      held = false;
      served.serve(undefined);
      idle.push(served);
    },
  };
}

function bind(active: readonly ActiveRule[]): Served {
  let serving: Host | undefined;
  const atHand = (): Host => {
    if (serving === undefined) throw new Error("the rules are bound to no run");
    return serving;
  };
  const host: Host = {
    known: (kind, id) => atHand().known(kind, id),
    measure: (id, key) => atHand().measure(id, key),
  };
  const rules = active.map(
    (one): RuleBinding => ({
      active: one,
      bound: one.compiled?.bind(host),
      membership: one.membership?.bind(host),
      column: one.column?.bind(host),
    }),
  );
  return {
    bindings: sorted(rules),
    serve(next) {
      serving = next;
    },
  };
}

function sorted(rules: readonly RuleBinding[]): Bindings {
  const onRecords: Record<Kind, number[]> = {
    file: [],
    dataset: [],
    category: [],
    media: [],
    annotation: [],
    node: [],
  };
  const onFaults = new Map<string, number[]>();
  const onSchemas: number[] = [];
  const grouped: number[] = [];
  rules.forEach(({ active, bound }, at) => {
    const { rule, kind, off, openParams, validate } = active;
    if (kind === "media" && validate !== undefined) onSchemas.push(at);
    if (kind === "annotation" && rule.within !== undefined && bound !== undefined) grouped.push(at);
    if (off || openParams.length > 0) return;
    if (rule.fault !== undefined) onFaults.set(rule.fault, [...(onFaults.get(rule.fault) ?? []), at]);
    else if (rule.within === undefined && bound !== undefined) onRecords[kind].push(at);
  });
  const onAnnotations = byPresence(
    onRecords.annotation,
    (at) => rules[at]!.active.rule.when,
    (at) => rules[at]!.bound!,
  );
  return { rules, onRecords, onAnnotations, onFaults, onSchemas, groups: groupsOf(rules, grouped) };
}

/** At most this many group rules on annotations: one bit each says whether the rule is asked of the row. */
const maxGroupRules = 32;

function groupsOf(rules: readonly RuleBinding[], at: readonly number[]): GroupBindings {
  if (at.length > maxGroupRules) throw new RangeError(`at most ${maxGroupRules} group rules on annotations`);
  let always = 0;
  const byCode = new Map<string, Question>();
  at.forEach((place, index) => {
    const bit = (1 << index) >>> 0;
    const { membership, active } = rules[place]!;
    if (membership === undefined || active.membership === undefined) {
      always |= bit;
      return;
    }
    // Equal code is an equal question: it holds the parameters, and what it is given follows from the text of `when`.
    const { when } = active.rule;
    const code = `${when}\n${active.membership.code}`;
    const known = byCode.get(code) ?? { membership, when, at: [], bits: 0 };
    byCode.set(code, { ...known, at: [...known.at, place], bits: known.bits | bit });
  });
  const questions = byPresence(
    [...byCode.values()],
    ({ when }) => when,
    ({ membership }) => membership,
  );
  return { at, always, questions };
}

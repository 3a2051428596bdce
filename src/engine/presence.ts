import { presenceFields } from "../records/types.gen.js";
import type { BoundRule } from "../standards/cel/api.js";
import { askAll } from "../standards/cel/ask-all.js";
import type { AskAll } from "../standards/cel/ask-each.js";

/** Rules that are asked together of every annotation that has a field. */
export interface AskedTogether<T> {
  /** Bit of the field without which none of the rules is asked (`annotationPresence`); 0 for none. */
  readonly bit: number;
  readonly rules: readonly T[];
  readonly ask: AskAll;
}

/** The same as one run has them. A class, so that all have one shape. */
export class RulesByPresence<T> {
  readonly bit: number;
  readonly rules: readonly T[];
  readonly ask: AskAll;
  /** What `ask` writes: the outcome of each rule. */
  readonly outcomes: Uint8Array;
  /** How often each rule has held, until that is added to its state. */
  readonly held: Float64Array;

  constructor({ bit, ask }: AskedTogether<unknown>, rules: readonly T[]) {
    this.bit = bit;
    this.rules = rules;
    this.ask = ask;
    this.outcomes = new Uint8Array(rules.length);
    this.held = new Float64Array(rules.length);
  }
}

/** Rules whose `when` begins by asking for a field are passed over together where the record has none: most rules ask for what most records lack. */
export function byPresence<T>(
  rules: readonly T[],
  whenOf: (rule: T) => string | undefined,
  boundOf: (rule: T) => BoundRule,
): readonly AskedTogether<T>[] {
  const groups = new Map<number, T[]>();
  for (const rule of rules) {
    const bit = neededBit(whenOf(rule));
    const group = groups.get(bit);
    if (group === undefined) groups.set(bit, [rule]);
    else group.push(rule);
  }
  return [...groups].map(([bit, own]) => ({
    bit,
    rules: own,
    ask: askAll(own.map(boundOf)),
  }));
}

/** The field without which a `when` is false, whatever else it asks. */
function neededBit(when = ""): number {
  const name = /[|?]/.test(when) ? undefined : /^has\(annotation\.(\w+)\)(?:$|\s*&&)/.exec(when)?.[1];
  const at = name === undefined ? -1 : presenceFields.indexOf(name);
  return at < 0 ? 0 : 1 << at;
}

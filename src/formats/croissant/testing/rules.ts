/** The rules of mlc-croissant-1.0 on nodes, by an interpreter: for tests that ask what the rules find before there is an engine above this room. */
import { readdirSync, readFileSync } from "node:fs";
import { type CelInput, celEnv, parse as parseCel, plan } from "@bufbuild/cel";
import { parse } from "yaml";
import type { Rule } from "../../../records/grammar.gen.js";
import type { NodeRecord } from "../../../records/types.gen.js";

const folder = new URL("../../../../standards/mlc-croissant-1.0/1.0.0/", import.meta.url);

export const rules: readonly Rule[] = readdirSync(new URL("rules/", folder))
  .sort()
  .flatMap((file) => parse(readFileSync(new URL(`rules/${file}`, folder), "utf8")) as Rule[]);

export const standard = parse(readFileSync(new URL("standard.yaml", folder), "utf8")) as { clauses: ClauseTree[] };

export interface ClauseTree {
  readonly id: string;
  readonly obligation?: string;
  readonly decided_by?: string;
  readonly testable?: boolean;
  readonly clauses?: readonly ClauseTree[];
}

export type Outcome = "not asked" | "holds" | "does not hold";

const env = celEnv();
const plans = new Map(rules.map((rule) => [rule, { when: planOf(rule.when), assert: planOf(rule.assert) }] as const));

function planOf(text: string | undefined) {
  return text === undefined ? undefined : plan(env, parseCel(text));
}

/** What a rule says of a node; throws where the expression errs, which no rule of this standard may do on a node of the reader. */
export function outcome(rule: Rule, node: Partial<NodeRecord>): Outcome {
  const { when, assert } = plans.get(rule) ?? {};
  const scope = { node: celOf(node), params: celOf(rule.params ?? {}) };
  const answer = (run: ReturnType<typeof planOf>): boolean => {
    const value: unknown = run?.(scope);
    if (typeof value !== "boolean") throw new Error(`${rule.id}: ${String(value)}`);
    return value;
  };
  if (when !== undefined && !answer(when)) return "not asked";
  return answer(assert) ? "holds" : "does not hold";
}

/** Records are maps without what is absent; whole numbers of a record are CEL's int. */
function celOf(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(celOf);
  if (typeof value === "number") return BigInt(value);
  if (typeof value !== "object" || value === null) return value as CelInput;
  const present = Object.entries(value).filter(([, field]) => field !== undefined);
  return new Map(present.map(([key, field]) => [key, celOf(field)]));
}

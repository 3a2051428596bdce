import type { Host } from "../../checks/declaration.js";
import { analyseExpression } from "./analyse.js";
import type { CelDiagnostic, Scope } from "./api.js";
import { bound, makeFrom } from "./bind.js";
import type { CelTables, RuleScope } from "./environment.js";
import { type Facts, factsWhen, noFacts } from "./facts.js";
import { generateExpression } from "./generate.js";
import type { CelType } from "./tree.js";

/** What the expressions of a `break` see. */
export interface BreakScope extends Scope {
  step: number;
  copy: number;
  index: number;
}

export interface CompiledExpression {
  readonly type: CelType;
  /** Throws a failure where it cannot be evaluated. An int and a double are numbers, a list of doubles is a Float64Array or an array. */
  value(scope: BreakScope): unknown;
}

/** An expression of a `break`, of any type. */
export function compileExpression(
  text: string,
  scope: Omit<RuleScope, "within" | "breaks">,
  tables: CelTables,
  host: Host,
): { readonly compiled: CompiledExpression } | { readonly diagnostics: readonly CelDiagnostic[] } {
  const { tree, diagnostics } = analyseExpression(text, { ...scope, breaks: true }, tables);
  if (tree === undefined) return { diagnostics };
  const generated = generateExpression(tree, tables);
  const made = bound<{ value(scope: Scope): unknown }>(generated, makeFrom(generated.code), host, tables);
  return { compiled: { type: tree.type, value: (at) => made.value(at) } };
}

/** Paths (annotation.box) that are present wherever a condition holds. */
export function presentWhen(text: string | undefined, scope: RuleScope, tables: CelTables): Facts {
  const tree = text === undefined ? undefined : analyseExpression(text, scope, tables).tree;
  return tree === undefined ? noFacts : factsWhen(true, tree);
}

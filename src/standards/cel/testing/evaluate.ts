import type { Host } from "../../../checks/declaration.js";
import { analyseExpression } from "../analyse.js";
import type { CelDiagnostic, Scope } from "../api.js";
import { bound, makeFrom } from "../bind.js";
import type { CelTables, RuleScope } from "../environment.js";
import { Failure } from "../failure.js";
import { generateExpression } from "../generate.js";
import type { Tree } from "../tree.js";
import type { PlantedBug } from "../unit.js";
import type { Evaluation } from "./interpret.js";

interface CompiledExpression {
  readonly tree: Tree;
  readonly code: string;
  /** What the generated code answers; a fault of ours is not caught. */
  readonly evaluate: (scope: Scope) => Evaluation;
}

/** An expression of any type through the same front and back end as a rule. */
export function compileExpression(
  text: string,
  rule: RuleScope,
  tables: CelTables,
  host: Host,
  plants: readonly PlantedBug[] = [],
): CompiledExpression | { readonly diagnostics: readonly CelDiagnostic[] } {
  const { tree, diagnostics } = analyseExpression(text, rule, tables);
  if (tree === undefined) return { diagnostics };
  const generated = generateExpression(tree, tables, plants);
  const { value } = bound(generated, makeFrom<{ value: (scope: Scope) => unknown }>(generated.code), host, tables);
  const evaluate = (scope: Scope): Evaluation => {
    try {
      return { value: value(scope) };
    } catch (error) {
      if (error instanceof Failure) return { error: error.code };
      throw error;
    }
  };
  return { tree, code: generated.code, evaluate };
}

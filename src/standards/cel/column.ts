import type { Host } from "../../checks/declaration.js";
import { analyseExpression } from "./analyse.js";
import type { CelDiagnostic, Scope } from "./api.js";
import { bound, type Make, makeFrom } from "./bind.js";
import type { CelTables, RuleScope } from "./environment.js";
import { type Generated, generateExpression } from "./generate.js";

/** A number of each record, for the group checks of one rule. */
export interface BoundColumn {
  /** Throws a failure where the record has no such number. */
  value(scope: Scope): number;
}

export interface CompiledColumn extends Generated {
  readonly bind: (host: Host) => BoundColumn;
}

/** Compiles the `column` of a group rule: an expression of type double or int on the record itself. */
export function compileColumn(
  text: string,
  scope: RuleScope,
  tables: CelTables,
): { readonly compiled: CompiledColumn } | { readonly diagnostics: readonly CelDiagnostic[] } {
  const { tree, diagnostics } = analyseExpression(text, { ...scope, within: undefined }, tables);
  if (tree === undefined) return { diagnostics };
  if (tree.type !== "double" && tree.type !== "int") {
    return {
      diagnostics: [
        {
          where: "assert",
          start: 0,
          end: text.length,
          code: "not_a_number",
          message: `the column is of type ${tree.type}, not double`,
          hint: "a column is a number",
        },
      ],
    };
  }
  const generated = generateExpression(tree, tables);
  return { compiled: portableColumn(generated, () => makeFrom<BoundColumn>(generated.code), tables) };
}

export function portableColumn(
  generated: Generated,
  make: () => Make<BoundColumn>,
  tables: Pick<CelTables, "checks" | "groupChecks">,
): CompiledColumn {
  return { ...generated, bind: (host) => bound(generated, make(), host, tables) };
}

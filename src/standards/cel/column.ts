import { analyseExpression } from "./analyse.js";
import type { CelDiagnostic } from "./api.js";
import { makeFrom } from "./bind.js";
import { type BoundColumn, type CompiledColumn, portableColumn } from "./column-parts.js";
import type { CelTables, RuleScope } from "./environment.js";
import { generateExpression } from "./generate.js";
import { celMessage } from "./messages.js";

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
          ...celMessage("not_a_number", { type: tree.type }),
        },
      ],
    };
  }
  const generated = generateExpression(tree, tables);
  return { compiled: portableColumn(generated, () => makeFrom<BoundColumn>(generated.code), tables) };
}

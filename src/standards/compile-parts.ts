import { UsageError } from "../records/errors.js";
import type { Rule } from "../records/grammar.gen.js";
import type { CelDiagnostic, CompiledRule, RuleSource } from "./cel/api.js";
import { compileColumn } from "./cel/column.js";
import type { CompiledColumn } from "./cel/column-parts.js";
import { compileRule } from "./cel/compile.js";
import type { RuleScope } from "./cel/environment.js";
import type { ActiveRule } from "./ruleset.js";
import { celTables } from "./tables.js";

/** What of a rule runs. */
export type RuleParts = Pick<ActiveRule, "compiled" | "membership" | "column">;

/** A group rule is two functions or three: `when` and `column` are asked of each record while reading, `assert` of its group afterwards. */
export function compileParts(rule: Rule, params: RuleSource["params"]): RuleParts {
  const { id, within, when, assert = "true" } = rule;
  const on = rule.on ?? "file";
  if (within === undefined)
    return { compiled: compiled({ id, on, when, assert, params }), membership: undefined, column: undefined };
  return {
    compiled: compiled({ id, on, within, assert, params }),
    membership: when === undefined ? undefined : compiled({ id, on, assert: when, params }),
    column: rule.column === undefined ? undefined : compiledColumn(id, rule.column, { on, params }),
  };
}

function compiled(source: RuleSource): CompiledRule {
  const result = compileRule(source, celTables);
  if ("compiled" in result) return result.compiled;
  throw notCompiled(source.id, result.diagnostics);
}

function compiledColumn(id: string, text: string, scope: RuleScope): CompiledColumn {
  const result = compileColumn(text, scope, celTables);
  if ("compiled" in result) return result.compiled;
  throw notCompiled(id, result.diagnostics);
}

function notCompiled(id: string, diagnostics: readonly CelDiagnostic[]): UsageError {
  const first = diagnostics.find(({ severity }) => severity === undefined) ?? diagnostics[0];
  return new UsageError("TS-STANDARD-0002", {
    file: id,
    place: first === undefined ? "assert" : `${first.where}:${first.start + 1}`,
    ...(first === undefined ? {} : { says: first.message }),
  });
}

import type { Parameter, Rule } from "../records/grammar.gen.js";
import type { CelDiagnostic } from "./cel/api.js";
import { compileColumn } from "./cel/column.js";
import { checkRule } from "./cel/compile.js";
import type { CelTables, ParameterOrOpen } from "./cel/environment.js";
import { parameterType } from "./cel/environment.js";
import type { LintProblem, PlacedRule } from "./lint-problem.js";

/** A parameter that is null has the type that its cases give it. */
function parametersOf(rule: Rule): { readonly typed: Record<string, ParameterOrOpen> } | { readonly untyped: string } {
  const params: Record<string, ParameterOrOpen> = {};
  for (const [name, value] of Object.entries(rule.params ?? {})) {
    if (value !== null && value !== undefined) {
      params[name] = value;
      continue;
    }
    const given = [...rule.cases.conforming, ...rule.cases.violating]
      .map(({ params: own }) => (own !== undefined && Object.hasOwn(own, name) ? own[name] : undefined))
      .find((one): one is Exclude<Parameter, null> => one !== undefined && one !== null);
    if (given === undefined) return { untyped: name };
    params[name] = { open: parameterType(given) };
  }
  return { typed: params };
}

/** Type check and our own lint of the expressions of one rule, with line and column in its YAML. */
export function lintExpressions({ rule, file, at }: PlacedRule, tables: CelTables, problems: LintProblem[]): void {
  if (rule.assert === undefined) return;
  const params = parametersOf(rule);
  const on = rule.on ?? "file";
  const tell = (field: "when" | "assert" | "column", diagnostic: CelDiagnostic): void => {
    const place = file.positionIn([...at, field], diagnostic.start);
    problems.push({
      file: file.name,
      ...place,
      code: `cel-${diagnostic.code.replaceAll("_", "-")}`,
      message: `${rule.id}: ${field}: ${diagnostic.message}`,
      ...(diagnostic.hint === undefined ? {} : { hint: diagnostic.hint }),
      ...(diagnostic.severity === "warning" ? { warning: true } : {}),
    });
  };
  if ("untyped" in params) {
    problems.push({
      file: file.name,
      ...file.position([...at, "params", params.untyped]),
      code: "open-parameter",
      message: `${rule.id}: the parameter ${params.untyped} is null and no case gives it a value`,
    });
    return;
  }
  const { typed } = params;
  const { id, within, when, assert } = rule;
  if (within === undefined) {
    for (const diagnostic of checkRule({ id, on, when, assert, params: typed }, tables))
      tell(diagnostic.where, diagnostic);
    return;
  }
  // A group rule's parts are compiled apart: `when` and `column` see the record, `assert` sees its group.
  for (const diagnostic of checkRule({ id, on, within, assert, params: typed }, tables)) tell("assert", diagnostic);
  if (when !== undefined)
    for (const diagnostic of checkRule({ id, on, assert: when, params: typed }, tables)) tell("when", diagnostic);
  if (rule.column !== undefined) {
    const column = compileColumn(rule.column, { on, params: typed }, tables);
    if ("diagnostics" in column) for (const diagnostic of column.diagnostics) tell("column", diagnostic);
  }
}

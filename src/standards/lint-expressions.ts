import type { Parameter, Rule } from "../records/grammar.gen.js";
import type { CelDiagnostic } from "./cel/api.js";
import { compileColumn } from "./cel/column.js";
import { checkRule } from "./cel/compile.js";
import type { CelTables, ParameterOrOpen } from "./cel/environment.js";
import { parameterType } from "./cel/environment.js";
import { lintMessage } from "./lint-messages.js";
import { complainInto, type LintProblem, type PlacedRule } from "./lint-problem.js";

/** A parameter that is null has the type that its cases give it. */
export function parametersOf(
  rule: Rule,
): { readonly typed: Record<string, ParameterOrOpen> } | { readonly untyped: string } {
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

/** What is wrong with the expressions of a rule, or the parameter whose type is not known. */
export function expressionProblems(
  rule: Rule,
  tables: CelTables,
):
  | readonly { readonly field: "when" | "assert" | "column"; readonly diagnostic: CelDiagnostic }[]
  | { untyped: string } {
  if (rule.assert === undefined) return [];
  const params = parametersOf(rule);
  if ("untyped" in params) return params;
  const { typed } = params;
  const { id, within, when, assert, on = "file" } = rule;
  if (within === undefined)
    return checkRule({ id, on, when, assert, params: typed }, tables).map((diagnostic) => ({
      field: diagnostic.where,
      diagnostic,
    }));
  // A group rule's parts are compiled apart: `when` and `column` see the record, `assert` sees its group.
  const part = (field: "when" | "assert" | "column", diagnostics: readonly CelDiagnostic[]) =>
    diagnostics.map((diagnostic) => ({ field, diagnostic }));
  const column = rule.column === undefined ? undefined : compileColumn(rule.column, { on, params: typed }, tables);
  return [
    ...part("assert", checkRule({ id, on, within, assert, params: typed }, tables)),
    ...part("when", when === undefined ? [] : checkRule({ id, on, assert: when, params: typed }, tables)),
    ...part("column", column !== undefined && "diagnostics" in column ? column.diagnostics : []),
  ];
}

/** Type check and our own lint of the expressions of one rule, with line and column in its YAML. */
export function lintExpressions({ rule, file, at }: PlacedRule, tables: CelTables, problems: LintProblem[]): void {
  const found = expressionProblems(rule, tables);
  if ("untyped" in found) {
    const { untyped } = found;
    complainInto(problems)(
      file,
      [...at, "params", untyped],
      lintMessage("open-parameter", { rule: rule.id, param: untyped }),
    );
    return;
  }
  for (const { field, diagnostic } of found)
    problems.push({
      file: file.name,
      ...file.positionIn([...at, field], diagnostic.start),
      code: `cel-${diagnostic.code.replaceAll("_", "-")}`,
      message: lintMessage("cel", { rule: rule.id, field, what: diagnostic.message }).message,
      ...(diagnostic.hint === undefined ? {} : { hint: diagnostic.hint }),
      ...(diagnostic.severity === "warning" ? { warning: true } : {}),
    });
}

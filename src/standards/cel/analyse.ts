import {
  type ASTNode,
  TypeError as CelTypeError,
  type Environment,
  ParseError,
  type ParseResult,
} from "@marcbachmann/cel-js";
import type { Said } from "../../records/fill.js";
import type { CelDiagnostic } from "./api.js";
import { type CelTables, environmentFor, limits, prepare, type RuleScope } from "./environment.js";
import { type Facts, factsWhen, noFacts, union } from "./facts.js";
import { checkerHint, similar } from "./hints.js";
import { lint } from "./lint.js";
import { celMessage } from "./messages.js";
import { parserText } from "./parser-words.js";
import type { Tree } from "./tree.js";
import { type TreeContext, typedTree } from "./typed-tree.js";

/** The two expressions of a rule, whose open parameters may have a type only. */
export interface CheckSource extends RuleScope {
  readonly id: string;
  readonly when?: string | undefined;
  readonly assert: string;
}

export interface Analysis {
  readonly diagnostics: readonly CelDiagnostic[];
  /** Absent where an error was found. */
  readonly trees: { readonly when: Tree | undefined; readonly assert: Tree } | undefined;
}

/** Parses, type-checks and lints a rule. */
export function analyse(source: CheckSource, tables: CelTables): Analysis {
  const { environment, diagnostics, contextOf } = analysisOf(source, tables);
  const when = source.when === undefined ? undefined : condition(source.when, environment, noFacts, contextOf("when"));
  const unread = diagnostics.some(({ severity }) => severity === undefined);
  const given = when === undefined ? noFacts : factsWhen(true, when);
  const context = contextOf("assert");
  // What a `when` proves that cannot be read is not known: its own fault is told, and no field that it may well guard.
  const report: TreeContext["report"] = (diagnostic) =>
    unread && diagnostic.code === "unguarded_field" ? undefined : context.report(diagnostic);
  const assert = condition(source.assert, environment, given, { ...context, report });
  const wrong = diagnostics.some(({ severity }) => severity === undefined);
  if (wrong || assert === undefined) return { diagnostics, trees: undefined };
  return { diagnostics, trees: { when, assert } };
}

/** One expression of any type, in which absent fields may be read: a column of a group rule, and what tests hold against the interpreters. */
export function analyseExpression(
  text: string,
  scope: RuleScope,
  tables: CelTables,
): { readonly tree: Tree | undefined; readonly diagnostics: readonly CelDiagnostic[] } {
  const { environment, diagnostics, contextOf } = analysisOf(scope, tables);
  const tree = expression(text, environment, noFacts, contextOf("assert"));
  if (tree !== undefined) lint(tree, noFacts, contextOf("assert"));
  const left = diagnostics.filter(({ code, severity }) => severity === undefined && code !== "unguarded_field");
  return { tree: left.length > 0 ? undefined : tree, diagnostics: left };
}

function analysisOf(scope: RuleScope, tables: CelTables) {
  const prepared = prepare(tables);
  const diagnostics: CelDiagnostic[] = [];
  let locals = 0;
  const contextOf = (where: "when" | "assert"): TreeContext => ({
    where,
    ofGroup: where === "assert" && scope.within !== undefined,
    prepared,
    params: scope.params,
    report: (diagnostic) => diagnostics.push(diagnostic),
    nextLocal: () => locals++,
  });
  return { environment: environmentFor(prepared, scope), diagnostics, contextOf };
}

function condition(text: string, environment: Environment, facts: Facts, context: TreeContext): Tree | undefined {
  const tree = expression(text, environment, facts, context);
  if (tree === undefined) return undefined;
  if (tree.type === "bool") lint(tree, facts, context);
  else if (!isRefused(tree)) {
    complain(context, tree, celMessage("not_bool/whole", { type: tree.type }));
  }
  return tree;
}

/** Reported already, and a null in its place. */
function isRefused(tree: Tree): boolean {
  return tree.op === "literal" && tree.value === null && tree.type !== "null";
}

/** The typed tree of an expression, unless the parser or the checker refused it. */
function expression(text: string, environment: Environment, facts: Facts, context: TreeContext): Tree | undefined {
  const parse = parsed(text, environment, context);
  if (parse === undefined) return undefined;
  const { valid, error } = parse.check();
  if (valid) return typedTree(parse.ast, context);
  conjuncts(text, error, environment, facts, context);
  return undefined;
}

/**
 * The checker stops at its first error, so each operand of `&&` is checked by itself: one error each, and lint for those that have none.
 * Blanks in front keep the places.
 */
function conjuncts(text: string, whole: unknown, environment: Environment, facts: Facts, context: TreeContext): void {
  const parse = parsed(text, environment, context);
  const operands = parse === undefined ? [] : operandsOf(parse.ast);
  if (operands.length < 2) {
    explained(whole, text, context);
    return;
  }
  let known = facts;
  let found = false;
  for (const { start, end } of operands) {
    const part = environment.parse(" ".repeat(start) + text.slice(start, end));
    const { valid, error } = part.check();
    if (!valid) {
      found = true;
      explained(error, text, context);
      continue;
    }
    const tree = typedTree(part.ast, context);
    if (tree.type !== "bool" && !isRefused(tree)) {
      found = true;
      complain(context, tree, celMessage("not_bool/operand", { type: tree.type }));
    }
    lint(tree, known, context);
    known = union(known, factsWhen(true, tree));
  }
  if (!found) explained(whole, text, context);
}

function operandsOf(ast: ASTNode): readonly ASTNode[] {
  const out: ASTNode[] = [];
  let rest = ast;
  while (rest.op === "&&") {
    out.unshift(rest.args[1]);
    rest = rest.args[0];
  }
  return [rest, ...out];
}

function parsed(text: string, environment: Environment, context: TreeContext): ParseResult | undefined {
  if (text.length > limits.sourceLength) {
    const most = limits.sourceLength;
    complain(context, { start: 0, end: text.length }, celMessage("too_complex/length", { most }));
    return undefined;
  }
  try {
    return environment.parse(text);
  } catch (error) {
    explained(error, text, context);
    return undefined;
  }
}

/** An error of the parser in our words. One that is not of CEL comes from a limit that the parser does not keep itself. */
function explained(error: unknown, text: string, context: TreeContext): void {
  const known = error instanceof ParseError || error instanceof CelTypeError;
  if (!known || error.code === "limit_exceeded") {
    complain(context, { start: 0, end: text.length }, celMessage("too_complex/limit", {}));
    return;
  }
  const range = error.range ?? { start: 0, end: text.length };
  if (error.code === "no_such_key") {
    const name = text.slice(range.start, range.end);
    const message = celMessage("no_such_field/here", { name: JSON.stringify(name) }, similar(name, namesIn(context)));
    complain(context, range, message);
    return;
  }
  const message = parserText(error.summary, error instanceof ParseError ? "syntax" : "type");
  const hint = checkerHint(error, text);
  complain(context, range, { code: error.code, message, ...(hint === undefined ? {} : { hint }) });
}

function namesIn({ prepared, params }: TreeContext): readonly string[] {
  return [...Object.keys(params), ...[...prepared.types.values()].flatMap((fields) => [...fields.keys()])];
}

function complain(context: TreeContext, { start, end }: { start: number; end: number }, said: Said): void {
  context.report({ where: context.where, start, end, ...said });
}

import type { Said } from "../../records/fill.js";
import { kindNames } from "../../records/kinds.js";
import type { CelDiagnostic } from "./api.js";
import { type Facts, factsWhen, union } from "./facts.js";
import { celMessage } from "./messages.js";
import { patternFault } from "./regex.js";
import { type Call, type CheckCall, children, type Field, isConstant, pathOf, type Tree } from "./tree.js";

/** What the parser's type checker lets through. */
interface LintOptions {
  readonly where: "when" | "assert";
  /** The assertion of a group rule: it runs when its group has been read, and the records are gone by then. */
  readonly ofGroup: boolean;
  readonly report: (diagnostic: CelDiagnostic) => void;
}

/** Reports the faults of a typed tree. `facts` is what is known to be present when it is evaluated. */
export function lint(tree: Tree, facts: Facts, options: LintOptions): void {
  switch (tree.op) {
    case "variable":
      if (options.ofGroup && tree.name !== "siblings" && tree.name !== "at")
        report(options, tree, celMessage("record_in_group", {}));
      return;
    case "field":
      lint(tree.of, facts, options);
      guarded(tree, facts, options);
      return;
    case "has":
      // The field itself may be absent: that is the question. What it stands in may not.
      lint(tree.field.of, facts, options);
      return;
    case "and":
    case "or": {
      lint(tree.left, facts, options);
      lint(tree.right, union(facts, factsWhen(tree.op === "and", tree.left)), options);
      return;
    }
    case "choice":
      lint(tree.test, facts, options);
      lint(tree.yes, union(facts, factsWhen(true, tree.test)), options);
      lint(tree.no, union(facts, factsWhen(false, tree.test)), options);
      return;
    case "loop": {
      lint(tree.range, facts, options);
      if (tree.filter !== undefined) lint(tree.filter, facts, options);
      lint(tree.body, tree.filter === undefined ? facts : union(facts, factsWhen(true, tree.filter)), options);
      return;
    }
    case "call":
      call(tree, options);
      break;
    case "group":
      group(tree, options);
      break;
    case "binary":
      compared(tree.left, tree.right, options);
      if (tree.operator === "==" || tree.operator === "!=") compared(tree.right, tree.left, options);
      break;
    default:
  }
  for (const child of children(tree)) lint(child, facts, options);
}

function guarded(field: Field, facts: Facts, options: LintOptions): void {
  // Whether a measure has an x is known only when it was computed: then the rule is indeterminate, as it should be.
  if (!field.optional || field.of.type === "Measurement") return;
  const path = pathOf(field);
  if (path !== undefined && facts.has(path)) return;
  const text = path?.replace(/#\d+/, localName(field));
  const { name } = field;
  report(
    options,
    field,
    text === undefined
      ? celMessage("unguarded_field/unnamed", { name })
      : celMessage("unguarded_field/named", { name, path: text }),
  );
}

function localName(tree: Tree): string {
  if (tree.op === "local") return tree.name;
  return tree.op === "field" || tree.op === "index" ? localName(tree.of) : "";
}

/** A literal that an enumerated field can never be. */
function compared(side: Tree, other: Tree, options: LintOptions): void {
  if (side.op !== "field" || side.values === undefined) return;
  const allowed = side.values;
  for (const literal of other.op === "list" ? other.items : [other]) {
    if (literal.op !== "literal") continue;
    const values = Array.isArray(literal.value) ? literal.value : [literal.value];
    for (const value of values) {
      if (typeof value !== "string" || allowed.includes(value)) continue;
      const given = { name: side.name, value: JSON.stringify(value), values: allowed.join(", ") };
      report(options, literal, celMessage("not_in_enumeration", given));
    }
  }
}

function call(tree: Call, options: LintOptions): void {
  const [first, second] = tree.args;
  const literal = (arg: Tree | undefined) =>
    arg?.op === "literal" && (typeof arg.value === "string" || arg.param !== undefined) ? arg : undefined;
  switch (tree.name) {
    case "matches": {
      const pattern = literal(second);
      if (pattern === undefined) {
        report(options, second ?? tree, celMessage("pattern_not_literal", {}));
        return;
      }
      const fault = typeof pattern.value === "string" ? patternFault(pattern.value) : undefined;
      if (fault !== undefined) report(options, pattern, fault);
      return;
    }
    case "measure":
      if (literal(first) === undefined) report(options, first ?? tree, celMessage("measure_not_literal", {}));
      return;
    case "known": {
      const kind = literal(first);
      if (kind === undefined) report(options, first ?? tree, celMessage("kind_not_literal", {}));
      else if (typeof kind.value === "string" && !kindNames.some((name) => name === kind.value)) {
        const given = { kind: JSON.stringify(kind.value), kinds: kindNames.join(", ") };
        report(options, kind, celMessage("no_such_kind", given));
      }
      return;
    }
    default:
  }
}

function group(tree: CheckCall, options: LintOptions): void {
  const [siblings, at, ...rest] = tree.args;
  if (siblings?.op !== "variable" || at?.op !== "variable" || at.name !== "at") {
    const more = rest.length > 0 ? ", …" : "";
    report(options, tree, celMessage("group_arguments", { name: tree.name, more }));
  }
  for (const arg of rest) {
    if (isConstant(arg)) continue;
    report(options, arg, celMessage("group_argument_not_constant", { name: tree.name }));
  }
}

function report(options: LintOptions, tree: Tree, said: Said): void {
  options.report({ where: options.where, start: tree.start, end: tree.end, ...said });
}

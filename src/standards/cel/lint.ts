import { kindNames } from "../../records/kinds.js";
import type { CelDiagnostic } from "./api.js";
import { type Facts, factsWhen, union } from "./facts.js";
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
      if (options.ofGroup && tree.name !== "siblings" && tree.name !== "at") {
        const hint = "put it into `when`, or into the columns of the group check";
        report(options, tree, "record_in_group", "the assertion of a group rule sees siblings, at and params", {
          hint,
        });
      }
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
  report(options, field, "unguarded_field", `${field.name} may be absent here`, {
    hint:
      text === undefined
        ? "bind the record to a variable by all() or exists() and guard it there"
        : `put has(${text}) into \`when\`, or before it: has(${text}) && …`,
  });
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
      report(options, literal, "not_in_enumeration", `${side.name} is never ${JSON.stringify(value)}`, {
        hint: `one of ${allowed.join(", ")}`,
      });
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
        report(options, second ?? tree, "pattern_not_literal", "a pattern is a literal or a parameter", {
          hint: 'write matches("…") or matches(params.pattern)',
        });
        return;
      }
      const fault = typeof pattern.value === "string" ? patternFault(pattern.value) : undefined;
      if (fault !== undefined) report(options, pattern, "pattern_not_re2", fault.message, fault);
      return;
    }
    case "measure":
      if (literal(first) === undefined) {
        report(options, first ?? tree, "measure_not_literal", "the id of a measure is a literal or a parameter", {
          hint: 'write measure("cohen-kappa")',
        });
      }
      return;
    case "known": {
      const kind = literal(first);
      if (kind === undefined)
        report(options, first ?? tree, "kind_not_literal", "the kind is a literal", {
          hint: 'write known("media", …)',
        });
      else if (typeof kind.value === "string" && !kindNames.some((name) => name === kind.value)) {
        report(options, kind, "no_such_kind", `there is no kind ${JSON.stringify(kind.value)}`, {
          hint: `one of ${kindNames.join(", ")}`,
        });
      }
      return;
    }
    default:
  }
}

function group(tree: CheckCall, options: LintOptions): void {
  const [siblings, at, ...rest] = tree.args;
  if (siblings?.op !== "variable" || at?.op !== "variable" || at.name !== "at") {
    report(options, tree, "group_arguments", `${tree.name}() is asked about this member of its group`, {
      hint: `write ${tree.name}(siblings, at${rest.length > 0 ? ", …" : ""})`,
    });
  }
  for (const arg of rest) {
    if (isConstant(arg)) continue;
    report(
      options,
      arg,
      "group_argument_not_constant",
      `${tree.name}() answers the whole group at once, so this has one value for all`,
      { hint: "write a literal or a parameter" },
    );
  }
}

function report(
  options: LintOptions,
  tree: Tree,
  code: string,
  message: string,
  more: { readonly hint?: string },
): void {
  const hint = more.hint === undefined ? {} : { hint: more.hint };
  options.report({ where: options.where, start: tree.start, end: tree.end, code, message, ...hint });
}

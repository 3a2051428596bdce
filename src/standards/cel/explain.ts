import { markedChecks } from "./emit-calls.js";
import { chain } from "./emit-logic.js";
import { factsWhen, union } from "./facts.js";
import { shortText } from "./text.js";
import { type Binary, type Comparison, type Loop, mapValueType, operands, type Tree } from "./tree.js";
import { quoted, type Spot } from "./unit.js";

const negated: Readonly<Record<Comparison, string>> = {
  "==": "!=",
  "!=": "==",
  "<": ">=",
  "<=": ">",
  ">": "<=",
  ">=": "<",
};
const mirrored: Readonly<Record<Comparison, Comparison>> = {
  "==": "==",
  "!=": "!=",
  "<": ">",
  "<=": ">=",
  ">": "<",
  ">=": "<=",
};

/**
 * Statements that say why `tree` came out as it should not (`wanted` is what the rule wants of it): they push values to `out` or marks
 * to `marks`, whichever is given, and return true once something was said. A slow path, for the examples that are kept.
 *
 * @param own the record of the rule, left out of names
 */
export function explanation(tree: Tree, wanted: boolean, own: string, spot: Spot): string {
  switch (tree.op) {
    case "not":
      return explanation(tree.of, !wanted, own, spot);
    case "and":
    case "or":
      return logical(tree, wanted, own, spot);
    case "choice": {
      const yes = explanation(tree.yes, wanted, own, { ...spot, facts: union(spot.facts, factsWhen(true, tree.test)) });
      const no = explanation(tree.no, wanted, own, { ...spot, facts: union(spot.facts, factsWhen(false, tree.test)) });
      return `if (${spot.emit(tree.test, spot).js}) { ${yes} } else { ${no} }`;
    }
    case "loop":
      if ((tree.macro === "all" && wanted) || (tree.macro === "exists" && !wanted))
        return loop(tree, wanted, own, spot);
      return said(named(tree, wanted, own), tree, spot);
    case "binary":
      return comparison(tree, wanted, own, spot);
    default:
      return said(named(tree, wanted, own), tree, spot);
  }
}

/** `&&` that should hold: the first operand that is false. `||`: every operand is false, and each is told. */
function logical(tree: Tree, wanted: boolean, own: string, spot: Spot): string {
  const op = tree.op === "and" ? "and" : "or";
  const { parts, facts } = chain(tree, op, spot);
  const decisive = (op === "and") === wanted;
  const steps = operands(tree, op).map((operand, i) => {
    const part = parts[i];
    const inner = explanation(operand, wanted, own, { ...spot, facts: facts[i] ?? spot.facts });
    if (!decisive || part === undefined) return inner;
    return `if (${came(!wanted, part.js, part.throws, spot)}) { ${inner} return true; }`;
  });
  return steps.join("\n");
}

/** The first member that breaks the body. */
function loop(tree: Loop, wanted: boolean, own: string, spot: Spot): string {
  const body = spot.emit(tree.body, spot);
  const inner = explanation(tree.body, wanted, own, spot);
  const item = `v${tree.variable.id}`;
  const range = spot.emit(tree.range, spot).js;
  const list = mapValueType(tree.range.type) === undefined ? range : `Object.keys(${range})`;
  return `for (const ${item} of ${list}) { if (${came(!wanted, body.js, body.throws, spot)}) { ${inner} return true; } }`;
}

function came(outcome: boolean, js: string, throws: boolean, spot: Spot): string {
  if (!throws) return outcome ? js : `!${js}`;
  return `${spot.unit.runtime(outcome ? "isTrue" : "isFalse")}(() => ${js})`;
}

function comparison(tree: Binary, wanted: boolean, own: string, spot: Spot): string {
  const show = spot.unit.runtime("show");
  const value = (side: Tree) => `${show}(${spot.emit(side, spot).js})`;
  if (tree.operator === "in") {
    return said(entry(tree.left, value(tree.left), wanted ? "not in" : "in", value(tree.right), own), tree, spot);
  }
  const operator = tree.operator as Comparison;
  // `0.0 < area`: the constant is the bound, wherever it stands.
  const turned = isBound(tree.left) && !isBound(tree.right);
  const [subject, against] = turned ? [tree.right, tree.left] : [tree.left, tree.right];
  const straight = turned ? mirrored[operator] : operator;
  return said(entry(subject, value(subject), wanted ? negated[straight] : straight, value(against), own), tree, spot);
}

function isBound(tree: Tree): boolean {
  return tree.op === "literal" || (tree.op === "negate" && isBound(tree.of));
}

function entry(subject: Tree, value: string, relation: string, bound: string, own: string): string {
  return `{ name: ${nameOf(subject, own)}, value: ${value}, relation: ${quoted(relation)}, bound: ${bound} }`;
}

/** A boolean that is not a comparison. */
function named(tree: Tree, wanted: boolean, own: string): string {
  return `{ name: ${nameOf(tree, own)}, value: ${!wanted}, relation: "expected", bound: ${wanted} }`;
}

function nameOf(tree: Tree, own: string): string {
  const text = shortText(tree, own);
  return quoted(text.length > 80 ? `${text.slice(0, 79)}…` : text);
}

function said(value: string, tree: Tree, spot: Spot): string {
  const marks = markedChecks(tree, spot).map(({ call, cel }) => {
    const host = spot.unit.tables.checks[call.index]?.needs === "host" ? ["host"] : [];
    const args = [...host, ...call.args.map((arg) => spot.emit(arg, spot).js)];
    // A check in a branch that is not taken may have arguments that cannot be evaluated.
    return `marks.push(...${spot.unit.runtime("marked")}(() => ${spot.unit.check(cel, "marks")}(${args.join(", ")})));`;
  });
  const drawn = marks.length === 0 ? "" : ` if (marks !== undefined) { ${marks.join(" ")} }`;
  return `if (out !== undefined) out.push(${value});${drawn}`;
}

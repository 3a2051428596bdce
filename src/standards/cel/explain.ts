import type { LocalText } from "../../records/grammar.gen.js";
import { markedChecks } from "./emit-calls.js";
import { chain } from "./emit-logic.js";
import { factsWhen, union } from "./facts.js";
import { type Sources, sayingOf, statementOf } from "./sayings.js";
import { plain, shortText } from "./text.js";
import {
  type Binary,
  type Call,
  type Comparison,
  children,
  type Logical,
  type Loop,
  mapValueType,
  operands,
  type Tree,
} from "./tree.js";
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

/** What the methods of texts say of their text and their argument: where they hold, and where they do not. */
const methods: ReadonlyMap<string, readonly [string, string]> = new Map([
  ["matches", ["matches", "does not match"]],
  ["startsWith", ["starts with", "does not start with"]],
  ["endsWith", ["ends with", "does not end with"]],
  ["contains", ["contains", "does not contain"]],
]);

/** A type of which one value can be shown. */
const simple: ReadonlySet<string> = new Set(["string", "Id", "int", "double"]);

/** A bound is told by name up to this length; a longer one is a formula that says less than its value. */
const longestBound = 50;

/** How the statements of an explanation name things. */
interface Telling extends Sources {
  /** JavaScript name of what says which item of a list is at hand. */
  readonly part: string | undefined;
}

export function tellingOf(own: Sources["own"], within: string | undefined, { unit }: Spot): Telling {
  return { own, within, tables: unit.tables, lists: new Map(), part: undefined };
}

/**
 * Statements that say why `tree` came out as it should not (`wanted` is what the rule wants of it): they push values to `out` or marks
 * to `marks`, whichever is given. A slow path, for the examples that are kept.
 */
export function explanation(tree: Tree, wanted: boolean, telling: Telling, spot: Spot): string {
  switch (tree.op) {
    case "not":
      return explanation(tree.of, !wanted, telling, spot);
    case "and":
    case "or":
      return (tree.op === "and") === wanted
        ? decisive(tree, wanted, telling, spot)
        : alternatives(tree, wanted, telling, spot);
    case "choice": {
      const facts = (outcome: boolean) => ({ ...spot, facts: union(spot.facts, factsWhen(outcome, tree.test)) });
      const yes = explanation(tree.yes, wanted, telling, facts(true));
      const no = explanation(tree.no, wanted, telling, facts(false));
      return `if (${spot.emit(tree.test, spot).js}) { ${yes} } else { ${no} }`;
    }
    case "loop":
      return (tree.macro === "all" && wanted) || (tree.macro === "exists" && !wanted)
        ? firstItem(tree, wanted, telling, spot)
        : said(wholeLoop(tree, wanted, telling, spot), tree, spot);
    case "binary":
      return said(comparison(tree, wanted, telling, spot), tree, spot);
    default:
      return said(fact(tree, wanted, telling, spot), tree, spot);
  }
}

/** `&&` that should hold: the first operand that is false. */
function decisive(tree: Logical, wanted: boolean, telling: Telling, spot: Spot): string {
  const { parts, facts } = chain(tree, tree.op, spot);
  const label = spot.unit.fresh("l");
  const steps = operands(tree, tree.op).map((operand, i) => {
    const part = parts[i];
    const inner = explanation(operand, wanted, telling, { ...spot, facts: facts[i] ?? spot.facts });
    return part === undefined
      ? inner
      : `if (${came(!wanted, part.js, part.throws, spot)}) { ${inner} break ${label}; }`;
  });
  return `${label}: { ${steps.join("\n")} }`;
}

/** `||` that should hold: every operand is false and each is told; of `!a || b`, what `a` speaks of and why `b` is false. */
function alternatives(tree: Logical, wanted: boolean, telling: Telling, spot: Spot): string {
  const { facts } = chain(tree, tree.op, spot);
  const all = operands(tree, tree.op);
  // What is told in full comes last: a guard before a constant guards nothing.
  const last = all.findLastIndex(reads);
  const told = all.map((operand, i) => {
    const there = { ...spot, facts: facts[i] ?? spot.facts };
    if (!reads(operand) && last >= 0) return "";
    if (i < last && isGuard(operand, wanted)) return subjectOf(operand, telling, there);
    return explanation(operand, wanted, telling, there);
  });
  return told.join("\n");
}

/** What only says of which records the rest is asked. */
function isGuard(operand: Tree, wanted: boolean): boolean {
  if (!wanted) return operand.op === "has";
  return operand.op === "not" || (operand.op === "binary" && operand.operator === "!=");
}

/** The value that a guard looks at. */
function subjectOf(guard: Tree, telling: Telling, spot: Spot): string {
  const tree = firstTest(guard);
  const subject = tree?.op === "binary" ? plain(tree.left) : tree?.op === "call" ? tree.args[0] : undefined;
  if (subject === undefined || !isPath(subject) || !simple.has(subject.type)) return "";
  return said(entry({ name: nameOf(subject, telling), value: shown(subject, spot) }, telling), subject, spot);
}

function firstTest(tree: Tree): Tree | undefined {
  if (tree.op === "not") return firstTest(tree.of);
  if (tree.op === "and" || tree.op === "or") return firstTest(tree.left);
  return tree.op === "binary" || (tree.op === "call" && methods.has(tree.name)) ? tree : undefined;
}

/** The first item that breaks the body, and which one it is where there are several. */
function firstItem(tree: Loop, wanted: boolean, telling: Telling, spot: Spot): string {
  const { unit } = spot;
  const [label, list, index, part] = [unit.fresh("l"), unit.fresh("l"), unit.fresh("i"), unit.fresh("q")];
  const name = shortText(tree.range, telling);
  const inside: Telling = { ...telling, lists: new Map(telling.lists).set(tree.variable.id, name), part };
  const body = spot.emit(tree.body, spot);
  const inner = explanation(tree.body, wanted, inside, spot);
  const range = spot.emit(tree.range, spot).js;
  const items = mapValueType(tree.range.type) === undefined ? range : `Object.keys(${range})`;
  return `{ const ${list} = ${items}; let ${index} = 0;
${label}: for (const v${tree.variable.id} of ${list}) { ${index}++; if (${came(!wanted, body.js, body.throws, spot)}) {
const ${part} = ${list}.length > 1 ? { part: { of: ${quoted(name)}, at: ${index} } } : undefined; ${inner} break ${label}; } } }`;
}

/** A loop of which no single item is at fault: none fulfils what one should, or all what not all should. */
function wholeLoop(tree: Loop, wanted: boolean, telling: Telling, spot: Spot): string {
  const list = shortText(tree.range, telling);
  const inside: Telling = { ...telling, lists: new Map(telling.lists).set(tree.variable.id, list) };
  const { body } = tree;
  const within = soughtIn(tree, spot);
  if (within !== undefined) {
    const value = shown(tree.range, spot);
    return entry({ name: quoted(list), value, relation: quoted("none in"), bound: shown(within, spot) }, telling);
  }
  const spoken = tree.macro === "exists" ? statementOf(body, false, inside) : undefined;
  const condition = cut(shortText(body, inside));
  const states =
    spoken ??
    (tree.macro === "exists"
      ? { zh: `${list} 中没有一项满足 ${condition}`, en: `no item of ${list} has ${condition}` }
      : tree.macro === "all"
        ? { zh: `${list} 的每一项都满足 ${condition}`, en: `every item of ${list} has ${condition}` }
        : undefined);
  return named(tree, wanted, states, telling);
}

/** Of `xs.exists(x, x in ys)` the ys, where they can be told: they are not evaluated for an empty list, and may differ by item. */
function soughtIn({ macro, variable, body }: Loop, spot: Spot): Tree | undefined {
  if (macro !== "exists" || body.op !== "binary" || body.operator !== "in") return undefined;
  const sought = plain(body.left);
  if (sought.op !== "local" || sought.id !== variable.id || usesLocal(body.right, variable.id)) return undefined;
  return spot.emit(body.right, spot).throws ? undefined : body.right;
}

function usesLocal(tree: Tree, id: number): boolean {
  return (tree.op === "local" && tree.id === id) || children(tree).some((child) => usesLocal(child, id));
}

function came(outcome: boolean, js: string, throws: boolean, spot: Spot): string {
  if (!throws) return outcome ? js : `!${js}`;
  return `${spot.unit.runtime(outcome ? "isTrue" : "isFalse")}(() => ${js})`;
}

function comparison(tree: Binary, wanted: boolean, telling: Telling, spot: Spot): string {
  const left = plain(tree.left);
  const right = plain(tree.right);
  if (tree.operator === "in") {
    const relation = wanted ? "not in" : "in";
    return compared(left, relation, right, telling, spot);
  }
  const operator = tree.operator as Comparison;
  // `0.0 < area`: the constant is the bound, wherever it stands.
  const turned = !reads(left) && reads(right);
  const straight = turned ? mirrored[operator] : operator;
  const relation = wanted ? negated[straight] : straight;
  return turned ? compared(right, relation, left, telling, spot) : compared(left, relation, right, telling, spot);
}

function compared(subject: Tree, relation: string, against: Tree, telling: Telling, spot: Spot): string {
  const saying = sayingOf(subject, telling);
  const first = "args" in subject ? subject.args[0] : undefined;
  if (saying?.tells === "argument" && first !== undefined) {
    const other = sayingOf(against, telling)?.tells === "argument" && "args" in against ? against.args[0] : undefined;
    return compared(first, relation, other ?? against, telling, spot);
  }
  if (subject.op === "call" && subject.name === "size" && first?.type === "list<string>" && isZero(against)) {
    // The texts themselves say more than how many there are.
    const empty = relation === "==" || relation === "<=";
    return entry(
      { name: nameOf(first, telling), value: shown(first, spot), relation: quoted(empty ? "empty" : "not empty") },
      telling,
    );
  }
  const name = nameOf(subject, telling);
  const value = shown(subject, spot);
  if (saying?.tells === "first") return entry({ name, value, says: literal(saying.says) }, telling);
  const whole = { name, value, relation: quoted(relation), bound: shown(against, spot) };
  if (saying?.tells === "place" && first !== undefined) {
    const part = `{ of: ${nameOf(first, telling)}, at: ${value} + 1 }`;
    return entry({ ...whole, states: literal(saying.says), part }, telling);
  }
  const bound = sayingOf(against, telling);
  const says =
    saying?.says !== undefined && against.op !== "literal" && mentions(against, "measure")
      ? inA(saying.says)
      : saying?.says;
  const unit = saying?.unit ?? bound?.unit;
  return entry(
    { ...whole, says: literal(says), unit: literal(unit), bound_says: literal(boundSays(against, telling)) },
    telling,
  );
}

/** A ≤ k · B instead of X ≤ k: the title speaks of X. */
function inA(title: LocalText): LocalText {
  return { zh: `${title.zh}（A）`, en: `${title.en} (A)` };
}

/** What the bound is, where it is read from the data and can be named. */
function boundSays(against: Tree, telling: Telling): LocalText | undefined {
  if (!reads(against)) return undefined;
  const spoken = sayingOf(against, telling)?.says;
  if (spoken !== undefined) return spoken;
  const text = shortText(against, telling);
  return callsNothing(against) && text.length <= longestBound ? { zh: text, en: text } : undefined;
}

/** A boolean that is no comparison. */
function fact(tree: Tree, wanted: boolean, telling: Telling, spot: Spot): string {
  if (tree.op === "has") {
    const relation = quoted(wanted ? "missing" : "present");
    return entry(
      { name: nameOf(tree.field, telling), value: wanted ? "null" : shown(tree.field, spot), relation },
      telling,
    );
  }
  if (tree.op === "call" && methods.has(tree.name)) return ofText(tree, wanted, telling, spot);
  const states = statementOf(tree, !wanted, telling);
  const subject = "args" in tree ? tree.args.map(plain).find(reads) : undefined;
  if (states === undefined || subject === undefined || !isPath(subject) || !simple.has(subject.type))
    return named(tree, wanted, states, telling);
  return entry({ name: nameOf(subject, telling), value: shown(subject, spot), states: literal(states) }, telling);
}

function ofText(tree: Call, wanted: boolean, telling: Telling, spot: Spot): string {
  const [text, argument] = tree.args;
  const [holds, fails] = methods.get(tree.name) ?? ["", ""];
  if (text === undefined || argument === undefined) return named(tree, wanted, undefined, telling);
  const subject = sayingOf(text, telling)?.tells === "argument" && "args" in text ? (text.args[0] ?? text) : text;
  const bound = shown(argument, spot);
  const relation = quoted(wanted ? fails : holds);
  return entry({ name: nameOf(subject, telling), value: shown(subject, spot), relation, bound }, telling);
}

function named(tree: Tree, wanted: boolean, states: LocalText | undefined, telling: Telling): string {
  const answer = { value: String(!wanted), relation: quoted("expected"), bound: String(wanted) };
  return entry({ name: nameOf(tree, telling), ...answer, states: literal(states) }, telling);
}

/** A FindingValue as JavaScript; fields that are undefined are left out. */
function entry(fields: Readonly<Record<string, string | undefined>>, { part }: Telling): string {
  const given = Object.entries(fields).flatMap(([name, js]) => (js === undefined ? [] : [`${name}: ${js}`]));
  return `{ ${[...(part === undefined ? [] : [`...${part}`]), ...given].join(", ")} }`;
}

function shown(tree: Tree, spot: Spot): string {
  return `${spot.unit.runtime("show")}(${spot.emit(tree, spot).js})`;
}

function literal(text: LocalText | undefined): string | undefined {
  return text === undefined ? undefined : `{ zh: ${quoted(text.zh)}, en: ${quoted(text.en)} }`;
}

function isZero(tree: Tree): boolean {
  return tree.op === "literal" && tree.value === 0;
}

/** Whether a tree reads something of the data. */
function reads(tree: Tree): boolean {
  return tree.op === "variable" || tree.op === "local" || children(tree).some(reads);
}

function isPath(tree: Tree): boolean {
  return tree.op === "variable" || tree.op === "local" || (tree.op === "field" && isPath(tree.of));
}

function callsNothing(tree: Tree): boolean {
  const inner = plain(tree);
  return inner.op !== "call" && inner.op !== "check" && inner.op !== "group" && children(inner).every(callsNothing);
}

function mentions(tree: Tree, name: string): boolean {
  return (tree.op === "call" && tree.name === name) || children(tree).some((child) => mentions(child, name));
}

function nameOf(tree: Tree, telling: Telling): string {
  // An item by itself goes by the name of its list.
  const list = tree.op === "local" ? telling.lists.get(tree.id) : undefined;
  return quoted(cut(list ?? shortText(tree, telling)));
}

function cut(text: string): string {
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
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

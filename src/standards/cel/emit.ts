import { emitCall, emitCheck, emitGroup } from "./emit-calls.js";
import { emitLogical, emitLoop } from "./emit-logic.js";
import { factsWhen, union } from "./facts.js";
import {
  assertNever,
  type Binary,
  type Field,
  type Index,
  isConstant,
  itemType,
  type ListLiteral,
  type Literal,
  mapValueType,
  pathOf,
  type Tree,
} from "./tree.js";
import { type Fragment, numberLiteral, quoted, type Spot } from "./unit.js";

const biggest = Number.MAX_SAFE_INTEGER;

/** JavaScript for an expression that lint has passed. Whatever is not listed here is not compiled. */
export function emit(tree: Tree, spot: Spot): Fragment {
  const { unit, frame } = spot;
  switch (tree.op) {
    case "literal":
      return plain(literal(tree, spot));
    case "variable":
      return plain(unit.root(tree.name, frame));
    case "local":
      frame.free.add(`v${tree.id}`);
      return plain(`v${tree.id}`);
    case "field":
      return field(tree, spot);
    case "has": {
      const { field: asked } = tree;
      if (asked.of.op === "variable") return plain(`(${unit.path(asked.of.name, asked.name, frame)} !== undefined)`);
      const of = emit(asked.of, spot);
      return { js: `(${of.js}[${quoted(asked.name)}] !== undefined)`, throws: of.throws };
    }
    case "index":
      return index(tree, spot);
    case "list":
      return list(tree, spot);
    case "map": {
      const entries = tree.entries.map(({ key, value }) => ({ key, value: emit(value, spot) }));
      // Computed keys and no prototype: "__proto__" is a key like any other.
      const body = entries.map(({ key, value }) => `[${quoted(key)}]: ${value.js}, `).join("");
      const bare = unit.planted("prototype-keys") ? "" : "__proto__: null, ";
      return { js: `({ ${bare}${body}})`, throws: entries.some(({ value }) => value.throws) };
    }
    case "not":
      return mapped(emit(tree.of, spot), (js) => `!${js}`);
    case "negate":
      // 0 - 0 is 0: an int has no sign of zero.
      return mapped(emit(tree.of, spot), (js) => (tree.type === "int" ? `(0 - ${js})` : `(-${js})`));
    case "binary":
      return binary(tree, spot);
    case "and":
    case "or":
      return emitLogical(tree, spot);
    case "choice": {
      const test = emit(tree.test, spot);
      const yes = emit(tree.yes, { ...spot, facts: union(spot.facts, factsWhen(true, tree.test)) });
      const no = emit(tree.no, { ...spot, facts: union(spot.facts, factsWhen(false, tree.test)) });
      return { js: `(${test.js} ? ${yes.js} : ${no.js})`, throws: test.throws || yes.throws || no.throws };
    }
    case "call":
      return emitCall(tree, spot);
    case "check":
      return emitCheck(tree, spot);
    case "group":
      return emitGroup(tree, spot);
    case "loop":
      return emitLoop(tree, spot);
    default:
      return assertNever(tree);
  }
}

function plain(js: string): Fragment {
  return { js, throws: false };
}

function mapped(of: Fragment, js: (of: string) => string): Fragment {
  return { js: js(of.js), throws: of.throws };
}

function literal({ value, type }: Literal, { unit }: Spot): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return numberLiteral(value);
  if (value === null || typeof value === "boolean") return String(value);
  const items = value.map((item) => (typeof item === "string" ? quoted(item) : numberLiteral(item)));
  return unit.constant(listOf(type, items, unit));
}

function listOf(type: string, items: readonly string[], unit: Spot["unit"]): string {
  const array = `[${items.join(", ")}]`;
  return type === "list<double>" ? `${unit.runtime("numbers")}(${array})` : array;
}

function list(tree: ListLiteral, spot: Spot): Fragment {
  const items = tree.items.map((item) => emit(item, spot));
  const js = listOf(
    tree.type,
    items.map((item) => item.js),
    spot.unit,
  );
  return tree.items.every(isConstant)
    ? plain(spot.unit.constant(js))
    : { js, throws: items.some((item) => item.throws) };
}

function field(tree: Field, spot: Spot): Fragment {
  const { unit, frame } = spot;
  const path = pathOf(tree);
  const proven = !tree.optional || (path !== undefined && spot.facts.has(path));
  const code = tree.of.type === "Measurement" ? "measure_undefined" : "no_such_field";
  if (tree.of.op === "variable") {
    const name = unit.path(tree.of.name, tree.name, frame);
    if (proven) return plain(name);
    return {
      js: `(${name} === undefined ? ${unit.runtime("fail")}(${unit.failure(code, spot.where, tree)}) : ${name})`,
      throws: true,
    };
  }
  const of = emit(tree.of, spot);
  const read = `${of.js}[${quoted(tree.name)}]`;
  if (proven) return { js: read, throws: of.throws };
  const value = unit.temporary(frame);
  const failure = unit.failure(code, spot.where, tree);
  return { js: `((${value} = ${read}) === undefined ? ${unit.runtime("fail")}(${failure}) : ${value})`, throws: true };
}

function index(tree: Index, spot: Spot): Fragment {
  const { unit, frame } = spot;
  const of = emit(tree.of, spot);
  const at = emit(tree.at, spot);
  const list = unit.temporary(frame);
  const key = unit.temporary(frame);
  const isList = itemType(tree.of.type) !== undefined;
  const inside = isList ? `${key} >= 0 && ${key} < ${list}.length` : `Object.hasOwn(${list}, ${key})`;
  const failure = unit.failure(isList ? "index_out_of_bounds" : "no_such_key", spot.where, tree);
  return {
    js: `(${list} = ${of.js}, ${key} = ${at.js}, ${inside} ? ${list}[${key}] : ${unit.runtime("fail")}(${failure}))`,
    throws: true,
  };
}

function binary(tree: Binary, spot: Spot): Fragment {
  if (tree.operator === "in") return membership(tree, spot);
  const { unit } = spot;
  const left = emit(tree.left, spot);
  const right = emit(tree.right, spot);
  const throws = left.throws || right.throws;
  const type = tree.left.type;
  const infix = (operator: string) => ({ js: `(${left.js} ${operator} ${right.js})`, throws });
  switch (tree.operator) {
    case "==":
    case "!=": {
      const same = tree.operator === "==";
      if (isScalar(type)) return infix(same ? "===" : "!==");
      return { js: `${same ? "" : "!"}${unit.runtime("equal")}(${left.js}, ${right.js})`, throws };
    }
    case "<":
    case "<=":
    case ">":
    case ">=":
      if (type !== "string" || unit.planted("order-by-utf16")) return infix(tree.operator);
      return { js: `(${unit.runtime("compareText")}(${left.js}, ${right.js}) ${tree.operator} 0)`, throws };
    case "+":
    case "-":
    case "*":
    case "/":
    case "%":
      if (type === "int") return whole(tree, left, right, spot);
      if (itemType(type) !== undefined) return { js: `${unit.runtime("concat")}(${left.js}, ${right.js})`, throws };
      return infix(tree.operator);
    default:
      return assertNever(tree.operator);
  }
}

function isScalar(type: string): boolean {
  return (
    type === "bool" || type === "int" || type === "double" || type === "string" || type === "null" || type === "Id"
  );
}

/** Arithmetic of ints: JavaScript numbers within ±(2^53 - 1), so a result outside of that is seen although it may be rounded. */
function whole(tree: Binary, left: Fragment, right: Fragment, spot: Spot): Fragment {
  const { unit, frame } = spot;
  const throws = left.throws || right.throws;
  const operator = tree.operator;
  if (operator === "/" || operator === "%") {
    const zero = `${unit.planted(`${operator === "/" ? "divide" : "remainder"}-sign-of-zero`) ? "" : " + 0"}`;
    const divisor = tree.right.op === "literal" && tree.right.value !== 0;
    const a = unit.temporary(frame);
    const b = unit.temporary(frame);
    const failure = unit.failure(operator === "/" ? "division_by_zero" : "modulo_by_zero", spot.where, tree);
    const quotient = unit.planted("division-not-truncating") ? `${a} / ${b}` : `(${a} - ${a} % ${b}) / ${b}${zero}`;
    const result = operator === "/" ? quotient : `${a} % ${b}${zero}`;
    const guarded = divisor ? result : `${b} === 0 ? ${unit.runtime("fail")}(${failure}) : ${result}`;
    return { js: `(${a} = ${left.js}, ${b} = ${right.js}, ${guarded})`, throws: throws || !divisor };
  }
  // -0 comes from products only; 0 + -0 cannot come up.
  const zero = operator === "*" && !unit.planted("multiply-sign-of-zero") ? " + 0" : "";
  const result = `${left.js} ${operator} ${right.js}${zero}`;
  if (bound(tree) <= biggest || unit.planted("overflow-unchecked")) return { js: `(${result})`, throws };
  const value = unit.temporary(frame);
  const failure = unit.failure("overflow", spot.where, tree);
  return {
    js: `((${value} = ${result}) > ${biggest} || ${value} < -${biggest} ? ${unit.runtime("fail")}(${failure}) : ${value})`,
    throws: true,
  };
}

/** No int expression here is further from zero than this: sizes are below 2^32, which spares most sums their check. */
function bound(tree: Tree): number {
  if (tree.op === "literal" && typeof tree.value === "number") return Math.abs(tree.value);
  if (tree.op === "call" && tree.name === "size") return 2 ** 32;
  if (tree.op === "variable") return 2 ** 32; // `at`
  if (tree.op === "negate") return bound(tree.of);
  if (tree.op === "binary") {
    if (tree.operator === "*") return bound(tree.left) * bound(tree.right);
    if (tree.operator === "+" || tree.operator === "-") return bound(tree.left) + bound(tree.right);
    if (tree.operator === "%") return Math.min(bound(tree.left), bound(tree.right));
    if (tree.operator === "/") return bound(tree.left);
  }
  return biggest;
}

function membership(tree: Binary, spot: Spot): Fragment {
  const { unit } = spot;
  const { right } = tree;
  const value = emit(tree.left, spot);
  if (mapValueType(right.type) !== undefined) {
    const map = emit(right, spot);
    const own = unit.planted("prototype-keys") ? `(${value.js} in ${map.js})` : `Object.hasOwn(${map.js}, ${value.js})`;
    return { js: own, throws: value.throws || map.throws };
  }
  if (tree.left.type === "string" && isConstant(right)) {
    const items = emit(right, spot).js;
    return { js: `${unit.constant(`new Set(${items})`)}.has(${value.js})`, throws: value.throws };
  }
  const list = emit(right, spot);
  const throws = value.throws || list.throws;
  // indexOf, not includes: NaN is equal to nothing.
  if (isScalar(tree.left.type)) return { js: `(${list.js}.indexOf(${value.js}) !== -1)`, throws };
  return { js: `${unit.runtime("includes")}(${list.js}, ${value.js})`, throws };
}

/**
 * The typed tree of an expression: what lint and code generation work on, apart from the parser's own tree, so that a new
 * major version of the parser touches `typed-tree.ts` alone.
 */

/** `bool`, `int`, `double`, `string`, `null`, `list<T>`, `map<string, T>`, or the name of a record. */
export type CelType = string;

interface Range {
  readonly start: number;
  readonly end: number;
}

interface Typed extends Range {
  readonly type: CelType;
}

export type Comparison = "==" | "!=" | "<" | "<=" | ">" | ">=";
export type BinaryOperator = Comparison | "+" | "-" | "*" | "/" | "%" | "in";
export type Macro = "all" | "exists" | "exists_one" | "map" | "filter";
type Constant = number | string | boolean | null | readonly string[] | readonly number[];

export interface Literal extends Typed {
  readonly op: "literal";
  readonly value: Constant;
  /** Name of the parameter that this constant is. */
  readonly param?: string;
}
interface Variable extends Typed {
  readonly op: "variable";
  readonly name: string;
}
/** An iteration variable; the number tells two of one name apart. */
export interface Local extends Typed {
  readonly op: "local";
  readonly name: string;
  readonly id: number;
}
export interface Field extends Typed {
  readonly op: "field";
  readonly of: Tree;
  readonly name: string;
  /** May be absent. */
  readonly optional: boolean;
  /** The values that the schema allows. */
  readonly values?: readonly string[];
}
export interface Index extends Typed {
  readonly op: "index";
  readonly of: Tree;
  readonly at: Tree;
}
interface Has extends Typed {
  readonly op: "has";
  readonly field: Field;
}
export interface ListLiteral extends Typed {
  readonly op: "list";
  readonly items: readonly Tree[];
}
interface MapLiteral extends Typed {
  readonly op: "map";
  readonly entries: readonly { readonly key: string; readonly value: Tree }[];
}
interface Unary extends Typed {
  readonly op: "not" | "negate";
  readonly of: Tree;
}
export interface Binary extends Typed {
  readonly op: "binary";
  readonly operator: BinaryOperator;
  readonly left: Tree;
  readonly right: Tree;
}
export interface Logical extends Typed {
  readonly op: "and" | "or";
  readonly left: Tree;
  readonly right: Tree;
}
export interface Choice extends Typed {
  readonly op: "choice";
  readonly test: Tree;
  readonly yes: Tree;
  readonly no: Tree;
}
/** A function of the language or of the host. */
export interface Call extends Typed {
  readonly op: "call";
  readonly name: string;
  /** Written `target.name(…)`: the target is the first argument. */
  readonly method: boolean;
  readonly args: readonly Tree[];
}
/** A check function; `index` is its place in the table of checks or of group checks. */
export interface CheckCall extends Typed {
  readonly op: "check" | "group";
  readonly name: string;
  readonly index: number;
  readonly args: readonly Tree[];
}
export interface Loop extends Typed {
  readonly op: "loop";
  readonly macro: Macro;
  readonly variable: Local;
  readonly range: Tree;
  /** First of the two expressions of a three-argument `map`. */
  readonly filter?: Tree;
  readonly body: Tree;
}

export type Tree =
  | Literal
  | Variable
  | Local
  | Field
  | Index
  | Has
  | ListLiteral
  | MapLiteral
  | Unary
  | Binary
  | Logical
  | Choice
  | Call
  | CheckCall
  | Loop;

/** `T` of `list<T>`, undefined for other types. */
export function itemType(type: CelType): CelType | undefined {
  return type.startsWith("list<") ? type.slice(5, -1) : undefined;
}

/** `T` of `map<string, T>`, undefined for other types. */
export function mapValueType(type: CelType): CelType | undefined {
  return type.startsWith("map<") ? type.slice(type.indexOf(", ") + 2, -1) : undefined;
}

/** A name for what a tree reads, the same for two reads of one thing; undefined where no guard can speak of it. */
export function pathOf(tree: Tree): string | undefined {
  if (tree.op === "variable") return tree.name;
  if (tree.op === "local") return `#${tree.id}`;
  if (tree.op === "field") {
    const of = pathOf(tree.of);
    return of === undefined ? undefined : `${of}.${tree.name}`;
  }
  if (tree.op === "index" && tree.at.op === "literal" && tree.at.type === "int") {
    const of = pathOf(tree.of);
    return of === undefined ? undefined : `${of}[${String(tree.at.value)}]`;
  }
  return undefined;
}

/** The operands of `a && b && c`, however it is bracketed. */
export function operands(tree: Tree, op: "and" | "or"): readonly Tree[] {
  if (tree.op !== op) return [tree];
  // A loop on the left side: a long chain is a deep tree there.
  const out: Tree[] = [];
  let rest: Tree = tree;
  while (rest.op === op) {
    out.unshift(...operands(rest.right, op));
    rest = rest.left;
  }
  out.unshift(rest);
  return out;
}

export function children(tree: Tree): readonly Tree[] {
  switch (tree.op) {
    case "literal":
    case "variable":
    case "local":
      return [];
    case "field":
    case "not":
    case "negate":
      return [tree.of];
    case "has":
      return [tree.field];
    case "index":
      return [tree.of, tree.at];
    case "list":
      return tree.items;
    case "map":
      return tree.entries.map((entry) => entry.value);
    case "binary":
    case "and":
    case "or":
      return [tree.left, tree.right];
    case "choice":
      return [tree.test, tree.yes, tree.no];
    case "call":
    case "check":
    case "group":
      return tree.args;
    case "loop":
      return tree.filter === undefined ? [tree.range, tree.body] : [tree.range, tree.filter, tree.body];
    default:
      return assertNever(tree);
  }
}

/** The same tree with another child in a place of `children`. */
export function withChild(tree: Tree, at: number, child: Tree): Tree {
  const changed = (list: readonly Tree[]): readonly Tree[] => list.map((item, i) => (i === at ? child : item));
  switch (tree.op) {
    case "literal":
    case "variable":
    case "local":
      return tree;
    case "field":
    case "not":
    case "negate":
      return { ...tree, of: child };
    case "has":
      return child.op === "field" ? { ...tree, field: child } : tree;
    case "index":
      return at === 0 ? { ...tree, of: child } : { ...tree, at: child };
    case "list":
      return { ...tree, items: changed(tree.items) };
    case "map":
      return { ...tree, entries: tree.entries.map((entry, i) => (i === at ? { ...entry, value: child } : entry)) };
    case "binary":
    case "and":
    case "or":
      return at === 0 ? { ...tree, left: child } : { ...tree, right: child };
    case "choice":
      return at === 0 ? { ...tree, test: child } : at === 1 ? { ...tree, yes: child } : { ...tree, no: child };
    case "call":
    case "check":
    case "group":
      return { ...tree, args: changed(tree.args) };
    case "loop":
      if (at === 0) return { ...tree, range: child };
      return at === 1 && tree.filter !== undefined ? { ...tree, filter: child } : { ...tree, body: child };
    default:
      return assertNever(tree);
  }
}

/** A literal, a parameter, or a list of them. */
export function isConstant(tree: Tree): boolean {
  return (
    tree.op === "literal" ||
    (tree.op === "negate" && tree.of.op === "literal") ||
    (tree.op === "list" && tree.items.every(isConstant))
  );
}

export function assertNever(value: never): never {
  throw new Error(`not a case: ${JSON.stringify(value)}`);
}

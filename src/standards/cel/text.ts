import type { Tree } from "./tree.js";

/** How tightly an operator binds; what is not named here binds tightest. */
export const tightness: Readonly<Record<string, number>> = {
  choice: 0,
  or: 1,
  and: 2,
  "==": 3,
  "!=": 3,
  "<": 3,
  "<=": 3,
  ">": 3,
  ">=": 3,
  in: 3,
  "+": 4,
  "-": 4,
  "*": 5,
  "/": 5,
  "%": 5,
  not: 6,
  negate: 6,
};

/** What goes without saying in a name: the rule's own record, and the loop that an iteration variable is of. */
export interface Context {
  readonly own: string;
  /** Number of an iteration variable → the list that it runs over. */
  readonly lists: ReadonlyMap<number, string>;
}

/** Short text of an expression, for the name of a value: `box.x + box.width`. The rule's own record, `params` and conversions go without saying. */
export function shortText(tree: Tree, context: Context): string {
  const parts = (trees: readonly Tree[]) => trees.map((item) => shortText(item, context)).join(", ");
  const inner = (item: Tree, least: number) => {
    const text = shortText(item, context);
    return (tightness[keyOf(plain(item))] ?? 7) < least ? `(${text})` : text;
  };
  switch (tree.op) {
    case "literal":
      return tree.param ?? literalText(tree.value, tree.type);
    case "variable":
    case "local":
      return tree.name;
    case "field": {
      const { of } = tree;
      const implied = of.op === "variable" ? of.name === context.own : of.op === "local" && context.lists.has(of.id);
      return implied ? tree.name : `${inner(of, 7)}.${tree.name}`;
    }
    case "has":
      return `has(${shortText(tree.field, context)})`;
    case "index":
      return `${inner(tree.of, 7)}[${shortText(tree.at, context)}]`;
    case "list":
      return `[${parts(tree.items)}]`;
    case "map":
      return `{${tree.entries.map(({ key, value }) => `${JSON.stringify(key)}: ${shortText(value, context)}`).join(", ")}}`;
    case "not":
      return `!${inner(tree.of, 6)}`;
    case "negate":
      return `-${inner(tree.of, 6)}`;
    case "and":
    case "or":
    case "binary": {
      const least = tightness[keyOf(tree)] ?? 0;
      const sign = tree.op === "binary" ? tree.operator : tree.op === "and" ? "&&" : "||";
      return `${inner(tree.left, least)} ${sign} ${inner(tree.right, least + 1)}`;
    }
    case "choice":
      return `${inner(tree.test, 1)} ? ${inner(tree.yes, 1)} : ${inner(tree.no, 0)}`;
    case "call":
    case "check":
    case "group": {
      const [target, ...rest] = tree.args;
      if (target !== undefined && isConversion(tree)) return shortText(target, context);
      if (tree.op === "call" && tree.method && target !== undefined)
        return `${inner(target, 7)}.${tree.name}(${parts(rest)})`;
      return `${tree.name}(${parts(tree.args)})`;
    }
    case "loop": {
      const body = tree.filter === undefined ? [tree.body] : [tree.filter, tree.body];
      return `${inner(tree.range, 7)}.${tree.macro}(${tree.variable.name}, ${parts(body)})`;
    }
  }
}

/** Without conversions around it. */
export function plain(tree: Tree): Tree {
  const of = isConversion(tree) && tree.op === "call" ? tree.args[0] : undefined;
  return of === undefined ? tree : plain(of);
}

/** `double(x)` and `int(x)` of a number say nothing to a reader. */
function isConversion(tree: Tree): boolean {
  if (tree.op !== "call" || (tree.name !== "double" && tree.name !== "int")) return false;
  const type = tree.args[0]?.type;
  return type === "int" || type === "double";
}

function keyOf(tree: Tree): string {
  return tree.op === "binary" ? tree.operator : tree.op;
}

function literalText(value: unknown, type: string): string {
  if (typeof value !== "number") return JSON.stringify(value);
  return type === "double" && Number.isInteger(value) ? `${value}.0` : String(value);
}

import type { Tree } from "./tree.js";

const tightness: Readonly<Record<string, number>> = {
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

/** Short CEL text of an expression, for the name of a value: `box.x + box.width`. The rule's own record and `params` go without saying. */
export function shortText(tree: Tree, own: string): string {
  const parts = (trees: readonly Tree[]) => trees.map((item) => shortText(item, own)).join(", ");
  const inner = (item: Tree, least: number) => {
    const text = shortText(item, own);
    return (tightness[keyOf(item)] ?? 7) < least ? `(${text})` : text;
  };
  switch (tree.op) {
    case "literal":
      return tree.param ?? literalText(tree.value, tree.type);
    case "variable":
    case "local":
      return tree.name;
    case "field":
      return tree.of.op === "variable" && tree.of.name === own ? tree.name : `${inner(tree.of, 7)}.${tree.name}`;
    case "has":
      return `has(${shortText(tree.field, own)})`;
    case "index":
      return `${inner(tree.of, 7)}[${shortText(tree.at, own)}]`;
    case "list":
      return `[${parts(tree.items)}]`;
    case "map":
      return `{${tree.entries.map(({ key, value }) => `${JSON.stringify(key)}: ${shortText(value, own)}`).join(", ")}}`;
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

function keyOf(tree: Tree): string {
  return tree.op === "binary" ? tree.operator : tree.op;
}

function literalText(value: unknown, type: string): string {
  if (typeof value !== "number") return JSON.stringify(value);
  return type === "double" && Number.isInteger(value) ? `${value}.0` : String(value);
}

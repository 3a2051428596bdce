import { tightness } from "./text.js";
import { assertNever, type Tree } from "./tree.js";

/** An expression as CEL again: read back, it is the same tree. One line; brackets only where they are needed. */
export function sourceText(tree: Tree): string {
  const list = (trees: readonly Tree[]) => trees.map(sourceText).join(", ");
  switch (tree.op) {
    case "literal":
      return tree.param === undefined ? constant(tree.value, tree.type) : `params.${tree.param}`;
    case "variable":
    case "local":
      return tree.name;
    case "field":
      return `${within(tree.of, atom)}.${tree.name}`;
    case "has":
      return `has(${sourceText(tree.field)})`;
    case "index":
      return `${within(tree.of, atom)}[${sourceText(tree.at)}]`;
    case "list":
      return `[${list(tree.items)}]`;
    case "map":
      return `{${tree.entries.map(({ key, value }) => `${quoted(key)}: ${sourceText(value)}`).join(", ")}}`;
    case "not":
      return `!${within(tree.of, prefix)}`;
    case "negate":
      return `-${within(tree.of, atom)}`;
    case "and":
    case "or":
    case "binary": {
      const least = tightnessOf(tree);
      const sign = tree.op === "binary" ? tree.operator : tree.op === "and" ? "&&" : "||";
      return `${within(tree.left, least)} ${sign} ${within(tree.right, least + 1)}`;
    }
    case "choice":
      return `${within(tree.test, 1)} ? ${within(tree.yes, 1)} : ${sourceText(tree.no)}`;
    case "call": {
      const [target, ...rest] = tree.args;
      return tree.method && target !== undefined
        ? `${within(target, atom)}.${tree.name}(${list(rest)})`
        : `${tree.name}(${list(tree.args)})`;
    }
    case "check":
    case "group":
      return `${tree.name}(${list(tree.args)})`;
    case "loop": {
      const bodies = tree.filter === undefined ? [tree.body] : [tree.filter, tree.body];
      return `${within(tree.range, atom)}.${tree.macro}(${tree.variable.name}, ${list(bodies)})`;
    }
    default:
      return assertNever(tree);
  }
}

const atom = 7;
const prefix = 6;

function tightnessOf(tree: Tree): number {
  // A number below 0 is written with a sign.
  if (tree.op === "literal" && tree.param === undefined && typeof tree.value === "number" && isBelow0(tree.value))
    return prefix;
  return tightness[tree.op === "binary" ? tree.operator : tree.op] ?? atom;
}

function within(tree: Tree, least: number): string {
  const text = sourceText(tree);
  return tightnessOf(tree) < least ? `(${text})` : text;
}

function isBelow0(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

function constant(value: unknown, type: string): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value !== "number") return String(value);
  if (type !== "double") return String(value);
  const digits = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}

function quoted(text: string): string {
  // Two characters that end a line in CEL's source, and not in JSON's.
  return JSON.stringify(text).replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");
}

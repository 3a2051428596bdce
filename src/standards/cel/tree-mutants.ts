import { sourceText } from "./source-text.js";
import { type Comparison, children, operands, type Tree, withChild } from "./tree.js";

/** How a mutant differs from the rule. */
export const mutationOperators = [
  "flipped",
  "strictness",
  "shifted",
  "logic",
  "dropped",
  "parameter",
  "sibling",
] as const;
export type MutationOperator = (typeof mutationOperators)[number];

/** An expression that differs in one place. */
export interface TreeMutant {
  /** `negated`: the whole expression says the opposite. */
  readonly operator: MutationOperator | "negated";
  readonly tree: Tree;
  /** What stood in that place, and what stands there now (`""`: nothing), as CEL. */
  readonly from: string;
  readonly to: string;
}

/** Names of functions that take and give the same as the one that is called. */
export type Siblings = (call: Extract<Tree, { op: "call" | "check" | "group" }>) => readonly string[];

/** Every expression that differs from this one by one change. Some may say the same, or not pass lint. */
export function treeMutants(tree: Tree, siblings: Siblings): readonly TreeMutant[] {
  return within(tree, undefined, siblings).map((mutant) =>
    mutant.operator === "flipped" && isOpposite(tree, mutant.tree) ? { ...mutant, operator: "negated" } : mutant,
  );
}

type Parent = Tree | undefined;

function within(tree: Tree, parent: Parent, siblings: Siblings): readonly TreeMutant[] {
  const below = children(tree).flatMap((child, at) =>
    // The field of a has() is its name.
    (tree.op === "has" ? [] : within(child, tree, siblings)).map((mutant): TreeMutant => {
      const changed = withChild(tree, at, mutant.tree);
      // A number alone says little: told with what it is compared with.
      const isBound = mutant.operator === "shifted" && child.op === "literal" && tree.op === "binary";
      return isBound
        ? { ...mutant, tree: changed, from: sourceText(tree), to: sourceText(changed) }
        : { ...mutant, tree: changed };
    }),
  );
  return [...here(tree, parent, siblings), ...below];
}

const flips: Readonly<Record<Comparison, Comparison>> = {
  "==": "!=",
  "!=": "==",
  "<": ">",
  ">": "<",
  "<=": ">=",
  ">=": "<=",
};
const looser: Readonly<Partial<Record<string, Comparison>>> = { "<": "<=", "<=": "<", ">": ">=", ">=": ">" };
const arithmetic = new Set(["+", "-", "*", "/", "%"]);

/** What one node becomes. */
function here(tree: Tree, parent: Parent, siblings: Siblings): readonly TreeMutant[] {
  const make = (operator: MutationOperator, now: Tree, from = sourceText(tree), to = sourceText(now)): TreeMutant => ({
    operator,
    tree: now,
    from,
    to,
  });
  switch (tree.op) {
    case "literal":
      if (typeof tree.value !== "number" || tree.param !== undefined) return [];
      return shifts(tree.value, tree.type).map((value) => make("shifted", { ...tree, value }));
    case "binary": {
      if (tree.operator === "in") return [make("flipped", not(tree))];
      if (arithmetic.has(tree.operator)) return [make("dropped", tree.left), make("dropped", tree.right)];
      const strict = looser[tree.operator];
      return [
        make("flipped", { ...tree, operator: flips[tree.operator as Comparison] }),
        ...(strict === undefined ? [] : [make("strictness", { ...tree, operator: strict })]),
      ];
    }
    case "and":
    case "or": {
      const other = tree.op === "and" ? "or" : "and";
      const [left, right] = [
        operands(tree.left, tree.op).at(-1) ?? tree.left,
        operands(tree.right, tree.op)[0] ?? tree.right,
      ];
      const near = (op: "and" | "or") => sourceText({ ...tree, op, left, right });
      const swapped = make("logic", { ...tree, op: other }, near(tree.op), near(other));
      if (parent?.op === tree.op) return [swapped];
      const parts = operands(tree, tree.op);
      return [
        swapped,
        ...parts.map((part, at) =>
          make(
            "dropped",
            chain(
              tree,
              parts.filter((_, i) => i !== at),
            ),
            sourceText(part),
            "",
          ),
        ),
      ];
    }
    case "not":
      return [make("flipped", tree.of)];
    case "negate":
      return [make("dropped", tree.of)];
    case "choice":
      return [
        make("dropped", tree.yes, sourceText(tree.test), "true"),
        make("dropped", tree.no, sourceText(tree.test), "false"),
      ];
    case "list":
      if (tree.items.length < 2) return [];
      return tree.items.map((item, at) =>
        make("dropped", { ...tree, items: tree.items.filter((_, i) => i !== at) }, sourceText(item), ""),
      );
    case "loop":
      if (tree.macro !== "all" && tree.macro !== "exists") return [];
      return [make("sibling", { ...tree, macro: tree.macro === "all" ? "exists" : "all" })];
    case "has":
    case "field":
      return isCondition(tree, parent) ? [make("flipped", not(tree))] : [];
    case "call":
    case "check":
    case "group":
      return [
        ...(isCondition(tree, parent) ? [make("flipped", not(tree))] : []),
        ...siblings(tree).map((name) => make("sibling", { ...tree, name })),
      ];
    default:
      return [];
  }
}

/** A yes or no that stands by itself, and not yet turned round. */
function isCondition(tree: Tree, parent: Parent): boolean {
  return tree.type === "bool" && parent?.op !== "not" && parent?.op !== "binary";
}

function not(of: Tree): Tree {
  return { op: "not", of, type: "bool", start: of.start, end: of.end };
}

function isOpposite(whole: Tree, mutant: Tree): boolean {
  if (mutant.op === "not") return mutant.of === whole;
  if (whole.op === "not") return whole.of === mutant;
  const equality = (tree: Tree) => tree.op === "binary" && (tree.operator === "==" || tree.operator === "!=");
  return equality(whole) && equality(mutant) && children(whole).every((child, at) => child === children(mutant)[at]);
}

function chain(like: Extract<Tree, { op: "and" | "or" }>, [first, ...rest]: readonly Tree[]): Tree {
  return rest.reduce<Tree>((left, right) => ({ ...like, left, right }), first ?? like);
}

/** A number one step up and one step down: 1 for a whole number, else one unit of its last decimal. */
export function shifts(value: number, type: string): readonly number[] {
  const decimals = type === "double" ? (/\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0) : 0;
  const step = 10 ** -decimals;
  return [value + step, value - step].map((shifted) => Number(shifted.toFixed(decimals)));
}

import { children, itemType, type Tree } from "../tree.js";
import type { PlantedBug } from "../unit.js";
import type { Evaluation } from "./interpret.js";
import { canonical } from "./values.js";

/** A difference between generated code and an interpreter that is as it should be. */
interface KnownDifference {
  readonly name: string;
  readonly reason: string;
  readonly oracle: "mb" | "buf" | "both";
  /** Whether this is why. `plant` evaluates with a fault of the generator: where the difference goes away with it, the fault is the reason. */
  readonly explains: (difference: Difference) => boolean;
}

export interface Difference {
  readonly tree: Tree;
  readonly ours: Evaluation;
  readonly theirs: Evaluation;
  readonly plant: (bug: PlantedBug) => Evaluation;
}

/** The one list. What it does not explain is a bug. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    name: "53 bits",
    reason:
      "an int of ours is a JavaScript number: outside of ±(2^53 - 1) is an overflow, which the interpreters see at 2^63 only",
    oracle: "both",
    explains: ({ ours }) => "error" in ours && ours.error === "overflow",
  },
  {
    name: "53 bits, behind another error",
    reason: "the overflow is absorbed together with the error that is reported",
    oracle: "both",
    explains: ({ ours, plant }) => "error" in ours && !("error" in plant("overflow-unchecked")),
  },
  {
    name: "int of a large double",
    reason:
      "mb converts a double beyond 2^63 to an int without an overflow, which may be absorbed together with another error",
    oracle: "mb",
    explains: ({ ours, tree }) =>
      "error" in ours &&
      some(tree, (node) => node.op === "call" && node.name === "int" && node.args[0]?.type === "double"),
  },
  {
    name: "order by code point",
    reason: "CEL orders text by code point, as cel-go does; both interpreters use JavaScript's order by UTF-16 unit",
    oracle: "both",
    explains: ({ theirs, plant }) => same(plant("order-by-utf16"), theirs),
  },
  {
    name: "RegExp",
    reason: "mb matches by a RegExp without the flag u, not by RE2",
    oracle: "mb",
    explains: ({ tree }) => some(tree, (node) => node.op === "call" && node.name === "matches"),
  },
  {
    name: "identity of lists",
    reason: "both interpreters say that a list equals itself, though NaN is in it",
    oracle: "both",
    explains: ({ tree }) =>
      some(
        tree,
        (node) =>
          node.op === "binary" && ["==", "!=", "in"].includes(node.operator) && itemType(node.left.type) !== undefined,
      ),
  },
  {
    name: "keys of maps",
    reason: "mb drops the keys __proto__, constructor and prototype from map literals",
    oracle: "mb",
    explains: ({ tree }) =>
      some(tree, (node) => node.op === "map" && node.entries.some(({ key }) => key === "__proto__")),
  },
];

export function same(a: Evaluation, b: Evaluation): boolean {
  if ("error" in a || "error" in b) return "error" in a && "error" in b;
  return canonical(a.value) === canonical(b.value);
}

function some(tree: Tree, is: (node: Tree) => boolean): boolean {
  return is(tree) || children(tree).some((child) => some(child, is));
}

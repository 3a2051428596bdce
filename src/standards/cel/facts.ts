import { pathOf, type Tree } from "./tree.js";

/** Paths that are known to be present. */
export type Facts = ReadonlySet<string>;

export const noFacts: Facts = new Set();

/** What is present once the expression has come out as `outcome`. Sound with CEL's absorption of errors: only the result counts. */
export function factsWhen(outcome: boolean, tree: Tree): Facts {
  switch (tree.op) {
    case "has": {
      if (!outcome) return noFacts;
      const path = pathOf(tree.field);
      return path === undefined ? noFacts : new Set([path]);
    }
    case "not":
      return factsWhen(!outcome, tree.of);
    case "and":
    case "or": {
      const left = factsWhen(outcome, tree.left);
      const right = factsWhen(outcome, tree.right);
      return (tree.op === "and") === outcome ? union(left, right) : intersection(left, right);
    }
    case "choice":
      return intersection(
        union(factsWhen(true, tree.test), factsWhen(outcome, tree.yes)),
        union(factsWhen(false, tree.test), factsWhen(outcome, tree.no)),
      );
    default:
      return noFacts;
  }
}

export function union(a: Facts, b: Facts): Facts {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  return new Set([...a, ...b]);
}

function intersection(a: Facts, b: Facts): Facts {
  return new Set([...a].filter((path) => b.has(path)));
}

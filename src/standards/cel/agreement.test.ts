import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { agree, expressionsOf, expressionTypes } from "./testing/agree.js";
import { expression, scope } from "./testing/arbitraries.js";
import { children, type Tree } from "./tree.js";

const ran = new Map<string, number>();
const explained = new Map<string, number>();
const outcomes = { value: 0, error: 0 };
let answered = 0;

afterAll(() => {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map((entry) => entry.join(" "))
      .join(", ");
  console.log(
    `${answered} expressions ran in generated code, ${outcomes.value} values and ${outcomes.error} errors; by operator: ${list(ran)}`,
  );
  console.log(`known differences: ${list(explained)}`);
});

describe("generated code and both interpreters agree in value and in error or no error", () => {
  test.each(expressionTypes)("on random expressions of type %s", (type) => {
    const before = answered;
    const numRuns = expressionsOf[type];
    fc.assert(
      fc.property(expression(type, 3), fc.array(scope, { minLength: 3, maxLength: 3 }), (text, scopes) => {
        const tree = agree(text, scopes, {
          outcome: (kind) => outcomes[kind]++,
          explained: (name) => explained.set(name, (explained.get(name) ?? 0) + 1),
        });
        answered++;
        count(tree);
      }),
      { numRuns },
    );
    expect(answered - before).toBe(numRuns);
  });

  test("every operator of the language ran", () => {
    const wanted =
      "&& || ! ?: - has index list map all exists exists_one map() filter == != < <= > >= + * / % in size double int string bool matches contains startsWith endsWith measure sum";
    expect(wanted.split(" ").filter((name) => !ran.has(name))).toEqual([]);
  });
});

function count(tree: Tree): void {
  const name = operatorOf(tree);
  if (name !== undefined) ran.set(name, (ran.get(name) ?? 0) + 1);
  for (const child of children(tree)) count(child);
}

function operatorOf(tree: Tree): string | undefined {
  switch (tree.op) {
    case "binary":
      return tree.operator;
    case "loop":
      return tree.macro === "map" ? "map()" : tree.macro;
    case "call":
    case "check":
    case "group":
      return tree.name;
    case "and":
      return "&&";
    case "or":
      return "||";
    case "not":
      return "!";
    case "negate":
      return "-";
    case "choice":
      return "?:";
    case "has":
    case "index":
    case "list":
    case "map":
      return tree.op;
    default:
      return undefined;
  }
}

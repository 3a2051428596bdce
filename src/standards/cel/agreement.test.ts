import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { expression, scope } from "./testing/arbitraries.js";
import { type Difference, knownDifferences, same } from "./testing/differences.js";
import { compileExpression } from "./testing/evaluate.js";
import { host, rule, tables } from "./testing/fixtures.js";
import { bufOracle, type Evaluation, mbOracle } from "./testing/interpret.js";
import { children, type Tree } from "./tree.js";

const oracles = { mb: mbOracle(tables, rule, host), buf: bufOracle(tables, rule, host) };
const expressions = 2500;
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
  test.each([
    "bool",
    "int",
    "double",
    "string",
    "list<double>",
  ] as const)("on random expressions of type %s", (type) => {
    const before = answered;
    const runs = type === "bool" ? expressions : expressions / 5;
    fc.assert(
      fc.property(expression(type, 3), fc.array(scope, { minLength: 3, maxLength: 3 }), (text, scopes) => {
        const compiled = compileExpression(text, rule, tables, host);
        // Every generated expression is well-typed: one that is refused is a fault of the compiler or of this test.
        if ("diagnostics" in compiled) throw new Error(`${text}\n${JSON.stringify(compiled.diagnostics)}`);
        for (const one of scopes) {
          const ours = compiled.evaluate(one);
          outcomes["error" in ours ? "error" : "value"]++;
          for (const name of ["mb", "buf"] as const) {
            const theirs = oracles[name](text, compiled.tree.type, one);
            if (same(ours, theirs)) continue;
            const plant: Difference["plant"] = (bug) => {
              const planted = compileExpression(text, rule, tables, host, bug);
              return "evaluate" in planted ? planted.evaluate(one) : { error: "refused" };
            };
            const known = reason(name, { tree: compiled.tree, ours, theirs, plant });
            if (known === undefined)
              throw new Error(`${text}\nours ${shown(ours)}, ${name} ${shown(theirs)}\n${compiled.code}`);
            explained.set(`${name}: ${known}`, (explained.get(`${name}: ${known}`) ?? 0) + 1);
          }
        }
        answered++;
        count(compiled.tree);
      }),
      { numRuns: runs },
    );
    expect(answered - before).toBe(runs);
  });

  test("every operator of the language ran", () => {
    const wanted =
      "&& || ! ?: - has index list map all exists exists_one map() filter == != < <= > >= + * / % in size double int string bool matches contains startsWith endsWith measure sum";
    expect(wanted.split(" ").filter((name) => !ran.has(name))).toEqual([]);
  });
});

function reason(oracle: "mb" | "buf", difference: Difference): string | undefined {
  return knownDifferences.find(
    (known) => (known.oracle === "both" || known.oracle === oracle) && known.explains(difference),
  )?.name;
}

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

function shown(result: Evaluation): string {
  return "error" in result ? `error ${result.error}` : String(result.value);
}

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shippedStandards, standardWithCases } from "../find.js";
import { parametersOf } from "../lint-expressions.js";
import { celTables } from "../tables.js";
import { analyseExpression } from "./analyse.js";
import type { CelTables, RuleScope } from "./environment.js";
import { sourceText } from "./source-text.js";
import { condition } from "./testing/arbitraries.js";
import { rule, tables } from "./testing/fixtures.js";
import { children, type Tree } from "./tree.js";

/** What an expression is, without its places. */
function shape(tree: Tree): unknown {
  const { start: _, end: __, ...rest } = tree as Tree & Record<string, unknown>;
  const plain = Object.fromEntries(
    Object.entries(rest).filter(([, value]) => typeof value !== "object" || value === null),
  );
  return [plain, tree.op === "map" ? tree.entries.map(({ key }) => key) : [], children(tree).map(shape)];
}

function treeOf(text: string, scope: RuleScope, own: CelTables = celTables): Tree {
  const { tree, diagnostics } = analyseExpression(text, scope, own);
  if (tree === undefined) throw new Error(`${text}: ${JSON.stringify(diagnostics)}`);
  return tree;
}

describe("an expression that is written again", () => {
  const texts = shippedStandards().flatMap(({ id, edition }) =>
    standardWithCases(`${id}@${edition}`).rules.flatMap((one) =>
      (["when", "assert", "column"] as const).flatMap((field) => {
        const params = parametersOf(one);
        const within = field === "assert" ? one.within : undefined;
        if (one[field] === undefined || "untyped" in params) return [];
        return [[one[field], { on: one.on ?? "file", within, params: params.typed }] as const];
      }),
    ),
  );

  test("there are some in the standards", () => expect(texts.length).toBeGreaterThan(400));

  test.each(texts)("%s is the same tree", (text, scope) => {
    const tree = treeOf(text, scope);
    expect(shape(treeOf(sourceText(tree), scope))).toEqual(shape(tree));
  });

  test("so is a random one", () =>
    fc.assert(
      fc.property(condition, (text) => {
        const tree = treeOf(text, rule, tables);
        expect(shape(treeOf(sourceText(tree), rule, tables))).toEqual(shape(tree));
      }),
      { numRuns: 500 },
    ));

  test.each([
    ["(1 - 2) - (3 - 4) == 0", "1 - 2 - (3 - 4) == 0"],
    ["!(annotation.score > 0.5)", "!(annotation.score > 0.5)"],
    ["-(-1.0) < 2.0e3", "-(-1.0) < 2000.0"],
    [
      '(true || false) && ["a", "\\u2028"].exists(s, s == "b")',
      '(true || false) && ["a", "\\u2028"].exists(s, s == "b")',
    ],
  ])("%s has the brackets that it needs", (text, written) =>
    expect(sourceText(treeOf(text, { on: "annotation", params: {} }))).toBe(written));
});

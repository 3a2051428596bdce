import { expect, test } from "vitest";
import { celTables } from "../tables.js";
import { analyseExpression } from "./analyse.js";
import { siblingsOf } from "./siblings.js";
import { shifts, treeMutants } from "./tree-mutants.js";

function mutantsOf(text: string, hasColumn = false): string[] {
  const scope = { on: "annotation", params: { least: 0.25 }, within: hasColumn ? "category" : undefined } as const;
  const { tree, diagnostics } = analyseExpression(text, scope, celTables);
  if (tree === undefined) throw new Error(`${text}: ${JSON.stringify(diagnostics)}`);
  return treeMutants(tree, siblingsOf(celTables, hasColumn)).map(
    ({ operator, from, to }) => `${operator}: ${from} → ${to}`,
  );
}

test.each([
  [
    "annotation.score >= params.least",
    [
      "flipped: annotation.score >= params.least → annotation.score <= params.least",
      "strictness: annotation.score >= params.least → annotation.score > params.least",
    ],
  ],
  [
    "annotation.area < 1.5",
    [
      "flipped: annotation.area < 1.5 → annotation.area > 1.5",
      "strictness: annotation.area < 1.5 → annotation.area <= 1.5",
      "shifted: annotation.area < 1.5 → annotation.area < 1.6",
      "shifted: annotation.area < 1.5 → annotation.area < 1.4",
    ],
  ],
  [
    "has(annotation.box) && has(annotation.area) && has(annotation.score)",
    [
      "logic: has(annotation.area) && has(annotation.score) → has(annotation.area) || has(annotation.score)",
      "dropped: has(annotation.box) → ",
      "dropped: has(annotation.area) → ",
      "dropped: has(annotation.score) → ",
      "logic: has(annotation.box) && has(annotation.area) → has(annotation.box) || has(annotation.area)",
      "flipped: has(annotation.box) → !has(annotation.box)",
      "flipped: has(annotation.area) → !has(annotation.area)",
      "flipped: has(annotation.score) → !has(annotation.score)",
    ],
  ],
  [
    'annotation.label in ["cat", "dog"]',
    [
      'negated: annotation.label in ["cat", "dog"] → !(annotation.label in ["cat", "dog"])',
      'dropped: "cat" → ',
      'dropped: "dog" → ',
    ],
  ],
  [
    "!isBlank(annotation.caption)",
    [
      "negated: !isBlank(annotation.caption) → isBlank(annotation.caption)",
      "sibling: isBlank(annotation.caption) → isNfc(annotation.caption)",
      "sibling: isBlank(annotation.caption) → isRfc3339(annotation.caption)",
    ],
  ],
  ["annotation.id == annotation.id", ["negated: annotation.id == annotation.id → annotation.id != annotation.id"]],
  [
    'has(annotation.label) ? annotation.label.startsWith("a") : true',
    [
      "dropped: has(annotation.label) → true",
      "dropped: has(annotation.label) → false",
      "flipped: has(annotation.label) → !has(annotation.label)",
      'flipped: annotation.label.startsWith("a") → !annotation.label.startsWith("a")',
      'sibling: annotation.label.startsWith("a") → annotation.label.endsWith("a")',
      'sibling: annotation.label.startsWith("a") → annotation.label.contains("a")',
      'sibling: annotation.label.startsWith("a") → annotation.label.matches("a")',
    ],
  ],
])("%s has these mutants and no other", (text, mutants) => expect(mutantsOf(text)).toEqual(mutants));

test("a swapped function takes and gives the same", () => {
  const swapped = mutantsOf("annotation.polygon.all(ring, !selfIntersects(ring))").filter((one) =>
    one.startsWith("sib"),
  );
  expect(swapped).toContain(
    "sibling: annotation.polygon.all(ring, !selfIntersects(ring)) → annotation.polygon.exists(ring, !selfIntersects(ring))",
  );
  expect(swapped.every((one) => one.includes("list") || one.includes("(ring)"))).toBe(true);
});

test("a group check that reads the column is no sibling where the rule has none", () => {
  expect(mutantsOf("exactDuplicates(siblings, at) == 1", true).join()).toContain("distinctValues(siblings, at)");
  const scope = { on: "annotation", params: {}, within: "media" } as const;
  const { tree } = analyseExpression("exactDuplicates(siblings, at) == 1", scope, celTables);
  if (tree === undefined) throw new Error("not read");
  const names = treeMutants(tree, siblingsOf(celTables, false)).map(({ to }) => to);
  expect(names).toContain("distinctCategories(siblings, at)");
  expect(names.join()).not.toContain("distinctValues");
});

test.each([
  [0.01, "double", [0.02, 0]],
  [1.99, "double", [2, 1.98]],
  [3, "double", [4, 2]],
  [8, "int", [9, 7]],
])("the steps from %d (%s)", (value, type, steps) => expect(shifts(value, type)).toEqual(steps));

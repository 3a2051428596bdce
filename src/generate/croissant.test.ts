import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nodesOf } from "../formats/croissant/nodes.js";
import { type Outcome, outcome, rules } from "../formats/croissant/testing/rules.js";
import { type DrawnDescription, drawDescription } from "./croissant.js";
import { features } from "./croissant-plan.js";
import { drawDescribed } from "./description.js";
import { seededDraw } from "./draw.js";
import { drawFrom } from "./fast-check-draw.js";

const none = new Set<string>();
const anything = { fields: none, without: none };
const everything = { fields: new Set<string>(features.filter((feature) => feature !== "live")), without: none };

/** What every description has by construction. */
function expectLaws({ root, beside }: DrawnDescription): void {
  const nodes = nodesOf(root, (path) => (beside.has(path) ? undefined : "unsafe")).map(({ record }) => record);
  expect(nodes[0]?.role).toBe("dataset");
  expect(nodes[1]?.role).toBe("context");
  const ids = nodes.flatMap(({ id }) => id ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(nodes.flatMap(({ references = [] }) => references).filter(({ found, outside }) => !found && !outside)).toEqual(
    [],
  );
  expect(JSON.parse(JSON.stringify(root))).toEqual(root);
}

describe.each([
  ["anything", anything],
  ["everything", everything],
] as const)("a drawn description with %s", (_, wish) => {
  test("has its laws, drawn by fast-check", () =>
    fc.assert(
      fc.property(fc.gen(), (gen) => expectLaws(drawDescription(drawFrom(fc, gen), wish))),
      { numRuns: 200 },
    ));
  test("has its laws, drawn from a seeded stream", () => {
    for (let seed = 0; seed < 200; seed++) expectLaws(drawDescription(seededDraw(seed), wish));
  });
  // The interpreter is slow; `suite run` asks the engine of many more.
  test("conforms: no rule finds anything", () => {
    for (let seed = 0; seed < 12; seed++) {
      const { nodes } = drawDescribed(seededDraw(seed), wish);
      const found = rules.flatMap((rule) =>
        nodes
          .filter(({ record }) => outcome(rule, record) === "does not hold")
          .map(({ record }) => `${rule.id} ${record.path} (seed ${seed})`),
      );
      expect(found).toEqual([]);
    }
  });
});

test("every rule is asked by some drawn description", () => {
  const asked = new Set<string>();
  // With everything there is no live dataset.
  for (const wish of [everything, { fields: new Set(["live"]), without: none }])
    for (let seed = 0; seed < 4; seed++)
      for (const { record } of drawDescribed(seededDraw(seed), wish).nodes)
        for (const rule of rules)
          if (!asked.has(rule.id) && outcome(rule, record) === ("holds" satisfies Outcome)) asked.add(rule.id);
  expect(rules.map(({ id }) => id).filter((id) => !asked.has(id))).toEqual([]);
});

test("a single file without record sets, and every record set at once, are both reached", () => {
  const counts = Array.from({ length: 600 }, (_, seed) => drawDescribed(seededDraw(seed), anything).nodes.length);
  expect(Math.min(...counts)).toBe(3);
  expect(Math.max(...counts)).toBeGreaterThan(60);
});

test("a failing property shrinks to a description that a person can read", () => {
  const { counterexample, failed } = fc.check(
    fc.property(fc.gen(), (gen) =>
      drawDescribed(drawFrom(fc, gen), anything).nodes.every(({ record }) => record.role !== "parent_field"),
    ),
    { seed: 7, numRuns: 500 },
  );
  expect(failed).toBe(true);
  expect(counterexample?.[0].values().length).toBeLessThan(120);
});

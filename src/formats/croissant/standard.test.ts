/** The rules of the standard, case by case, and its coverage. `touchstone standard test` runs the same cases through the engine. */
import { describe, expect, test } from "vitest";
import type { NodeRecord } from "../../records/types.gen.js";
import { type ClauseTree, type Outcome, outcome, rules, standard } from "./testing/rules.js";

const sides = [
  ["conforming", "holds"],
  ["violating", "does not hold"],
  ["inapplicable", "not asked"],
] as const satisfies readonly (readonly [string, Outcome])[];

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (_, rule) => {
  test.each(sides)("its %s cases come out as they say", (side, expected) => {
    // The type of a case names the kinds of record one by one; the meta-schema holds them to what is written here.
    const all = (rule.cases[side] ?? []) as unknown as readonly {
      readonly node?: Partial<NodeRecord>;
      readonly params?: object;
    }[];
    // Lists of records, and other parameters, are the engine's: `standard test` runs those alone.
    const cases = all.flatMap(({ node, params }) => (node === undefined || params !== undefined ? [] : [{ node }]));
    expect(cases.map(({ node }) => outcome(rule, node))).toEqual(cases.map(() => expected));
  });
  test("a rule with a condition shows where it is not asked", () => {
    expect(rule.when === undefined || (rule.cases.inapplicable?.length ?? 0) > 0).toBe(true);
  });
});

function leaves(clauses: readonly ClauseTree[]): ClauseTree[] {
  return clauses.flatMap((clause) => (clause.clauses === undefined ? [clause] : leaves(clause.clauses)));
}

test("every requirement and recommendation is decided by a rule or, where editions are compared, by a reviewer", () => {
  const ruled = new Set(rules.map((rule) => rule.clause));
  const open = leaves(standard.clauses).filter(
    ({ id, obligation, decided_by }) =>
      (obligation === "requirement" || obligation === "recommendation") &&
      !(decided_by === "rule" && ruled.has(id)) &&
      decided_by !== "human",
  );
  expect(open.map(({ id }) => id)).toEqual([]);
});

test("every rule has a clause of its own obligation", () => {
  const byId = new Map(leaves(standard.clauses).map((clause) => [clause.id, clause]));
  expect(rules.filter((rule) => byId.get(rule.clause)?.obligation !== rule.obligation).map(({ id }) => id)).toEqual([]);
});

test("only statements and permissions are left to nothing, and none of them is called untested for lack of work", () => {
  const none = leaves(standard.clauses).filter(({ decided_by }) => decided_by === "none");
  expect(
    none.every(
      ({ obligation, testable }) => testable === false && (obligation === "statement" || obligation === "permission"),
    ),
  ).toBe(true);
});

import { expect, test } from "vitest";
import { standardWithCases } from "../standards/find.js";
import { traceOf } from "./trace.js";
import { traceText } from "./trace-text.js";

const shipped = standardWithCases("ref-image-annotation");
const kept = ["box-inverted", "json-parse-error", "id-duplicate"];
const standard = { ...shipped, rules: shipped.rules.filter(({ id }) => kept.includes(id)) };

const clauses = await traceOf(standard, { runs: 2, seed: 1 });

test("each rule stands in its clause, with its cases, the mutants that they kill and its runs", () => {
  const rules = clauses.flatMap(({ clause, rules: own }) => own.map((rule) => ({ clause, ...rule })));
  const clauseOf = (id: string) => standard.rules.find((rule) => rule.id === id)?.clause;
  expect(rules.map(({ rule }) => rule).sort()).toEqual([...kept].sort());
  for (const { clause, rule } of rules) expect(clause).toBe(clauseOf(rule));
  const byId = new Map(rules.map((rule) => [rule.rule, rule]));
  expect(byId.get("box-inverted")).toMatchObject({
    cases: { conforming: 2, violating: 2, inapplicable: 1 },
    mutants: { asked: 7, killed: 7, equivalent: 0 },
    runs: { done: 2, ok: true },
  });
  expect(byId.get("id-duplicate")?.mutants).toEqual({ asked: 2, killed: 2, equivalent: 1 });
  expect(byId.get("json-parse-error")?.mutants).toBeUndefined();
});

test.each(["zh", "en"] as const)("the table in %s has a line for each clause and each rule", (lang) => {
  const text = traceText(standard, clauses, 1, lang);
  const lines = text.split("\n").filter((line) => line.startsWith("|"));
  const expected = clauses.reduce((sum, { rules }) => sum + Math.max(1, rules.length), 0);
  expect(lines.length).toBe(2 + expected);
  expect(new Set(lines.map((line) => line.match(/(?<!\\)\|/g)?.length))).toEqual(new Set([9]));
  expect(text).toContain("| `box-inverted` | 2 / 2 / 1 | 7 / 7 | 2 ");
  expect(text).toContain(standard.digests.deciding);
});

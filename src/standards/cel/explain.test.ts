import fc from "fast-check";
import { expect, test } from "vitest";
import type { RuleSource } from "./api.js";
import { compileRule } from "./compile.js";
import { condition, expression, scope } from "./testing/arbitraries.js";
import { host, rule, tables } from "./testing/fixtures.js";

const params = rule.params as RuleSource["params"];

test("whatever does not hold shows a value", () => {
  let violations = 0;
  const anyRule = fc.tuple(expression("bool", 2), condition, fc.array(scope, { minLength: 25, maxLength: 25 }));
  fc.assert(
    fc.property(anyRule, (given) => {
      const [assert, when, scopes] = given;
      const result = compileRule({ id: "r", on: "annotation", when, assert, params }, tables);
      // Random reads of absent fields that nothing guards are refused.
      if ("diagnostics" in result) return;
      const ruled = result.compiled.bind(host);
      for (const one of scopes) {
        if (ruled.run(one) !== 2) continue;
        violations++;
        expect(ruled.values(one)).not.toEqual([]);
      }
    }),
    { numRuns: 1500 },
  );
  expect(violations).toBeGreaterThan(500);
});

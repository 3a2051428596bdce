import { afterEach, expect, test, vi } from "vitest";
import type { BoundRule, Outcome, Scope } from "./api.js";
import { askAll } from "./ask-all.js";

const scope = { at: 7 } as Scope;

/** A rule that gives one outcome, and only for the scope above. */
function rule(outcome: Outcome): BoundRule {
  return { run: ({ at }) => (at === 7 ? outcome : 3), error: vi.fn(), values: () => [], marks: () => [] };
}

function outcomesOf(rules: readonly BoundRule[]): number[] {
  const outcomes = new Uint8Array(rules.length);
  askAll(rules)(scope, outcomes);
  return [...outcomes];
}

afterEach(() => vi.unstubAllGlobals());

test("every rule of a list is asked, and its outcome stands in its place", () => {
  expect(outcomesOf([rule(1), rule(0), rule(2), rule(3)])).toEqual([1, 0, 2, 3]);
  expect(outcomesOf([])).toEqual([]);
  expect(outcomesOf(Array.from({ length: 100 }, (_, i) => rule((i % 4) as Outcome)))).toEqual(
    Array.from({ length: 100 }, (_, i) => i % 4),
  );
});

test("a process that forbids code from strings asks the same", () => {
  vi.stubGlobal("Function", function refused() {
    throw new EvalError("Code generation from strings disallowed for this context");
  });
  expect(outcomesOf([rule(1), rule(0), rule(2), rule(3)])).toEqual([1, 0, 2, 3]);
});

test("a fault of ours in a rule rises", () => {
  const broken: BoundRule = {
    ...rule(1),
    run: () => {
      throw new TypeError("ours");
    },
  };
  expect(() => outcomesOf([rule(1), broken])).toThrow(TypeError);
});

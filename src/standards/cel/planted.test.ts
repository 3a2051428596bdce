import { expect, test } from "vitest";
import { compileExpression } from "./testing/evaluate.js";
import { host, rule, tables, trapScope } from "./testing/fixtures.js";
import { traps } from "./testing/traps.js";
import { canonical } from "./testing/values.js";
import type { PlantedBug } from "./unit.js";

/** Each fault, and a trap that is there for it. */
test.each<[PlantedBug, string]>([
  ["multiply-sign-of-zero", "zero times minus four is an int"],
  ["divide-sign-of-zero", "zero divided by minus four"],
  ["remainder-sign-of-zero", "the remainder of a negative int"],
  ["all-not-absorbing", "all: a false member after an error"],
  ["exists-not-absorbing", "exists: a true member after an error"],
  ["division-not-truncating", "division truncates"],
  ["and-not-absorbing", "false after an error"],
  ["size-in-utf16", "size counts code points"],
  ["order-by-utf16", "order is by code point"],
  ["overflow-unchecked", "the largest int plus one"],
  ["prototype-keys", "toString is not a key"],
])("the planted bug %s is caught by «%s»", (bug, about) => {
  expect(broken(undefined)).toEqual([]);
  expect(broken(bug)).toContain(about);
});

/** Traps that a fault in the generator springs. */
function broken(bug: PlantedBug | undefined): readonly string[] {
  return traps
    .filter(({ text, gives }) => {
      const compiled = compileExpression(text, rule, tables, host, bug);
      if ("diagnostics" in compiled) return true;
      const result = compiled.evaluate(trapScope);
      const wanted =
        typeof gives === "object" && gives !== null && "error" in gives
          ? `error ${String(gives.error)}`
          : canonical(gives);
      return ("error" in result ? `error ${result.error}` : canonical(result.value)) !== wanted;
    })
    .map(({ about }) => about);
}

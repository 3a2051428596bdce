import { describe, expect, test } from "vitest";
import { compileExpression } from "./testing/evaluate.js";
import { host, rule, tables, trapScope } from "./testing/fixtures.js";
import { bufOracle, type Evaluation, mbOracle } from "./testing/interpret.js";
import { traps } from "./testing/traps.js";
import { canonical } from "./testing/values.js";

const oracles = { mb: mbOracle(tables, rule, host), buf: bufOracle(tables, rule, host) };

describe.each(traps)("$about: $text", ({ text, gives, differs }) => {
  const compiled = compileExpression(text, rule, tables, host);
  test("the generated code gives it", () => {
    if ("diagnostics" in compiled) throw new Error(JSON.stringify(compiled.diagnostics));
    expect(shown(compiled.evaluate(trapScope))).toBe(shown(isError(gives) ? gives : { value: gives }));
  });
  test.each(["mb", "buf"] as const)("%s agrees, unless it is known not to", (name) => {
    if ("diagnostics" in compiled) return;
    const ours = compiled.evaluate(trapScope);
    const same = kind(oracles[name](text, compiled.tree.type, trapScope)) === kind(ours);
    expect(same).toBe(differs?.[name] === undefined);
  });
});

function isError(value: unknown): value is { error: string } {
  return typeof value === "object" && value !== null && "error" in value;
}

function shown(result: Evaluation): string {
  return "error" in result ? `error ${result.error}` : canonical(result.value);
}

/** Oracles name their errors otherwise: only that there is one is compared. */
function kind(result: Evaluation): string {
  return "error" in result ? "error" : canonical(result.value);
}

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { analyseExpression } from "./analyse.js";
import type { PortableRule } from "./bind.js";
import { compiledFrom } from "./compile.js";
import { emitModule, type RuleModule, rulesOfModule } from "./module.js";
import { expression, scope } from "./testing/arbitraries.js";
import { host, rule, tables } from "./testing/fixtures.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "touchstone-cel-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Random rules, among them names that are keys of every object. */
function rules(): readonly PortableRule[] {
  return fc.sample(expression("bool", 3), { numRuns: 150, seed: 4 }).map((text, i) => {
    const { tree } = analyseExpression(text, rule, tables);
    if (tree === undefined) throw new Error(text);
    return compiledFrom(
      { id: ["constructor", "__proto__"][i] ?? `rule-${i}`, assert: text, ...rule },
      { when: undefined, assert: tree },
      tables,
    );
  });
}

test("rules of a written module come out as those that were compiled, values and errors too", async () => {
  const compiled = rules();
  const file = join(folder, "rules.mjs");
  writeFileSync(file, emitModule(compiled));
  const written = rulesOfModule(((await import(pathToFileURL(file).href)) as { rules: RuleModule }).rules, tables);
  expect(written.map(({ id }) => id)).toEqual(compiled.map(({ id }) => id));
  const scopes = fc.sample(scope, { numRuns: 40, seed: 4 });
  for (const [i, one] of written.entries()) {
    const other = compiled[i];
    const [a, b] = [one.bind(host), other?.bind(host)];
    for (const at of scopes) {
      const outcome = a.run(at);
      expect(outcome).toBe(b?.run(at));
      if (outcome === 2) expect(a.values(at)).toEqual(b?.values(at));
      if (outcome === 3) expect(a.error()).toEqual(b?.error());
    }
  }
});

test("a written module runs where code generation is forbidden, and is written again as it was", () => {
  const file = join(folder, "forbidden.mjs");
  writeFileSync(file, emitModule(rules().slice(0, 20)));
  const script = `
    const { readFileSync } = await import("node:fs");
    const { emitModule, rulesOfModule } = await import("./src/standards/cel/module.ts");
    const { tables, host, trapScope } = await import("./src/standards/cel/testing/fixtures.ts");
    const { rules } = await import(${JSON.stringify(pathToFileURL(file).href)});
    const read = rulesOfModule(rules, tables);
    console.log(read.map((rule) => rule.bind(host).run(trapScope)).length, emitModule(read) === readFileSync(${JSON.stringify(file)}, "utf8"));`;
  const args = ["--disallow-code-generation-from-strings", "--import", "tsx", "--input-type=module", "--eval", script];
  expect(execFileSync(process.execPath, args, { encoding: "utf8" }).trim()).toBe("20 true");
});

test("a module that asks for a check of another build says which", () => {
  const [one] = rulesOfModule(
    { r: { checks: ["gone(double): bool"], patterns: [], measures: [], columns: [], make: () => ({}) as never } },
    tables,
  );
  expect(() => one?.bind(host)).toThrow("this build has no check gone(double): bool");
});

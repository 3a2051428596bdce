import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkRule, compileRule } from "./compile.js";
import { parameterType } from "./environment.js";
import { emitModule } from "./module.js";
import { compileExpression } from "./testing/evaluate.js";
import { host, rule, scopeOf, tables } from "./testing/fixtures.js";

const codes = (assert: string) =>
  checkRule({ id: "r", on: "annotation", assert, params: {} }, tables).map(({ code }) => code);

describe("strings never become code", () => {
  const pieces = fc.constantFrom(
    '"',
    "'",
    "`",
    "\\",
    "${",
    "}",
    "*/",
    "//",
    "\n",
    "\r",
    "\u2028",
    "\u2029",
    "\u0000",
    ");",
    "globalThis.hit=1",
    "__proto__",
    "constructor",
    "</script>",
    "a",
    "𠮷",
  );
  const hostile = fc.array(pieces, { minLength: 1, maxLength: 8 }).map((parts) => parts.join(""));

  test("20,000 hostile literals come out as they went in", () => {
    const texts = fc.sample(hostile, { numRuns: 20_000, seed: 1 });
    const escaped = /[\\"\p{Cc}\p{Zl}\p{Zp}]/gu;
    const inCel = (text: string) =>
      `"${text.replace(escaped, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`)}"`;
    const failed: string[] = [];
    for (let i = 0; i < texts.length; i += 20) {
      const some = texts.slice(i, i + 20);
      const list = `[${some.map(inCel).join(", ")}]`;
      const compiled = compileExpression(list, rule, tables, host);
      if ("diagnostics" in compiled) throw new Error(JSON.stringify(compiled.diagnostics));
      const result = compiled.evaluate(scopeOf({}));
      if (!("value" in result) || JSON.stringify(result.value) !== JSON.stringify(some)) failed.push(list);
    }
    expect(failed).toEqual([]);
    expect("hit" in globalThis).toBe(false);
  });

  test("hostile parameters, labels, map keys and rule ids", () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const result = compileRule(
          {
            id: text,
            on: "annotation",
            when: "has(annotation.label)",
            assert: "annotation.label == params.one && annotation.label in params.many",
            params: { one: text, many: [text] },
          },
          tables,
        );
        if ("diagnostics" in result) throw new Error("refused");
        const ruled = result.compiled.bind(host);
        expect(ruled.run(scopeOf({ label: text }))).toBe(1);
        expect(ruled.run(scopeOf({ label: `${text}x` }))).toBe(2);
        expect(ruled.values(scopeOf({ label: `${text}x` }))).toHaveLength(1);
        const { rules } = new Function(
          `${emitModule([result.compiled]).replace("export const", "const")} return { rules };`,
        )() as { rules: object };
        expect(Object.keys(rules)).toEqual([text]);
      }),
      { numRuns: 500 },
    );
    expect("hit" in globalThis).toBe(false);
  });
});

describe("prototype keys", () => {
  test.each([
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "prototype",
  ])("%s is no field, parameter, function or key", (name) => {
    expect(codes(`has(annotation.${name})`)).toEqual(["no_such_field"]);
    expect(codes(`annotation.${name} == 1`)).not.toEqual([]);
    expect(codes(`params.${name} == 1.0`)).not.toEqual([]);
    expect(codes(`${name}(1)`)).not.toEqual([]);
    expect(codes(`"a".${name}()`)).not.toEqual([]);
    const compiled = compileExpression(`{"a": 1}["${name}"]`, rule, tables, host);
    expect("evaluate" in compiled && compiled.evaluate(scopeOf({}))).toEqual({ error: "no_such_key" });
  });
});

describe("sizes", () => {
  test.each([
    ["a rule over 8 KiB", `"${"a".repeat(8200)}" == ""`],
    ["a chain of 5,000 terms", `${"1+".repeat(4000)}1 > 0`],
    ["nesting of 60", `${"(".repeat(60)}true${")".repeat(60)}`],
    ["8,000 negations", `${"!".repeat(8000)}true`],
    ["a list of 1,500", `size([${"1,".repeat(1500)}1]) > 0`],
    ["fields 60 deep", `annotation${".a".repeat(60)} == 1`],
    ["indexes 60 deep", `[1]${"[0]".repeat(60)} == 1`],
  ])("%s is too complex", (_, text) => expect(codes(text)).toEqual(["too_complex"]));

  test("a long chain within the limits is compiled and runs", () => {
    const sum = compileExpression(`${"1+".repeat(900)}1`, rule, tables, host);
    expect("evaluate" in sum && sum.evaluate(scopeOf({}))).toEqual({ value: 901 });
    const and = compileExpression(`${"true&&".repeat(900)}true`, rule, tables, host);
    expect("evaluate" in and && and.evaluate(scopeOf({}))).toEqual({ value: true });
    const or = compileRule({ id: "r", on: "annotation", params: {}, assert: `${"false||".repeat(900)}1/0==1` }, tables);
    expect("compiled" in or && or.compiled.bind(host).run(scopeOf({}))).toBe(3);
  });

  test("deep within the limits is compiled and runs", () => {
    const deep = Array.from({ length: 20 }).reduce<string>(
      (inner, _, i) => `[${i}].all(n${i}, ${inner} && 1 / n${i} >= 0)`,
      "true",
    );
    const result = compileRule({ id: "r", on: "annotation", params: {}, assert: deep }, tables);
    expect("compiled" in result && result.compiled.bind(host).run(scopeOf({}))).toBe(3);
    expect("compiled" in result && result.compiled.code.length).toBeLessThan(500_000);
  });

  test.each([
    "1e999 > 0.0",
    "99999999999999999999999 > 0",
    "0xffffffffffffffffffff > 0",
  ])("the huge literal %s is refused", (text) => expect(codes(text)).toHaveLength(1));

  test("a vocabulary of 100,000 words is a set", () => {
    const vocabulary = Array.from({ length: 100_000 }, (_, i) => `word ${i}`);
    const result = compileRule(
      {
        id: "r",
        on: "annotation",
        when: "has(annotation.label)",
        assert: "annotation.label in params.vocabulary",
        params: { vocabulary },
      },
      tables,
    );
    expect("compiled" in result && result.compiled.bind(host).run(scopeOf({ label: "word 99999" }))).toBe(1);
  });
});

describe("regular expressions take linear time", () => {
  test.each([
    "^(a+)+$",
    "^(a|a)*$",
    "^(a*)*b$",
    "(.*)(.*)(.*)(.*)=c",
    "(a?){400}b",
  ])("%s on 100,000 characters", (pattern) => {
    const compiled = compileExpression(`annotation.caption.matches(${JSON.stringify(pattern)})`, rule, tables, host);
    if ("diagnostics" in compiled) throw new Error("refused");
    const start = performance.now();
    expect(compiled.evaluate(scopeOf({ caption: `${"a".repeat(100_000)}!` }))).toEqual({ value: false });
    // A backtracking engine needs 9 s for 29 characters of the first.
    expect(performance.now() - start).toBeLessThan(3000);
  });
});

test("random text is refused or compiled, and never a raw error", () => {
  const words = fc.constantFrom(
    "annotation",
    "box",
    ".",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ":",
    ",",
    "?",
    "&&",
    "||",
    "!",
    "-",
    "==",
    "in",
    "has",
    "all",
    "map",
    "x",
    "1",
    "1.0",
    '"a"',
    "null",
    "true",
    "params",
    "size",
    "matches",
    " ",
    "u",
    "b'a'",
    "`",
    "\\",
    "⁂",
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(words, { maxLength: 30 }).map((parts) => parts.join("")),
      ),
      (text) => {
        const result = compileRule({ id: "r", on: "annotation", assert: text, params: {} }, tables);
        if ("compiled" in result) result.compiled.bind(host).run(scopeOf({}));
        else expect(result.diagnostics.length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 3000 },
  );
});

test("an empty list is a list of words", () => expect(parameterType([])).toBe("list<string>"));

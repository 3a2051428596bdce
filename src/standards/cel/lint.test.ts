import { describe, expect, test } from "vitest";
import type { CheckSource } from "./analyse.js";
import type { CelDiagnostic } from "./api.js";
import { checkRule, compileRule } from "./compile.js";
import { tables } from "./testing/fixtures.js";

type Part = Partial<CheckSource> & Pick<CheckSource, "assert">;

function told(source: Part | string): readonly CelDiagnostic[] {
  const part = typeof source === "string" ? { assert: source } : source;
  return checkRule({ id: "r", on: "annotation", params: {}, ...part }, tables);
}

/** A diagnostic in English. */
interface Found extends Omit<CelDiagnostic, "message" | "hint"> {
  readonly message: string;
  readonly hint: string | undefined;
}

function found(source: Part | string): readonly Found[] {
  return told(source).map((one) => ({ ...one, message: one.message.en, hint: one.hint?.en }));
}

describe("what may not be in a rule", () => {
  test.each<[string, Part | string, Partial<Found>]>([
    [
      "an unknown field",
      "has(annotation.box) && annotation.boxx.x > 1.0",
      { code: "no_such_field", start: 34, end: 38, hint: "did you mean box?" },
    ],
    ["an unknown field inside has()", "has(annotation.rlee)", { code: "no_such_field", hint: "did you mean rle?" }],
    ["a prototype key as a field", "has(annotation.constructor)", { code: "no_such_field" }],
    [
      "__proto__ as a field",
      "annotation.__proto__ == annotation.__proto__",
      { code: "no_such_field", start: 11, end: 20 },
    ],
    [
      "an unguarded field",
      "annotation.area > 1.0",
      {
        code: "unguarded_field",
        start: 0,
        end: 15,
        hint: "put has(annotation.area) into `when`, or before it: has(annotation.area) && …",
      },
    ],
    [
      "an unguarded field of a member",
      { when: "has(annotation.segments)", assert: "annotation.segments.all(s, s.area > 1.0)" },
      {
        code: "unguarded_field",
        start: 27,
        end: 33,
        hint: "put has(s.area) into `when`, or before it: has(s.area) && …",
      },
    ],
    ["an unguarded record inside has()", "has(annotation.box.x)", { code: "unguarded_field", start: 4, end: 18 }],
    [
      "a value that an enumeration has not",
      { when: "has(media.split)", assert: 'media.split == "testt"' },
      { code: "not_in_enumeration", hint: "one of train, val, test", start: 15, end: 22 },
    ],
    [
      "such a value in a list",
      { when: "has(media.split)", assert: 'media.split in ["train", "dev"]' },
      { code: "not_in_enumeration", start: 25, end: 30 },
    ],
    [
      "such a value in a parameter",
      { when: "has(media.split)", assert: "media.split in params.splits", params: { splits: ["dev"] } },
      { code: "not_in_enumeration" },
    ],
    [
      "a pattern that is no literal",
      { when: "has(annotation.label)", assert: "annotation.label.matches(annotation.label)" },
      { code: "pattern_not_literal" },
    ],
    [
      "a pattern with look-ahead",
      '"a".matches("a(?=b)")',
      { code: "pattern_not_re2", hint: "RE2 has no look-around: join two matches() with && and !" },
    ],
    [
      "a pattern with a back-reference",
      String.raw`"a".matches(r"(a)\1")`,
      { code: "pattern_not_re2", hint: "RE2 has no back-references: call a check function" },
    ],
    [
      "a script in JavaScript's form",
      String.raw`"a".matches(r"\p{Script=Han}")`,
      { code: "pattern_not_re2", hint: "write \\p{Han}" },
    ],
    [
      "a code point in JavaScript's form",
      String.raw`"a".matches(r"[\u4e00-\u9fff]")`,
      { code: "pattern_not_re2", hint: "write \\x{4e00}" },
    ],
    [
      "a repeat over 1000",
      '"a".matches("a{1001}")',
      { code: "pattern_not_re2", hint: "repeat at most 1000 times; bound the length with size()" },
    ],
    [
      "a pattern of many states",
      '"a".matches("a{900}b{900}c{900}")',
      { code: "pattern_not_re2", message: "the pattern has more than 2000 states" },
    ],
    [
      "a pattern of many characters",
      `"a".matches("${"a".repeat(1001)}")`,
      { code: "pattern_not_re2", message: "a pattern has at most 1000 characters" },
    ],
    [
      "nested repeats",
      '"a".matches("((a{100}){100}){100}")',
      { code: "pattern_not_re2", hint: "nested repeats multiply: their product is at most 1000" },
    ],
    [
      "a pattern in a parameter",
      { assert: '"a".matches(params.pattern)', params: { pattern: "(" } },
      { code: "pattern_not_re2", start: 12, end: 26 },
    ],
    [
      "a record compared with null",
      "annotation.box == null",
      { code: "no_such_overload", hint: "null reads as absent: use has()" },
    ],
    [
      "records compared",
      "annotation.box == annotation.box",
      { code: "no_such_overload", hint: "records are compared field by field" },
    ],
    [
      "a double compared with an int",
      "has(annotation.area) && annotation.area == 0",
      { code: "no_such_overload", hint: "write the number as a double: 0.0 instead of 0, double(n) instead of n" },
    ],
    [
      "a double plus an int",
      "has(annotation.area) && annotation.area + 1 > 2.0",
      { code: "no_such_overload", hint: "write 1.0 instead of 1, double(n) instead of n" },
    ],
    [
      "an id compared with text",
      'has(annotation.id) && annotation.id == "1"',
      { code: "no_such_overload", hint: "write text(id) == …" },
    ],
    ["uint", "1u == 1u", { code: "uint" }],
    ["bytes", 'b"a" == b"a"', { code: "bytes" }],
    [
      "a timestamp",
      'timestamp("2026-01-01T00:00:00Z") == timestamp("2026-01-01T00:00:00Z")',
      { code: "not_in_the_language", hint: "call a check function on the text of the time" },
    ],
    [
      "optional syntax",
      "annotation.?box.?x == 1",
      { hint: "optional syntax is not part of the rule language: use has()" },
    ],
    [
      "dyn",
      "dyn(1) == 1",
      { code: "not_in_the_language", hint: "leave dyn() out: every value of a rule has one type" },
    ],
    ["a duplicate key", 'size({"a": 1, "a": 2}) == 1', { code: "duplicate_map_key", start: 14, end: 17 }],
    ["a key that is no text", "size({1: 1}) == 1", { code: "map_key" }],
    [
      "a function of positions",
      '"abc".substring(1) == "bc"',
      {
        code: "not_in_the_language",
        hint: "use startsWith(), endsWith() or matches(): positions would count UTF-16 units",
      },
    ],
    ["upper case", '"a".upperAscii() == "A"', { code: "not_in_the_language" }],
    ["cel.bind", "cel.bind(x, 1, x) == 1", { code: "not_in_the_language" }],
    ["a type as a value", "type(1) == int", { code: "not_in_the_language" }],
    ["an int beyond 53 bits", "9007199254740992 > 1", { code: "int_too_large", start: 0, end: 16 }],
    ["an expression that is not bool", "1 + 1", { code: "not_bool" }],
    ["an empty expression", "", { code: "unexpected_token" }],
    ["an unknown variable", "image.width > 1", { code: "unknown_variable" }],
    [
      "siblings without within",
      "size(siblings) == 1",
      { code: "unknown_variable", hint: "only a rule with `within` has siblings and at" },
    ],
    ["a parameter that is not there", { assert: "params.mni > 1.0", params: { min: 1 } }, { code: "no_such_field" }],
    ["has() of a parameter", { assert: "has(params.min)", params: { min: 1 } }, { code: "has_of_parameter" }],
    [
      "a measure by a computed id",
      { when: "has(annotation.label)", assert: "measure(annotation.label).x > 1.0" },
      { code: "measure_not_literal" },
    ],
    [
      "an unknown kind",
      { when: "has(annotation.id)", assert: 'known("image", annotation.id)' },
      { code: "no_such_kind" },
    ],
    [
      "a group check about somebody else",
      { within: "media", assert: "isFirst(siblings, 0)" },
      { code: "group_arguments" },
    ],
    [
      "a record in the assertion of a group rule",
      { within: "media", when: "has(annotation.area)", assert: "size(siblings) == 1 && annotation.area > 1.0" },
      { code: "record_in_group", start: 23, end: 33 },
    ],
    [
      "a group check with an argument of one member",
      {
        within: "media",

        assert: "maxIouWithOthers(siblings, at, size(siblings) > 1) < 1.0",
      },
      { code: "group_argument_not_constant" },
    ],
  ])("%s", (_, source, diagnostic) => {
    expect(found(source)[0]).toMatchObject(diagnostic);
    for (const { message, hint } of told(source)) {
      expect(message.zh).toMatch(/\p{Script=Han}/u);
      expect(hint?.zh ?? "无").toMatch(/\p{Script=Han}/u);
    }
  });
});

describe("what may be", () => {
  test.each<[string, Part | string]>([
    ["a guard before &&", "has(annotation.area) && annotation.area > 1.0"],
    ["a guard in `when`", { when: "has(annotation.area)", assert: "annotation.area > 1.0" }],
    ["a negated guard before ||", "!has(annotation.area) || annotation.area > 1.0"],
    ["a guard in ?:", "has(annotation.area) ? annotation.area > 1.0 : true"],
    ["a negated guard in ?:", "!has(annotation.area) ? true : annotation.area > 1.0"],
    [
      "either of two guards, both of which say so",
      "(has(annotation.area) && true || has(annotation.area)) && annotation.area > 1.0",
    ],
    ["guards by De Morgan", "!(!has(annotation.area) || !has(annotation.box)) && annotation.area > annotation.box.x"],
    [
      "a guard of a member",
      { when: "has(annotation.segments)", assert: "annotation.segments.all(s, !has(s.area) || s.area > 1.0)" },
    ],
    [
      "a guard in a three-argument map",
      { when: "has(annotation.segments)", assert: "size(annotation.segments.map(s, has(s.area), s.area)) > 0" },
    ],
    ["a field by a literal index", { when: "has(annotation.box)", assert: 'annotation["box"].x > 0.0' }],
    ["x of a measure needs no guard", 'measure("label-balance").x > 0.5'],
    ["an enumeration's own value", { when: "has(media.split)", assert: 'media.split in ["train", "val"]' }],
    [
      "an open threshold",
      { when: "has(annotation.area)", assert: "annotation.area > params.min", params: { min: { open: "double" } } },
    ],
    [
      "an open pattern",
      {
        when: "has(annotation.label)",
        assert: "annotation.label.matches(params.pattern)",
        params: { pattern: { open: "string" } },
      },
    ],
    [
      "a variable that hides the record",
      { when: "has(annotation.keypoints)", assert: "annotation.keypoints.all(annotation, annotation.v > 0.0)" },
    ],
  ])("%s", (_, source) => expect(found(source)).toEqual([]));

  test("a guard of one of two branches proves nothing", () => {
    expect(found("(has(annotation.area) || has(annotation.box)) && annotation.area > 1.0")).toHaveLength(1);
  });
});

test("each operand of && has its own error, in both expressions", () => {
  const all = found({
    when: "has(annotation.boxx) && annotation.area",
    assert: "annotation.labl == 'a' &&\n  annotation.area == 0 && size(annotation.caption) > 'a'",
  });
  expect(all.map(({ where, code, start }) => [where, code, start])).toEqual([
    ["when", "no_such_field", 15],
    ["when", "not_bool", 24],
    ["when", "unguarded_field", 24],
    ["assert", "no_such_field", 11],
    ["assert", "no_such_overload", 28],
    ["assert", "no_such_overload", 52],
  ]);
});

test("string() of a double is a warning, which does not keep the rule from being compiled", () => {
  const source = { id: "r", on: "annotation" as const, params: {}, assert: 'string(1.5) == "1.5"' };
  expect(checkRule(source, tables)).toMatchObject([{ code: "string_of_double", severity: "warning" }]);
  expect("compiled" in compileRule(source, tables)).toBe(true);
});

test("each kind sees its own record and what is joined to it", () => {
  const sees = (on: CheckSource["on"], assert: string) =>
    checkRule({ id: "r", on, params: {}, assert }, tables).length === 0;
  expect(sees("media", "has(media.width) && has(file.path) && has(dataset.files)")).toBe(true);
  expect(sees("media", "has(annotation.id)")).toBe(false);
  expect(sees("category", "has(category.name)")).toBe(true);
  expect(sees("dataset", "has(dataset.files)")).toBe(true);
  expect(sees("dataset", "has(media.width)")).toBe(false);
  expect(sees("file", "has(file.path)")).toBe(true);
  expect(sees("node", "has(node.role) && has(file.path)")).toBe(true);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RuleSource, Scope } from "./api.js";
import { compileRule } from "./compile.js";
import { condition, expression, scope } from "./testing/arbitraries.js";
import { bound, box, boxRule, host, rule, scopeOf, tables, vga } from "./testing/fixtures.js";

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

describe("values of a finding", () => {
  const values = (source: Partial<RuleSource> & Pick<RuleSource, "assert">, one: Scope) => {
    const ruled = bound(source);
    expect(ruled.run(one)).toBe(2);
    return ruled.values(one);
  };
  test.each<[string, Partial<RuleSource> & Pick<RuleSource, "assert">, Scope, object]>([
    [
      "the first comparison that is false",
      boxRule,
      scopeOf(box(600, 0, 41, 10), vga),
      {
        name: "box.x + box.width",
        value: 641,
        relation: ">",
        bound: 640.5,
        bound_says: { zh: "media.width + tolerance_px", en: "media.width + tolerance_px" },
      },
    ],
    [
      "a guard with nothing but a constant after it",
      { assert: "!(has(annotation.iscrowd) && true)" },
      scopeOf({ iscrowd: 3 }),
      { name: "iscrowd", value: 3, relation: "present" },
    ],
    [
      "an equality",
      { when: "has(annotation.iscrowd)", assert: "annotation.iscrowd == 0" },
      scopeOf({ iscrowd: 3 }),
      { name: "iscrowd", value: 3, relation: "!=", bound: 0 },
    ],
    [
      "a constant on the left",
      { when: "has(annotation.area)", assert: "0.0 < annotation.area" },
      scopeOf({ area: -1 }),
      { name: "area", value: -1, relation: "<=", bound: 0 },
    ],
    [
      "a negated comparison",
      { when: "has(annotation.area)", assert: "!(annotation.area > 9.0)" },
      scopeOf({ area: 10 }),
      { name: "area", value: 10, relation: ">", bound: 9 },
    ],
    [
      "the first member of a list that breaks the rule",
      { when: "has(annotation.keypoints)", assert: "annotation.keypoints.all(k, k.v >= 0.0 && k.v <= 2.0)" },
      scopeOf({
        keypoints: [
          { x: 0, y: 0, v: 1 },
          { x: 0, y: 0, v: 7 },
        ],
      }),
      { name: "v", value: 7, relation: ">", bound: 2, part: { of: "keypoints", at: 2 } },
    ],
    [
      "a call that is false",
      { when: "has(annotation.media_id)", assert: 'known("media", annotation.media_id)' },
      scopeOf({ media_id: 99 }),
      { name: "media_id", value: 99, states: { zh: "没有这个编号的数据项", en: "no media item has this id" } },
    ],
    [
      "a call that is true",
      { when: "has(annotation.polygon)", assert: "!annotation.polygon.exists(ring, selfCrosses(ring))" },
      scopeOf({ polygon: [new Float64Array(2), new Float64Array(8)] }),
      {
        name: "selfCrosses(ring)",
        value: true,
        relation: "expected",
        bound: false,
        states: { zh: "边相交", en: "edges cross" },
        part: { of: "polygon", at: 2 },
      },
    ],
    [
      "a list of which no item fulfils a condition",
      { when: "has(annotation.polygon)", assert: "annotation.polygon.exists(ring, selfCrosses(ring))" },
      scopeOf({ polygon: [new Float64Array(2)] }),
      {
        name: "polygon.exists(ring, selfCrosses(ring))",
        value: false,
        relation: "expected",
        bound: true,
        states: { zh: "不成立：边相交", en: "not so: edges cross" },
      },
    ],
    [
      "a number that a check gives, with its words and its unit",
      {
        when: "has(annotation.box)",
        assert: "double(boxArea(annotation.box)) >= params.min_area",
        params: { min_area: 50 },
      },
      scopeOf(box(0, 0, 4, 10)),
      {
        name: "boxArea(box)",
        value: 40,
        relation: "<",
        bound: 50,
        says: { zh: "框的面积", en: "area of the box" },
        unit: { zh: "px²", en: "px²" },
      },
    ],
    [
      "a number that is held against what a function gives",
      {
        when: "has(annotation.label) && has(annotation.num_keypoints)",
        assert: "annotation.num_keypoints == countOf(annotation.label)",
      },
      scopeOf({ label: "cat", num_keypoints: 2 }),
      {
        name: "num_keypoints",
        value: 2,
        relation: "!=",
        bound: 3,
        bound_says: { zh: "label 的长度", en: "length of label" },
      },
    ],
    [
      "a text that does not match",
      {
        when: "has(annotation.label)",
        assert: "annotation.label.matches(params.pattern)",
        params: { pattern: "^[a-z]+$" },
      },
      scopeOf({ label: "Cat 1" }),
      { name: "label", value: "Cat 1", relation: "does not match", bound: "^[a-z]+$" },
    ],
    [
      "a list",
      { when: "has(annotation.label)", assert: "annotation.label in params.words", params: { words: ["cat", "dog"] } },
      scopeOf({ label: "cow" }),
      { name: "label", value: "cow", relation: "not in", bound: '["cat", "dog"]' },
    ],
    [
      "a field of a join",
      { when: "has(media.width)", assert: "media.width > 1000" },
      scopeOf({}, vga),
      { name: "media.width", value: 640, relation: "<=", bound: 1000 },
    ],
    [
      "a choice",
      { when: "has(annotation.area)", assert: "has(annotation.box) ? false : annotation.area > 1.0" },
      scopeOf({ area: 1 }),
      { name: "area", value: 1, relation: "<=", bound: 1 },
    ],
    [
      "NaN, which JSON has not",
      { when: "has(annotation.area)", assert: "annotation.area > 1.0" },
      scopeOf({ area: Number.NaN }),
      { name: "area", value: "NaN", relation: "<=", bound: 1 },
    ],
    [
      "the operand after one that fails",
      { when: "has(annotation.iscrowd)", assert: "1 / annotation.iscrowd > 0 && annotation.iscrowd > 0" },
      scopeOf({ iscrowd: 0 }),
      { name: "iscrowd", value: 0, relation: "<=", bound: 0 },
    ],
    [
      "an item sought in what cannot be evaluated, of a list that is empty",
      {
        when: "has(annotation.iscrowd)",
        assert: "params.steps.filter(d, d < 0.0).exists(d, d in [double(1 / annotation.iscrowd)])",
        params: { steps: [1, 2] },
      },
      scopeOf({ iscrowd: 0 }),
      {
        name: "steps.filter(d, d < 0.0).exists(d, d in [1 / iscrowd])",
        value: false,
        relation: "expected",
        bound: true,
        states: {
          zh: "steps.filter(d, d < 0.0) 中没有一项满足 d in [1 / iscrowd]",
          en: "no item of steps.filter(d, d < 0.0) has d in [1 / iscrowd]",
        },
      },
    ],
    [
      "an item sought in what differs by item",
      { assert: "params.steps.exists(d, d in [d + 1.0])", params: { steps: [1, 2] } },
      scopeOf({}),
      {
        name: "steps.exists(d, d in [d + 1.0])",
        value: false,
        relation: "expected",
        bound: true,
        states: { zh: "steps 中没有一项满足 d in [d + 1.0]", en: "no item of steps has d in [d + 1.0]" },
      },
    ],
    [
      "an absent field",
      { assert: "has(annotation.area)" },
      scopeOf({}),
      { name: "area", value: null, relation: "missing" },
    ],
  ])("%s", (_, source, one, value) => expect(values(source, one)).toEqual([value]));

  test("each side of an || that is false", () => {
    expect(
      values(
        { when: "has(annotation.area)", assert: "annotation.area < 1.0 || annotation.area > 9.0" },
        scopeOf({ area: 5 }),
      ),
    ).toEqual([
      { name: "area", value: 5, relation: ">=", bound: 1 },
      { name: "area", value: 5, relation: "<=", bound: 9 },
    ]);
  });

  test("of an implication, what it speaks of and why its consequence is false", () =>
    expect(
      values(
        {
          when: "has(annotation.keypoints)",
          assert: "annotation.keypoints.all(k, k.v != 0.0 || k.x == 0.0 && k.y == 0.0)",
        },
        scopeOf({ keypoints: [{ x: 5, y: 0, v: 0 }] }),
      ),
    ).toEqual([
      { name: "v", value: 0 },
      { name: "x", value: 5, relation: "!=", bound: 0 },
    ]));

  test("alternatives for one value are one value, and constants are not told", () =>
    expect(
      values(
        {
          when: "has(annotation.iscrowd)",
          assert: "annotation.iscrowd == 0 || annotation.iscrowd == 1 || params.other == 1.0",
          params: { other: 2 },
        },
        scopeOf({ iscrowd: 7 }),
      ),
    ).toEqual([{ name: "iscrowd", value: 7, relation: "not in", bound: "[0, 1]" }]));

  test("an alternative is told after one that is a conjunction", () =>
    expect(
      values(
        {
          when: "has(annotation.area) && has(annotation.iscrowd)",
          assert: "annotation.area > 9.0 && annotation.iscrowd == 0 || annotation.iscrowd == 1",
        },
        scopeOf({ area: 5, iscrowd: 2 }),
      ),
    ).toEqual([
      { name: "area", value: 5, relation: "<=", bound: 9 },
      { name: "iscrowd", value: 2, relation: "!=", bound: 1 },
    ]));

  test("a long text is cut at 80 characters", () => {
    const [value] = values(
      { when: "has(annotation.caption)", assert: 'annotation.caption == ""' },
      scopeOf({ caption: "a".repeat(500) }),
    );
    expect(value?.value).toHaveLength(80);
  });
});

describe("marks", () => {
  test("the checks of the conjunct that fails say where", () => {
    const ruled = bound({
      when: "has(annotation.polygon)",
      assert: "size(annotation.polygon) > 0 && annotation.polygon.all(ring, !selfCrosses(ring))",
    });
    const one = scopeOf({ polygon: [Float64Array.of(1, 2), Float64Array.of(5, 6, 0, 0, 0, 0, 0, 0)] });
    expect(ruled.run(one)).toBe(2);
    expect(ruled.marks(one)).toEqual([{ kind: "crossing", points: [5, 6] }]);
  });
  test("a check in a branch that is not taken has none", () => {
    const ruled = bound({
      assert: "(has(annotation.polygon) ? selfCrosses(annotation.polygon[5]) : selfCrosses([1.0])) == true",
    });
    expect(ruled.run(scopeOf({}))).toBe(2);
    expect(ruled.marks(scopeOf({}))).toEqual([{ kind: "crossing", points: [1, 0] }]);
  });
  test("a check in another conjunct is not asked", () => {
    const ruled = bound({
      when: "has(annotation.polygon)",
      assert: "size(annotation.polygon) > 5 && annotation.polygon.all(ring, !selfCrosses(ring))",
    });
    const one = scopeOf({ polygon: [new Float64Array(8)] });
    expect(ruled.run(one)).toBe(2);
    expect(ruled.marks(one)).toEqual([]);
  });
});

import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GroupCheckDeclaration, Siblings } from "../../checks/declaration.js";
import type { BoundRule, Outcome, RuleSource, Scope } from "./api.js";
import { compiledFrom, compileRule } from "./compile.js";
import { condition, expression, scope } from "./testing/arbitraries.js";
import { compileExpression } from "./testing/evaluate.js";
import { host, rule, scopeOf, tables } from "./testing/fixtures.js";
import type { Evaluation } from "./testing/interpret.js";

const boxRule: RuleSource = {
  id: "box-out-of-bounds",
  on: "annotation",
  when: "has(annotation.box) && has(media.width) && has(media.height)",
  assert: `annotation.box.x >= -params.tolerance_px && annotation.box.y >= -params.tolerance_px &&
annotation.box.x + annotation.box.width <= double(media.width) + params.tolerance_px &&
annotation.box.y + annotation.box.height <= double(media.height) + params.tolerance_px`,
  params: { tolerance_px: 0.5 },
};

function bound(source: Partial<RuleSource> & Pick<RuleSource, "assert">): BoundRule {
  const result = compileRule({ id: "a-rule", on: "annotation", params: {}, ...source }, tables);
  if ("diagnostics" in result) throw new Error(JSON.stringify(result.diagnostics));
  return result.compiled.bind(host);
}

const box = (x: number, y: number, width: number, height: number) => ({ box: { x, y, width, height } });
const vga = { width: 640, height: 480 };

describe("outcomes", () => {
  test.each<[string, Scope, Outcome]>([
    ["a box that fills the medium holds", scopeOf(box(0, 0, 640, 480), vga), 1],
    ["a box within the tolerance holds", scopeOf(box(-0.5, 0, 641, 480), vga), 1],
    ["a box beyond the right edge does not", scopeOf(box(600, 0, 41, 10), vga), 2],
    ["a medium of unknown size is not asked", scopeOf(box(600, 0, 41, 10)), 0],
    ["an annotation without a box is not asked", scopeOf({}, vga), 0],
    ["a box of NaN does not hold", scopeOf(box(Number.NaN, 0, 1, 1), vga), 2],
  ])("%s", (_, one, outcome) => expect(bound(boxRule).run(one)).toBe(outcome));

  test("an error gives its code and place", () => {
    const ruled = bound({
      when: "has(annotation.iscrowd)",
      assert: "annotation.iscrowd >= 0 && 8 / annotation.iscrowd > 1",
    });
    expect(ruled.run(scopeOf({ iscrowd: 0 }))).toBe(3);
    expect(ruled.error()).toEqual({ code: "division_by_zero", where: "assert", start: 27, end: 49 });
  });

  test("an error in `when` says so", () => {
    const ruled = bound({ when: "has(annotation.iscrowd) && 8 / annotation.iscrowd > 1", assert: "true" });
    expect(ruled.run(scopeOf({ iscrowd: 0 }))).toBe(3);
    expect(ruled.error()).toMatchObject({ code: "division_by_zero", where: "when" });
  });

  test("a fault of a check rises: it is no error of the rule", () => {
    const broken = {
      checks: [
        {
          cel: "broken(double): bool",
          says: { zh: "坏", en: "broken" },
          call: () => (undefined as unknown as { x: boolean }).x,
        },
      ],
      groupChecks: [],
    };
    const result = compileRule(
      { id: "r", on: "annotation", assert: "broken(1.0) || 1 / size(params.list) > 0", params: { list: ["a"] } },
      broken,
    );
    if ("diagnostics" in result) throw new Error("refused");
    expect(() => result.compiled.bind(host).run(scopeOf({}))).toThrow(TypeError);
  });

  test("a rule comes out as its two expressions do by themselves, whatever its guards prove", () => {
    let asked = 0;
    fc.assert(
      fc.property(condition, expression("bool", 2), fc.array(scope, { minLength: 4 }), (when, assert, scopes) => {
        const parts = [when, assert].map((text) => compileExpression(text, rule, tables, host));
        const [asks, holds] = parts.map((part) => ("evaluate" in part ? part : undefined));
        if (asks === undefined || holds === undefined) throw new Error("refused");
        const source = { id: "r", ...rule, when, assert };
        const ruled = compiledFrom(source, { when: asks.tree, assert: holds.tree }, tables).bind(host);
        for (const one of scopes) {
          const outcome = ruled.run(one);
          expect(outcome).toBe(outcomeOf(asks.evaluate(one), holds.evaluate(one)));
          if (outcome === 2) expect(ruled.values(one).length).toBeGreaterThan(0);
          if (outcome === 2) expect(ruled.marks(one)).toBeInstanceOf(Array);
          if (outcome !== 0) asked++;
        }
      }),
      { numRuns: 1500 },
    );
    expect(asked).toBeGreaterThan(1000);
  });
});

function outcomeOf(when: Evaluation, assert: Evaluation): Outcome {
  if ("error" in when) return 3;
  if (when.value === false) return 0;
  if ("error" in assert) return 3;
  return assert.value === true ? 1 : 2;
}

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

describe("group rules", () => {
  /** Three members; counts how often a check was asked. */
  function siblings(): Siblings & { asked: number } {
    const answers = new Map<number, ReturnType<GroupCheckDeclaration["answer"]>>();
    const columns = {
      size: 3,
      box: new Float64Array(12),
      category: new Float64Array(3),
      area: new Float64Array(3),
      iscrowd: new Float64Array(3),
      value: new Float64Array(3),
    };
    const group = {
      size: 3,
      asked: 0,
      answer(site: number, check: GroupCheckDeclaration, args: readonly unknown[]) {
        let answer = answers.get(site);
        if (answer === undefined) {
          group.asked++;
          answer = check.answer(columns, ...args);
          answers.set(site, answer);
        }
        return answer;
      },
    };
    return group;
  }

  test("a check answers the whole group once, and each member reads its own", () => {
    const result = compileRule(
      {
        id: "r",
        on: "annotation",
        within: "media",
        assert: "maxIouWithOthers(siblings, at, true) < params.max_iou",
        params: { max_iou: 0.2 },
      },
      tables,
    );
    if ("diagnostics" in result) throw new Error(JSON.stringify(result.diagnostics));
    expect(result.compiled.columns).toEqual(["box", "category"]);
    const ruled = result.compiled.bind(host);
    const group = siblings();
    expect([0, 1, 2].map((at) => ruled.run({ ...scopeOf({}), siblings: group, at }))).toEqual([1, 1, 2]);
    expect(ruled.values({ ...scopeOf({}), siblings: group, at: 2 })).toEqual([
      {
        name: "maxIouWithOthers(siblings, at, true)",
        value: 0.2,
        relation: ">=",
        bound: 0.2,
        says: { zh: "最大交并比", en: "largest IoU" },
      },
    ]);
    expect(group.asked).toBe(1);
  });

  test("the size of a group is said by what its members have in common", () => {
    const ruled = bound({ within: "annotation.id", assert: "size(siblings) == 1" });
    const one = { ...scopeOf({}), siblings: siblings(), at: 0 };
    expect(ruled.run(one)).toBe(2);
    expect(ruled.values(one)).toEqual([
      {
        name: "size(siblings)",
        value: 3,
        relation: "!=",
        bound: 1,
        says: { zh: "id 相同的标注", en: "annotations with this id" },
        unit: { zh: "条", en: "" },
      },
    ]);
  });

  test("a boolean answer and the size of the group", () => {
    const ruled = bound({ within: "annotation.id", assert: "size(siblings) == 3 && isFirst(siblings, at)" });
    const group = siblings();
    expect([0, 1].map((at) => ruled.run({ ...scopeOf({}), siblings: group, at }))).toEqual([1, 2]);
  });
});

test("the measures of a rule are known", () => {
  const result = compileRule(
    {
      id: "r",
      on: "dataset",
      assert: 'measure("label-balance").x > params.min && measure(params.other).a > 0.0',
      params: { min: 0.1, other: "kappa" },
    },
    tables,
  );
  expect("compiled" in result && result.compiled.measures).toEqual(["kappa", "label-balance"]);
});

test("where code generation is forbidden, binding a rule from outside is a coded error", () => {
  const script = `
    const { compileRule } = await import("./src/standards/cel/compile.ts");
    const result = compileRule({ id: "r", on: "annotation", assert: "true", params: {} }, { checks: [], groupChecks: [] });
    try { result.compiled.bind({}); } catch (error) { console.log(error.code, error.exit, error.name); }`;
  const args = ["--disallow-code-generation-from-strings", "--import", "tsx", "--input-type=module", "--eval", script];
  expect(execFileSync(process.execPath, args, { encoding: "utf8" }).trim()).toBe("TS-STANDARD-0002 2 UsageError");
});

import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { GroupCheckDeclaration, Siblings } from "../../checks/declaration.js";
import type { Outcome, Scope } from "./api.js";
import { compiledFrom, compileRule } from "./compile.js";
import { condition, expression, scope } from "./testing/arbitraries.js";
import { compileExpression } from "./testing/evaluate.js";
import { bound, box, boxRule, host, rule, scopeOf, tables, vga } from "./testing/fixtures.js";
import type { Evaluation } from "./testing/interpret.js";

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

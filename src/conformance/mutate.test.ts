import { describe, expect, test } from "vitest";
import type { Rule } from "../records/grammar.gen.js";
import { standardWithCases } from "../standards/find.js";
import type { LoadedStandard } from "../standards/load.js";
import { isProven, killRates, mutateRule } from "./mutate.js";
import { mutationText } from "./mutation-text.js";

const shipped = standardWithCases("ref-image-annotation");

/** A standard of one rule of the shipped one, with some of its cases. */
function only(id: string, change: (rule: Rule) => Partial<Rule>): { standard: LoadedStandard; rule: Rule } {
  const found = shipped.rules.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no rule ${id}`);
  const rule = { ...found, ...change(found) };
  return { standard: { ...shipped, rules: [rule] }, rule };
}

const options = { generated: 600, seed: 1 };

describe("a rule whose cases leave a bound open", async () => {
  const { standard, rule } = only("box-inverted", ({ cases }) => ({
    cases: { ...cases, conforming: [{ annotation: { corners: { x_min: 4, y_min: 4, x_max: 9, y_max: 9 } } }] },
  }));
  const outcome = await mutateRule(standard, rule, options);
  const strict = outcome.mutants.filter(({ operator }) => operator === "strictness");

  test("has survivors, each with a case of the side that it is on", () => {
    expect(strict.map(({ fate }) => fate)).toEqual(["generated", "generated"]);
    for (const { told } of strict) {
      if (told === undefined || !("side" in told)) throw new Error("no case");
      expect(told.side).toBe("conforming");
      const { corners } = told.one.annotation as { corners: Record<string, number> };
      expect(corners["x_min"] === corners["x_max"] || corners["y_min"] === corners["y_max"]).toBe(true);
    }
  });

  test("kills them with these cases", async () => {
    const found = strict.flatMap(({ told }) => (told !== undefined && "side" in told ? [told.one] : []));
    const [first = {}, ...rest] = [...rule.cases.conforming, ...found];
    const mended: Rule = { ...rule, cases: { ...rule.cases, conforming: [first, ...rest] } };
    const again = await mutateRule({ ...standard, rules: [mended] }, mended, { ...options, generated: 0 });
    expect(again.mutants.filter(({ fate }) => fate !== "cases")).toEqual([]);
  });

  test("is not proven", () => {
    expect(isProven([outcome])).toBe(false);
    expect(killRates([outcome]).find(({ operator }) => operator === "strictness")).toEqual({
      operator: "strictness",
      mutants: 2,
      cases: 0,
      generated: 2,
      equivalent: 0,
      survive: 0,
      share: 0,
    });
  });

  test.each([
    ["en", "would be told apart by the case"],
    ["zh", "可加入用例"],
  ] as const)("is told in %s with what to paste", (lang, words) => {
    const text = mutationText([outcome], 1, lang);
    expect(text).toContain(words);
    expect(text).toMatch(/\n {4}conforming:\n {6}- \{ annotation: \{ corners: /);
  });
});

test("the same seed finds the same cases", async () => {
  const { standard, rule } = only("keypoint-out-of-bounds", ({ cases }) => ({
    cases: { ...cases, violating: [cases.violating[0]] },
  }));
  const [one, other] = [await mutateRule(standard, rule, options), await mutateRule(standard, rule, options)];
  expect(other).toEqual(one);
  expect(one.mutants.some(({ fate }) => fate === "generated")).toBe(true);
});

const because = { zh: "理由", en: "reason" };

test("a mutant that is named equivalent, and that nothing tells apart, is left out of the share", async () => {
  const { standard, rule } = only("id-duplicate", () => ({
    equivalent: [{ mutant: "when: dropped", records: 100_000, because }],
  }));
  const outcome = await mutateRule(standard, rule, options);
  expect(outcome.notEquivalent).toEqual([]);
  expect(killRates([outcome]).find(({ operator }) => operator === "dropped")).toMatchObject({
    mutants: 1,
    equivalent: 1,
    share: undefined,
  });
});

test("one that a case kills is not equivalent, and one that is not there neither", async () => {
  const wrong = ["assert: annotation.corners.x_max >= annotation.corners.x_min dropped", "assert: no such"];
  const { standard, rule } = only("box-inverted", () => ({
    equivalent: [
      { mutant: wrong[0] ?? "", records: 100_000, because },
      { mutant: wrong[1] ?? "", records: 100_000, because },
    ],
  }));
  const outcome = await mutateRule(standard, rule, options);
  expect(outcome.notEquivalent).toEqual(wrong);
  expect(isProven([outcome])).toBe(false);
});

test("one that was named after 99,999 records is not equivalent: it survives", async () => {
  const mutant = "when: dropped";
  const { standard, rule } = only("id-duplicate", () => ({ equivalent: [{ mutant, records: 99_999, because }] }));
  const outcome = await mutateRule(standard, rule, options);
  expect(outcome.notEquivalent).toEqual([mutant]);
  expect(outcome.mutants.find(({ name }) => name === mutant)?.fate).toBe("survives");
  expect(isProven([outcome])).toBe(false);
});

test("a rule on a fault of reading has no mutants", async () => {
  const { standard, rule } = only("json-parse-error", () => ({}));
  expect((await mutateRule(standard, rule, options)).mutants).toEqual([]);
});

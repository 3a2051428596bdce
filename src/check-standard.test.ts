import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lintStandardAt, testStandardAt } from "./check-standard.js";
import { UsageError } from "./records/errors.js";
import { coverageOf } from "./report/build.js";
import { coverageText, explainRule, showStandard, standardLine } from "./report/standard-text.js";
import { findStandard, shippedStandards } from "./standards/find.js";
import { newStandard } from "./standards/scaffold.js";

describe.each(shippedStandards())("$id@$edition", ({ id, edition, folder }) => {
  test("lints clean and passes its cases", async () => {
    const { problems, cases } = await lintStandardAt(folder);
    expect(problems.filter(({ warning }) => warning !== true)).toEqual([]);
    expect(cases.filter(({ ok }) => !ok)).toEqual([]);
    const standard = findStandard(`${id}@${edition}`);
    const written = standard.rules.flatMap(({ cases: own }) => [
      ...own.conforming,
      ...own.violating,
      ...(own.inapplicable ?? []),
    ]);
    expect(cases.length).toBe(written.length);
  }, 120_000);

  test("can be read in both languages, rule by rule", () => {
    const standard = findStandard(`${id}@${edition}`);
    for (const lang of ["zh", "en"] as const) {
      expect(showStandard(standard, undefined, lang)).toContain(standard.document.title[lang]);
      for (const rule of standard.rules) {
        const text = explainRule([standard], rule.id, lang, false);
        for (const part of [rule.title[lang], rule.means[lang], rule.fix[lang], rule.clause])
          expect(text).toContain(part);
      }
    }
    for (const { decided_by, rules, clause } of coverageOf(standard))
      expect([clause, decided_by === "rule"]).toEqual([clause, rules.length > 0]);
  });
});

describe("in Chinese no word of ours is English", () => {
  /** What is left of a text without what the data bring: ids, codes, names, titles in English. */
  const ours =
    /\b(rules?|measure|document|human|not-encoded|not-testable|heading|requirement|statement|scheme|schema|no fault|reported|illustrative|normative)\b/;

  test.each(shippedStandards())("coverage and line of $id", ({ id }) => {
    const standard = findStandard(id);
    const rows = coverageOf(standard);
    const written = coverageText(
      rows
        .map((row) => ({ ...row, clause: "", rules: [], title: { zh: "", en: "" } }))
        .map(({ reason: _, ...row }) => row),
      "zh",
    );
    expect(written).not.toMatch(ours);
    expect(standardLine(standard, "zh").replace(id, "").replace(standard.document.title.zh, "")).not.toMatch(ours);
    expect(coverageText(rows, "en").split("\n").length).toBe(rows.length + 1);
  });

  test.each(["json-parse-error", "tc609-id-type"])("what %s wants", (rule) => {
    const text = explainRule(
      shippedStandards().map(({ id }) => findStandard(id)),
      rule,
      "zh",
      false,
    );
    const line = text.split("\n").find((one) => one.startsWith("应成立"));
    expect(line).toMatch(/^应成立：/);
    expect(line).not.toMatch(/no fault|schema /);
  });
});

describe("standard new", () => {
  const inTemporary = async (use: (folder: string) => Promise<void>) => {
    const folder = mkdtempSync(join(tmpdir(), "touchstone-new-"));
    try {
      await use(folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };

  test("makes a folder that passes lint, with one rule whose cases pass", () =>
    inTemporary(async (out) => {
      const folder = newStandard("ours-2026", out);
      expect(await lintStandardAt(folder)).toMatchObject({
        problems: [],
        cases: [{ ok: true }, { ok: true }, { ok: true }],
      });
      expect((await testStandardAt(folder, ["box-below-minimum"])).map(({ name, ok }) => `${name} ${ok}`)).toEqual([
        "conforming/0 true",
        "violating/0 true",
        "inapplicable/0 true",
      ]);
      expect(() => newStandard("ours-2026", out)).toThrow(UsageError);
    }));

  test.each(["Ours", "../up", "a b", "ours-partial", ""])("refuses the id %j", (id) =>
    inTemporary(async (out) => {
      expect(() => newStandard(id, out)).toThrow("TS-USAGE-0001");
    }));
});

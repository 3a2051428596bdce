import { expect, test } from "vitest";
import { escapeMarkdown, renderMarkdown } from "./markdown.js";
import { sampleNames, sampleReport } from "./testing/sample.js";

test.each(sampleNames)("%s stays below 60 kB in both languages", (name) => {
  expect(Buffer.byteLength(renderMarkdown(sampleReport(name), { lang: "zh+en" }))).toBeLessThan(60_000);
});

test("signs that Markdown or HTML reads are escaped, and nobody is called", () => {
  expect(escapeMarkdown("a|b <i> `c` @team https://x [y](z) *d* _e_ #1")).toBe(
    "a\\|b &lt;i&gt; \\`c\\` &#64;team https:&#47;&#47;x \\[y\\](z) \\*d\\* \\_e\\_ \\#1",
  );
});

test("a nonconforming report: the head, the dimension, the rules", () => {
  const text = renderMarkdown(sampleReport("nonconforming"), { lang: "en" });
  expect(text.split("\n")[0]).toBe(
    "### ✕ Nonconforming (annotations only; media not examined) · taco-like · against ref-image-annotation 1.0.0 (illustrative rule set)",
  );
  expect(text).toContain(
    "| 02 Data quality | 99.9 | threshold 90 (reported); 4 critical findings, 0 allowed; 7 major findings, 0 allowed | ✕ Nonconforming |",
  );
  expect(text).toContain(
    "| `box-out-of-bounds` Does not hold: A box lies inside its media | major | illustrative | 7 / 4,784 | annotations.json:1:48214 \\#1180 box.x = -3.5 &lt; -0.5 |",
  );
  expect(text).toContain("<details><summary>Rules that could not be evaluated: 1</summary>");
});

test("hostile names stay in their cells", () => {
  const text = renderMarkdown(sampleReport("hostile"), { lang: "en" });
  const rows = text.split("\n").filter((line) => line.startsWith("| `box-zero-area`"));
  expect(rows).toHaveLength(1);
  expect((rows[0] ?? "").replace(/\\\|/g, "").split("|")).toHaveLength(7);
  expect(text).not.toMatch(/<script|@team|(?<!\\)`code/);
});

test("six hundred rules with findings are cut to what fits, with the number of the others", () => {
  const report = sampleReport("million");
  const rules = Array.from({ length: 30 }, (_, k) =>
    report.rules.map((rule) => ({
      ...rule,
      id: `${rule.id}-${k}`,
      title: { zh: "长".repeat(900), en: "long ".repeat(400) },
    })),
  ).flat();
  const text = renderMarkdown({ ...report, rules, findings: [] }, { lang: "zh+en" });
  expect(Buffer.byteLength(text)).toBeLessThan(60_000);
  expect(text).toContain("more rules: `touchstone render report.json --to html`");
});

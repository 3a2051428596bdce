import { expect, test } from "vitest";
import type { Report } from "../records/report.gen.js";
import { renderHtml } from "./html.js";
import type { LangChoice } from "./locale.js";
import { renderMarkdown } from "./markdown.js";
import { renderPdf } from "./pdf.js";
import { renderSarif } from "./sarif.js";
import { renderTerminal } from "./terminal.js";
import { pdfPages } from "./testing/pdf-text.js";
import { sampleReport } from "./testing/sample.js";

/** The sample with every rule proven but one that has findings; undefined: its standard states nothing. */
function report(unproven: string | undefined): Report {
  const sample = sampleReport("nonconforming");
  if (unproven === undefined) return sample;
  return {
    ...sample,
    rules: sample.rules.map((rule) => ({ ...rule, proven: rule.id !== unproven })),
    standards: sample.standards.map((one) => ({
      ...one,
      proof: { proven: one.rules - 1, digest: "0".repeat(64) },
    })),
  };
}

const htmlOf = (one: Report, lang: LangChoice): string => renderHtml(one, { lang, digest: "0".repeat(64) });

const renderings: readonly (readonly [string, (report: Report, lang: LangChoice) => Promise<string> | string])[] = [
  ["terminal", (one, lang) => renderTerminal(one, { lang, colour: false, outputs: [], exit: 1 })],
  ["Markdown", (one, lang) => renderMarkdown(one, { lang })],
  ["HTML", (one, lang) => htmlOf(one, lang).replace(/<[^>]*>/g, "")],
  [
    "PDF",
    async (one, lang) =>
      pdfPages(await renderPdf(one, { lang, digest: "0".repeat(64) }))
        .join("")
        .replace(/\n/g, ""),
  ],
];
const words = {
  zh: { mark: "未验证", note: "未验证：该规则尚未用真实数据验证有效。" },
  en: { mark: "unproven", note: "Unproven: the rule has not yet been seen to work on real data." },
} as const;
const count = (text: string, word: string): number => text.split(word).length - 1;

test.each(
  renderings.flatMap(([name, render]) => (["zh", "en"] as const).map((lang) => ({ name, render, lang }))),
)("$name in $lang marks the rule that is unproven, says once what it means, and nothing of the others", async ({
  render,
  lang,
}) => {
  const { mark, note } = words[lang];
  const marked = await render(report("box-out-of-bounds"), lang);
  expect(count(marked, note)).toBe(1);
  expect(count(marked.replace(note, ""), mark)).toBeGreaterThan(0);
  expect(marked.split(mark).some((before) => before.slice(-400).includes("box-out-of-bounds"))).toBe(true);
  for (const other of [undefined, "no-rule-of-this-name"]) {
    const plain = await render(report(other), lang);
    expect([count(plain, mark), count(plain, note)]).toEqual([0, 0]);
  }
});

test("the mark stands beside the severity of the rule, and of no other", () => {
  const text = renderMarkdown(report("box-out-of-bounds"), { lang: "en" });
  const rows = text.split("\n").filter((line) => line.includes("(unproven)"));
  expect(rows).toHaveLength(1);
  expect(rows[0]).toContain("| `box-out-of-bounds` Does not hold: A box lies inside its media | major (unproven) |");
});

test("a standard that states nothing says so where the method stands", () => {
  const says = (one: Report): readonly boolean[] => {
    const html = htmlOf(one, "zh+en");
    return ["19 of its rules seen to work on real data", "have been seen to work on real data is not stated"].map(
      (text) => html.includes(text),
    );
  };
  expect(says(report("box-out-of-bounds"))).toEqual([true, false]);
  expect(says(report(undefined))).toEqual([false, true]);
});

test("SARIF carries it as a property of the rule", () => {
  const proven = (one: Report): readonly unknown[] => {
    const { runs } = JSON.parse(renderSarif(one, { lang: "en" })) as {
      runs: { tool: { driver: { rules: { properties: { proven?: boolean } }[] } } }[];
    };
    return [...new Set(runs[0]?.tool.driver.rules.map(({ properties }) => properties.proven))];
  };
  expect(proven(report("box-out-of-bounds"))).toEqual([true, false]);
  expect(proven(report(undefined))).toEqual([undefined]);
});

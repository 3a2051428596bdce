import { expect, test } from "vitest";
import { renderRework } from "./rework.js";
import { sampleNames, sampleReport } from "./testing/sample.js";

test("what decides is to be mended, what does not is to be looked at, and each place has room for an answer", () => {
  const text = renderRework(sampleReport("nonconforming"), { lang: "en", digest: "ab".repeat(32) });
  const mend = text.indexOf("## To be mended");
  const check = text.indexOf("## To be looked at");
  expect(text).toContain(`sha256 \`${"ab".repeat(32)}\``);
  expect(text.slice(mend, check)).toContain("Does not hold: A box lies inside its media");
  expect(text).toContain(
    "| annotations.json:1:48214 | \\#1180 · Clear plastic bottle · batch\\_1/000000.jpg | box.x = -3.5 &lt; -0.5 |  |",
  );
  for (const rule of sampleReport("nonconforming").rules) {
    const at = text.indexOf(`- \`${rule.id}\` ·`);
    if (rule.violations === 0) expect(at).toBe(-1);
    else if (rule.verdict === "nonconforming") expect(at).toBeGreaterThan(mend);
    else expect(at).toBeGreaterThan(check);
  }
});

test("data without findings need no rework", () => {
  const text = renderRework(sampleReport("conforming"), { lang: "zh" });
  expect(text).toContain("没有发现需要改正之处。");
  expect(text).not.toContain("## 须改正");
});

test("evidence that is wanted is a checklist, and the command names the scheme and standards of the report", () => {
  const report = sampleReport("indeterminate");
  const text = renderRework(report, { lang: "en" });
  expect(text.match(/^- \[ \] /gm)).toHaveLength(report.evidence_wanted.length);
  expect(text).toMatch(/^touchstone assess DATA .*--baseline report\.json --findings findings\.jsonl$/m);
});

test.each(sampleNames)("%s: markup out of the data stays text, in both languages", (name) => {
  const text = renderRework(sampleReport(name), { lang: "zh+en" });
  expect(text).toContain("# 返工通知单：");
  expect(text).toContain("# Request for rework: ");
  expect(text).not.toMatch(/<script|<img/);
});

test("the command is the one that made the report, held against this report and no other", () => {
  const sample = sampleReport("nonconforming");
  const options = { ...sample.options, standards: ["a\nb"], baseline_digest: "0".repeat(64), max_examples: 7 };
  const text = renderRework({ ...sample, options }, { lang: "en" });
  const command = /^touchstone assess DATA .*$/m.exec(text)?.[0] ?? "";
  expect(command).toContain("--max-examples 7");
  expect(command).toContain("--standard a[U+000A]b");
  expect(command.match(/--baseline/g)).toHaveLength(1);
});

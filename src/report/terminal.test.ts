import { expect, test } from "vitest";
import { targets } from "./render.js";
import { renderTerminal } from "./terminal.js";
import { wholeReport } from "./testing/extents.js";
import { hostileNames, sampleNames, sampleReport } from "./testing/sample.js";
import { columns } from "./text.js";

const options = {
  colour: false,
  outputs: ["out/report.html", "out/report.json"],
  digest: `3f9c7d12${"0".repeat(52)}a21e`,
  exit: 1,
} as const;

test("a nonconforming report in Chinese", () => {
  expect(renderTerminal(sampleReport("nonconforming"), { ...options, lang: "zh", width: 120 })).toBe(
    `不符合（仅标注，媒体未检）  taco-like  对 ref-image-annotation 1.0.0（示例规则集）
  01 说明文档     —  ◇ 未能判定  无证据，不计入结论
  02 数据质量  99.9  ✕ 不符合    全检，阈值 90（转引）；严重发现 4，允许 0；重要发现 7，允许 0
  03 模型应用     —  ◇ 未能判定  无证据，不计入结论
3 条规则有发现（67 条），15 条成立，1 条未能判定，1 处偏离
1 条未检：1 条参数待定
未涉及  媒体（1,500 个文件）、人工复核（1 项指标）
  严重  id-duplicate                4 / 4,784   annotations.json:1:48214  #309  id 相同的标注 2 条，应为 1 条；另见 #309
  重要  box-out-of-bounds           7 / 4,784   annotations.json:1:48214  #1180  box.x = -3.5 < -0.5
  轻微  polygon-self-intersection  56 / 4,784   annotations.json:1:48214  #31  交点 (280, 880)
偏离  02 的阈值由 90 改为 95（理由：委托方要求）
报告  out/report.html  out/report.json   sha256 3f9c7d12…a21e   退出码 1
`,
  );
});

test("a conforming report in English", () => {
  expect(renderTerminal(sampleReport("conforming"), { ...options, lang: "en", exit: 0 })).toBe(
    `Conforming  street-objects  against ref-image-annotation 1.0.0 (illustrative rule set)
  01 Documentation    —  ◇ Indeterminate  no evidence, outside the verdict
  02 Data quality   100  ✓ Conforming     census, threshold 90 (reported)
  03 Use in models    —  ◇ Indeterminate  no evidence, outside the verdict
no findings, 20 hold, no departures
not covered  human review (1 indicator)
report  out/report.html  out/report.json   sha256 3f9c7d12…a21e   exit status 0
`,
  );
});

test("above five rules it says how many more and how to see them", () => {
  const shown = renderTerminal(sampleReport("million"), { ...options, lang: "zh" });
  expect(shown).toContain("  另有 15 条规则：touchstone render out/report.json --to md\n");
  expect(shown.split("\n")).toHaveLength(14);
});

test("colour stands on verdict words only", () => {
  const shown = renderTerminal(sampleReport("nonconforming"), { ...options, lang: "zh", colour: true });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is looked for
  expect(shown.match(/\u001b\[\d+m[^\u001b]*\u001b\[39m/g)).toHaveLength(4);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is looked for
  expect(shown.replace(/\u001b\[\d+m/g, "")).toBe(
    renderTerminal(sampleReport("nonconforming"), { ...options, lang: "zh", colour: false }),
  );
});

test("a narrow terminal gets the example on a line of its own, with its place whole", () => {
  const shown = renderTerminal(sampleReport("nonconforming"), { ...options, lang: "zh", width: 60 });
  expect(shown).toContain("56 / 4,784\n        annotations.json:1:48214  #31");
});

test("both languages follow one another", () => {
  const shown = renderTerminal(sampleReport("conforming"), { ...options, lang: "zh+en" });
  expect(shown.indexOf("符合")).toBeLessThan(shown.indexOf("Conforming"));
});

test.each(sampleNames)("%s: no control character, no box drawing, no emoji of ours, no endless line", (name) => {
  const shown = renderTerminal(sampleReport(name), { ...options, lang: "zh+en", width: 120 });
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is looked for
  expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2500-\u257f\u202e]/);
  expect(Math.max(...shown.split("\n").map(columns))).toBeLessThan(400);
});

test("hostile names are shown as text", () => {
  const shown = renderTerminal(sampleReport("hostile"), { ...options, lang: "en" });
  expect(shown).toContain(hostileNames[0]);
  expect(shown).toContain("a[U+202E]gnp.exe");
});

test("the command that shows the other rules names the report as a shell takes it", () => {
  const shown = renderTerminal(sampleReport("million"), { ...options, outputs: ["my out/report.json"], lang: "en" });
  expect(shown).toContain("  15 more rules: touchstone render 'my out/report.json' --to md\n");
  expect(targets).toContain("md");
});

test.each(sampleNames)("%s: what is not covered fits in 100 columns", (name) => {
  for (const lang of ["zh", "en"] as const) {
    const line = renderTerminal(sampleReport(name), { ...options, lang })
      .split("\n")
      .find((one) => /^(未涉及|not covered) {2}/.test(one));
    expect(columns(line ?? "")).toBeLessThanOrEqual(100);
  }
});

test("a finding of the whole dataset has neither share nor file", () => {
  const line = renderTerminal(wholeReport(), { ...options, lang: "en" })
    .split("\n")
    .find((one) => one.includes("label-imbalance"));
  expect(line).toContain("label-imbalance     the whole dataset");
  expect(line).not.toContain("1 / 1");
});

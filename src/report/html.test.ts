import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { renderHtml } from "./html.js";
import { against } from "./numbers.js";
import { groupRules } from "./rules.js";
import { unaskedReport, wholeReport } from "./testing/extents.js";
import { hostileNames, type SampleName, sampleNames, sampleReport } from "./testing/sample.js";

const pages = new Map<SampleName, string>();

function page(name: SampleName): string {
  const known = pages.get(name) ?? renderHtml(sampleReport(name), { lang: "zh" });
  pages.set(name, known);
  return known;
}

const count = (text: string, part: string): number => text.split(part).length - 1;

/** Tags and attributes gone: what a reader sees of either language. */
function words(html: string): string {
  return html
    .replace(/<(style|script)[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&");
}

test.each(sampleNames)("%s: at most 1.5 MB and 300 examples, six of a rule", (name) => {
  const html = page(name);
  expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
  expect(count(html, '<figure class="example')).toBeLessThanOrEqual(300);
  for (const section of html.split('<section class="rule"').slice(1)) {
    expect(count(section.split("</section>")[0] ?? "", '<figure class="example')).toBeLessThanOrEqual(6);
  }
});

test("a page for three hundred rules with findings stays below its caps", () => {
  const report = sampleReport("million");
  const rules = Array.from({ length: 15 }, (_, k) =>
    report.rules.map((rule) => ({ ...rule, id: `${rule.id}-${k}` })),
  ).flat();
  const findings = rules.flatMap((rule) =>
    report.findings.slice(0, 3).map((finding) => ({ ...finding, rule: rule.id })),
  );
  const html = renderHtml({ ...report, rules, findings }, { lang: "zh", digest: "0".repeat(64) });
  expect(count(html, '<figure class="example')).toBeLessThanOrEqual(300);
  expect(Buffer.byteLength(html)).toBeLessThan(1_500_000);
});

test.each(sampleNames)("%s: rules in the report are rules on the page", (name) => {
  const report = sampleReport(name);
  const html = page(name);
  const groups = groupRules(report);
  expect(groups.found.length + groups.undecided.length + groups.holding.length + groups.notAsked.length).toBe(
    report.rules.length,
  );
  for (const rule of report.rules) expect(html).toContain(`>${rule.id}</code>`);
});

test("the policy allows the script that is there and nothing else", () => {
  const html = page("nonconforming");
  const script = /<script>([\s\S]*?)<\/script>/.exec(html)?.[1] ?? "";
  const hash = createHash("sha256").update(script).digest("base64");
  expect(html).toContain(`script-src 'sha256-${hash}'`);
  expect(count(html, "<script")).toBe(1);
  expect(html).not.toMatch(/ on\w+=/);
  expect(html).not.toMatch(/(src|href)="(?!#|data:)/);
});

test("hostile names stand on the page as text", () => {
  const html = page("hostile");
  expect(html).not.toContain("<script>alert");
  expect(html).not.toContain('"onload="');
  expect(html).not.toContain("\u202E");
  const shown = words(html);
  expect(shown).toContain(hostileNames[0]);
  expect(shown).toContain("a[U+202E]gnp.exe");
  expect(shown).toContain("한국어 이름");
  expect(shown).not.toContain("x".repeat(300));
});

test("verdict, reason, basis and departures stand before the first score", () => {
  const top = words(page("nonconforming")).split("维度得分")[0] ?? "";
  expect(top).toContain("不符合（仅标注，媒体未检）");
  expect(top).toContain("1 条严重规则、1 条重要规则不成立");
  expect(top).toContain("依据：已检规则 19 条，其中标准原文 0 条，转引 2 条，示例 17 条；方案的阈值与指标名称：转引。");
  expect(top).toContain("由本工具自订");
  expect(top).toContain("02 的阈值由 90 改为 95（理由：委托方要求）");
  expect(top).toContain("未找到媒体文件");
});

test("with no indicator left the evidence comes before the dimensions", () => {
  const html = page("indeterminate");
  expect(html.indexOf('id="evidence"')).toBeLessThan(html.indexOf('id="dimensions"'));
  const other = page("conforming");
  expect(other.indexOf('id="evidence"')).toBeGreaterThan(other.indexOf('id="dimensions"'));
});

test("numbers on the page are those of the report, with their base", () => {
  const report = sampleReport("nonconforming");
  const shown = words(page("nonconforming"));
  expect(shown).toContain("4,784 条标注中 56 条（1.17%）");
  expect(shown).toContain("4,773");
  expect(shown).toContain(against(report.dimensions[1]?.lower ?? 0, [90, 100]));
  expect(shown).toContain("56 of 4,784 annotations (1.17%)");
});

test("both languages have the same number of texts, and no text from the data has a language", () => {
  const html = page("nonconforming");
  expect(count(html, ' lang="zh"')).toBe(count(html, ' lang="en"') + 1); // the third label of the switch is Chinese
  expect(html).toContain("<bdi>Clear plastic bottle</bdi>");
});

test("more classes than a table holds give a rank line and both ends", () => {
  const html = page("ten-thousand-classes");
  expect(words(html)).toContain("其间 9,970 类");
  expect(count(html, '<tr><th scope="row"><bdi>category')).toBe(30);
});

test("ids are unique, and every name that a drawing refers to is there", () => {
  const html = page("million");
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1] ?? "");
  expect(new Set(ids).size).toBe(ids.length);
  const known = new Set(ids);
  const names = [...html.matchAll(/aria-labelledby="([^"]+)"/g)].flatMap((match) => (match[1] ?? "").split(" "));
  expect(names.filter((name) => !known.has(name))).toEqual([]);
});

test("the same report gives the same bytes, and the language only chooses", () => {
  expect(renderHtml(sampleReport("nonconforming"), { lang: "zh" })).toBe(page("nonconforming"));
  const english = renderHtml(sampleReport("nonconforming"), { lang: "en" });
  expect(english).toContain('id="lang-en" checked');
  expect(words(english)).toBe(words(page("nonconforming")));
});

test("pictures are embedded once, as they are", () => {
  const report = sampleReport("nonconforming");
  const findings = report.findings.map((one) =>
    one.drawing === undefined ? one : { ...one, drawing: { ...one.drawing, media: "a.jpg" } },
  );
  const bytes = Uint8Array.from([0xff, 0xd8, 0xff, 0xd9]);
  const html = renderHtml(
    { ...report, findings },
    { lang: "zh", images: new Map([["a.jpg", { bytes, type: "image/jpeg" }]]) },
  );
  expect(count(html, "data:image/jpeg;base64,/9j/2Q==")).toBe(1);
  expect(count(html, 'href="#media-0"')).toBeGreaterThan(6);
});

test("the word certificate stands only where it is denied", () => {
  const html = words(page("nonconforming"));
  expect(html.match(/certificate/gi)).toHaveLength(1);
  expect(html).toContain("it is no certificate");
  expect(html.match(/证书/g)).toHaveLength(1);
});

test("issue data, waivers, a baseline, coverage and unread files have their places", () => {
  const report = sampleReport("nonconforming");
  const [input] = report.inputs;
  if (input === undefined) throw new Error("no input");
  const html = renderHtml(
    {
      ...report,
      scheme: null,
      dimensions: [],
      indicators: [],
      inputs: [
        { ...input, error: { code: "TS-FORMAT-0012", message: { zh: "文件中途结束", en: "the file ends too early" } } },
      ],
      coverage: [
        {
          standard: "ref-image-annotation",
          clause: "5.10",
          title: { zh: "面积", en: "Area" },
          decided_by: "human",
          rules: [],
          obligation: "requirement",
          reason: { zh: "需人工", en: "needs a person" },
        },
        {
          standard: "ref-image-annotation",
          clause: "5.2",
          title: { zh: "标注框", en: "Boxes" },
          decided_by: "rule",
          rules: ["box-out-of-bounds"],
        },
      ],
      waivers: [{ rule: "id-duplicate", path: "a/*", reason: "seen", by: "QA", applies: true, matched: 2 }],
      baseline: {
        sha256: "0".repeat(64),
        comparable: true,
        new: 1,
        persisting: 2,
        fixed: 3,
        compared: 100,
        of: 55_000,
      },
      issue: {
        report_number: "2026-1",
        body: "样例检验中心",
        client: "样例公司",
        issued: "2026-11-24",
        approved_by: { name: "甲", post: "负责人" },
      },
    },
    { lang: "zh" },
  );
  const shown = words(html);
  for (const text of [
    "数据集检验报告",
    "2026-1",
    "样例公司",
    "甲，负责人",
    "2026 年 11 月 24 日",
    "TS-FORMAT-0012",
    "只比较了 55,000 处中的 100 处",
    "豁免 2 处",
    "需人工",
    "没有方案，按规则严格判定",
  ]) {
    expect(shown, text).toContain(text);
  }
  expect(shown).not.toContain("未经第三方审核");
  expect(html.indexOf("<td>5.2</td>")).toBeLessThan(html.indexOf("<td>5.10</td>"));
});

test("the title of the page says verdict and scope, in the language that is chosen", () => {
  const html = page("nonconforming");
  expect(html).toContain('data-zh="taco-like · 不符合（仅标注，媒体未检） · 数据集自查报告"');
  expect(html).toContain('data-en="taco-like · Nonconforming (annotations only; media not examined) · Dataset');
});

test("options of a filter bring both languages for the script to choose from", () => {
  expect(page("nonconforming")).toContain('<option value="minor" data-zh="轻微" data-en="minor">');
});

test("a path may break after its signs, whatever it holds", () => {
  expect(page("nonconforming")).toContain("batch_<wbr>1/<wbr>000000.jpg");
  expect(page("hostile")).toContain("&lt;script&gt;alert(1)&lt;/<wbr>script&gt;");
});

test("a finding of the whole dataset has no file, no strip and no share", () => {
  const report = wholeReport();
  const html = renderHtml(report, { lang: "zh" });
  const section = html.split('<section class="rule"')[1]?.split("</section>")[0] ?? "";
  expect(section).toContain("整个数据集");
  expect(section).not.toContain('class="where"');
  expect(words(section)).not.toMatch(/annotations\.json|100%|64/);
  expect(html).not.toContain("<option>annotations.json</option>");
});

test("rules that were not asked stand by reason, with their counts", () => {
  const shown = words(renderHtml(unaskedReport(), { lang: "zh" }));
  expect(shown).toContain("未检的规则 4 条：2 条需要媒体，1 条参数待定，1 条所问的内容数据中没有");
  expect(shown).toContain("Rules not asked: 4 (2 need the media, 1 with open parameters, 1 without such data)");
});

test("a dimension without evidence stands on a scale of 0 to 100, and so do the others", () => {
  const scale = page("conforming").split('<svg class="scale"')[1] ?? "";
  expect(scale).toContain(">0</text>");
  expect(page("conforming")).not.toContain("坐标轴自 80 起");
});

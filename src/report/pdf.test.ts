import { expect, test } from "vitest";
import type { IssueData, Report } from "../records/report.gen.js";
import { renderPdf } from "./pdf.js";
import { pdfDictionaries, pdfPages } from "./testing/pdf-text.js";
import { type SampleName, sampleNames, sampleReport } from "./testing/sample.js";

const digest = `0123456789ab${"0".repeat(52)}`;
const issue: IssueData = {
  report_number: "2026-0117",
  body: "样例检验中心",
  body_address: "样例路 1 号",
  body_contact: "lab@example.org",
  client: "样例委托公司",
  vendor: "样例数据公司",
  item_name: "街景目标数据集",
  kind_of_inspection: "委托检验",
  place: "样例市",
  received: "2026-11-01",
  performed: "2026-11-20",
  issued: "2026-11-24",
  approved_by: { name: "甲", post: "技术负责人" },
  reviewed_by: { name: "乙" },
  examined_by: { name: "丙" },
  marks: [{ name: "样例标志", number: "IB0000", scope: ["id-duplicate"] }],
};

/** Line breaks of the layout gone: a sentence is found wherever it breaks. */
async function pages(report: Report, lang: "zh" | "en" | "zh+en" = "zh+en"): Promise<string[]> {
  return pdfPages(await renderPdf(report, { lang, digest })).map((page) => page.replace(/\n/g, ""));
}

test("page 1 of a self-check says verdict, reason, basis and departures, in both languages", async () => {
  const first = (await pages(sampleReport("nonconforming")))[0] ?? "";
  for (const text of [
    "自查报告",
    "Self-check report",
    "不符合（仅标注，媒体未检）",
    "Nonconforming (annotations only; media not examined)",
    "1 条严重规则、1 条重要规则不成立：「编号在文件内唯一」（4 处）",
    "One critical and one major rule do not hold",
    "依据：已检规则 19 条，其中标准原文 0 条，转引 2 条，示例 17 条；方案的阈值与指标名称：转引。",
    "02 的阈值由 90 改为 95（理由：委托方要求）",
    "全检（全部读到的记录，n = N）",
  ]) {
    expect(first).toContain(text);
  }
});

test("every page of a self-check says that nobody reviewed it, and has its number and identity", async () => {
  const all = await pages(sampleReport("nonconforming"));
  all.forEach((page, i) => {
    expect(page).toContain("未经第三方审核 Not reviewed by a third party");
    expect(page).toContain("0123456789ab");
    expect(page).toContain(`第 ${i + 1} 页 共 ${all.length} 页 · Page ${i + 1} of ${all.length}`);
  });
  expect(all.join("")).not.toMatch(/专用章|批准|审核人|委托单位|报告编号/);
});

test("a body's report has all that ISO/IEC 17025 7.8.2.1 asks for", async () => {
  const all = await pages({ ...sampleReport("nonconforming"), issue });
  const [cover = "", notes = "", first = ""] = all;
  const items: Record<string, readonly [string, string]> = {
    "a title": [cover, "检 验 报 告"],
    "b name and address of the laboratory": [cover + notes, "样例检验中心"],
    "c place of the activities": [first, "样例市 †"],
    "d identification on every page, and the end": [all.at(-1) ?? "", "报告结束"],
    "e client": [cover + first, "样例委托公司 †"],
    "f method": [all.join(""), "touchstone assess DATA"],
    "g item, condition": [first, "样品状态"],
    "h date of receipt": [first, "2026 年 11 月 1 日 †"],
    "i dates of performance": [first, "2026 年 11 月 20 日 †"],
    "j date of issue": [first, "2026 年 11 月 24 日"],
    "k sampling plan": [first, "抽样方案"],
    "l only the items": [notes, "结果仅对所检样品"],
    "m results with units": [all.join(""), "检验结果（不成立 / 受检）"],
    "n departures": [first, "本次检验有 1 处偏离"],
    "o who authorises": [first, "批准"],
    "p results from others are marked": [notes, "标 † 的信息由委托方提供，未经核实"],
  };
  for (const [item, [page, text]] of Object.entries(items)) expect(page, item).toContain(text);
  expect(first).toContain("（检验检测专用章）");
  expect(first).not.toContain("未经第三方审核");
});

test("cover and notes have no page number, and the contents lead to the pages that they name", async () => {
  const all = await pages({ ...sampleReport("nonconforming"), issue }, "zh");
  expect((all[0] ?? "") + (all[1] ?? "")).not.toMatch(/第 \d+ 页/);
  const body = all.slice(2);
  expect(body[0]).toContain(`第 1 页 共 ${body.length} 页`);
  expect(all[1]).toContain(`正文共 ${body.length} 页`);
  const contents = body.find((page) => page.includes("目录"));
  if (contents !== undefined) {
    const summary = /结果汇总(\d+)/.exec(contents)?.[1];
    expect(body[Number(summary) - 1]).toContain("结果汇总");
  }
});

test("items outside the scope of a supplied mark carry a star", async () => {
  const text = (await pages({ ...sampleReport("nonconforming"), issue }, "zh")).join("");
  expect(text).toContain("标注框位于数据项之内 *");
  expect(text).not.toContain("编号在文件内唯一 *");
});

test("what the font lacks is written by its number, and nothing turns the direction", async () => {
  const text = (await pages(sampleReport("hostile"), "en")).join("");
  expect(text).toContain("[U+D55C]");
  expect(text).toContain("[U+1F697]");
  expect(text).toContain("a[U+202E]gnp.exe");
  expect(text).toContain("<script>alert(1)</script>");
  expect(text).not.toContain("\uFFFD");
});

test.each(
  sampleNames,
)("%s: two runs give the same bytes, fonts are embedded, figures have words", async (name: SampleName) => {
  const bytes = await renderPdf(sampleReport(name), { lang: "zh+en", digest });
  expect(Buffer.from(await renderPdf(sampleReport(name), { lang: "zh+en", digest })).equals(Buffer.from(bytes))).toBe(
    true,
  );
  const heads = pdfDictionaries(bytes);
  expect(heads.filter((head) => /\/BaseFont/.test(head)).every((head) => /NotoSansSC/.test(head))).toBe(true);
  const figures = heads.filter((head) => /\/S \/Figure/.test(head));
  expect(figures.filter((head) => !/\/Alt /.test(head))).toEqual([]);
  expect(Buffer.from(bytes.subarray(0, 8)).toString()).toBe("%PDF-1.7");
});

/** As many rules as ref-image-annotation has, thirty of them with findings that are drawn. */
function longReport(): Report {
  const report = sampleReport("nonconforming");
  const copies = Array.from({ length: 7 }, (_, k) => k);
  const id = (rule: string, k: number): string => (k === 0 ? rule : `${rule}-${k}`);
  return {
    ...report,
    rules: copies.flatMap((k) => report.rules.map((rule) => ({ ...rule, id: id(rule.id, k) }))),
    findings: copies.flatMap((k) => report.findings.map((one) => ({ ...one, rule: id(one.rule, k) }))),
  };
}

test.each([
  ["zh", null],
  ["en", null],
  ["zh+en", null],
  ["zh+en", issue],
] as const)("in %s the body of a report of 140 rules keeps to 25 pages, and no block of a rule is broken", async (lang, given) => {
  const report = { ...longReport(), issue: given };
  const all = await pages(report, lang);
  const body = given === null ? all : all.slice(2);
  expect(report.rules).toHaveLength(140);
  expect(body.length).toBeLessThanOrEqual(25);
  // A block begins with its rule's line and ends with how many are shown: the page that has the one has the other.
  const count = (page: string, mark: RegExp): number => page.match(mark)?.length ?? 0;
  const blocks = body.map((page) => [
    count(page, lang === "en" ? /How many: /g : /多少：/g),
    count(page, /report\.json (存|holds)/g) / (lang === "zh+en" ? 2 : 1),
  ]);
  for (const [begun, ended] of blocks) expect(ended).toBe(begun);
});

test("two hundred input files leave the body at 25 pages, each with its digest", async () => {
  const report = longReport();
  const inputs = Array.from({ length: 230 }, (_, i) => ({
    ...(report.inputs[0] as Report["inputs"][number]),
    path: `annotations/street-${i}.xml`,
    records: { media: 1, annotation: 3 },
    sha256: i.toString(16).padStart(64, "0"),
  }));
  const all = await pages({ ...report, inputs });
  expect(all.length).toBeLessThanOrEqual(25);
  const text = all.join("");
  for (const { sha256 } of inputs.slice(0, 200)) expect(text).toContain(sha256);
});

test("in both languages the cells of a table have both for title and verdict, and their numbers once", async () => {
  const text = (await pages(sampleReport("nonconforming"))).join("");
  expect(text).toContain("56 / 4,784 (1.17%)");
  expect(text).not.toContain("56 / 4,784 不成立");
});

test("a million findings and ten thousand classes give no longer a document than their rules do", async () => {
  const million = await pages(sampleReport("million"));
  const classes = await pages(sampleReport("ten-thousand-classes"));
  expect(million.length).toBeLessThanOrEqual(25);
  expect(classes.length).toBeLessThanOrEqual(12);
});

test("rules in the report are rows of the document; above sixty they are in Annex A", async () => {
  const report = sampleReport("nonconforming");
  const text = (await pages(report, "zh")).join("");
  for (const rule of report.rules) expect(text).toContain(rule.id);
  const rules = Array.from({ length: 4 }, (_, k) =>
    report.rules.map((rule) => ({ ...rule, id: `${rule.id}-${k}` })),
  ).flat();
  const long = await pages({ ...report, rules, findings: [], reasons: [] }, "zh");
  expect(long.join("")).toContain("全部 80 条规则见附录 A");
  const annex = long.slice(long.findIndex((page) => page.includes("附录 A 全部规则"))).join("");
  for (const rule of rules) expect(annex).toContain(rule.id);
});

test.each([
  "zh",
  "en",
  "zh+en",
] as const)("%s: no head and no claim of a table ends in the middle of a word", async (lang) => {
  const lines = pdfPages(await renderPdf(sampleReport("nonconforming"), { lang, digest })).flatMap((page) =>
    page.split("\n").map((line) => line.trim()),
  );
  const whole = ["illustrative", "reported", "Clause", "Requirement", "Indicator", "Indeterminate", "Nonconforming"];
  const broken = whole.flatMap((word) =>
    lines.filter((line, i) => line !== "" && line + (lines[i + 1] ?? "").split(" ")[0] === word && line !== word),
  );
  expect(broken).toEqual([]);
  if (lang !== "zh") expect(lines).toContain("illustrative");
});

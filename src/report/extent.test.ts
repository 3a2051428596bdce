import { expect, test } from "vitest";
import { mediaMissing, notCoveredLine, notExamined, verdictText } from "./extent.js";
import { words } from "./locale.js";
import { whySentences, wouldChange } from "./sentences.js";
import { unaskedReport } from "./testing/extents.js";
import { sampleReport } from "./testing/sample.js";
import { columns } from "./text.js";

const zh = words("zh");
const en = words("en");

test("a verdict without the media that the data name says so in its own line", () => {
  expect(verdictText(unaskedReport(), zh)).toBe("符合（仅标注，媒体未检）");
  expect(verdictText(unaskedReport(), en)).toBe("Conforming (annotations only; media not examined)");
  expect(verdictText(sampleReport("conforming"), zh)).toBe("符合");
});

test("data that name no media have none to miss", () => {
  const report = unaskedReport();
  const text = { ...report, records: { ...report.records, media_files: { declared: 0, found: 0 } } };
  expect(mediaMissing(text)).toBe(false);
  expect(verdictText(text, en)).toBe("Conforming");
});

test("a conforming report says which rules the media would add, the critical ones by title", () => {
  expect(wouldChange(unaskedReport(), zh)).toEqual([
    "连同媒体文件重新检验（--media DIR）：2 条需要媒体的规则未检，其中严重规则「类别已经定义」。",
    "不计入结论的维度有 1 项指标缺证据，见待补证据。",
  ]);
  expect(notExamined(unaskedReport(), en)[0]).toBe(
    "Examine the media as well (--media DIR): 2 rules that need them were not asked, among them the critical “A category is defined”.",
  );
});

test("a conforming report that examined everything has nothing to add", () => {
  expect(wouldChange({ ...sampleReport("conforming"), indicators: [], dimensions: [] }, en)).toEqual([]);
});

test("what the verdict does not cover is listed whole", () => {
  const report = sampleReport("conforming");
  const missing = report.indicators.filter((one) => one.evidence === "missing");
  const nine = Array.from({ length: 9 }, (_, i) => missing.map((one) => ({ ...one, code: `030${i + 1}` }))).flat();
  const sentence = whySentences({ ...report, indicators: nine }, en).at(-1);
  for (const { code } of nine) expect(sentence).toContain(`(${code})`);
  expect(sentence).not.toContain("more");
});

test("one line of what is not covered loses its numbers before it grows too long", () => {
  expect(notCoveredLine(unaskedReport(), en)).toBe("not covered  media (24 files), human review (1 indicator)");
  expect(notCoveredLine(unaskedReport(), en, 50)).toBe("not covered  media (24 files), human review (1)");
  expect(columns(notCoveredLine(unaskedReport(), zh, 20))).toBeLessThanOrEqual(20);
});

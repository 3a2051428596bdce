import { expect, test } from "vitest";
import { words } from "./locale.js";
import {
  basisSentences,
  departuresHead,
  departureText,
  tallySentence,
  whySentences,
  wouldChange,
} from "./sentences.js";
import { sampleReport } from "./testing/sample.js";

const zh = words("zh");
const en = words("en");

test("a nonconforming report says which rules fail, that a score is overruled, and what else was found", () => {
  const report = sampleReport("nonconforming");
  expect(whySentences(report, zh)).toEqual([
    "1 条严重规则、1 条重要规则不成立：「编号在文件内唯一」（4 处）、「标注框位于数据项之内」（7 处）。",
    "02 数据质量得分 99.9，达到阈值 90（转引），但严重、重要发现超过允许数，按本方案否决。",
    "另有 1 条轻微规则有发现：「多边形不自相交」（56 处）。",
    "另有 1 项指标因缺少证据未能判定。",
  ]);
  expect(whySentences(report, en)[0]).toBe(
    "One critical and one major rule do not hold: “An id occurs once in its file” (4) and “A box lies inside its media” (7).",
  );
  expect(whySentences(report, en)[2]).toBe("One minor rule has findings: “A polygon does not cross itself” (56).");
});

test("a conforming report says what was not asked", () => {
  expect(whySentences(sampleReport("conforming"), zh)).toEqual([
    "全检 4,784 条标注，17 条判定规则均成立。",
    "本结论不涉及标注内容正确性（0205）：未提供证据。",
  ]);
  expect(whySentences(sampleReport("conforming"), en)).toEqual([
    "All 4,784 annotations examined; 17 deciding rules hold.",
    "The verdict does not speak of Correctness of annotations (0205): no evidence was supplied.",
  ]);
});

test("an indeterminate report says what is missing and nothing more", () => {
  expect(whySentences(sampleReport("indeterminate"), en)).toEqual([
    "All 3 indicators lack evidence; see “Evidence wanted”.",
  ]);
  expect(wouldChange(sampleReport("indeterminate"), en)).toHaveLength(3);
});

test("the basis counts the claims of the rules that were asked and denies what it is no evidence of", () => {
  expect(basisSentences(sampleReport("conforming"), en)).toEqual([
    "Rests on 20 rules that were asked: 0 normative, 2 reported, 18 illustrative; the scheme's thresholds and indicator names are reported.",
    "The rule set ref-image-annotation is our own, for illustration.",
    "It is no evidence of conformity with a national standard.",
  ]);
});

test("departures stand with their reason", () => {
  const report = sampleReport("nonconforming");
  expect(departuresHead(report, zh)).toBe("本次检验有 1 处偏离：");
  expect(report.departures.map((one) => departureText(one, zh))).toEqual([
    "02 的阈值由 90 改为 95（理由：委托方要求）",
  ]);
  expect(departuresHead(sampleReport("conforming"), en)).toBe("No departures.");
});

test("every rule is in one of the four counts", () => {
  expect(tallySentence(sampleReport("nonconforming"), en)).toBe(
    "3 rules have findings (67), 15 hold, 1 undecided, 1 not asked",
  );
});

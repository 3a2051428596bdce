import { expect, test } from "vitest";
import { howMany, placeText } from "./captions.js";
import { words } from "./locale.js";
import { othersText, recordText } from "./subjects.js";
import { wholeReport } from "./testing/extents.js";
import { sampleReport } from "./testing/sample.js";
import { finding } from "./testing/sample-parts.js";

const zh = words("zh");
const en = words("en");
const { record: _, ...nameless } = finding("box-duplicate-overlap", "minor", 0);
const named = finding("box-duplicate-overlap", "minor", 0);

test("a partner without an id is told by its number in the file, one with an id by that", () => {
  expect(othersText({ ...nameless, others: ["#15"] }, zh)).toBe("另见本文件第 15 条标注");
  expect(othersText({ ...nameless, others: ["#15"] }, en)).toBe("with annotation 15 of the file");
  expect(othersText({ ...named, others: ["309"] }, zh)).toBe("另见 #309");
  expect(othersText({ ...named, others: ["183", "183"] }, en)).toBe("with #183");
  expect(othersText({ ...named, others: ["1", "2", "3", "4"] }, en)).toBe("with #1, #2 and #3");
});

test("no id gets a second hash, and a path gets none", () => {
  expect(othersText({ ...named, record: "#14", others: ["#15"] }, en)).toBe("with #15");
  expect(recordText({ ...named, record: "#14" })).toBe("#14");
  expect(othersText({ ...named, kind: "media", others: ["a/b.png"] }, en)).toBe("with a/b.png");
});

test("the whole dataset has no place, and a rule on it no share", () => {
  const report = wholeReport();
  const [first] = report.findings;
  const rule = report.rules.find((one) => one.id === "label-imbalance");
  if (first === undefined || rule === undefined) throw new Error("the sample has no such finding");
  expect(placeText(first, zh)).toBe("整个数据集");
  expect(howMany(rule, zh)).toBe("整个数据集。");
  expect(howMany({ ...rule, evaluated: 11, violations: 4 }, en)).toBe("4 of 11 items (36.36%).");
});

test("a finding without a file has no place either", () => {
  const [first] = sampleReport("one-finding").findings;
  if (first === undefined) throw new Error("the sample has no finding");
  expect(placeText({ ...first, file: "" }, en)).toBe("the whole dataset");
});

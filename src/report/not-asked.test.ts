import { expect, test } from "vitest";
import { words } from "./locale.js";
import { notAskedGroups, notAskedSentence } from "./not-asked.js";
import { unaskedReport } from "./testing/extents.js";
import { sampleReport } from "./testing/sample.js";

test("rules that were not asked are counted by reason, and every one of them once", () => {
  expect(notAskedGroups(unaskedReport()).map(({ reason, rules }) => [reason, rules.map(({ id }) => id)])).toEqual([
    ["no-media", ["media-size-missing", "label-undefined"]],
    ["open-parameter", ["box-too-small"]],
    ["no-records", ["area-mismatch"]],
  ]);
});

test("the sentence gives the counts, and is empty where every rule was asked", () => {
  expect(notAskedSentence(unaskedReport(), words("zh"))).toBe(
    "4 条未检：2 条需要媒体，1 条参数待定，1 条所问的内容数据中没有",
  );
  expect(notAskedSentence(unaskedReport(), words("en"))).toBe(
    "4 not asked: 2 need the media, 1 with open parameters, 1 without such data",
  );
  expect(notAskedSentence(sampleReport("conforming"), words("en"))).toBe("");
});

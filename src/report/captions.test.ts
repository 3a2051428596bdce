import { expect, test } from "vitest";
import { fractionText, howMany, notSo } from "./captions.js";
import { words } from "./locale.js";
import { sampleRules } from "./testing/sample-rules.js";

const duplicateKey = { ...sampleRules(5)[0]!, fault: "json-duplicate-key", violations: 7 };

test("faults are more than the records that have them, so no share is told", () => {
  expect(howMany(duplicateKey, words("en"))).toBe("7 in 5 records and files.");
  expect(howMany(duplicateKey, words("zh"))).toBe("5 条记录和文件中发现 7 处。");
  expect(fractionText(duplicateKey, words("en"))).toBe("7 in 5");
  expect(fractionText({ ...duplicateKey, fault: undefined, violations: 3 } as never, words("en"))).toBe("3 / 5");
});

test("a title with findings says that it does not hold, and a suspicion that it may not", () => {
  const title = { zh: "编号唯一", en: "Ids are unique" };
  expect(notSo("exact", title)).toEqual({ zh: "不成立：编号唯一", en: "Does not hold: Ids are unique" });
  expect(notSo("heuristic", title)).toEqual({ zh: "疑似不成立：编号唯一", en: "May not hold: Ids are unique" });
});

import { expect, test } from "vitest";
import { parseDocumented } from "./documented.js";

test("a heading names case and subject, the line below it how many findings were looked at", () => {
  const page = "# Page\n\n### taco · id-duplicate\nFindings: 1,234\n\nWhy.\n\n### lvis · some-code\n\nWhy not.\n";
  expect(parseDocumented(page)).toEqual([
    { case: "taco", subject: "id-duplicate", count: 1234, line: 3 },
    { case: "lvis", subject: "some-code", count: undefined, line: 8 },
  ]);
});

test("a number under another heading belongs to no entry", () => {
  expect(parseDocumented("### a · b\n## Next\nFindings: 3\n")).toEqual([
    { case: "a", subject: "b", count: undefined, line: 1 },
  ]);
});

test("other headings are prose", () => {
  expect(parseDocumented("### How it was checked\n### a b · c\n")).toEqual([]);
});

import { expect, test } from "vitest";
import { fill, fillBoth } from "./fill.js";

test("fill puts parameters in, chooses the number, and takes no placeholder from the data", () => {
  expect(fill("{n} {n|rule|rules}", { n: 1 })).toBe("1 rule");
  expect(fill("{n} {n|rule|rules}", { n: "4,784" })).toBe("4,784 rules");
  expect(fill("{a}", { a: "{b}" })).toBe("{b}");
  expect(() => fill("{a}", {})).toThrow("wants {a}");
});

test("both languages are filled, each with its own half of what has two", () =>
  expect(fillBoth({ zh: "{a}：{b}", en: "{a}: {b}" }, { a: 1, b: { zh: "乙", en: "second" } })).toEqual({
    zh: "1：乙",
    en: "1: second",
  }));

import { expect, test } from "vitest";
import { columns, cutColumns, cutMiddle, padEnd, padStart, visible } from "./text.js";

test.each([
  ["a mark that turns the direction", "a\u202Egnp.exe", "a[U+202E]gnp.exe"],
  ["a line break", "a\nb", "a[U+000A]b"],
  ["a blank without width", "a\u200Bb", "a[U+200B]b"],
  ["half a surrogate pair", "a\ud83d", "a[U+D83D]"],
  ["Hangul and emoji", "한국 🚗", "한국 🚗"],
  ["markup", "<b>&", "<b>&"],
])("visible shows %s", (_, text, shown) => expect(visible(text)).toBe(shown));

test("a long name is cut in the middle, a short one is not", () => {
  expect(cutMiddle("train/batch_17/000000123456.jpg", 20)).toBe("train/b…00123456.jpg");
  expect(cutMiddle("short.jpg", 20)).toBe("short.jpg");
});

test("Han and emoji take two columns, marks that combine none", () => {
  expect([columns("abc"), columns("严重"), columns("e\u0301"), columns("🚗"), columns("「」")]).toEqual([
    3, 4, 1, 2, 4,
  ]);
  expect(padEnd("严重", 6)).toBe("严重  ");
  expect(padStart("56", 4)).toBe("  56");
  expect(cutColumns("标注编号唯一", 7)).toBe("标注编…");
});

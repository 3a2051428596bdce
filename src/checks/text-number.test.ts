import { expect, test } from "vitest";
import { textNumber } from "./text-number.js";

test("a text has one whole number of at most 52 bits, another text another", () => {
  const numbers = ["", "red", "red ", "blue", "红"].map(textNumber);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const number of numbers) expect(Number.isInteger(number) && number >= 0 && number < 2 ** 52).toBe(true);
  expect(textNumber("red")).toBe(numbers[1]);
});

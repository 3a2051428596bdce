import { expect, test } from "vitest";
import { idText } from "./ids.js";

test.each([
  [7, "7"],
  [2 ** 53 - 1, "9007199254740991"],
  ["img-7", "img-7"],
])("the id %j reads %s", (id, text) => expect(idText(id)).toBe(text));

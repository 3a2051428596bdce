import fc from "fast-check";
import { expect, test } from "vitest";
import { memorySource } from "../bytes/memory-source.js";
import { rootKeyNearEnd } from "./tail.js";

const find = (text: string) => {
  const offset = rootKeyNearEnd(memorySource(Buffer.from(text)), "categories");
  return offset === undefined ? undefined : Buffer.from(text).subarray(offset).toString();
};

test.each([
  ["the last key", '{"images":[],"annotations":[1],"categories":[2]}', "[2]}"],
  ["a key before another", '{"a":1, "categories" : [2] ,"z":{"y":[]}}\n', '[2] ,"z":{"y":[]}}\n'],
  ["a key of a nested object only", '{"a":{"categories":[2]}}', undefined],
  ["the name inside a string", '{"a":"\\"categories\\": [1]"}', undefined],
  ["the name as a value", '{"a":"categories"}', undefined],
  ["nested last, root before", '{"categories":[1],"a":{"categories":[2]}}', '[1],"a":{"categories":[2]}}'],
  ["nothing", "{}", undefined],
  ["a file that is not whole", '{"categories":[1],"a":[', undefined],
])("%s", (_, text, rest) => expect(find(text)).toBe(rest));

test("what is found is the root's own value", () =>
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("a", "b", "images", "info"), fc.jsonValue()),
      fc.jsonValue(),
      fc.jsonValue(),
      (root, categories, last) => {
        const text = JSON.stringify({
          ...root,
          deep: { categories: last },
          categories,
          z: { categories: last, y: [{ categories: last }] },
        });
        const rest = find(text);
        // Nested ones come last here: after three tries it may give up, and never finds a wrong one.
        if (rest !== undefined) expect(rest.startsWith(JSON.stringify(categories))).toBe(true);
      },
    ),
  ));

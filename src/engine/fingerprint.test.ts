import { expect, test } from "vitest";
import { newAnnotation, newCategory, newMedia } from "../records/types.gen.js";
import {
  contentOfAnnotation,
  contentOfTexts,
  contentOfValue,
  fingerprintOf,
  groupContent,
  hex,
  nameInData,
} from "./fingerprint.js";

const shown = ({ high, low }: { high: number; low: number }) => hex(high, low);
const box = { x: 1, y: 2, width: 3, height: 4 };
function contentWith(fields: { annotation?: object; media?: object; category?: object }): string {
  return shown(
    contentOfAnnotation(
      Object.assign(newAnnotation(), { id: 1, media_id: 1, category_id: 1, box, area: 12 }, fields.annotation),
      Object.assign(newMedia(), { id: 1, path: "m.jpg" }, fields.media),
      Object.assign(newCategory(), { id: 1, name: "cat" }, fields.category),
    ),
  );
}
const plain = contentWith({});

test.each([
  ["the ids", { annotation: { id: 7, media_id: "x", category_id: 9 }, media: { id: "x" }, category: { id: 9 } }],
  ["the size of the medium", { media: { width: 5, height: 5 } }],
  ["the supercategory", { category: { supercategory: "animal" } }],
])("%s are no part of it", (_, fields) => expect(contentWith(fields)).toBe(plain));

test.each([
  ["the path of the medium", { media: { path: "n.jpg" } }],
  ["the name of the category", { category: { name: "dog" } }],
  ["the box", { annotation: { box: { ...box, width: 3.5 } } }],
  ["the area", { annotation: { area: 13 } }],
  ["the text", { annotation: { caption: "a cat" } }],
  ["the score", { annotation: { score: 0.5 } }],
])("%s is part of it", (_, fields) => expect(contentWith(fields)).not.toBe(plain));

test("a group rule names an annotation with a box as every other rule does", () =>
  expect(shown(groupContent("m.jpg", "cat", Float64Array.of(1, 2, 3, 4), 12))).toBe(plain));

test("the rule and the field are part of it, and texts do not run into each other", () => {
  const content = { high: 1, low: 2 };
  const all = [
    shown(fingerprintOf("a", content)),
    shown(fingerprintOf("b", content)),
    shown(fingerprintOf("a", content, "id")),
    shown(contentOfTexts("ab", "c")),
    shown(contentOfTexts("a", "bc")),
  ];
  expect(new Set(all).size).toBe(all.length);
  expect(all.every((one) => /^[0-9a-f]{16}$/.test(one))).toBe(true);
});

test.each([
  [undefined, ""],
  [{ name: "cat", record: undefined }, "cat"],
  [{ name: "7", record: Object.assign(newCategory(), { id: 7 }) }, ""],
  [{ name: "cat", record: Object.assign(newCategory(), { id: 7, name: "cat" }) }, "cat"],
])("the name in the data of %j", (category, name) => expect(nameInData(category)).toBe(name));

test.each([
  ["id", "id"],
  ["image_id", "image_id"],
  ["width", "width=5"],
])("a value called %s of a unit that never came", (name, content) =>
  expect(contentOfValue({ name, value: 5 })).toBe(content));

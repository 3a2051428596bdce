import { expect, test } from "vitest";
import { jsonDifference } from "./difference.js";
import { editJson } from "./edit.js";

const there = '{ "id" : 1.0, "bbox": [1.50, 2e0, 3], "rle": {"size":[1, 2],"counts":"0:"}, "own": [ ] }';
const before = '{"id":1,"bbox":[1.5,2,3],"rle":{"size":[1,2],"counts":[0,2]}}';

test.each([
  ["nothing", (text: string) => text, there],
  ["one number of a list", (text: string) => text.replace("2,3]", "2,9]"), there.replace("3]", "9]")],
  [
    "a list of another length is put as a whole",
    (text: string) => text.replace("[1.5,2,3]", "[1.5]"),
    there.replace("[1.50, 2e0, 3]", "[1.5]"),
  ],
  [
    "what the file writes in another type is put as a whole",
    (text: string) => text.replace("[0,2]", "[1,1]"),
    there.replace('"0:"', "[1,1]"),
  ],
  [
    "a new field is put apart as its neighbours are",
    (text: string) => text.replace('"id":1', '"id":1,"new":true'),
    there.replace(" }", ', "new": true }'),
  ],
  [
    "a field that is gone",
    (text: string) => text.replace('"bbox":[1.5,2,3],', ""),
    there.replace('"bbox": [1.50, 2e0, 3], ', ""),
  ],
])("%s", (_, change, expected) => {
  const edits = jsonDifference({ before, after: change(before), there });
  expect(editJson(there, edits ?? [])).toBe(expected);
});

test("a field that the file does not have under that name cannot be changed there", () =>
  expect(jsonDifference({ before: '{"bbox":[1]}', after: '{"bbox":[2]}', there: '{"box":[1]}' })).toBeUndefined());

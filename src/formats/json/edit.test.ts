import fc from "fast-check";
import { expect, test } from "vitest";
import { editJson } from "./edit.js";

const text = '{"id":1,"bbox":[1,2,3e0,4],"at":{"a/b":"x, \\"{","n":[[5,6]]},"e":{}}';

test.each([
  ["a value is replaced", "/id", "replace", '"12"', '{"id":"12","bbox":[1,2,3e0,4],'],
  ["an element of a list is replaced", "/bbox/2", "replace", "NaN", '"bbox":[1,2,NaN,4]'],
  ["an element of a list is left out", "/bbox/0", "omit", "", '"bbox":[2,3e0,4]'],
  ["an element of a list comes again", "/bbox/0", "repeat", "1", '"bbox":[1,2,3e0,4,1]'],
  ["a list within a list is reached", "/at/n/0/1", "replace", "7", '"n":[[5,7]]'],
  ["an index past the end appends", "/bbox/9", "replace", "9", '"bbox":[1,2,3e0,4,9]'],
  ["a key with a slash is reached", "/at/a~1b", "replace", "0", '"at":{"a/b":0,'],
  ["a key is left out", "/bbox", "omit", "", '{"id":1,"at":'],
  ["a key comes again behind all others", "/id", "repeat", "2", '"e":{},"id":2}'],
  ["without a text it comes again as it is", "/bbox", "repeat", "", '"e":{},"bbox":[1,2,3e0,4]}'],
  ["a new key is added", "/new", "replace", "true", '"e":{},"new":true}'],
  ["objects on the way are made", "/new/x", "replace", "1", '"e":{},"new":{"x":1}}'],
  ["the whole is replaced", "", "replace", "7", "7"],
] as const)("%s", (_, at, how, by, part) => expect(editJson(text, [{ at, how, text: by }])).toContain(part));

test("what is not there is left out without effect", () =>
  expect(editJson(text, [{ at: "/x/y", how: "omit", text: "" }])).toBe(text));

test("edits are made in their order, and what one put in has parts for the next", () =>
  expect(
    editJson('{"a":1}', [
      { at: "/a", how: "replace", text: "[1,2]" },
      { at: "/a/1", how: "replace", text: "x" },
    ]),
  ).toBe('{"a":[1,x]}'));

test("a pointer through a value without parts is a fault of the caller", () =>
  expect(() => editJson(text, [{ at: "/id/0", how: "replace", text: "1" }])).toThrow(RangeError));

test("without edits every JSON text stays as it is", () =>
  fc.assert(
    fc.property(fc.json(), (json) => {
      const compact = JSON.stringify(JSON.parse(json)) as string;
      expect(editJson(compact, [])).toBe(compact);
    }),
  ));

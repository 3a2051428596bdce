import fc from "fast-check";
import { expect, test } from "vitest";
import { layOut } from "./layout.js";

test("a property or a node stands on a line, plain lists and single values on the line of their key", () => {
  const { text, lines } = layOut('{"a":[1,2],"b/c":{"@id":"x"},"d":[{"e":[]},{"e":"{,:"}],"f":{"g":1,"h":{}}}');
  expect(text.split("\n")).toEqual([
    "{",
    ' "a": [1, 2],',
    ' "b/c": {"@id": "x"},',
    ' "d": [',
    "  {",
    '   "e": []',
    "  },",
    '  {"e": "{,:"}',
    " ],",
    ' "f": {',
    '  "g": 1,',
    '  "h": {}',
    " }",
    "}",
    "",
  ]);
  expect([...lines]).toEqual([
    ["", 1],
    ["/b~1c", 3],
    ["/d/0", 5],
    ["/d/1", 8],
    ["/f", 10],
    ["/f/h", 12],
  ]);
});

test("what is not JSON keeps its tokens", () =>
  expect(layOut('{"a":NaN,"a":,"b":}').text.replaceAll(/\s/g, "")).toBe('{"a":NaN,"a":,"b":}'));

test("every JSON text keeps its value", () =>
  fc.assert(
    fc.property(fc.json(), (json) => {
      expect(JSON.parse(layOut(json).text)).toEqual(JSON.parse(json));
    }),
  ));

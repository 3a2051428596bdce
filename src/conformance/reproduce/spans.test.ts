import fc from "fast-check";
import { expect, test } from "vitest";
import { cut, type Span, spansOf } from "./spans.js";

const textOf = (bytes: Buffer, { start, end }: Span): string => bytes.toString("utf8", start, end);

test.each([
  ["members of an object", "a.json", '{"a": 1, "b": [{"c": 2}, {"d": 3}]}', ['"a": 1', '"b": [{"c": 2}, {"d": 3}]']],
  [
    "elements of XML",
    "a.xml",
    "<?xml version='1.0'?>\n<a><b>1</b>\n<c x='>'><d/></c><!-- <e> --></a>",
    ["<b>1</b>", "<c x='>'><d/></c>"],
  ],
  ["lines of a label file", "a.txt", "0 1 2\n1 2 3", ["0 1 2\n", "1 2 3"]],
  ["lines of JSON", "a.jsonl", '{"a":1}\n{"b":{}}\n', ['{"a":1}\n', '{"b":{}}\n']],
  ["keys that are there twice", "a.json", '{"a":NaN,"a":1e400}', ['"a":NaN', '"a":1e400']],
  ["lines of JSON that breaks off", "a.json", '{"a":\n[1,', ['{"a":\n', "[1,"]],
])("the pieces of %s", (_, path, text, pieces) => {
  const bytes = Buffer.from(text);
  expect(spansOf(path, bytes).children.map((span) => textOf(bytes, span))).toEqual(pieces);
});

test("a list of numbers is one piece", () => {
  const [member] = spansOf("a.json", Buffer.from('{"bbox":[1,2,3,4]}')).children;
  expect(member?.children).toEqual([]);
});

test.each([
  ["the first", 0, '{"b":2,"c":3}'],
  ["one between", 1, '{"a":1,"c":3}'],
  ["the last", 2, '{"a":1,"b":2}'],
])("what is left without %s is JSON", (_, at, left) => {
  const bytes = Buffer.from('{"a":1,"b":2,"c":3}');
  const root = spansOf("a.json", bytes);
  expect(cut(bytes, root, new Set([root.children[at] as Span]), 0).bytes.toString()).toBe(left);
});

test("JSON without some of its pieces is JSON, and a byte that stays is followed", () =>
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.array(fc.nat(7), { minLength: 1 }), fc.nat(), (value, choices, mark) => {
      const bytes = Buffer.from(`{"all":${value}}`);
      const root = spansOf("a.json", bytes);
      const removed = new Set<Span>();
      let at = 0;
      const choose = (span: Span): void => {
        for (const child of span.children) {
          if (choices[at++ % choices.length] === 0) removed.add(child);
          else choose(child);
        }
      };
      choose(root);
      const place = mark % bytes.length;
      const result = cut(bytes, root, removed, place);
      expect(() => JSON.parse(result.bytes.toString()) as unknown).not.toThrow();
      const isGone = [...removed].some(({ start, end }) => place >= start && place < end);
      if (!isGone && bytes[place] !== 44 && result.at < result.bytes.length)
        expect(result.bytes[result.at]).toBe(bytes[place]);
    }),
  ));

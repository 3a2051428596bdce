import { expect, test } from "vitest";
import { formOf, newNames, renamed } from "./neutral.js";
import { replaced, textsOf, written } from "./texts.js";

test.each([
  ["a name", "Müller's cat", "name-1"],
  ["a path", "batch_12/images/train/IMG 7.jpg", "name-1/images/train/name-2.jpg"],
  ["a path of Windows", "C:\\Users\\ann\\a.png", "C:\\name-1\\name-2\\name-3.png"],
  ["a path that leaves the root", "../secret/a.png", "../name-1/name-2.png"],
  ["a file of the format", "annotations/instances_train2017.json", "annotations/instances_train2017.json"],
  ["a year that is a picture", "2017/000012.jpg", "2017/name-1.jpg"],
  ["an address", "http://flickr.com/ann/1.jpg", "https://example.org/name-1"],
  ["a date", "2013-11-14 17:02:52", "2000-01-01 00:00:00"],
])("%s is renamed", (_, text, to) => expect(renamed(text, newNames())).toBe(to));

test("equal texts get equal names, others others", () => {
  const names = newNames();
  expect(["cat", "dog", "cat"].map((text) => renamed(text, names))).toEqual(["name-1", "name-2", "name-1"]);
});

test.each([
  ["Cat ", "Aaa "],
  ["猫 7\u0007", "字 0\u0007"],
  ["Straße", "Aaaaàa"],
  ["street-train-07", "aaaaaa-train-00"],
])("the form of %j", (text, form) => expect(formOf(text)).toBe(form));

const places = (path: string, content: string) => textsOf(path, Buffer.from(content)).map(({ text }) => text);

test.each([
  ["JSON: no keys, no masks", "a.json", '{"name":"cat","rle":{"counts":"a9"},"n":1}', ["cat"]],
  ["JSON: keys of attributes", "a.json", '{"attributes":{"owner":"Ann","n":2}}', ["owner", "Ann", "n"]],
  [
    "JSON-LD: no words of it",
    "a.json",
    '{"@context":{"sc":"https://schema.org/"},"@type":"sc:Dataset","name":"x"}',
    ["x"],
  ],
  [
    "XML: comments and attributes",
    "a.xml",
    "<?xml version='1.0'?><!-- by Ann --><a b='c'><d>12</d></a>",
    [" by Ann ", "c"],
  ],
  [
    "YAML: comments",
    "data.yaml",
    "# by Ann\nnames: # all\n  0: 'a # b' # a cat\n",
    ["by Ann", "all", "a # b", "a cat"],
  ],
  ["XML: no numbers", "a.xml", "<a><b>cat</b><c>12</c></a>", ["cat"]],
  ["YAML: names", "data.yaml", "task: detect\nnames:\n  0: cat\n  1: 'a dog'\n", ["cat", "a dog"]],
])("texts of %s", (_, path, content, texts) => expect(places(path, content)).toEqual(texts));

test("a text is replaced where it stands, and places behind it move with it", () => {
  const bytes = Buffer.from('{"name":"猫","id":7}');
  const [place] = textsOf("a.json", bytes);
  const change = { start: place?.start ?? 0, end: place?.end ?? 0, by: written("name-1", "json") };
  const result = replaced(bytes, [change]);
  expect(result.bytes.toString()).toBe('{"name":"name-1","id":7}');
  const at = bytes.indexOf('"id"');
  expect(result.moved(at)).toEqual({ from: at + 3, to: at + 3 });
});

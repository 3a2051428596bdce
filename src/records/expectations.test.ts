import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { InputError } from "./errors.js";
import { expectationText, foundText } from "./expectations.js";
import { subjectText } from "./subject-text.js";

const room = new URL("../formats/", import.meta.url);

/** Texts that readers give as what was expected: literals behind `expected`, and what `unexpected` and `endsEarly` are given. */
function expectationsOf(source: string): string[] {
  const literals = [
    ...source.matchAll(/expected(?: =|:|\?:) ("(?:[^"\\]|\\.)*"|'[^']*')/g),
    ...source.matchAll(/(?:unexpected|endsEarly)\([^()]*, ("(?:[^"\\]|\\.)*"|'[^']*')\)/g),
  ];
  return literals.map(([, text = ""]) =>
    text.startsWith('"') ? (JSON.parse(text) as string) : text.slice(1, -1).replaceAll("\\\\", "\\"),
  );
}

/** Names and signs that are the same in both languages. */
const asTheyAre = /^[^a-z]*$|^UTF-8$/;

test("whatever a reader expects can be said in Chinese", () => {
  const files = readdirSync(room, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.includes(".test.") && !name.includes("testing"),
  );
  const texts = files.flatMap((name) => expectationsOf(readFileSync(new URL(name, room), "utf8")));
  expect(texts.length).toBeGreaterThan(15);
  expect(texts.filter((text) => !asTheyAre.test(text) && expectationText(text, "zh") === text)).toEqual([]);
});

/** Literals that errors of the whole source are given, with 7 in place of what is put into them. */
function wordsOfErrors(source: string): string[] {
  const errors = [...source.matchAll(/(?:Usage|Input)Error\([^;]*?\);?\n/gs)].map(([text]) => text);
  const given = errors.flatMap((text) => [
    ...text.matchAll(/\b(?:expected|found|hint):([^`"\n(]*)("(?:[^"\\]|\\.)*"|`(?:[^`$]|\$\{[^`]*?\})*`)/g),
  ]);
  return given.map(([, , literal = ""]) =>
    literal.startsWith("`")
      ? literal.slice(1, -1).replace(/\$\{(?:[^{}]|\{[^{}]*\})*\}/g, "7")
      : (JSON.parse(literal) as string),
  );
}

/** The command line as it was given, paths, digests and forms. */
const echoed =
  /^(?:--[\w-]+ 7|(?:\w+ )?7(?:[:@. ]+7)*|--from 7: 7|SHA-256 7|path 7|(?:schema|clause|export):? 7|standard new 7|YYYY-MM-DD|a 7, b 7|npm run build)$/;

test("whatever an error of usage says can be said in Chinese", () => {
  const src = new URL("../", import.meta.url);
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.includes(".test.") && !name.includes("testing"),
  );
  const texts = files.flatMap((name) => wordsOfErrors(readFileSync(new URL(name, src), "utf8")));
  expect(texts.length).toBeGreaterThan(100);
  const english = texts.filter((text) => !asTheyAre.test(text) && !echoed.test(text));
  expect(english.filter((text) => (foundText(text, "zh") ?? expectationText(text, "zh")) === text)).toEqual([]);
});

test.each([
  ["a list of 4 numbers", "4 个数的列表", "a list of 4 numbers"],
  ['a field "bbox"', "有字段 bbox", 'a field "bbox"'],
  ["type: must be object,null", "object 或 null 类型", "object or null"],
  ["enum: must be equal to one of the allowed values: a, b", "取值之一：a, b", "one of a, b"],
  ["minItems: must NOT have fewer than 1 items", "至少 1 个", "at least 1"],
  ["a digest of ours", "a digest of ours", "a digest of ours"],
])("%s is expected", (text, zh, en) =>
  expect([expectationText(text, "zh"), expectationText(text, "en")]).toEqual([zh, en]));

test.each([
  ["array", "列表", "a list"],
  ['string "12"', '字符串 "12"', 'the string "12"'],
  ["number 1.5", "1.5", "1.5"],
  ["a list of 0", "0 项的列表", "a list of 0"],
  ["half", undefined, undefined],
])("%s was found", (text, zh, en) => expect([foundText(text, "zh"), foundText(text, "en")]).toEqual([zh, en]));

test("a field keeps its name; columns, records and errors have words", () => {
  expect(subjectText("bbox", "zh")).toBe("bbox");
  expect(subjectText("column 3", "zh")).toBe("第 3 列");
  expect(subjectText("TS-FORMAT-0018", "zh")).toBe("TS-FORMAT-0018 文件是空的");
});

test("what ends a file is told in the reader's language", () => {
  const cut = new InputError("TS-FORMAT-0012", {
    file: "a.json",
    place: "1:80",
    found: "the end",
    expected: '"," or "}"',
  });
  expect(cut.localised("zh")).toBe('a.json:1:80 TS-FORMAT-0012 文件中途结束：应为 "," 或 "}"，实为 文件结尾');
  const open = new InputError("TS-FORMAT-0019", { file: "a.xml", found: "unclosed tag: annotation" });
  expect(open.localised("zh")).toBe("a.xml TS-FORMAT-0019 文件不是 XML：实为 标签 annotation 没有结束");
  expect(open.localised("en")).toContain("found unclosed tag: annotation");
});

import { describe, expect, test } from "vitest";
import { inFolder } from "../../suites/testing/folder.js";
import {
  documentOf,
  soundRule as sound,
  standardFiles,
  type TinyRule,
  type TinyScheme,
  wholeRule,
} from "../../suites/testing/tiny-standard.js";
import { lintStandardAt } from "../check-standard.js";
import type { LintProblem } from "./lint-problem.js";

/** A rule like the sound one, with other or without fields. */
const rule = (fields: Partial<Record<string, unknown>>): TinyRule =>
  Object.fromEntries(Object.entries({ ...sound, ...fields }).filter(([, value]) => value !== undefined)) as TinyRule;

interface Parts {
  readonly rules?: readonly TinyRule[];
  readonly document?: Record<string, unknown>;
  readonly scheme?: TinyScheme;
  readonly files?: Readonly<Record<string, string>>;
  readonly at?: string;
}

/** Problems of a standard in a folder that is named as it should be. */
function lint({
  rules = [sound],
  document,
  scheme,
  files = {},
  at = "tiny/1.0.0",
}: Parts): Promise<readonly LintProblem[]> {
  const own = standardFiles(rules, scheme, document ?? documentOf("tiny"));
  const placed = Object.entries({ ...own, ...files }).map(([name, text]) => [`${at}/${name}`, text]);
  return inFolder(Object.fromEntries(placed), async (folder) => (await lintStandardAt(`${folder}/${at}`)).problems);
}
const codesOf = (problems: readonly LintProblem[]) => problems.map(({ code }) => code);

test("a sound standard has no problem", async () => expect(await lint({})).toEqual([]));

const clause = (fields: Record<string, unknown>) => ({
  id: "1",
  title: { zh: "条", en: "Clause" },
  decided_by: "rule",
  ...fields,
});
const indicator = { code: "I", title: { zh: "项", en: "Item" }, decided_by: ["rules"] };
const schemeOf = (fields: Record<string, unknown>): TinyScheme => ({
  dimensions: [{ code: "D", indicators: [{ ...indicator, ...fields }] }],
});
const source = { document: "GB/T 1", place: "5.1", seen: "text" };

describe("each problem has its code", () => {
  test.each<[string, Parts]>(
    [
      ["grammar", { rules: [rule({ severity: "grave" })] }],
      ["grammar", { rules: [rule({ title: { en: "no Chinese" } })] }],
      ["grammar", { rules: [rule({ assert: undefined })] }],
      ["grammar", { rules: [rule({ fault: "json-parse-error" })] }],
      ["grammar", { rules: [rule({ cases: { conforming: sound["cases"] } })] }],
      ["grammar", { rules: [rule({ id: "<b>bold</b>" })] }],
      ["missing-file", { files: {}, rules: [], at: "tiny/1.0.0", document: undefined as never }],
      ["unknown-clause", { rules: [rule({ clause: "9" }), rule({ id: "other" })] }],
      ["unknown-indicator", { rules: [rule({ indicator: "0999" })] }],
      ["duplicate-rule", { rules: [sound, sound] }],
      ["duplicate-clause", { document: documentOf("tiny", { clauses: [clause({}), clause({})] }) }],
      ["no-source", { rules: [rule({ claim: "reported" })] }],
      ["not-normative", { rules: [rule({ claim: "normative", source: { ...source, seen: "secondary" } })] }],
      ["no-inapplicable-case", { rules: [rule({ cases: { ...(sound["cases"] as object), inapplicable: [] } })] }],
      [
        "unknown-group",
        { rules: [rule({ within: "annotation.score", when: undefined, assert: "size(siblings) == 1" })] },
      ],
      ["column-without-group", { rules: [rule({ column: "annotation.box.width" })] }],
      [
        "unknown-parameter",
        { rules: [rule({ cases: { ...(sound["cases"] as object), inapplicable: [{ params: { least: 1 } }] } })] },
      ],
      [
        "unknown-parameter",
        { rules: [rule({ cases: { ...(sound["cases"] as object), inapplicable: [{ params: { constructor: 1 } }] } })] },
      ],
      ["open-parameter", { rules: [rule({ params: { least: null }, assert: "annotation.box.width > params.least" })] }],
      ["open-parameter", { rules: [rule({ params: { constructor: null } })] }],
      [
        "duplicate-case",
        {
          rules: [
            rule({
              cases: {
                ...(sound["cases"] as object),
                inapplicable: [
                  { name: "a", annotation: {} },
                  { name: "a", annotation: {} },
                ],
              },
            }),
          ],
        },
      ],
      [
        "case-record",
        { rules: [rule({ cases: { ...(sound["cases"] as object), inapplicable: [{ annotation: { labels: 1 } }] } })] },
      ],
      [
        "case",
        {
          rules: [
            rule({
              cases: {
                ...(sound["cases"] as object),
                violating: [{ annotation: { box: { x: 0, y: 0, width: 2, height: 1 } } }],
              },
            }),
          ],
        },
      ],
      ["partial", { document: documentOf("tiny", { partial: true }) }],
      ["folder", { at: "tiny/1.0.1" }],
      ["folder", { at: "small/1.0.0" }],
      ["clause-without-rule", { document: documentOf("tiny", { clauses: [clause({}), clause({ id: "2" })] }) }],
      [
        "undecided-clause",
        { document: documentOf("tiny", { clauses: [clause({}), clause({ id: "2", decided_by: undefined })] }) },
      ],
      [
        "no-reason",
        { document: documentOf("tiny", { clauses: [clause({}), clause({ id: "2", decided_by: "none" })] }) },
      ],
      ["not-normative", { document: documentOf("tiny", { claim: "normative" }) }],
      ["grammar", { rules: [rule({ title: { zh: " ", en: "a title" } })] }],
      ["duplicate-indicator", { scheme: { dimensions: [{ code: "D", indicators: [indicator, indicator] }] } }],
      ["unknown-rule", { scheme: schemeOf({ rules: ["no-such-rule"] }) }],
      ["unknown-rule", { scheme: { ...schemeOf({ rules: ["no-such-rule"] }), standards: ["ref-image-annotation"] } }],
      [
        "no-source",
        {
          scheme: {
            dimensions: [{ code: "D", threshold: { value: 90, claim: "reported" }, indicators: [indicator] }],
          },
        },
      ],
      ["outside-reference", { files: { "schemas/a.schema.json": '{"$ref": "https://example.com/b.json"}' } }],
      ["outside-reference", { files: { "schemas/a.schema.json": '{"$ref": "file:///etc/passwd"}' } }],
      [
        "outside-reference",
        { files: { "schemas/a.schema.json": '{"properties": {"a": {"$ref": "../../../etc/passwd"}}}' } },
      ],
      ["pattern", { files: { "schemas/a.schema.json": '{"pattern": "(?=a)"}' } }],
      ["pattern", { files: { "schemas/a.schema.json": '{"patternProperties": {"(a)\\\\1": {}}}' } }],
      ["schema", { files: { "schemas/a.schema.json": '{"type": "no such type"}' } }],
      ["schema-expansion", { files: { "schemas/a.schema.json": '{"allOf": [{"$ref": "#"}]}' } }],
      [
        "unknown-schema",
        { rules: [rule({ on: "media", schema: "b.schema.json", assert: undefined, when: undefined })] },
      ],
      [
        "schema-kind",
        {
          rules: [rule({ schema: "a.schema.json", assert: undefined, when: undefined })],
          files: { "schemas/a.schema.json": "{}" },
        },
      ],
      [
        "schema-alone",
        { rules: [rule({ on: "media", schema: "a.schema.json" })], files: { "schemas/a.schema.json": "{}" } },
      ],
    ].filter(([code]) => code !== "missing-file") as [string, Parts][],
  )("%s: %o", async (code, parts) => {
    const problems = await lint(parts);
    expect(codesOf(problems)).toContain(code);
    for (const { message, hint = message } of problems)
      for (const { zh, en } of [message, hint]) {
        expect(zh).toMatch(/\p{Script=Han}/u);
        expect(en).not.toMatch(/\p{Script=Han}|undefined/u);
      }
  });

  test("missing-file", () =>
    inFolder({ "rules/a.yaml": "[]" }, async (folder) => {
      const { lintStandard } = await import("./lint.js");
      const { readStandardFiles } = await import("./load.js");
      expect(codesOf(lintStandard(readStandardFiles(folder)))).toContain("missing-file");
    }));
});

describe("one fault is told once", () => {
  test("a rule that does not fit the grammar still names its clause", async () =>
    expect(codesOf(await lint({ rules: [rule({ severity: "grave" })] }))).toEqual(["grammar"]));

  test("what a `when` that cannot be read would have proven is not missed in the assertion", async () => {
    for (const when of [" ", "has(annotation.box) && annotation.nothing == 1.0", "has(annotation.boxx)"])
      expect(codesOf(await lint({ rules: [rule({ when })] })).map((code) => [when, code])).toEqual([
        [when, when === " " ? "cel-unexpected-token" : "cel-no-such-field"],
      ]);
  });

  test("a field of another record is not offered in place of itself", async () => {
    const [problem] = await lint({ rules: [rule({ assert: 'annotation.kind == "a"' })] });
    expect(problem).toMatchObject({ code: "cel-no-such-field" });
    expect(problem?.hint).toBeUndefined();
  });
});

test("a scheme may map rules of the standards that it joins, and of those that come beside it", async () => {
  const mapped = schemeOf({ rules: ["box-out-of-bounds", "box-wide"] });
  expect(await lint({ scheme: { ...mapped, standards: ["ref-image-annotation"] } })).toEqual([]);
  expect(await lint({ scheme: { ...mapped, standards: ["somebody-elses"] } })).toEqual([]);
});

test("a case that gives something else is told at its own line, by its name", async () => {
  const yaml = [
    ...Object.entries(wholeRule(sound))
      .filter(([name]) => name !== "cases")
      .map(([name, value], at) => `${at === 0 ? "-" : " "} ${name}: ${JSON.stringify(value)}`),
    "  cases:",
    "    conforming: [ { annotation: { box: { x: 0, y: 0, width: 1, height: 1 } } } ]",
    "    violating:",
    "      - { annotation: { box: { x: 0, y: 0, width: 0, height: 1 } } }",
    "      - { name: wide-enough, annotation: { box: { x: 0, y: 0, width: 2, height: 1 } } }",
    "    inapplicable: [ { annotation: { label: cat } } ]",
  ];
  const [problem] = await lint({ rules: [], files: { "rules/a.yaml": yaml.join("\n") } });
  expect(problem).toMatchObject({
    code: "case",
    line: yaml.findIndex((line) => line.includes("wide-enough")) + 1,
    column: 9,
  });
  expect(problem?.message.en).toContain("violating/wide-enough");
});

describe("YAML", () => {
  /** Lines of the sound rule with another assertion, as YAML writes it. */
  const fields = Object.entries(wholeRule(sound)).filter(([name]) => name !== "assert");
  const before = fields.length;
  const yaml = (assertion: string) =>
    `${fields.map(([name, value], at) => `${at === 0 ? "-" : " "} ${name}: ${JSON.stringify(value)}\n`).join("")}${assertion}\n`;
  const problems = async (assertion: string) =>
    (await lint({ rules: [], files: { "rules/a.yaml": yaml(assertion) } })).map(
      ({ code, line, column }) => `${code} ${line}:${column}`,
    );
  test("the sound rule as YAML is sound", async () =>
    expect(await problems("  assert: annotation.box.width > 0.0")).toEqual([]));

  test.each([
    ["a leading ! is a tag that leaves the assertion empty", "  assert: !has(annotation.box)", "yaml", 1, 11],
    ["a custom tag", "  assert: !!js/function 'function () {}'", "yaml", 1, 11],
    ["a key that stands twice", "  assert: annotation.box.width > 0.0\n  on: media", "yaml", 2, 3],
    ["a number that is none", "  assert: annotation.box.width > 0.0\n  params: { least: .inf }", "yaml", 2, 20],
    ["an alias as a key", "  assert: &a annotation.box.width > 0.0\n  *a : 1", "yaml", 2, 3],
    ["a wrong type", "  assert: 7", "grammar", 1, 11],
    ["a field that rules do not have", "  assert: annotation.box.width > 0.0\n  colour: red", "grammar", 2, 11],
  ])("%s", async (_, assertion, code, line, column) =>
    expect(await problems(assertion)).toContain(`${code} ${before + line}:${column}`));

  test("merging of keys is no part of it", async () =>
    expect(await problems("  assert: annotation.box.width > 0.0\n  <<: { on: media }")).toContain(
      `grammar ${before + 2}:7`,
    ));

  const wrong = "annotation.box.width > annotation.box.nothing";
  test.each([
    ["plain", `  assert: ${wrong}`],
    ["in double quotes", `  assert: "${wrong}"`],
    [
      "in double quotes after escapes",
      `  assert: "annotation.label != \\"\\u00e9\\U0001F600\\x41\\" \\\n    && ${wrong}"`,
    ],
    ["in single quotes", `  assert: 'annotation.label != ''a'' && ${wrong}'`],
    ["plain over two lines", "  assert: annotation.box.width >\n    annotation.box.nothing"],
    ["in |-", "  assert: |-\n    annotation.box.width >\n      annotation.box.nothing"],
    ["in |- after an empty line", `  assert: |-\n\n    ${wrong}`],
    ["in |2-, indented further", `  assert: |2-\n      ${wrong}`],
    ["in >-", "  assert: >-\n    annotation.box.width >\n    annotation.box.nothing"],
    [
      "in >- after a paragraph and an indented line",
      `  assert: >-\n    has(annotation.label) &&\n\n    has(media.width) &&\n      has(annotation.area) &&\n    ${wrong}`,
    ],
    ["in |- with \\r\\n", "  assert: |-\r\n    annotation.box.width >\r\n      annotation.box.nothing"],
  ])("an error of an expression has its own line and column: %s", async (_, assertion) => {
    const lines = assertion.split("\n");
    const line = lines.findIndex((text) => text.includes("nothing"));
    const column = (lines[line] ?? "").indexOf("nothing") + 1;
    expect(await problems(assertion)).toContain(`cel-no-such-field ${before + line + 1}:${column}`);
  });

  test("more than 200 problems of one file are counted, not told", async () => {
    const found = await lint({
      rules: Array.from({ length: 300 }, (_, at) => rule({ id: `r-${at}`, severity: "grave" })),
    });
    expect(codesOf(found).filter((code) => code === "grammar").length).toBe(200);
    expect(found.find(({ code }) => code === "more")?.message).toEqual({
      zh: "本文件另有 100 个问题未列出",
      en: "100 more problems of this file are not listed",
    });
  });
});

describe("a break", () => {
  const codes = async (fields: Record<string, unknown>) => codesOf(await lint({ rules: [rule({ break: fields })] }));

  test.each<[string, Record<string, unknown>, readonly string[]]>([
    [
      "names a rule that is not there",
      { set: { "annotation.box.width": "0.0" }, may: ["no-such-rule"] },
      ["unknown-rule"],
    ],
    ["sets a field that is not there", { set: { "annotation.box.colour": "0.0" } }, ["break"]],
    ["sets a value of another type", { set: { "annotation.box.width": "'wide'" } }, ["break"]],
    ["calls a mutator that is not there", { mutate: "no-such-mutator" }, ["break"]],
    ["has a key that is not in the grammar", { put: {} }, ["grammar"]],
  ])("%s", async (_, fields, expected) => expect(await codes(fields)).toEqual(expected));

  test("is told with its line", async () => {
    const [problem] = await lint({ rules: [rule({ break: { set: { "annotation.box.colour": "0.0" } } })] });
    expect(problem).toMatchObject({ file: "rules/rules.yaml", code: "break" });
    expect(problem?.column).toBeGreaterThan(1);
  });

  test("that is missing is a warning", async () => {
    const problems = await lint({ rules: [rule({ break: undefined })] });
    expect(problems.map(({ code, warning }) => [code, warning])).toEqual([["no-break", true]]);
  });
});

test.each([
  ["100,000 records", { records: 100_000 }, []],
  ["99,999 records", { records: 99_999 }, ["grammar"]],
  ["no number of records", {}, ["grammar"]],
])("a mutant that is named equivalent after %s", async (_, fields, codes) => {
  const because = { zh: "理由", en: "reason" };
  const problems = await lint({ rules: [rule({ equivalent: [{ mutant: "when: dropped", because, ...fields }] })] });
  expect(codesOf(problems)).toEqual(codes);
});

import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cocoText, type Model } from "../../suites/testing/coco-model.js";
import { type Files, inFolder } from "../../suites/testing/folder.js";
import { documentOf, standardFiles, type TinyRule, wholeScheme } from "../../suites/testing/tiny-standard.js";
import { assess } from "../assess.js";
import { lintStandardAt } from "../check-standard.js";
import { TouchstoneError } from "../records/errors.js";
import { basisOf } from "./basis.js";
import { findStandard } from "./find.js";
import { limits } from "./load.js";

/** What is far below a hang, on a slow machine too. */
const bound = 20_000;
const anyRule: TinyRule = { id: "any", on: "annotation", assert: "true", cases: { conforming: [{}], violating: [{}] } };

/** Code and problem of loading a standard of these files. */
async function loading(files: Files, prepare: (folder: string) => void = () => {}): Promise<string> {
  return inFolder({ ...standardFiles([]), ...files }, (folder) => {
    prepare(folder);
    try {
      findStandard(folder);
      return "loaded";
    } catch (error) {
      if (!(error instanceof TouchstoneError)) throw error;
      return `${error.code} ${error.details.says?.en ?? error.details.found}`;
    }
  });
}

/** Codes of lint problems of a standard of these files. */
async function linting(files: Files): Promise<readonly string[]> {
  const placed = Object.entries({ ...standardFiles([]), ...files }).map(([name, text]) => [`tiny/1.0.0/${name}`, text]);
  return inFolder(Object.fromEntries(placed), async (folder) => {
    const { problems } = await lintStandardAt(join(folder, "tiny/1.0.0"));
    return [...new Set(problems.map(({ code }) => code))];
  });
}
const ruleFile = (rule: Record<string, unknown>) => standardFiles([{ ...anyRule, ...rule }]);

describe("YAML", () => {
  const bomb = ["a: &a0 [x]"]
    .concat(Array.from({ length: 30 }, (_, at) => `b${at}: &a${at + 1} [*a${at}, *a${at}, *a${at}, *a${at}]`))
    .join("\n");
  test.each([
    ["aliases that explode", bomb, /^TS-STANDARD-0001 yaml: Excessive alias count/],
    ["an alias that names nothing", "- *nothing", /^TS-STANDARD-0001 yaml: /],
    ["100,000 brackets", "[".repeat(100_000), /^TS-STANDARD-0001 yaml: it nests deeper than 60/],
    [
      "100,000 brackets that close",
      "[".repeat(100_000) + "]".repeat(100_000),
      /^TS-STANDARD-0001 yaml: it nests deeper/,
    ],
    ["100,000 dashes", "- ".repeat(100_000), /^TS-STANDARD-0001 yaml: it nests deeper/],
    ["100,000 question marks", "? ".repeat(100_000), /^TS-STANDARD-0001 yaml: it nests deeper/],
    [
      "a staircase of mappings",
      Array.from({ length: 900 }, (_, at) => `${" ".repeat(at)}a:`).join("\n"),
      /^TS-STANDARD-0001 yaml: it nests deeper/,
    ],
    [
      "45,000 keys in one mapping",
      Array.from({ length: 45_000 }, (_, at) => `k${at}: 1`).join("\n"),
      /^TS-STANDARD-0001 grammar: /,
    ],
    ["120,000 errors", "- @\n".repeat(120_000), /^TS-STANDARD-0001 yaml: /],
    [
      "JavaScript by a tag",
      "- !!js/function 'function () { process.exit(1) }'",
      /^TS-STANDARD-0001 yaml: Unresolved tag/,
    ],
    ["binary by a tag", "- !!binary aGk=", /^TS-STANDARD-0001 yaml: Unresolved tag/],
    ["a version whose schema merges and reads yes as true", "%YAML 1.1\n---\n- yes", /^TS-STANDARD-0001 grammar: /],
    ["two documents", "- a\n---\n- b", /^TS-STANDARD-0001 yaml: /],
    ["a key of the prototype", "__proto__: { polluted: true }", /^TS-STANDARD-0001 grammar: /],
    ["a number that is none", "- .nan", /^TS-STANDARD-0001 yaml: NaN is no number/],
    ["a literal of 400 digits", `- ${"9".repeat(400)}`, /^TS-STANDARD-0001 yaml: Infinity is no number/],
  ])(
    "%s",
    async (_, text, expected) => {
      expect(await loading({ "rules/a.yaml": text })).toMatch(expected);
      expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
    },
    bound,
  );

  test("brackets inside texts are no nesting", async () => {
    const cases = {
      conforming: Array.from({ length: 200 }, () => ({ file: { name: "a.json", text: '{"images":[{' } })),
      violating: [{}],
    };
    expect(await loading(ruleFile({ cases }))).toBe("loaded");
  });
});

describe("files", () => {
  test("a rule file of 100 MB is refused by its size, unread", async () => {
    const before = process.memoryUsage().rss;
    const found = await loading({ "rules/a.yaml": "" }, (folder) =>
      truncateSync(join(folder, "rules/a.yaml"), 100 * 1024 * 1024),
    );
    expect(found).toBe("TS-STANDARD-0003 104857600 bytes");
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
  });

  test(
    "many files that are each below the limit are refused by their sum",
    async () => {
      const text = `# ${"x".repeat(limits.fileBytes - 3)}`;
      const files = Object.fromEntries(Array.from({ length: 12 }, (_, at) => [`rules/${at}.yaml`, text]));
      expect(await loading(files)).toMatch(/^TS-STANDARD-0003 more than 4194304 characters/);
    },
    bound,
  );

  test("501 files are refused", async () =>
    expect(await loading(Object.fromEntries(Array.from({ length: 501 }, (_, at) => [`rules/${at}.yaml`, ""])))).toBe(
      "TS-STANDARD-0003 501 files",
    ));

  test.each([
    ["a rule file", "rules/a.yaml", "/etc/passwd"],
    ["a device that never ends", "rules/a.yaml", "/dev/zero"],
    ["standard.yaml", "standard.yaml", "/etc/passwd"],
    ["a schema", "schemas/a.schema.json", "/etc/passwd"],
    ["the folder of rules", "rules", "/etc"],
  ])("%s that is a link is not followed", async (_, name, target) => {
    const { "standard.yaml": standard = "" } = standardFiles([]);
    await inFolder(name === "standard.yaml" ? { "other.yaml": "" } : { "standard.yaml": standard }, (folder) => {
      for (const sub of ["rules", "schemas"]) if (name.startsWith(`${sub}/`)) mkdirSync(join(folder, sub));
      symlinkSync(target, join(folder, name));
      expect(() => findStandard(folder)).toThrow(/TS-STANDARD-0001.*a link/);
    });
  });

  test("a pipe is not opened: it would wait for ever", () =>
    inFolder(standardFiles([anyRule]), (folder) => {
      execFileSync("mkfifo", [join(folder, "rules/b.yaml")]);
      expect(() => findStandard(folder)).toThrow(/TS-STANDARD-0001.*no plain file/);
    }));
});

describe("names", () => {
  test.each([
    ["markup as a rule id", { id: "<img src=x onerror=alert(1)>" }],
    ["__proto__ as a rule id", { id: "__proto__" }],
    ["a path as a rule id", { id: "../../etc" }],
    ["__proto__ as a parameter", { params: JSON.parse('{"__proto__": 1}') as object }],
    ["code as a parameter", { params: { "a]; process.exit(1); //": 1 } }],
    ["an unknown kind", { on: "constructor" }],
  ])("%s is refused by the grammar", async (_, fields) => expect(await linting(ruleFile(fields))).toContain("grammar"));

  test.each([
    "constructor",
    "tostring",
    "hasownproperty",
    "valueof",
    "then",
  ])("a parameter called %s is its value", async (name) => {
    const rules: TinyRule[] = [
      {
        ...anyRule,
        params: { [name]: 3 },
        assert: `annotation.iscrowd < 1 || double(annotation.iscrowd) > params.${name}`,
        when: "has(annotation.iscrowd)",
      },
    ];
    const model: Model = {
      media: [{ width: 1, height: 1 }],
      categories: ["cat"],
      annotations: [
        { media: 0, category: 0, box: [0, 0, 1, 1], ring: undefined, iscrowd: 2, fault: "none", sameId: false },
      ],
    };
    await inFolder({ ...prefix("s", standardFiles(rules)), "d/a.json": cocoText(model) }, async (folder) => {
      const { rules: told } = await assess(join(folder, "d"), { standards: [join(folder, "s")] });
      expect(told[0]).toMatchObject({ evaluated: 1, violations: 1, not_evaluated: 0 });
    });
  });

  test.each([
    "constructor",
    "__proto__",
    "toString",
  ])("a field or parameter called %s that is not there is no field", async (name) => {
    for (const of of ["params", "annotation", "media", "annotation.box"])
      expect(await linting(ruleFile({ assert: `${of}.${name} == 1.0` }))).toEqual(
        expect.arrayContaining([expect.stringMatching(/^cel-/)]),
      );
  });

  test("a profile cannot set a parameter of the prototype", () =>
    inFolder(
      {
        ...prefix("s", standardFiles([anyRule])),
        "d/a.json": '{"images":[{"id":1}],"annotations":[],"categories":[]}',
      },
      async (folder) => {
        const profile = { rules: [{ id: "any", reason: "try", params: { constructor: 1 } }] };
        await expect(assess(join(folder, "d"), { standards: [join(folder, "s")], profile })).rejects.toThrow(
          "TS-USAGE-0004",
        );
      },
    ));
});

describe("expressions", () => {
  test.each([
    ["a chain of 5,000 terms", Array.from({ length: 5000 }, () => "true").join(" && ")],
    ["a chain of 1,500 sums", `${Array.from({ length: 1500 }, () => "1.0").join(" + ")} > 0.0`],
    ["1,000 brackets", `${"(".repeat(1000)}true${")".repeat(1000)}`],
    ["1,000 negations", `${"!".repeat(1000)}true`],
    ["a list nested 500 deep", `size(${"[".repeat(500)}${"]".repeat(500)}) > 0`],
    ["a literal of 7,000 digits", `1${"0".repeat(7000)} > 0`],
    ["a pattern that doubles at each step for others", "annotation.label.matches('(a+)+$')"],
    ["a pattern with look-around", "annotation.label.matches('(?=a)b')"],
    ["a pattern that counts to a billion", "annotation.label.matches('((a{1000}){1000}){1000}')"],
    ["ten nested comprehensions", "[1].all(a, [1].all(b, [1].all(c, [1].all(d, [1].all(e, [1].all(f, true))))))"],
    ["what would be code", "process.exit(1)"],
    ["a comment", "true // */ process.exit(1)"],
    ["a null character", "true \u0000"],
    ["a line separator", "annotation.label == '\u2028'"],
  ])(
    "%s is compiled or told off, in time",
    async (_, assert) => {
      const found = await linting(ruleFile({ assert }));
      for (const code of found) expect(code).toMatch(/^(cel-[a-z0-9-]+|case|clause-without-rule|no-break)$/);
    },
    bound,
  );

  test("2,000 rules are linted", async () => {
    const rules = Array.from({ length: 2000 }, (_, at) => ({
      ...anyRule,
      id: `rule-${at}`,
      cases: { conforming: [{ annotation: {} }], violating: [{ annotation: {} }] },
      assert: `annotation.iscrowd > ${at}`,
    }));
    const parts = [0, 500, 1000, 1500].map((from) => [
      `rules/${from}.yaml`,
      standardFiles(rules.slice(from, from + 500))["rules/rules.yaml"] ?? "",
    ]);
    expect(await linting(Object.fromEntries(parts))).toEqual(expect.arrayContaining(["cel-unguarded-field"]));
  }, 60_000);

  test("5,001 rules are refused before any is compiled", async () => {
    const list = (from: number, to: number) =>
      Array.from(
        { length: to - from },
        (_, at) =>
          `- {id: r${from + at}, clause: "1", claim: illustrative, obligation: requirement, certainty: exact, severity: major, title: {zh: a, en: a}, means: {zh: a, en: a}, fix: {zh: a, en: a}, on: file, assert: "(", cases: {conforming: [{}], violating: [{}]}}`,
      ).join("\n");
    const files = Object.fromEntries(
      Array.from({ length: 6 }, (_, at) => [`rules/${at}.yaml`, list(at * 900, Math.min(5001, at * 900 + 900))]),
    );
    expect(await loading(files)).toMatch(/^TS-STANDARD-0001 too-many-rules: at most 5000 rules; there are 5001/);
  }, 60_000);
});

describe("schemas", () => {
  const twice = (name: string) => JSON.stringify({ allOf: [{ $ref: name }, { $ref: name }] });
  const chain = Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [
      `schemas/s${at}.schema.json`,
      at === 39 ? "{}" : twice(`s${at + 1}.schema.json`),
    ]),
  );
  test.each<[string, string, Files]>([
    ["a reference to a file", "outside-reference", { "schemas/a.schema.json": '{"$ref": "/etc/passwd"}' }],
    ["a reference to an address", "outside-reference", { "schemas/a.schema.json": '{"$ref": "http://127.0.0.1:9/a"}' }],
    [
      "a base elsewhere",
      "schema",
      {
        "schemas/a.schema.json": '{"$id": "http://127.0.0.1:9/", "$ref": "b.schema.json"}',
        "schemas/b.schema.json": "{}",
      },
    ],
    ["a meta-schema elsewhere", "schema", { "schemas/a.schema.json": '{"$schema": "http://127.0.0.1:9/meta"}' }],
    [
      "one $id for two schemas",
      "schema",
      { "schemas/a.schema.json": '{"$id": "x"}', "schemas/b.schema.json": '{"$id": "x"}' },
    ],
    [
      "the $id of JSON Schema itself",
      "schema",
      { "schemas/a.schema.json": '{"$id": "https://json-schema.org/draft/2020-12/schema"}' },
    ],
    ["a schema that is itself", "schema-expansion", { "schemas/a.schema.json": '{"$ref": "#"}' }],
    [
      "two schemas that are each other",
      "schema-expansion",
      {
        "schemas/a.schema.json": '{"not": {"$ref": "b.schema.json"}}',
        "schemas/b.schema.json": '{"anyOf": [{"$ref": "a.schema.json"}]}',
      },
    ],
    ["a chain that doubles 40 times", "schema-expansion", chain],
    ["look-around in a pattern", "pattern", { "schemas/a.schema.json": '{"pattern": "(?<!a)b"}' }],
    [
      "a pattern that counts to a billion",
      "pattern",
      { "schemas/a.schema.json": '{"pattern": "((a{1000}){1000}){1000}"}' },
    ],
    ["nesting", "yaml", { "schemas/a.schema.json": `${'{"not":'.repeat(500)}{}${"}".repeat(500)}` }],
  ])(
    "%s",
    async (_, code, files) => {
      expect(await linting(files)).toContain(code);
      expect(await loading(files)).toMatch(/^TS-STANDARD-000[13] /);
    },
    bound,
  );

  test("a tree that goes down into the value is no cycle", async () =>
    expect(
      await linting({ "schemas/a.schema.json": '{"properties": {"left": {"$ref": "#"}, "right": {"$ref": "#"}}}' }),
    ).not.toContain("schema-expansion"));

  test(
    "a catastrophic pattern answers in linear time",
    async () => {
      const { validatorOf } = await import("./record-schemas.js");
      const validate = validatorOf(
        { "a.schema.json": { properties: { a: { pattern: "^(a+)+$" } } } },
        "a.schema.json",
        "r",
      );
      expect(validate({ a: `${"a".repeat(50_000)}!` })).toHaveLength(1);
    },
    bound,
  );
});

describe("nothing is fetched and nothing else is opened", () => {
  test("an address in a schema or a scheme is never asked", async () => {
    let asked = 0;
    const server = createServer((_, response) => {
      asked++;
      response.end("{}");
    });
    await new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready));
    try {
      const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.json`;
      await linting({
        "schemas/a.schema.json": JSON.stringify({ $ref: address }),
        "schemas/b.schema.json": JSON.stringify({ $schema: address }),
        "schemas/c.schema.json": JSON.stringify({ $id: address, $ref: "d.json" }),
      });
      expect(asked).toBe(0);
    } finally {
      server.close();
    }
  });

  test.each([
    "../other",
    "/tmp",
    "file:///tmp",
    "http://example.com",
    "no-such-standard",
  ])("a scheme that joins %s names no shipped standard", (reference) =>
    inFolder(
      {
        ...standardFiles([]),
        "scheme.yaml": JSON.stringify(
          wholeScheme({ standards: [reference], dimensions: [{ code: "D", indicators: [{ code: "I" }] }] }),
        ),
      },
      (folder) => {
        expect(() => basisOf(folder, [])).toThrow("TS-USAGE-0003");
      },
    ));
});

test("schemes that join each other, and themselves, apply each rule once", () => {
  const scheme = (other: string) => ({
    standards: [other, "a", "b"],
    dimensions: [{ code: "D", indicators: [{ code: "I" }] }],
  });
  const files = {
    ...prefix("a", standardFiles([{ ...anyRule, id: "in-a" }], scheme("b"), documentOf("a"))),
    ...prefix("b", standardFiles([{ ...anyRule, id: "in-b" }], scheme("a"), documentOf("b"))),
  };
  return inFolder(files, (folder) => {
    const { standards } = basisOf(join(folder, "a"), [join(folder, "b"), join(folder, "b")]);
    expect(standards.map(({ document }) => document.id)).toEqual(["a", "b"]);
  });
});

function prefix(below: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${below}/${name}`, text]));
}

import { expect, test } from "vitest";
import type { Rule } from "../records/grammar.gen.js";
import { lintSchemas } from "./lint-schemas.js";
import { parseSource } from "./load.js";

const schema = (data: unknown, name = "a") => parseSource(JSON.stringify(data), `schemas/${name}.schema.json`);

function problems(schemas: readonly unknown[], rule?: Record<string, unknown>): string[] {
  const found: string[] = [];
  const files = schemas.map((data, at) => schema(data, "abc"[at]));
  const file = parseSource("[]", "rules/a.yaml");
  const rules = rule === undefined ? [] : [{ rule: { id: "r", ...rule } as unknown as Rule, file, at: [0] }];
  lintSchemas(files, rules, (_, __, { code }) => found.push(code));
  return found;
}

const text = { type: "string" };

test.each<[string, readonly unknown[], Record<string, unknown> | undefined, readonly string[]]>([
  ["a schema, and a rule that names it", [text], { on: "media", schema: "a.schema.json" }, []],
  ["a reference to another file of the folder", [{ $ref: "b.schema.json" }, text], undefined, []],
  ["a reference to an address", [{ $ref: "https://example.org/x.json" }], undefined, ["outside-reference"]],
  ["a reference to a file", [{ $ref: "../../../etc/passwd" }], undefined, ["outside-reference"]],
  ["a pattern that looks ahead", [{ pattern: "(?=a)" }], undefined, ["pattern"]],
  ["a keyword of another kind", [{ type: 7 }], undefined, ["schema"]],
  ["a rule whose schema is not there", [text], { on: "media", schema: "z.schema.json" }, ["unknown-schema"]],
  ["a rule on records that have no raw form", [text], { on: "annotation", schema: "a.schema.json" }, ["schema-kind"]],
  [
    "a rule with a schema and more",
    [text],
    { on: "media", schema: "a.schema.json", when: "true", params: { a: 1 } },
    ["schema-alone", "schema-alone"],
  ],
])("%s", (_, schemas, rule, codes) => expect(problems(schemas, rule)).toEqual(codes));

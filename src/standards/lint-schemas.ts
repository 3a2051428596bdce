import { basename } from "node:path";
import { RE2JS } from "re2js";
import type { Rule } from "../records/grammar.gen.js";
import { lintExpansion } from "./lint-expansion.js";
import { lintMessage } from "./lint-messages.js";
import type { At, Complain, PlacedRule } from "./lint-problem.js";
import type { SourceFile } from "./load.js";
import { newAjv } from "./schema.js";

const maxDepth = 60;

/** Schemas of a standard: they compile, refer to nothing outside their folder, and their patterns run in linear time. */
export function lintSchemas(schemas: readonly SourceFile[], rules: readonly PlacedRule[], complain: Complain): void {
  const names = new Set(schemas.map((file) => basename(file.name)));
  let endless = false;
  lintExpansion(schemas, (...problem) => {
    endless = true;
    complain(...problem);
  });
  for (const file of schemas) {
    const before = { problems: 0 };
    const counted: Complain = (...args) => {
      before.problems++;
      complain(...args);
    };
    walk(file, file.data, [], names, counted);
    // Compiling would follow every reference as often as asking would.
    if (before.problems > 0 || endless) continue;
    try {
      const ajv = newAjv();
      for (const other of schemas) if (other !== file) ajv.addSchema(other.data as object, basename(other.name));
      ajv.compile(file.data as object);
    } catch (error) {
      complain(file, [], lintMessage("schema", { words: error instanceof Error ? error.message : String(error) }));
    }
  }
  for (const { rule, file, at } of rules) {
    if (rule.schema !== undefined && !names.has(rule.schema))
      complain(file, [...at, "schema"], lintMessage("unknown-schema", { rule: rule.id, schema: rule.schema }));
    if (rule.schema !== undefined) wantPlain(rule, file, at, complain);
  }
}

/** A schema rule is its schema: what it is not asked of stands there as if/then, and a number of it is no parameter. */
function wantPlain(rule: Rule, file: SourceFile, at: At, complain: Complain): void {
  if (rule.on !== "media") complain(file, [...at, "on"], lintMessage("schema-kind", { rule: rule.id }));
  for (const field of ["assert", "when", "within", "column", "params"] as const)
    if (rule[field] !== undefined)
      complain(file, [...at, field], lintMessage("schema-alone", { rule: rule.id, field }));
}

function walk(file: SourceFile, value: unknown, at: At, names: ReadonlySet<string>, complain: Complain): void {
  if (at.length > maxDepth) {
    complain(file, at.slice(0, 3), lintMessage("schema-depth", { most: maxDepth }));
    return;
  }
  if (Array.isArray(value)) {
    value.forEach((item, index) => {
      walk(file, item, [...at, index], names, complain);
    });
    return;
  }
  if (value === null || typeof value !== "object") return;
  for (const [key, item] of Object.entries(value)) {
    if ((key === "$ref" || key === "$dynamicRef") && typeof item === "string") {
      const target = item.split("#")[0] ?? "";
      if (target !== "" && !names.has(target))
        complain(file, [...at, key], lintMessage("outside-reference", { reference: JSON.stringify(item) }));
    }
    if (key === "pattern" && typeof item === "string") wantLinear(file, item, [...at, key], complain);
    if (key === "patternProperties" && item !== null && typeof item === "object")
      for (const pattern of Object.keys(item)) wantLinear(file, pattern, [...at, key, pattern], complain);
    walk(file, item, [...at, key], names, complain);
  }
}

function wantLinear(file: SourceFile, pattern: string, at: At, complain: Complain): void {
  try {
    RE2JS.compile(pattern);
  } catch (error) {
    complain(
      file,
      at,
      lintMessage("pattern", {
        pattern: JSON.stringify(pattern),
        words: error instanceof Error ? error.message : String(error),
      }),
    );
  }
}

import {
  getConformanceSuite,
  type IncrementalTest,
  type IncrementalTestSuite,
} from "@bufbuild/cel-spec/testdata/tests.js";
import { afterAll, describe, expect, test } from "vitest";
import { compileExpression } from "./testing/evaluate.js";
import { host, rule, scopeOf, tables } from "./testing/fixtures.js";
import { canonical } from "./testing/values.js";

/** The files of cel-spec v0.25.1 that speak of what the rule language has; the others are of protobuf messages and extensions. */
const files = [
  "basic",
  "plumbing",
  "parse",
  "logic",
  "comparisons",
  "integer_math",
  "fp_math",
  "string",
  "lists",
  "fields",
  "macros",
  "conversions",
  "timestamps",
  "string_ext",
  "math_ext",
  "optionals",
  "macros2",
];

const passed = new Map<string, number>();
const refused = new Map<string, number>();

function bump(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

afterAll(() => {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .sort((a, b) => b[1] - a[1])
      .map(([key, n]) => `${key} ${n}`)
      .join(", ");
  const sum = (counts: ReadonlyMap<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
  console.log(`cel-spec: ${sum(passed)} passed (${list(passed)})`);
  console.log(`refused or not asked: ${sum(refused)} (${list(refused)})`);
});

describe("cel-spec", () => {
  test.each(files)("%s: whatever compiles gives the value that the specification says", (file) => {
    const suite = getConformanceSuite().suites.find(({ name }) => name === file);
    if (suite === undefined) throw new Error(`no suite ${file}`);
    expect(testsOf(suite).flatMap((one) => failure(file, one))).toEqual([]);
  });

  test("more than 400 tests pass", () => expect([...passed.values()].reduce((a, b) => a + b, 0)).toBeGreaterThan(400));
});

function testsOf(suite: IncrementalTestSuite): readonly IncrementalTest[] {
  return [...suite.tests, ...suite.suites.flatMap(testsOf)];
}

/** Counts one test, or says how it failed. */
function failure(file: string, { name, original }: IncrementalTest): readonly string[] {
  const wanted = original.resultMatcher;
  const own = Object.keys(original.bindings).length > 0 || original.disableMacros || original.container !== "";
  const compiled = own ? undefined : compileExpression(original.expr, rule, tables, host);
  if (compiled === undefined || "diagnostics" in compiled) {
    bump(
      refused,
      compiled === undefined ? "own variables, container, or no macros" : (compiled.diagnostics[0]?.code ?? ""),
    );
    return [];
  }
  const result = compiled.evaluate(scopeOf({}));
  const gave = "error" in result ? "error" : canonical(result.value);
  const error = wanted.case === "evalError" || wanted.case === "anyEvalErrors";
  const expected = error ? "error" : wanted.case === "value" ? shownValue(wanted.value) : "true";
  if (expected === undefined) bump(refused, "a value that rules do not have");
  else if (gave === expected) bump(passed, file);
  else return [`${file}/${name}: ${original.expr} gives ${gave}, expected ${expected}`];
  return [];
}

type ExprValue = Extract<IncrementalTest["original"]["resultMatcher"], { case: "value" }>["value"];

/** A value of the specification, as `canonical` prints ours. */
function shownValue({ kind }: ExprValue): string | undefined {
  switch (kind.case) {
    case "nullValue":
      return "null";
    case "int64Value":
      return String(kind.value);
    case "boolValue":
    case "doubleValue":
    case "stringValue":
      return canonical(kind.value);
    case "listValue": {
      const items = kind.value.values.map(shownValue);
      return items.includes(undefined) ? undefined : `[${items.join()}]`;
    }
    case "mapValue": {
      const entries = kind.value.entries.map(({ key, value }) => {
        const of = value === undefined ? undefined : shownValue(value);
        return key?.kind.case === "stringValue" && of !== undefined ? ([key.kind.value, of] as const) : undefined;
      });
      if (entries.some((entry) => entry === undefined)) return undefined;
      const sorted = entries
        .flatMap((entry) => (entry === undefined ? [] : [entry]))
        .sort((a, b) => (a[0] < b[0] ? -1 : 1));
      return `{${sorted.map(([key, of]) => `${JSON.stringify(key)}:${of}`).join()}}`;
    }
    default:
      return undefined;
  }
}

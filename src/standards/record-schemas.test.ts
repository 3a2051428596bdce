import { expect, test } from "vitest";
import { UsageError } from "../records/errors.js";
import { validatorOf } from "./record-schemas.js";

const whole = { $ref: "part.schema.json" };
// As text: an object with a `then` of its own would look like a promise.
const part = JSON.parse(`{
  "type": "object",
  "required": ["id"],
  "properties": {
    "id": { "type": "string" },
    "kind": { "if": { "type": "string" }, "then": { "enum": ["a", "b"] } },
    "list": { "type": "array", "items": { "type": "number" } },
    "code": { "pattern": "^(a+)+$" },
    "other": { "pattern": "^b$" }
  }
}`) as object;
const schemas = { "whole.schema.json": whole, "part.schema.json": part };
const ask = (raw: Parameters<ReturnType<typeof validatorOf>>[0]) => validatorOf(schemas, "whole.schema.json", "r")(raw);
const violation = (pointer: string, name: string, value: unknown, bound: string) => ({
  pointer,
  value: { name, value, relation: "expected", bound },
});

test("a record that fits has no violations", () => expect(ask({ id: "x", kind: "a", list: [1] })).toBeUndefined());

test.each([
  [
    "a missing field is named by its own pointer",
    {},
    violation("", "/id", "nothing", "required: must have required property 'id'"),
  ],
  ["a value is shown with what was wanted of it", { id: 7 }, violation("/id", "/id", 7, "type: must be string")],
  [
    "a condition is told by its consequence alone",
    { id: "x", kind: "c" },
    violation("/kind", "/kind", "c", "enum: must be equal to one of the allowed values: a, b"),
  ],
  ["a list is told by its length", { id: ["x", "y"] }, violation("/id", "/id", "a list of 2", "type: must be string")],
])("%s", (_, raw, expected) => expect(ask(raw)).toEqual([expected]));

test("at most five violations of a record are told", () => {
  expect(ask({ id: "x", list: ["1", "2", "3", "4", "5", "6"] })?.map(({ pointer }) => pointer)).toEqual([
    "/list/0",
    "/list/1",
    "/list/2",
    "/list/3",
    "/list/4",
  ]);
});

test("a pattern that makes others backtrack runs in linear time", () => {
  const start = performance.now();
  expect(ask({ id: "x", code: `${"a".repeat(50_000)}!` })).toHaveLength(1);
  expect(performance.now() - start).toBeLessThan(5_000);
});

test("each pattern is its own", () => {
  expect(ask({ id: "x", code: "aa", other: "b" })).toBeUndefined();
  expect(ask({ id: "x", code: "b", other: "aa" })?.map(({ pointer }) => pointer)).toEqual(["/code", "/other"]);
});

test("a schema that is not there is an error that names those that are", () => {
  expect(() => validatorOf(schemas, "other.schema.json", "some-rule")).toThrow(UsageError);
  expect(() => validatorOf(schemas, "constructor", "some-rule")).toThrow("whole.schema.json, part.schema.json");
});

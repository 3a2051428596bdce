import { expect, test } from "vitest";
import { loadRecordSchemas, recordTypesOf } from "./record-types.js";

const types = recordTypesOf(loadRecordSchemas());

test("every record and every definition of the schemas is a type", () => {
  expect([...types.keys()]).toEqual(
    expect.arrayContaining([
      "AnnotationRecord",
      "Attribute",
      "Box",
      "CategoryRecord",
      "Corners",
      "DatasetRecord",
      "FileRecord",
      "Id",
      "Keypoint",
      "Measurement",
      "MediaRecord",
      "PanopticSegment",
      "RleMask",
      "Siblings",
    ]),
  );
});

test.each([
  ["AnnotationRecord", "polygon", { type: "list<list<double>>", optional: true }],
  ["AnnotationRecord", "id", { type: "Id", optional: true }],
  ["AnnotationRecord", "segments", { type: "list<PanopticSegment>", optional: true }],
  ["Box", "x", { type: "double", optional: false }],
  ["RleMask", "counts", { type: "list<double>", optional: false }],
  ["MediaRecord", "width", { type: "int", optional: true }],
  ["MediaRecord", "split", { type: "string", optional: true, values: ["train", "val", "test"] }],
])("%s.%s", (type, field, expected) => expect(types.get(type)?.get(field)).toEqual(expected));

test.each([
  ["a union", { type: ["string", "null"] }, "a field has one type"],
  ["an untyped field", {}, "a field has one type"],
  ["a list of anything", { type: "array" }, "a list without items"],
  ["a reference to nothing", { $ref: "#/$defs/gone" }, "there is no #/$defs/gone"],
  ["a reference to a file", { $ref: "file:///etc/passwd#/$defs/a" }, "there is no file:///etc/passwd#/$defs/a"],
  ["a type of CEL that is not there", { "x-cel-type": "Idd" }, "there is no type Idd"],
])("%s is refused", (_, field, message) => {
  const schemas = { "a.schema.json": { title: "ARecord", type: "object", properties: { field } } };
  expect(() => recordTypesOf(schemas)).toThrow(message);
});

test("a field name that is no name is refused", () => {
  expect(() => recordTypesOf({ a: { title: "ARecord", properties: { "a b": { type: "string" } } } })).toThrow(
    "is not a name",
  );
});

test("further properties of one type are a map", () => {
  const map = { type: "object", additionalProperties: { type: "number" } };
  const of = recordTypesOf({ a: { title: "ARecord", type: "object", properties: { map } } });
  expect(of.get("ARecord")?.get("map")?.type).toBe("map<string, double>");
});

import { expect, test } from "vitest";
import type { Attribute } from "../records/types.gen.js";
import {
  attributeText,
  invalidAttributeValue,
  missingAttribute,
  mistypedAttribute,
  undefinedAttribute,
} from "./attributes.js";

const attributes: Attribute[] = [
  { name: "colour", type: "string", text: "red" },
  { name: "doors", type: "number", text: "4" },
];

test.each([
  ["all there", "car", ["car/colour", "car/doors", "bus/seats"], ""],
  ["the second is missing", "car", ["car/colour", "car/plate"], "plate"],
  ["required of every label", "bus", ["*/occluded"], "occluded"],
  ["a label with a slash", "road/car", ["road/car/plate"], "plate"],
  ["a label that another begins with", "car", ["carriage/plate"], ""],
  ["a label that begins with another", "road", ["road/car/plate"], ""],
])("missing attributes: %s", (_, label, required, name) =>
  expect(missingAttribute(attributes, label, required)).toBe(name));

test.each([
  ["both defined", "car", ["car/colour", "*/doors"], ""],
  ["one defined for another label only", "bus", ["*/colour", "car/doors"], "doors"],
  ["nothing defined", "car", [], "colour"],
])("undefined attributes: %s", (_, label, defined, name) =>
  expect(undefinedAttribute(attributes, label, defined)).toBe(name));

test.each([
  ["as declared", ["colour=string", "doors=number"], ""],
  ["one of two types", ["doors=string", "doors=number"], ""],
  ["another type", ["colour=boolean"], "colour"],
  ["no type declared", ["plate=string"], ""],
])("types of attributes: %s", (_, types, name) => expect(mistypedAttribute(attributes, types)).toBe(name));

test.each([
  ["as listed", ["colour=blue", "colour=red"], ""],
  ["not listed", ["colour=blue", "colour=redder"], "colour"],
  ["an attribute without a list", ["doorstep=2"], ""],
])("values of attributes: %s", (_, allowed, name) => expect(invalidAttributeValue(attributes, allowed)).toBe(name));

test("the text of an attribute", () => {
  expect(attributeText(attributes, "doors")).toBe("4");
  expect(attributeText(attributes, "plate")).toBe("");
});

import type { Expectation } from "../../records/expectations.js";
import { type AnnotationRecord, type Attribute, clearAnnotation } from "../../records/types.gen.js";
import { parseNumber } from "../text/numbers.js";
import { child, type XmlElement } from "./xml.js";

/** A fault of one field of a record; the reader adds the unit it belongs to. */
export interface FieldFault {
  readonly rule: "field-missing" | "field-type-mismatch" | "field-unknown" | "value-not-finite";
  readonly offset: number;
  readonly field: string;
  readonly value: string | null;
  readonly expected?: Expectation;
}

type Report = (fault: FieldFault) => void;

/**
 * Children of an `object` that Pascal VOC 2005–2012 and the tools that write it (CVAT, labelImg, Roboflow, datumaro) use; none of them is unknown.
 */
const objectFields = new Set([
  ...["name", "pose", "truncated", "difficult", "occluded", "bndbox", "polygon", "part", "actions", "point", "points"],
  ...["attributes", "score"],
]);
const boxFields = ["xmin", "ymin", "xmax", "ymax"] as const;

/** Fills the record from an `object`. Parts (head, hands) lie inside it and are no annotations. */
export function fillAnnotation(record: AnnotationRecord, object: XmlElement, report: Report): void {
  clearAnnotation(record);
  for (const field of object.children) {
    if (!objectFields.has(field.name)) report(unknownField(field, "object"));
  }
  record.label = textOf(object, "name");
  if (record.label === undefined) report(missing(object, "object/name"));
  fillBox(record, object, report);
  record.truncated = flagOf(object, "truncated", report);
  record.difficult = flagOf(object, "difficult", report);
  record.occluded = flagOf(object, "occluded", report);
  record.pose = textOf(object, "pose");
  record.score = numberOf(object, "score", "object/score", report);
  record.attributes = attributesOf(object, report);
  fillPolygon(record, object, report);
}

/** Text of the first child of that name; undefined where there is none or it is empty. */
export function textOf(element: XmlElement, name: string): string | undefined {
  const text = child(element, name)?.text;
  return text === "" ? undefined : text;
}

/** A number in the first child of that name; undefined, with a fault, where its text is none. An empty element reads as absent. */
export function numberOf(element: XmlElement, name: string, field: string, report: Report): number | undefined {
  const found = child(element, name);
  return found === undefined || found.text === "" ? undefined : numberIn(found, field, report);
}

function numberIn(found: XmlElement, field: string, report: Report): number | undefined {
  const value = parseNumber(found.text);
  if (value !== undefined && Number.isFinite(value)) return value;
  const rule = value === undefined ? "field-type-mismatch" : "value-not-finite";
  report({ rule, offset: found.offset, field, value: found.text, expected: "a number" });
  return undefined;
}

export function missing(element: XmlElement, field: string): FieldFault {
  return { rule: "field-missing", offset: element.offset, field, value: null };
}

export function unknownField(element: XmlElement, parent: string): FieldFault {
  return { rule: "field-unknown", offset: element.offset, field: `${parent}/${element.name}`, value: element.text };
}

function fillBox(record: AnnotationRecord, object: XmlElement, report: Report): void {
  const box = child(object, "bndbox");
  if (box === undefined) {
    report(missing(object, "object/bndbox"));
    return;
  }
  for (const field of box.children) {
    if (!(boxFields as readonly string[]).includes(field.name)) report(unknownField(field, "bndbox"));
  }
  for (const field of boxFields) {
    if (textOf(box, field) === undefined) report(missing(box, `bndbox/${field}`));
  }
  const [left, top, right, bottom] = boxFields.map((field) => numberOf(box, field, `bndbox/${field}`, report));
  if (left === undefined || top === undefined || right === undefined || bottom === undefined) return;
  record.corners = { x_min: left, y_min: top, x_max: right, y_max: bottom };
  record.box = { x: left, y: top, width: right - left, height: bottom - top };
}

function flagOf(object: XmlElement, name: string, report: Report): boolean | undefined {
  const found = child(object, name);
  if (found === undefined || found.text === "") return undefined;
  const text = found.text.toLowerCase();
  if (text === "1" || text === "true") return true;
  if (text === "0" || text === "false") return false;
  report({
    rule: "field-type-mismatch",
    offset: found.offset,
    field: `object/${name}`,
    value: found.text,
    expected: "0 or 1",
  });
  return undefined;
}

/** CVAT: `<attributes><attribute><name>…</name><value>…</value></attribute></attributes>`. XML knows text only, so every value is a string. */
function attributesOf(object: XmlElement, report: Report): Attribute[] | undefined {
  const list = child(object, "attributes");
  if (list === undefined) return undefined;
  const attributes: Attribute[] = [];
  for (const attribute of list.children) {
    const name = attribute.name === "attribute" ? textOf(attribute, "name") : undefined;
    if (attribute.name !== "attribute") report(unknownField(attribute, "attributes"));
    else if (name === undefined) report(missing(attribute, "attribute/name"));
    else attributes.push({ name, type: "string", text: child(attribute, "value")?.text ?? "" });
  }
  return attributes;
}

/** Roboflow: `<polygon><x1>…</x1><y1>…</y1><x2>…`, the numbers in the order of the document. */
function fillPolygon(record: AnnotationRecord, object: XmlElement, report: Report): void {
  const polygon = child(object, "polygon");
  if (polygon === undefined) return;
  const values: number[] = [];
  for (const coordinate of polygon.children) {
    if (!/^[xy]\d+$/.test(coordinate.name)) {
      report(unknownField(coordinate, "polygon"));
      continue;
    }
    const value = numberIn(coordinate, `polygon/${coordinate.name}`, report);
    if (value === undefined) return;
    values.push(value);
  }
  record.polygon = [Float64Array.from(values.slice(0, values.length - (values.length % 2)))];
  record.polygon_length = Float64Array.of(values.length);
}

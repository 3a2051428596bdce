import { type AnnotationRecord, type Attribute, clearAnnotation } from "../../records/types.gen.js";
import type { JsonValue } from "../json/api.js";
import { describe, isObject, type JsonObject, type Report, textAt } from "./values.js";

/** A class name is short; a longer text in its place is what an annotator wrote (a translation, a caption). */
const longestLabel = 128;

/** One entry of `annotation.label`. */
export interface LabelEntry {
  readonly value: JsonValue;
  readonly pointer: string;
}

/** Size of the medium as declared, px. */
export interface DeclaredSize {
  readonly width: number | undefined;
  readonly height: number | undefined;
}

/** The entries of a record's label; one that is no list is reported and read as its only entry. */
export function entriesOf(record: JsonObject, report: Report): readonly LabelEntry[] {
  const annotation = record["annotation"];
  if (annotation === undefined || annotation === null) return [];
  if (!isObject(annotation)) {
    report("/annotation", describe(annotation), "an object");
    return [{ value: null, pointer: "/annotation" }];
  }
  const label = annotation["label"];
  if (label === undefined || label === null) return [];
  if (Array.isArray(label)) return label.map((value, index) => ({ value, pointer: `/annotation/label/${index}` }));
  report("/annotation/label", describe(label), "a list");
  return [{ value: label, pointer: "/annotation/label" }];
}

/** Empties the annotation and fills what all entries of the line share. */
export function clearedAnnotation(
  annotation: AnnotationRecord,
  record: JsonObject,
  id: AnnotationRecord["media_id"],
): void {
  clearAnnotation(annotation);
  annotation.media_id = id;
  const shared = record["annotation"];
  const annotator = isObject(shared) ? shared["annotator"] : undefined;
  annotation.annotator = typeof annotator === "string" ? annotator : undefined;
  annotation.created_at = instantOf(record["original_time"]);
  annotation.modified_at = instantOf(record["last_modified_time"]);
}

/** A date with a time of day; users write dates alone (2026-07-25, 2025-1-1), which are no instants. */
function instantOf(value: JsonValue | undefined): string | undefined {
  return typeof value === "string" && /^\d{4}-\d\d-\d\dT/i.test(value) ? value : undefined;
}

export function fillEntry(
  annotation: AnnotationRecord,
  { value, pointer }: LabelEntry,
  size: DeclaredSize,
  report: Report,
): void {
  if (isObject(value)) fillObject(annotation, value, pointer, size, report);
  else if (typeof value === "string" && (value.length > longestLabel || value.includes("\n")))
    annotation.caption = value;
  else if (value !== null && typeof value !== "object") annotation.label = String(value);
  else annotation.attributes = [attributeOf("label", value)];
}

function fillObject(
  annotation: AnnotationRecord,
  entry: JsonObject,
  pointer: string,
  size: DeclaredSize,
  report: Report,
): void {
  annotation.label = textAt(entry, "category", pointer, report);
  const attributes: Attribute[] = [];
  const format = entry["bbox_format"];
  for (const [key, value] of Object.entries(entry)) {
    if (value === null) continue;
    switch (key) {
      case "category":
      case "bbox_format":
        break;
      case "category_id":
        // Beside a name the number says nothing more: TC609 records bring no list of categories.
        if (annotation.label === undefined) annotation.category_id = idOf(value);
        break;
      case "iscrowd":
        annotation.iscrowd = flagOf(value, `${pointer}/iscrowd`, report);
        break;
      case "bbox":
      case "bbox_yolo": {
        const shares = key === "bbox_yolo" ? format === undefined || format === normalised : format === normalised;
        const px = key === "bbox" && (format === undefined || format === "xywh");
        if (shares || px) fillBox(annotation, value, `${pointer}/${key}`, shares ? size : undefined, report);
        else attributes.push(attributeOf(key, value), attributeOf("bbox_format", format ?? null));
        break;
      }
      default:
        attributes.push(attributeOf(key, value));
    }
  }
  if (attributes.length > 0) annotation.attributes = attributes;
}

const normalised = "normalized_xywh";

/** @param size of the medium, where the numbers are shares of it: centre and extent; undefined where they are px: corner and extent */
function fillBox(
  annotation: AnnotationRecord,
  value: JsonValue,
  pointer: string,
  size: DeclaredSize | undefined,
  report: Report,
): void {
  if (!Array.isArray(value) || value.length !== 4 || !value.every((one) => typeof one === "number")) {
    report(pointer, describe(value), "a list of 4 numbers");
    return;
  }
  const [x = 0, y = 0, width = 0, height = 0] = value as number[];
  if (size === undefined) {
    annotation.box = { x, y, width, height };
    return;
  }
  annotation.normalised = Float64Array.of(x, y, width, height);
  if (size.width === undefined || size.height === undefined) return;
  annotation.box = {
    x: (x - width / 2) * size.width,
    y: (y - height / 2) * size.height,
    width: width * size.width,
    height: height * size.height,
  };
}

function idOf(value: JsonValue): AnnotationRecord["category_id"] {
  if (typeof value === "string") return value;
  if (typeof value !== "number") return undefined;
  return Number.isSafeInteger(value) ? value + 0 : String(value);
}

function flagOf(value: JsonValue, pointer: string, report: Report): number | undefined {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value === "number" && Number.isSafeInteger(value)) return value + 0;
  report(pointer, describe(value), "0 or 1");
  return undefined;
}

function attributeOf(name: string, value: JsonValue): Attribute {
  if (value !== null && typeof value === "object")
    return { name, type: Array.isArray(value) ? "list" : "object", text: JSON.stringify(value) };
  return {
    name,
    type: value === null ? "object" : (typeof value as "string" | "number" | "boolean"),
    text: String(value),
  };
}

import type { Expectation } from "../../records/expectations.js";
import { type AnnotationRecord, clearAnnotation, type Keypoint } from "../../records/types.gen.js";
import { parseNumber } from "../text/numbers.js";
import { categoryOf, type KeypointShape, type LineForm } from "./label-line.js";

export interface ColumnFault {
  readonly rule: "field-type-mismatch" | "value-not-finite";
  readonly field: string;
  readonly value: string;
  readonly expected: Expectation;
}

/** Size of the image, px, where its file was found. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/**
 * Fills the record from the columns of a label line that fits the form. Coordinates stand in `normalised` as written, visibilities left out; geometry in
 * px is there only where the size of the image is known. A column that is no number leaves the geometry away.
 */
export function fillAnnotation(
  record: AnnotationRecord,
  columns: readonly string[],
  form: LineForm,
  size: ImageSize | undefined,
  report: (fault: ColumnFault) => void,
): void {
  clearAnnotation(record);
  const [first = "", ...rest] = columns;
  record.category_id = categoryOf(first);
  if (record.category_id === undefined) {
    report({ rule: "field-type-mismatch", field: "column 1", value: first, expected: "a whole number" });
  }
  const values = new Float64Array(rest.length);
  let whole = true;
  rest.forEach((text, index) => {
    const value = parseNumber(text);
    if (value === undefined || !Number.isFinite(value)) {
      whole = false;
      const rule = value === undefined ? "field-type-mismatch" : "value-not-finite";
      report({ rule, field: `column ${index + 2}`, value: text, expected: "a number" });
    } else values[index] = value;
  });
  if (!whole) return;
  if (form.task === "pose") fillPose(record, values, form.keypoints, size);
  else {
    record.normalised = values;
    if (columns.length === 5) fillBox(record, values, size);
    else if (form.task === "obb") record.rotated_box = size && scaled(values, size);
    else {
      record.polygon_length = Float64Array.of(values.length);
      record.polygon = size && [scaled(values, size)];
    }
  }
}

/** Centre and extent, as shares of the image. */
function fillBox(record: AnnotationRecord, values: Float64Array, size: ImageSize | undefined): void {
  const [x = 0, y = 0, width = 0, height = 0] = values;
  if (size === undefined) return;
  record.box = {
    x: (x - width / 2) * size.width,
    y: (y - height / 2) * size.height,
    width: width * size.width,
    height: height * size.height,
  };
}

function fillPose(
  record: AnnotationRecord,
  values: Float64Array,
  shape: KeypointShape | undefined,
  size: ImageSize | undefined,
): void {
  const step = shape?.dimensions ?? 3;
  const written = [...values.subarray(0, 4)];
  const keypoints: Keypoint[] = [];
  for (let at = 4; at + step <= values.length; at += step) {
    const [x = 0, y = 0, v] = values.subarray(at, at + step);
    written.push(x, y);
    // Without visibility Ultralytics takes a point below 0 as not labelled, every other as labelled.
    const seen = v ?? (x < 0 || y < 0 ? 0 : 2);
    if (size !== undefined) keypoints.push({ x: x * size.width, y: y * size.height, v: seen });
  }
  record.normalised = Float64Array.from(written);
  record.keypoint_values = values.length - 4;
  fillBox(record, values, size);
  if (size !== undefined) record.keypoints = keypoints;
}

function scaled(values: Float64Array, size: ImageSize): Float64Array {
  return values.map((value, index) => value * (index % 2 === 0 ? size.width : size.height));
}

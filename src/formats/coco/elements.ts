/**
 * The elements of COCO's sections, field by field, each into its reused record. Longer than a page because all fields of a record share the pull reader,
 * the lists that rings are cut from, and one way to report what does not fit.
 */
import { decodeCompressedRle } from "../../checks/rle-codec.js";
import { isNfc } from "../../checks/text.js";
import { quote } from "../../records/errors.js";
import type { Expectation } from "../../records/expectations.js";
import type { Kind } from "../../records/grammar.gen.js";
import type {
  AnnotationRecord,
  Attribute,
  CategoryRecord,
  Keypoint,
  MediaRecord,
  PanopticSegment,
  RleMask,
} from "../../records/types.gen.js";
import {
  clearAnnotation,
  clearCategory,
  clearMedia,
  newAnnotation,
  newCategory,
  newMedia,
} from "../../records/types.gen.js";
import type { JsonPull, JsonValue, NumberList } from "../json/api.js";
import { knownFields } from "./fields.js";

/** Reports a fault about the element at hand. */
export type Report = (
  rule: string,
  kind: Kind,
  field: string,
  found: string,
  expected: Expectation,
  offset: number,
) => void;

/** Reads one element of a section into its reused record. */
export interface ElementReader {
  readonly media: MediaRecord;
  readonly category: CategoryRecord;
  readonly annotation: AnnotationRecord;
  readMedia(): void;
  readCategory(): void;
  readAnnotation(): void;
}

function describe(pull: JsonPull): string {
  const type = pull.peek();
  if (type === "string") return `string ${quote(pull.string())}`;
  pull.skip();
  return type;
}

const maxCachedView = 2048;

/** A growable list of doubles that rings are cut from. */
function newList(): NumberList {
  return { values: new Float64Array(4096), length: 0 };
}

export function newElementReader(pull: JsonPull, report: Report): ElementReader {
  const media = newMedia();
  const category = newCategory();
  const annotation = newAnnotation();
  const box = { x: 0, y: 0, width: 0, height: 0 };
  const rle: RleMask = { height: 0, width: 0, counts: new Float64Array(0) };
  const numbers = newList();
  const views: { of: Float64Array | undefined; byLength: (Float64Array | undefined)[] } = {
    of: undefined,
    byLength: [],
  };
  const four = newList();
  const polygon: Float64Array[] = [];
  const ringEnds: number[] = [];
  let lengths: Float64Array = new Float64Array(16);
  let firstLength = lengths.subarray(0, 1);
  const keypoints: Keypoint[] = [];
  const attributes: Attribute[] = [];

  /** Reports that a field has another type than the format gives it, and passes over it. */
  function mismatch(kind: Kind, field: string, expected: Expectation): undefined {
    const offset = pull.offset();
    report("field-type-mismatch", kind, field, describe(pull), expected, offset);
    return undefined;
  }

  function text(kind: Kind, field: string): string | undefined {
    const type = pull.peek();
    if (type === "string") {
      const offset = pull.offset();
      const value = pull.string();
      if (!isNfc(value)) report("text-not-nfc", kind, field, quote(value), "Unicode normalisation form C", offset);
      if (value.includes("\ufffd"))
        report("text-replacement-character", kind, field, quote(value), "no U+FFFD", offset);
      return value;
    }
    if (type === "null") {
      pull.null();
      return undefined;
    }
    return mismatch(kind, field, "a string");
  }

  function double(kind: Kind, field: string): number | undefined {
    const type = pull.peek();
    if (type === "number") {
      const offset = pull.offset();
      const value = pull.number();
      if (!Number.isFinite(value)) report("value-not-finite", kind, field, String(value), "a finite number", offset);
      return value;
    }
    if (type === "null") {
      pull.null();
      return undefined;
    }
    return mismatch(kind, field, "a number");
  }

  function whole(kind: Kind, field: string): number | undefined {
    const offset = pull.offset();
    const value = double(kind, field);
    if (value === undefined || !Number.isFinite(value)) return undefined;
    if (Number.isInteger(value)) return value + 0;
    report("field-type-mismatch", kind, field, String(value), "a whole number", offset);
    return undefined;
  }

  /** Whole number or boolean as some exporters write flags. */
  function flag(kind: Kind, field: string): number | undefined {
    if (pull.peek() !== "boolean") return whole(kind, field);
    return pull.boolean() ? 1 : 0;
  }

  /** COCO ids are whole numbers; a text is kept as the id that it is, and reported. */
  function id(kind: Kind, field: string): number | string | undefined {
    const type = pull.peek();
    if (type === "null") {
      pull.null();
      return undefined;
    }
    if (type !== "number" && type !== "string") return mismatch(kind, field, "a whole number");
    const offset = pull.offset();
    const value = pull.id();
    if (typeof value === "string")
      report(
        "field-type-mismatch",
        kind,
        field,
        type === "string" ? `string ${quote(value)}` : value,
        "a whole number",
        offset,
      );
    return value;
  }

  function missing(kind: Kind, field: string, offset: number): void {
    report("field-missing", kind, field, "nothing", `a field ${quote(field)}`, offset);
  }

  function unknown(kind: Kind, field: string): void {
    report("field-unknown", kind, field, field, "a field of the format", pull.offset());
    pull.skip();
  }

  function readBox(
    kind: Kind,
    field: string,
    target: { x: number; y: number; width: number; height: number },
  ): boolean {
    if (pull.peek() === "null") {
      pull.null();
      return false;
    }
    if (pull.peek() !== "array") {
      mismatch(kind, field, "a list of 4 numbers");
      return false;
    }
    const offset = pull.offset();
    four.length = 0;
    if (!pull.numbers(four)) {
      report(
        "field-type-mismatch",
        kind,
        field,
        "a list with something that is no number",
        "a list of 4 numbers",
        offset,
      );
      return false;
    }
    if (four.length !== 4) {
      // An empty list says that there is no box, as some exporters write it.
      if (four.length > 0)
        report("field-type-mismatch", kind, field, `a list of ${four.length} numbers`, "a list of 4 numbers", offset);
      return false;
    }
    target.x = four.values[0] ?? 0;
    target.y = four.values[1] ?? 0;
    target.width = four.values[2] ?? 0;
    target.height = four.values[3] ?? 0;
    // A NaN or an infinity makes the sum NaN or infinite, and so do finite numbers near the largest double, which are no coordinates either.
    const sum = target.x + target.y + target.width + target.height;
    if (!Number.isFinite(sum)) report("value-not-finite", kind, field, String(sum), "finite numbers", offset);
    return true;
  }

  /** A view of the first numbers: made once for each length, since most polygons have one part and a view costs as much as ten vertices. */
  function firstRing(length: number): Float64Array {
    if (views.of !== numbers.values) {
      views.of = numbers.values;
      views.byLength = [];
    }
    let view = views.byLength[length];
    if (view === undefined) {
      view = numbers.values.subarray(0, length);
      if (length < maxCachedView) views.byLength[length] = view;
    }
    return view;
  }

  function readPolygon(): void {
    let rings = 0;
    numbers.length = 0;
    pull.enterArray();
    while (pull.nextElement()) {
      if (pull.peek() !== "array") {
        mismatch("annotation", "segmentation", "a list of lists of numbers");
        continue;
      }
      const offset = pull.offset();
      if (pull.numbers(numbers)) ringEnds[rings++] = numbers.length;
      else
        report(
          "field-type-mismatch",
          "annotation",
          "segmentation",
          "a list with something that is no number",
          "a list of numbers",
          offset,
        );
    }
    if (rings === 0) return;
    if (rings > lengths.length) {
      lengths = new Float64Array(2 * rings);
      firstLength = lengths.subarray(0, 1);
    }
    let start = 0;
    for (let ring = 0; ring < rings; ring++) {
      const end = ringEnds[ring] ?? start;
      polygon[ring] = start === 0 ? firstRing(end) : numbers.values.subarray(start, end);
      lengths[ring] = end - start;
      start = end;
    }
    // Most have one part, as the one before: setting the length of a list is a call out of the compiled code.
    if (polygon.length !== rings) polygon.length = rings;
    annotation.polygon = polygon;
    annotation.polygon_length = rings === 1 ? firstLength : lengths.subarray(0, rings);
  }

  function readRle(): void {
    let size = false;
    let counts: Float64Array | undefined;
    pull.enterObject();
    for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
      if (key === "size" && pull.peek() === "array") {
        four.length = 0;
        const offset = pull.offset();
        size = pull.numbers(four) && four.length === 2;
        if (!size)
          report(
            "field-type-mismatch",
            "annotation",
            "segmentation.size",
            `a list of ${four.length}`,
            "a list of 2 numbers",
            offset,
          );
        rle.height = four.values[0] ?? 0;
        rle.width = four.values[1] ?? 0;
      } else if (key === "counts" && pull.peek() === "array") {
        numbers.length = 0;
        const offset = pull.offset();
        if (pull.numbers(numbers)) counts = numbers.values.subarray(0, numbers.length);
        else
          report(
            "field-type-mismatch",
            "annotation",
            "segmentation.counts",
            "a list with something that is no number",
            "a list of numbers",
            offset,
          );
      } else if (key === "counts" && pull.peek() === "string") {
        const offset = pull.offset();
        const packed = pull.string();
        counts = decodeCompressedRle(packed);
        if (counts === undefined)
          report(
            "field-type-mismatch",
            "annotation",
            "segmentation.counts",
            `string ${quote(packed)}`,
            "compressed run lengths",
            offset,
          );
      } else unknown("annotation", `segmentation.${key}`);
    }
    if (!size || counts === undefined) return;
    rle.counts = counts;
    annotation.rle = rle;
  }

  function readSegmentation(): void {
    const type = pull.peek();
    if (type === "array") readPolygon();
    else if (type === "object") readRle();
    else if (type === "null") pull.null();
    else mismatch("annotation", "segmentation", "a list of polygons or an RLE mask");
  }

  function readKeypoints(): void {
    if (pull.peek() !== "array") {
      if (pull.peek() === "null") pull.null();
      else mismatch("annotation", "keypoints", "a list of numbers");
      return;
    }
    const offset = pull.offset();
    four.length = 0;
    if (!pull.numbers(four)) {
      report(
        "field-type-mismatch",
        "annotation",
        "keypoints",
        "a list with something that is no number",
        "a list of numbers",
        offset,
      );
      return;
    }
    annotation.keypoint_values = four.length;
    const count = Math.floor(four.length / 3);
    keypoints.length = 0;
    for (let i = 0; i < count; i++) {
      keypoints.push({ x: four.values[3 * i] ?? 0, y: four.values[3 * i + 1] ?? 0, v: four.values[3 * i + 2] ?? 0 });
    }
    annotation.keypoints = keypoints;
  }

  function readAttributes(): void {
    if (pull.peek() !== "object") {
      if (pull.peek() === "null") pull.null();
      else mismatch("annotation", "attributes", "an object");
      return;
    }
    attributes.length = 0;
    pull.enterObject();
    for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
      const value = pull.value();
      // CVAT and datumaro write the flags of VOC among the attributes.
      if (typeof value === "boolean" && (key === "truncated" || key === "occluded" || key === "difficult"))
        annotation[key] = value;
      attributes.push(attributeOf(key, value));
    }
    if (attributes.length > 0) annotation.attributes = attributes;
  }

  function readSegments(): void {
    if (pull.peek() !== "array") {
      mismatch("annotation", "segments_info", "a list");
      return;
    }
    const segments: PanopticSegment[] = [];
    pull.enterArray();
    while (pull.nextElement()) {
      if (pull.peek() !== "object") {
        mismatch("annotation", "segments_info", "a list of objects");
        continue;
      }
      const start = pull.offset();
      const segment: PanopticSegment = {
        id: Number.NaN,
        category_id: undefined,
        area: undefined,
        box: undefined,
        iscrowd: undefined,
        isthing: undefined,
        pixels: undefined,
        pixel_box: undefined,
      };
      pull.enterObject();
      for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
        if (key === "id") segment.id = double("annotation", "segments_info.id") ?? Number.NaN;
        else if (key === "category_id") segment.category_id = id("annotation", "segments_info.category_id");
        else if (key === "area") segment.area = double("annotation", "segments_info.area");
        else if (key === "iscrowd") segment.iscrowd = flag("annotation", "segments_info.iscrowd");
        else if (key === "bbox") {
          const own = { x: 0, y: 0, width: 0, height: 0 };
          if (readBox("annotation", "segments_info.bbox", own)) segment.box = own;
        } else pull.skip();
      }
      if (Number.isNaN(segment.id)) missing("annotation", "segments_info.id", start);
      segments.push(segment);
    }
    annotation.segments = segments;
  }

  return {
    media,
    category,
    annotation,
    readMedia() {
      clearMedia(media);
      const start = pull.offset();
      let elsewhere = false;
      pull.enterObject();
      for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
        if (key === "id") media.id = id("media", key);
        else if (key === "file_name") media.path = text("media", key);
        else if (key === "width") media.width = whole("media", key);
        else if (key === "height") media.height = whole("media", key);
        else if (key === "date_captured") media.captured_at = pull.peek() === "string" ? pull.string() : skipped(pull);
        else if (key === "not_exhaustive_category_ids") {
          four.length = 0;
          if (pull.peek() === "array" && pull.numbers(four)) media.not_exhaustive = four.length > 0;
          else if (pull.peek() !== "array") pull.skip();
        } else if (knownFields.media.has(key)) {
          if (key === "coco_url" && pull.peek() === "string") elsewhere = true;
          pull.skip();
        } else unknown("media", key);
      }
      if (media.id === undefined) missing("media", "id", start);
      if (media.path === undefined && !elsewhere) missing("media", "file_name", start);
    },
    readCategory() {
      clearCategory(category);
      const start = pull.offset();
      pull.enterObject();
      for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
        if (key === "id") category.id = id("category", key);
        else if (key === "name") category.name = text("category", key);
        else if (key === "supercategory") category.supercategory = text("category", key);
        else if (key === "isthing") category.isthing = flag("category", key);
        else if (key === "keypoints" || key === "skeleton") readSkeletonPart(key);
        else if (knownFields.category.has(key)) pull.skip();
        else unknown("category", key);
      }
      if (category.id === undefined) missing("category", "id", start);
      if (category.name === undefined) missing("category", "name", start);
    },
    readAnnotation() {
      clearAnnotation(annotation);
      const start = pull.offset();
      pull.enterObject();
      for (let key = pull.nextKey(); key !== undefined; key = pull.nextKey()) {
        switch (key) {
          case "id":
            annotation.id = id("annotation", key);
            break;
          case "image_id":
            annotation.media_id = id("annotation", key);
            break;
          case "category_id":
            annotation.category_id = id("annotation", key);
            break;
          case "bbox":
            if (readBox("annotation", key, box)) annotation.box = box;
            break;
          case "segmentation":
            readSegmentation();
            break;
          case "area":
            annotation.area = double("annotation", key);
            break;
          case "iscrowd":
            annotation.iscrowd = flag("annotation", key);
            break;
          case "keypoints":
            readKeypoints();
            break;
          case "num_keypoints":
            annotation.num_keypoints = whole("annotation", key);
            break;
          case "caption":
            annotation.caption = text("annotation", key);
            break;
          case "score":
            annotation.score = double("annotation", key);
            break;
          case "segments_info":
            readSegments();
            break;
          case "file_name":
            annotation.mask_path = text("annotation", key);
            break;
          case "attributes":
            readAttributes();
            break;
          case "annotator":
          case "created_at":
          case "modified_at":
            annotation[key] = text("annotation", key);
            break;
          case "ignore":
            pull.skip();
            break;
          default:
            unknown("annotation", key);
        }
      }
      if (annotation.media_id === undefined) missing("annotation", "image_id", start);
    },
  };

  function readSkeletonPart(key: "keypoints" | "skeleton"): void {
    const offset = pull.offset();
    const value = pull.value();
    if (value === null) return;
    if (!Array.isArray(value)) {
      report("field-type-mismatch", "category", key, typeof value, "a list", offset);
      return;
    }
    if (key === "keypoints") {
      if (value.length > 0) category.keypoints = value.map(String);
      return;
    }
    const edges = value.flat();
    if (edges.every((end) => typeof end === "number")) {
      if (edges.length > 0) category.skeleton = Float64Array.from(edges as number[]);
    } else
      report(
        "field-type-mismatch",
        "category",
        key,
        "a list with something that is no number",
        "pairs of keypoint numbers",
        offset,
      );
  }
}

function skipped(pull: JsonPull): undefined {
  pull.skip();
  return undefined;
}

function attributeOf(name: string, value: JsonValue): Attribute {
  if (Array.isArray(value)) return { name, type: "list", text: JSON.stringify(value) };
  if (value !== null && typeof value === "object") return { name, type: "object", text: JSON.stringify(value) };
  if (value === null) return { name, type: "string", text: "" };
  return { name, type: typeof value as "string" | "number" | "boolean", text: String(value) };
}

import { jsonDifference } from "../json/difference.js";
import { editJson, spanAt } from "../json/edit.js";
import type { Rewriter } from "../rewrite.js";
import type { CocoVariant } from "./detect.js";
import { cocoWriters, elementText } from "./write.js";

/** COCO: an element of a section is a JSON object; a new one goes to the end of its section. Panoptic masks lie in pictures, which are not redrawn. */
export const cocoRewriter: Rewriter = {
  formats: cocoWriters.flatMap(({ format }) => (format === "coco-panoptic" ? [] : [format])),
  textOf: (kind, record, { format }) => elementText(format as CocoVariant, kind, record),
  difference: jsonDifference,
  rangeOf: (text, { offset }) => spanAt(text, offset),
  edit: (text, { start, end }, edits) => editJson(text.slice(start, end), edits),
  gap: (text, last, beforeLast) => (beforeLast === undefined ? "," : text.slice(beforeLast.end, last.start)),
};

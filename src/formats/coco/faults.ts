import type { Kind } from "../../records/grammar.gen.js";

/** Faults that reading a COCO file can raise, with the kinds of unit that they name. */
export const cocoFaults = {
  "bom-present": ["file"],
  "invalid-utf8": ["file", "media", "category", "annotation"],
  "newline-mixed": ["file"],
  "json-parse-error": ["file"],
  "json-duplicate-key": ["file", "media", "category", "annotation"],
  "json-number-unsafe": ["file", "media", "category", "annotation"],
  "file-unreadable": ["file"],
  "text-control-characters": ["media", "category", "annotation"],
  "text-not-nfc": ["media", "category", "annotation"],
  "text-replacement-character": ["media", "category", "annotation"],
  "record-schema-violation": ["media", "category", "annotation"],
  "value-not-finite": ["media", "category", "annotation"],
  "package-path-unsafe": ["media"],
  "field-missing": ["media", "category", "annotation"],
  "field-type-mismatch": ["media", "category", "annotation"],
  "field-unknown": ["file", "media", "category", "annotation"],
} as const satisfies Record<string, readonly Kind[]>;

import type { AnnotationRecord, MediaRecord } from "../../records/types.gen.js";
import { jsonDifference } from "../json/difference.js";
import { childOf, editJson, spanAt } from "../json/edit.js";
import type { Rewriter } from "../rewrite.js";
import { entryText, lineText } from "./write.js";

const vocabulary = {
  labelOf: ({ label }: AnnotationRecord) => label,
  positionOf: () => undefined,
};

/** TC609 JSONL: a medium is a line, and an annotation an entry of the list in it. */
export const tc609Rewriter: Rewriter = {
  formats: ["tc609-jsonl"],
  textOf(kind, record) {
    if (kind === "annotation") return entryText({ record: record as AnnotationRecord }, vocabulary);
    return kind === "media" ? lineText({ record: record as MediaRecord, annotations: [] }, vocabulary) : undefined;
  },
  difference: jsonDifference,
  rangeOf(text, { kind, offset, entry }) {
    const line = spanAt(text, offset);
    if (kind !== "annotation" || line?.kind !== "object") return line;
    const annotation = childOf(line, "annotation");
    const list = annotation?.kind === "object" ? childOf(annotation, "label") : undefined;
    return list?.kind === "array" ? list.items[entry] : undefined;
  },
  edit: (text, { start, end }, edits) => editJson(text.slice(start, end), edits),
  gap(text, last, beforeLast) {
    if (beforeLast !== undefined) return text.slice(beforeLast.end, last.start);
    return isLine(text, last.start) ? "\n" : ",";
  },
};

function isLine(text: string, start: number): boolean {
  return start === 0 || text[start - 1] === "\n";
}

import type { AnnotationRecord } from "../../records/types.gen.js";
import type { Rewriter } from "../rewrite.js";
import type { TextEdit } from "../write.js";
import { editColumns } from "./edit.js";
import { columnsOf, type YoloTask } from "./label-line.js";
import { lineText, yoloWriters } from "./write.js";

/** YOLO: an annotation is a line. What media and categories are stands in pictures and lists. */
export const yoloRewriter: Rewriter = {
  formats: yoloWriters.map(({ format }) => format),
  textOf(kind, record, { format, media, points }) {
    if (kind !== "annotation") return undefined;
    const annotation = record as AnnotationRecord;
    return lineText(
      format.replace("yolo-", "") as YoloTask,
      annotation.category_id ?? "",
      annotation,
      media ?? {},
      points,
    );
  },
  difference({ before, after, there }) {
    const [was, is, stands] = [before, after, there].map(columnsOf) as [string[], string[], string[]];
    if (stands.length !== was.length) return undefined;
    const edits = is.flatMap((text, at): TextEdit[] =>
      text === was[at] ? [] : [{ at: `/${at}`, how: "replace", text }],
    );
    for (let at = was.length - 1; at >= is.length; at--) edits.push({ at: `/${at}`, how: "omit", text: "" });
    return edits;
  },
  rangeOf(text, { offset }) {
    const end = text.indexOf("\n", offset);
    const line = text.slice(offset, end < 0 ? text.length : end);
    return { start: offset, end: offset + line.trimEnd().length };
  },
  edit: (text, { start, end }, edits) => editColumns(text.slice(start, end), edits),
  gap: (text, last, beforeLast) => (beforeLast === undefined ? lineEnd(text) : text.slice(beforeLast.end, last.start)),
};

function lineEnd(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

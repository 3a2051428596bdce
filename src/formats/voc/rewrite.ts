import type { AnnotationRecord, MediaRecord } from "../../records/types.gen.js";
import type { Rewriter } from "../rewrite.js";
import type { TextEdit } from "../write.js";
import { editXml, elementAt, withSpace, type XmlSpan } from "./edit.js";
import { mediumText, objectText } from "./write.js";

/** VOC: an annotation is an object element, a medium the root of its file. */
export const vocRewriter: Rewriter = {
  formats: ["voc"],
  textOf(kind, record) {
    if (kind === "annotation") return objectText(record as AnnotationRecord, (record as AnnotationRecord).label).trim();
    return kind === "media" ? mediumText(record as MediaRecord) : undefined;
  },
  difference({ before, after, there }) {
    const edits: TextEdit[] = [];
    const [was, is, stands] = [before, after, there].map((text) => elementAt(text, text.indexOf("<")));
    return compare({ was, is, stands }, "") ? edits : undefined;

    function compare(at: Record<"was" | "is" | "stands", XmlSpan | undefined>, pointer: string): boolean {
      const { was, is, stands } = at;
      if (was !== undefined && is !== undefined && slice(before, was) === slice(after, is)) return true;
      if (is === undefined) {
        edits.push({ at: pointer, how: "omit", text: "" });
        return stands !== undefined;
      }
      if (was !== undefined && stands === undefined) return false;
      const parts = [...(was?.parts ?? []), ...is.parts];
      if (parts.length === 0) {
        edits.push({ at: pointer, how: "replace", text: after.slice(is.innerStart, is.innerEnd) });
        return true;
      }
      // Of several of one name it is not known which is which.
      if (hasTwins(was) || hasTwins(is)) return false;
      return [...new Set(parts.map(({ name }) => name))].every((name) =>
        compare({ was: named(was, name), is: named(is, name), stands: named(stands, name) }, `${pointer}/${name}`),
      );
    }
  },
  rangeOf: (text, { offset }) => elementAt(text, offset),
  edit(text, { start, end }, edits) {
    const margin = /[ \t]*$/.exec(text.slice(Math.max(0, start - 200), start))?.[0] ?? "";
    return editXml(margin + text.slice(start, end), edits).slice(margin.length);
  },
  gap: (text, last) => text.slice(withSpace(text, last), last.start),
};

function slice(text: string, { start, end }: XmlSpan): string {
  return text.slice(start, end);
}

function named(element: XmlSpan | undefined, wanted: string): XmlSpan | undefined {
  return element?.parts.find(({ name }) => name === wanted);
}

function hasTwins(element: XmlSpan | undefined): boolean {
  return element !== undefined && new Set(element.parts.map(({ name }) => name)).size < element.parts.length;
}

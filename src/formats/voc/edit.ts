import { segmentsOf } from "../json/edit.js";
import type { TextEdit } from "../write.js";

/** An element on its way into a file. Text is escaped already. */
export interface XmlPart {
  readonly name: string;
  text: string;
  readonly parts: XmlPart[];
}

export function leaf(name: string, text: string): XmlPart {
  return { name, text, parts: [] };
}

export function branch(name: string, parts: readonly XmlPart[]): XmlPart {
  return { name, text: "", parts: [...parts] };
}

/** Text between tags; a carriage return would be read as a line feed (XML 1.0 §2.11). */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
}

/**
 * Makes the edits in an element, in their order. A pointer goes by names, of which the first is meant, or by positions from 0; elements on the way to a
 * new one are made. `text` takes the place of all that an element holds.
 */
export function editXml(root: XmlPart, edits: readonly TextEdit[]): void {
  for (const { at, how, text } of edits) {
    const path = segmentsOf(at);
    const last = path.pop();
    if (last === undefined) {
      put(root, text);
      continue;
    }
    let parent: XmlPart | undefined = root;
    for (const segment of path) {
      let next: XmlPart | undefined = parent.parts[indexOf(parent, segment)];
      if (next === undefined && how !== "omit") {
        next = leaf(segment, "");
        parent.parts.push(next);
      }
      parent = next;
      if (parent === undefined) break;
    }
    if (parent === undefined) continue;
    const index = indexOf(parent, last);
    const found = parent.parts[index];
    if (how === "omit") {
      if (found !== undefined) parent.parts.splice(index, 1);
    } else if (how === "repeat" && text === "") {
      if (found !== undefined) parent.parts.push(structuredClone(found));
    } else if (how === "repeat" || found === undefined) parent.parts.push(leaf(found?.name ?? last, text));
    else put(found, text);
  }
}

function indexOf({ parts }: XmlPart, segment: string): number {
  return /^\d+$/.test(segment) ? Number(segment) : parts.findIndex(({ name }) => name === segment);
}

function put(part: XmlPart, text: string): void {
  part.text = text;
  part.parts.length = 0;
}

/** The element, each element in it on a line of its own. */
export function renderXml({ name, text, parts }: XmlPart, indent: string): string {
  if (parts.length === 0) return `${indent}<${name}>${text}</${name}>`;
  return [`${indent}<${name}>`, ...parts.map((part) => renderXml(part, `${indent}\t`)), `${indent}</${name}>`].join(
    "\n",
  );
}

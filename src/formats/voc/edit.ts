import { segmentsOf } from "../json/edit.js";
import type { TextEdit } from "../write.js";

/** An element on its way into a file. Text is escaped already. */
export interface XmlPart {
  readonly name: string;
  readonly text: string;
  readonly parts: readonly XmlPart[];
}

export function leaf(name: string, text: string): XmlPart {
  return { name, text, parts: [] };
}

export function branch(name: string, parts: readonly XmlPart[]): XmlPart {
  return { name, text: "", parts };
}

/** Text between tags; a carriage return would be read as a line feed (XML 1.0 §2.11). */
export function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll("\r", "&#13;");
}

/** The element, each element in it on a line of its own. */
export function renderXml({ name, text, parts }: XmlPart, indent: string): string {
  if (parts.length === 0) return `${indent}<${name}>${text}</${name}>`;
  return [`${indent}<${name}>`, ...parts.map((part) => renderXml(part, `${indent}\t`)), `${indent}</${name}>`].join(
    "\n",
  );
}

/** Where an element stands in a text, tags included. */
export interface XmlSpan {
  readonly name: string;
  readonly start: number;
  end: number;
  /** What stands between the tags; empty, at its end, in an element of one tag. */
  innerStart: number;
  innerEnd: number;
  readonly parts: XmlSpan[];
}

/**
 * Makes the edits in an element, in their order; what they do not name stays byte for byte as it is. A pointer goes by names, of which the first is meant,
 * or by positions from 0; elements on the way to a new one are made, each on a line of its own. `text` takes the place of all that an element holds.
 */
export function editXml(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce(edited, text);
}

function edited(text: string, { at, how, text: by }: TextEdit): string {
  const path = segmentsOf(at);
  let parent = elementAt(text, text.indexOf("<"));
  const last = path.pop();
  if (last === undefined) return put(text, parent, by);
  const margin = marginOf(text, parent);
  for (const [depth, segment] of path.entries()) {
    const next = partOf(parent, segment);
    if (next === undefined) {
      if (how === "omit") return text;
      const made = path.slice(depth + 1).reduceRight((inner, name) => branch(name, [inner]), leaf(last, by));
      const indent = `${margin}${"\t".repeat(depth + 1)}`;
      return appended(text, parent, renderXml(branch(segment, [made]), indent).slice(indent.length));
    }
    parent = next;
  }
  const found = partOf(parent, last);
  if (how === "omit") return found === undefined ? text : text.slice(0, withSpace(text, found)) + text.slice(found.end);
  if (how === "repeat" && by === "")
    return found === undefined ? text : appended(text, parent, text.slice(found.start, found.end));
  if (how === "repeat" || found === undefined)
    return appended(text, parent, renderXml(leaf(found?.name ?? last, by), ""));
  return put(text, found, by);
}

function partOf({ parts }: XmlSpan, segment: string): XmlSpan | undefined {
  return /^\d+$/.test(segment) ? parts[Number(segment)] : parts.find(({ name }) => name === segment);
}

function put(text: string, { name, start, end, innerStart, innerEnd }: XmlSpan, by: string): string {
  if (innerStart === end) return `${text.slice(0, start)}<${name}>${by}</${name}>${text.slice(end)}`;
  return text.slice(0, innerStart) + by + text.slice(innerEnd);
}

/** Behind the last part and apart from it as that is from the one before; in an element without parts instead of its text. */
function appended(text: string, parent: XmlSpan, element: string): string {
  const last = parent.parts.at(-1);
  if (last !== undefined)
    return text.slice(0, last.end) + text.slice(withSpace(text, last), last.start) + element + text.slice(last.end);
  const margin = marginOf(text, parent);
  return put(text, parent, `\n${margin}\t${element}\n${margin}`);
}

/** Where the white space before an element begins. */
export function withSpace(text: string, { start }: { readonly start: number }): number {
  let at = start;
  while (at > 0 && /\s/.test(text[at - 1] ?? "")) at -= 1;
  return at;
}

function marginOf(text: string, { start }: XmlSpan): string {
  return /[ \t]*$/.exec(text.slice(0, start))?.[0] ?? "";
}

const tag =
  /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<\?[\s\S]*?\?>|<(?<close>\/)?(?<name>[^\s/>]+)(?:"[^"]*"|'[^']*'|[^>"'])*>/g;

/** The element whose tag begins at a place of a text that a reader has found well-formed. */
export function elementAt(text: string, start: number): XmlSpan {
  const open: XmlSpan[] = [];
  tag.lastIndex = start;
  for (let found = tag.exec(text); found !== null; found = tag.exec(text)) {
    const name = found.groups?.["name"];
    if (name === undefined) continue;
    const end = tag.lastIndex;
    if (found.groups?.["close"] === undefined) {
      const element: XmlSpan = { name, start: found.index, end, innerStart: end, innerEnd: end, parts: [] };
      open.at(-1)?.parts.push(element);
      if (!found[0].endsWith("/>")) open.push(element);
      else if (open.length === 0) return element;
      continue;
    }
    const done = open.pop();
    if (done === undefined) break;
    done.innerEnd = found.index;
    done.end = end;
    if (open.length === 0) return done;
  }
  throw new RangeError(`no element begins at ${start}`);
}

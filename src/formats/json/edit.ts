import type { TextEdit } from "../write.js";

/** Where a value stands in a text; its end is behind its last character. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value of a JSON text by its places alone: what stands there is kept as it is, and what an edit puts in need not be JSON. */
export type JsonSpan =
  | (Span & { readonly kind: "text" })
  | (Span & { readonly kind: "object"; readonly members: readonly Member[] })
  | (Span & { readonly kind: "array"; readonly items: readonly JsonSpan[] });

interface Member {
  readonly key: string;
  /** Of the key with its quotes. */
  readonly name: Span;
  readonly value: JsonSpan;
}

/**
 * Makes the edits in a JSON text, in their order; what they do not name stays byte for byte as it is. A pointer's last key may be new, and so may the
 * objects on the way to it; in a list, an index past the end and `-` append. What is appended stands apart as its neighbours do.
 *
 * @throws RangeError when a pointer leads through a value that has no parts.
 */
export function editJson(text: string, edits: readonly TextEdit[]): string {
  return edits.reduce(edited, text);
}

function edited(text: string, { at, how, text: by }: TextEdit): string {
  const path = segmentsOf(at);
  const last = path.at(-1);
  if (last === undefined) return how === "omit" ? "" : by;
  let parent = wholeSpan(text);
  for (const [depth, segment] of path.slice(0, -1).entries()) {
    const next = childOf(parent, segment, at);
    if (next === undefined) {
      if (how === "omit") return text;
      const inner = path.slice(depth + 1).reduceRight((value, key) => `{${JSON.stringify(key)}:${value}}`, by);
      return appended(text, parent, segment, inner);
    }
    parent = next;
  }
  const found = childOf(parent, last, at);
  if (how === "omit") return found === undefined ? text : without(text, parent, found);
  if (how === "repeat" && by === "")
    return found === undefined ? text : appended(text, parent, last, text.slice(found.start, found.end));
  return how === "repeat" || found === undefined
    ? appended(text, parent, last, by)
    : text.slice(0, found.start) + by + text.slice(found.end);
}

/** Reference tokens of a JSON Pointer (RFC 6901 §3). */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The key or index as a reference token of a JSON Pointer. */
export function tokenOf(key: string | number): string {
  return `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** The value in it at a key, the first of that name, or at an index. */
export function childOf(parent: JsonSpan, segment: string, at = segment): JsonSpan | undefined {
  if (parent.kind === "text") throw new RangeError(`the edit ${at} leads through a value without parts`);
  if (parent.kind === "array") return parent.items[Number(segment)];
  return parent.members.find(({ key }) => key === segment)?.value;
}

/** The places that the entries of a value take, keys among them. */
function entriesOf(parent: JsonSpan): readonly Span[] {
  if (parent.kind === "text") return [];
  if (parent.kind === "array") return parent.items;
  return parent.members.map(({ name, value }) => ({ start: name.start, end: value.end }));
}

function without(text: string, parent: JsonSpan, gone: JsonSpan): string {
  const entries = entriesOf(parent);
  const at = entries.findIndex(({ end }) => end === gone.end);
  const own = entries[at] ?? gone;
  const [before, after] = [entries[at - 1], entries[at + 1]];
  if (after !== undefined) return text.slice(0, own.start) + text.slice(after.start);
  return text.slice(0, before?.end ?? own.start) + text.slice(own.end);
}

function appended(text: string, parent: JsonSpan, key: string, value: string): string {
  const entries = entriesOf(parent);
  const [before, last] = [entries.at(-2), entries.at(-1)];
  const between = last === undefined ? "" : before === undefined ? "," : text.slice(before.end, last.start);
  const member = parent.kind === "object" ? parent.members.at(-1) : undefined;
  const colon = member === undefined ? ":" : text.slice(member.name.end, member.value.start);
  const entry = parent.kind === "object" ? `${JSON.stringify(key)}${colon}${value}` : value;
  const place = last?.end ?? parent.start + 1;
  return text.slice(0, place) + between + entry + text.slice(place);
}

/** A text that is not JSON is one value without parts. */
function wholeSpan(text: string): JsonSpan {
  const span = spanAt(text, 0);
  return span !== undefined && text.slice(span.end).trim() === "" ? span : { kind: "text", start: 0, end: text.length };
}

const token = /\s*("[^"\\]*(?:\\.[^"\\]*)*"|[^\s[\]{},:"]+|[[\]{},:])/gy;

/** The value that begins at a place of a text, white space before it passed over; undefined where none does. */
export function spanAt(text: string, at: number): JsonSpan | undefined {
  token.lastIndex = at;
  return valueFrom(text, next(text));
}

interface Token extends Span {
  readonly text: string;
}

function next(text: string): Token | undefined {
  const found = token.exec(text)?.[1];
  return found === undefined ? undefined : { text: found, start: token.lastIndex - found.length, end: token.lastIndex };
}

function valueFrom(text: string, first: Token | undefined): JsonSpan | undefined {
  if (first === undefined || /^[\]},:]$/.test(first.text)) return undefined;
  if (first.text === "{") return objectFrom(text, first.start);
  if (first.text === "[") return arrayFrom(text, first.start);
  return { kind: "text", start: first.start, end: first.end };
}

function objectFrom(text: string, start: number): JsonSpan | undefined {
  const members: Member[] = [];
  for (let name = next(text); name?.text !== "}"; name = next(text)) {
    if (name === undefined || !name.text.startsWith('"') || next(text)?.text !== ":") return undefined;
    const value = valueFrom(text, next(text));
    const key = keyOf(name.text);
    if (value === undefined) return undefined;
    members.push({ key, name, value });
    const after = next(text)?.text;
    if (after === "}") break;
    if (after !== ",") return undefined;
  }
  return { kind: "object", start, end: token.lastIndex, members };
}

function arrayFrom(text: string, start: number): JsonSpan | undefined {
  const items: JsonSpan[] = [];
  for (let first = next(text); first?.text !== "]"; first = next(text)) {
    const item = valueFrom(text, first);
    if (item === undefined) return undefined;
    items.push(item);
    const after = next(text)?.text;
    if (after === "]") break;
    if (after !== ",") return undefined;
  }
  return { kind: "array", start, end: token.lastIndex, items };
}

/** A key with a control character in it is none of JSON's, and yet may stand in a file. */
function keyOf(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text.slice(1, -1);
  }
}

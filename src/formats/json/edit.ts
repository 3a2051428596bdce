import type { TextEdit } from "../write.js";

/** A value of a JSON text as it stands there: texts of numbers and strings are kept, and what an edit puts in need not be JSON. */
type Part =
  | { readonly kind: "text"; text: string }
  | { readonly kind: "object"; readonly members: { readonly key: string; value: Part }[] }
  | { readonly kind: "array"; readonly items: Part[] };

/**
 * Makes the edits in a JSON text, in their order. A pointer's last key may be new, and so may the objects on the way to it; in a list, an index past the
 * end and `-` append.
 *
 * @throws RangeError when a pointer leads through a value that has no parts.
 */
export function editJson(text: string, edits: readonly TextEdit[]): string {
  let root = parse(text);
  for (const edit of edits) root = edited(root, edit);
  return render(root);
}

function edited(root: Part, edit: TextEdit): Part {
  const { at, how, text } = edit;
  const path = segmentsOf(at);
  const last = path.pop();
  const value: Part = { kind: "text", text };
  if (last === undefined) return how === "omit" ? { kind: "text", text: "" } : value;
  let parent = root;
  for (const segment of path) {
    const next = stepInto(parent, segment, at);
    if (next !== undefined) parent = next;
    else if (how === "omit") return root;
    else parent = add(parent, segment, { kind: "object", members: [] }, at);
  }
  put(parent, last, edit, value);
  return root;
}

/** Reference tokens of a JSON Pointer (RFC 6901 §3). */
export function segmentsOf(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((segment) => segment.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function stepInto(parent: Part, segment: string, at: string): Part | undefined {
  if (parent.kind === "text") throw noParts(at);
  if (parent.kind === "array") return parent.items[Number(segment)];
  const member = parent.members.find(({ key }) => key === segment);
  if (member === undefined) return undefined;
  // What an earlier edit put in has parts when it is JSON.
  if (member.value.kind === "text") member.value = parse(member.value.text);
  return member.value;
}

function add(parent: Part, segment: string, value: Part, at: string): Part {
  if (parent.kind === "text") throw noParts(at);
  if (parent.kind === "array") parent.items.push(value);
  else parent.members.push({ key: segment, value });
  return value;
}

function put(parent: Part, last: string, { how, text, at }: TextEdit, value: Part): void {
  if (parent.kind === "text") throw noParts(at);
  const index =
    parent.kind === "array"
      ? Number(last) < parent.items.length
        ? Number(last)
        : -1
      : parent.members.findIndex(({ key }) => key === last);
  if (how === "omit") {
    if (index >= 0) (parent.kind === "array" ? parent.items : parent.members).splice(index, 1);
  } else if (how === "repeat" && text === "") {
    const there = parent.kind === "array" ? parent.items[index] : parent.members[index]?.value;
    if (there !== undefined) add(parent, last, structuredClone(there), at);
  } else if (how === "repeat" || index < 0) add(parent, last, value, at);
  else if (parent.kind === "array") parent.items[index] = value;
  else {
    const member = parent.members[index];
    if (member !== undefined) member.value = value;
  }
}

function noParts(at: string): RangeError {
  return new RangeError(`the edit ${at} leads through a value without parts`);
}

const token = /"(?:[^"\\]|\\.)*"|[^\s[\]{},:"]+|[[\]{}]/gy;

/** A text that is not JSON is one value without parts. */
function parse(text: string): Part {
  try {
    JSON.parse(text);
  } catch {
    return { kind: "text", text };
  }
  token.lastIndex = 0;
  return parsed(text, next(text) ?? "");
}

/** The next token; commas, colons and white space say nothing more in what is JSON. */
function next(text: string): string | undefined {
  while (/[\s,:]/.test(text[token.lastIndex] ?? "")) token.lastIndex += 1;
  return token.exec(text)?.[0];
}

function parsed(text: string, first: string): Part {
  if (first === "{") {
    const members: { key: string; value: Part }[] = [];
    for (let key = next(text); key !== undefined && key !== "}"; key = next(text))
      members.push({ key: JSON.parse(key) as string, value: parsed(text, next(text) ?? "") });
    return { kind: "object", members };
  }
  if (first === "[") {
    const items: Part[] = [];
    for (let item = next(text); item !== undefined && item !== "]"; item = next(text)) items.push(parsed(text, item));
    return { kind: "array", items };
  }
  return { kind: "text", text: first };
}

function render(part: Part): string {
  if (part.kind === "text") return part.text;
  if (part.kind === "array") return `[${part.items.map(render).join(",")}]`;
  return `{${part.members.map(({ key, value }) => `${JSON.stringify(key)}:${render(value)}`).join(",")}}`;
}

import { isUtf8 } from "node:buffer";
import { parseDocument, visit } from "yaml";

/** A text from the data that stands in a file: a name, a caption, a path. */
export interface TextPlace {
  readonly start: number;
  readonly end: number;
  /** What it says, without quotes and escapes. */
  readonly text: string;
  readonly syntax: Syntax;
}

/** How a text is written: which characters are escapes, and how another one is put in its place. */
export type Syntax = "json" | "xml" | "yaml" | "plain";

/** Members whose text is geometry, or a word of JSON-LD: the form of the data, and not what it says. */
const notTexts = new Set(["counts", "@type", "dataType", "encodingFormat", "conformsTo", "@language", "@vocab"]);

/** The texts of a file; names of fields are none, but what stands as a key among attributes is. */
export function textsOf(path: string, bytes: Buffer): readonly TextPlace[] {
  const head = /^[\s\u00ef\u00bb\u00bf]*(.)/s.exec(bytes.toString("latin1", 0, 4096))?.[1];
  if (head === "{" || head === "[") return jsonTexts(bytes);
  if (head === "<") return xmlTexts(bytes);
  if (/\.ya?ml$/i.test(path)) return yamlTexts(bytes);
  return plainTexts(bytes);
}

/** Latin-1 keeps each byte; what is UTF-8 is then read as such. */
function decoded(latin1: string): string {
  const bytes = Buffer.from(latin1, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : latin1;
}

function jsonTexts(bytes: Buffer): readonly TextPlace[] {
  const text = bytes.toString("latin1");
  const places: TextPlace[] = [];
  const open: { list: boolean; key: string | undefined; free: boolean; context: boolean }[] = [];
  const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[[\]{}]/gs;
  for (const { 0: all, 1: inner, 2: isKey, index } of text.matchAll(token)) {
    const top = open.at(-1);
    if (inner === undefined) {
      if (all === "]" || all === "}") open.pop();
      else
        open.push({
          list: all === "[",
          key: all === "[" ? top?.key : undefined,
          free: top?.key === "attributes",
          context: top?.context === true || top?.key === "@context",
        });
      continue;
    }
    const place = { start: index + 1, end: index + 1 + inner.length, text: unescaped(inner), syntax: "json" as const };
    if (isKey !== undefined && top?.list === false) {
      top.key = place.text;
      if (top.free) places.push(place);
    } else if (top?.context !== true && !notTexts.has(top?.key ?? "") && inner !== "") places.push(place);
  }
  return places;
}

function unescaped(inner: string): string {
  const text = decoded(inner);
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    // A control character or an escape that is none: it says what stands there.
    return text;
  }
}

/** What stands between tags, in comments and in attributes; a number is none, and the declaration says what the file is. */
function xmlTexts(bytes: Buffer): readonly TextPlace[] {
  const text = bytes.toString("latin1");
  const place =
    /<\?xml\b.*?\?>|<!--(?<comment>.*?)-->|=\s*"(?<double>[^"<]*)"|=\s*'(?<single>[^'<]*)'|>(?<inner>[^<>]+)(?=<\/)/gs;
  return [...text.matchAll(place)].flatMap(({ 0: all, index, groups = {} }) => {
    const { comment, double, single, inner } = groups;
    const said = comment ?? double ?? single ?? inner ?? "";
    if (said.trim() === "" || isNumber(said)) return [];
    const behind = comment !== undefined ? 3 : inner !== undefined ? 0 : 1;
    const end = index + all.length - behind;
    return [{ start: end - said.length, end, text: decoded(said), syntax: "xml" as const }];
  });
}

/** Values of YAML that are texts, and no words of Ultralytics. */
function yamlTexts(bytes: Buffer): readonly TextPlace[] {
  if (!isUtf8(bytes)) return plainTexts(bytes);
  const source = bytes.toString("utf8");
  const places: TextPlace[] = [];
  visit(parseDocument(source), {
    Scalar(key, { value, range }, path) {
      const pair = path.at(-1) as { key?: { value?: unknown } } | undefined;
      if (key === "key" || typeof value !== "string" || range === null || range === undefined) return;
      if (pair?.key?.value === "task" || value === "") return;
      const [start, end] = [range[0], range[1]].map((at) => Buffer.byteLength(source.slice(0, at)));
      places.push({ start: start ?? 0, end: end ?? 0, text: value, syntax: "yaml" });
    },
  });
  // A comment is no value, and may name anything; what looks like one within a value is covered.
  const rest = Buffer.from(bytes);
  for (const { start, end } of places) rest.fill("x", start, end);
  for (const { 0: all, 1: said = "", index } of rest.toString("latin1").matchAll(/(?:^|[ \t])#[ \t]*([^\r\n]+)/gm)) {
    const end = index + all.length;
    places.push({ start: end - said.length, end, text: decoded(said), syntax: "plain" });
  }
  return places.sort((left, right) => left.start - right.start);
}

function plainTexts(bytes: Buffer): readonly TextPlace[] {
  return [...bytes.toString("latin1").matchAll(/[^\s,;:\u00ef\u00bb\u00bf]+(?::[\\/][^\s,;:]*)?/g)].map(
    ({ 0: word, index }) => ({
      start: index,
      end: index + word.length,
      text: decoded(word),
      syntax: "plain" as const,
    }),
  );
}

export function isNumber(text: string): boolean {
  return text.trim() !== "" && Number.isFinite(Number(text));
}

/** A change of a file, in order of place. */
export interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: Buffer;
}

/** Makes the changes; `moved` says where a byte of the old file then is: one in a text that was replaced may be anywhere in the new one. */
export function replaced(
  bytes: Buffer,
  changes: readonly Replacement[],
): { readonly bytes: Buffer; moved(at: number): { readonly from: number; readonly to: number } } {
  const parts: Buffer[] = [];
  let before = 0;
  for (const { start, end, by } of changes) {
    parts.push(bytes.subarray(before, start), by);
    before = end;
  }
  parts.push(bytes.subarray(before));
  return {
    bytes: Buffer.concat(parts),
    moved(at) {
      let shift = 0;
      for (const { start, end, by } of changes) {
        if (at < start) break;
        if (at < end) return { from: start + shift, to: start + shift + by.length };
        shift += by.length - (end - start);
      }
      return { from: at + shift, to: at + shift };
    },
  };
}

/** Puts a text into the notation of the place. */
export function written(text: string, syntax: Syntax): Buffer {
  if (syntax === "json") return Buffer.from(JSON.stringify(text).slice(1, -1));
  if (syntax === "yaml") return Buffer.from(JSON.stringify(text));
  if (syntax === "xml") return Buffer.from(text.replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
  return Buffer.from(text);
}

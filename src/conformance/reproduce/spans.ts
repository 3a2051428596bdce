import { posix } from "node:path";

/** A piece of a file that can be cut out, with the pieces in it: bytes `start` to `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly children: readonly Span[];
}

/**
 * The pieces of a file: members and items of JSON, lines of JSON with theirs, elements of XML, lines of anything else. What breaks off is lines too.
 * A list of nothing but numbers and texts is one piece: coordinates are cut with their annotation, not one by one.
 */
export function spansOf(path: string, bytes: Buffer): Span {
  const first = /^[\s\u00ef\u00bb\u00bf]*(.)/s.exec(bytes.toString("latin1", 0, 4096))?.[1];
  if (first === "{" || first === "[") return jsonSpans(bytes) ?? lineSpans(bytes);
  if (first === "<" || posix.extname(path) === ".xml") return xmlSpans(bytes) ?? lineSpans(bytes);
  return lineSpans(bytes);
}

function lineSpans(bytes: Buffer): Span {
  const children: Span[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = endOfLine(bytes, start);
    children.push({ start, end, children: [] });
    start = end;
  }
  return { start: 0, end: bytes.length, children };
}

function endOfLine(bytes: Buffer, from: number): number {
  const at = bytes.indexOf(10, from);
  return at < 0 ? bytes.length : at + 1;
}

const [space, quoteMark, comma, colon, backslash] = [32, 34, 44, 58, 92];
const [openList, closeList, openObject, closeObject] = [91, 93, 123, 125];

/** Undefined where the text breaks off: its pieces cannot be told. What stands for a scalar is taken as it is (`NaN`, `1e400`). */
function jsonSpans(bytes: Buffer): Span | undefined {
  let at = 0;
  const skip = (): void => {
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte > space && byte !== 0xef && byte !== 0xbb && byte !== 0xbf) return;
    }
  };
  const text = (): boolean => {
    for (at++; at < bytes.length; at++) {
      if (bytes[at] === backslash) at++;
      else if (bytes[at] === quoteMark) {
        at++;
        return true;
      }
    }
    return false;
  };
  const scalar = (): boolean => {
    if (bytes[at] === quoteMark) return text();
    const start = at;
    for (; at < bytes.length; at++) {
      const byte = bytes[at] ?? 0;
      if (byte <= space || byte === comma || byte === closeList || byte === closeObject || byte === colon) break;
    }
    return at > start;
  };
  /** Reads one value and gives its pieces. */
  const value = (depth: number): readonly Span[] | undefined => {
    skip();
    const open = bytes[at];
    if (open !== openList && open !== openObject) return scalar() ? [] : undefined;
    if (depth > 200) return undefined;
    const close = open === openList ? closeList : closeObject;
    const children: Span[] = [];
    let plain = open === openList;
    at++;
    for (;;) {
      skip();
      if (bytes[at] === close) {
        at++;
        return plain ? [] : children;
      }
      if (bytes[at] === comma) {
        at++;
        continue;
      }
      const start = at;
      if (open === openObject) {
        if (bytes[at] !== quoteMark || !text()) return undefined;
        skip();
        if (bytes[at] !== colon) return undefined;
        at++;
        skip();
      }
      const parts = bytes[at] === openList || bytes[at] === openObject;
      const inner = value(depth + 1);
      if (inner === undefined) return undefined;
      plain &&= !parts;
      children.push({ start, end: at, children: inner });
    }
  };
  const children = value(0);
  if (children === undefined) return undefined;
  skip();
  if (at >= bytes.length) return { start: 0, end: bytes.length, children };
  const lines: Span[] = [];
  for (let start = 0; start < bytes.length; ) {
    const end = endOfLine(bytes, start);
    at = start;
    skip();
    const inner = at < end ? value(0) : [];
    lines.push({ start, end, children: inner === undefined || at > end ? [] : inner });
    start = end;
  }
  return { start: 0, end: bytes.length, children: lines };
}

/** The elements below the root; undefined where the tags do not fit together. */
function xmlSpans(bytes: Buffer): Span | undefined {
  const text = bytes.toString("latin1");
  const tag =
    /<!--.*?-->|<!\[CDATA\[.*?\]\]>|<[?!][^>]*>|<\/([^\s>]+)\s*>|<([^\s/>]+)(?:"[^"]*"|'[^']*'|[^'">])*?(\/?)>/gs;
  interface Open {
    readonly name: string;
    readonly start: number;
    readonly children: Span[];
  }
  const open: Open[] = [];
  let root: readonly Span[] | undefined;
  for (const { 0: all, 1: closes, 2: opens, 3: empty, index } of text.matchAll(tag)) {
    const end = index + all.length;
    if (opens !== undefined && empty === "") open.push({ name: opens, start: index, children: [] });
    else if (opens !== undefined) open.at(-1)?.children.push({ start: index, end, children: [] });
    else if (closes !== undefined) {
      const own = open.pop();
      if (own?.name !== closes) return undefined;
      const parent = open.at(-1);
      if (parent === undefined) root = own.children;
      else parent.children.push({ start: own.start, end, children: own.children });
    }
  }
  return root === undefined || open.length > 0 ? undefined : { start: 0, end: bytes.length, children: root };
}

/** A place in a file that is followed through changes of it. */
export interface Changed {
  readonly bytes: Buffer;
  readonly at: number;
}

/** The file without the pieces, and where byte `at` of it then is; what stood between two pieces goes with the second, and with the first where that is all. */
export function cut(bytes: Buffer, root: Span, removed: ReadonlySet<Span>, at: number): Changed {
  const ranges: { start: number; end: number }[] = [];
  const push = (start: number, end: number): void => {
    const last = ranges.at(-1);
    if (last?.end === start) last.end = end;
    else if (end > start) ranges.push({ start, end });
  };
  const render = ({ start, end, children }: Span): void => {
    const first = children[0];
    const last = children.at(-1);
    if (first === undefined || last === undefined) {
      push(start, end);
      return;
    }
    push(start, first.start);
    let any = false;
    for (let i = 0; i < children.length; i++) {
      const child = children[i] as Span;
      if (removed.has(child)) continue;
      if (any) push(children[i - 1]?.end ?? child.start, child.start);
      any = true;
      render(child);
    }
    push(last.end, end);
  };
  render(root);
  let before = 0;
  let moved: number | undefined;
  for (const { start, end } of ranges) {
    if (moved === undefined && at < end) moved = before + Math.max(0, at - start);
    before += end - start;
  }
  return { bytes: Buffer.concat(ranges.map(({ start, end }) => bytes.subarray(start, end))), at: moved ?? before };
}

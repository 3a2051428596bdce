/** What the parser of YAML says of a scalar: its style, and its value as decoded. */
export interface ScalarNode {
  readonly type?: string;
  readonly value: string;
  /** Start, end of the value, end of the node, in UTF-16 units of the file. */
  readonly range: readonly [number, number, number];
}

/** The unit of the file in which a unit of a scalar's value stands, whatever its style: expressions are told off at their own place. */
export function placeInScalar(text: string, node: ScalarNode, offset: number): number {
  switch (node.type) {
    case "BLOCK_LITERAL":
      return inBlock(text, node, offset, false);
    case "BLOCK_FOLDED":
      return inBlock(text, node, offset, true);
    case "QUOTE_DOUBLE":
      return inFlow(text, node.range[0] + 1, offset, "double");
    case "QUOTE_SINGLE":
      return inFlow(text, node.range[0] + 1, offset, "single");
    default:
      return inFlow(text, node.range[0], offset, "plain");
  }
}

/** Lines of a block scalar without their indent; in a folded one a line break between two lines of text is a blank. */
function inBlock(text: string, { range, value }: ScalarNode, offset: number, folded: boolean): number {
  const [start, end] = range;
  const header = text.slice(start, end).search(/\r\n?|\n/);
  if (header < 0) return start;
  let at = start + header + breakLength(text, start + header);
  const indent = indentOfBlock(text.slice(start, end), value);
  let unit = 0;
  let first = true;
  let breaks = 0;
  let moreIndentedBefore = false;
  while (at < end) {
    const stop = lineEnd(text, at);
    const line = text.slice(at, stop);
    const body = line.length > indent ? line.slice(indent) : "";
    if (body.trim() === "" && folded) breaks++;
    else {
      if (!first) {
        const moreIndented = /^[ \t]/.test(body) || moreIndentedBefore;
        const between = folded && !moreIndented ? Math.max(1, breaks) : breaks + 1;
        if (offset < unit + between) return Math.max(start, at - 1);
        unit += between;
      } else unit += breaks;
      if (offset <= unit + body.length) return at + indent + (offset - unit);
      unit += body.length;
      first = false;
      breaks = 0;
      moreIndentedBefore = /^[ \t]/.test(body);
    }
    at = stop + breakLength(text, stop);
    if (at >= text.length) break;
  }
  return Math.min(end, start + header + value.length);
}

/** What the file has before its first line of text, less what is left of it in the value: a header may say how much is indent. */
function indentOfBlock(source: string, value: string): number {
  const [, ...lines] = source.split(/\r\n?|\n/);
  return leadOf(lines) - leadOf(value.split("\n"));
}

function leadOf(lines: readonly string[]): number {
  return /^ */.exec(lines.find((line) => line.trim() !== "") ?? "")?.[0].length ?? 0;
}

function lineEnd(text: string, from: number): number {
  const at = text.slice(from).search(/\r\n?|\n/);
  return at < 0 ? text.length : from + at;
}

function breakLength(text: string, at: number): number {
  if (text[at] === "\r") return text[at + 1] === "\n" ? 2 : 1;
  return text[at] === "\n" ? 1 : 0;
}

/** Plain and quoted scalars: a line break with the blanks around it is one blank, n + 1 of them are n line feeds. */
function inFlow(text: string, start: number, offset: number, style: "plain" | "single" | "double"): number {
  let at = start;
  let unit = 0;
  while (unit < offset && at < text.length) {
    const fold = /^[ \t]*(?:\r\n?|\n)(?:[ \t]*(?:\r\n?|\n))*[ \t]*/.exec(text.slice(at, at + 4096))?.[0];
    if (fold !== undefined) {
      const breaks = fold.match(/\r\n?|\n/g)?.length ?? 1;
      const length = Math.max(1, breaks - 1);
      at += fold.length;
      unit += length;
      continue;
    }
    const escaped = style === "double" && text[at] === "\\" ? escapeAt(text, at) : undefined;
    if (escaped !== undefined) {
      at += escaped.source;
      unit += escaped.units;
      continue;
    }
    at += style === "single" && text.startsWith("''", at) ? 2 : 1;
    unit++;
  }
  // A line that goes on after `\\` adds nothing to the value.
  const continued = style === "double" && text[at] === "\\" ? escapeAt(text, at) : undefined;
  return continued?.units === 0 ? at + continued.source : at;
}

/** Length of an escape in the file and in the value. */
function escapeAt(text: string, at: number): { source: number; units: number } {
  const next = text[at + 1] ?? "";
  const digits = { x: 2, u: 4, U: 8 }[next];
  if (digits !== undefined) {
    const code = Number.parseInt(text.slice(at + 2, at + 2 + digits), 16);
    return { source: 2 + digits, units: code > 0xffff ? 2 : 1 };
  }
  const continued = /^\\(?:\r\n?|\n)[ \t]*/.exec(text.slice(at, at + 4096))?.[0];
  return continued === undefined ? { source: 2, units: 1 } : { source: continued.length, units: 0 };
}

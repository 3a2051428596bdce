import { escapeToken } from "./parts.js";

/** A JSON text over several lines, and the line on which each object begins, by JSON Pointer. */
export interface LaidOut {
  readonly text: string;
  /** From 1. */
  readonly lines: ReadonlyMap<string, number>;
}

interface Open {
  readonly pointer: string;
  readonly close: "}" | "]";
  /** On one line: a list of plain values, an object with one. */
  readonly flat: boolean;
  key: string;
  at: number;
}

const tokens = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/** Lays a text out, an object or property a line. The tokens stay as they are, a key that stands twice and what is not JSON too. */
export function layOut(text: string): LaidOut {
  const found = text.match(tokens) ?? [];
  const lines = new Map<string, number>();
  const open: Open[] = [];
  let out = "";
  let line = 1;
  const feed = (depth: number): void => {
    out += `\n${" ".repeat(depth)}`;
    line += 1;
  };
  found.forEach((token, at) => {
    const inside = open.at(-1);
    if (token === "{" || token === "[") {
      const pointer =
        inside === undefined
          ? ""
          : `${inside.pointer}/${inside.close === "]" ? inside.at : escapeToken(JSON.parse(inside.key) as string)}`;
      if (token === "{") lines.set(pointer, line);
      const flat = isFlat(found, at);
      open.push({ pointer, close: token === "{" ? "}" : "]", flat, key: '""', at: 0 });
      out += token;
      if (!flat) feed(open.length);
      return;
    }
    if (inside !== undefined && token === inside.close) {
      open.pop();
      if (!inside.flat) feed(open.length);
    }
    out += token === ":" ? ": " : token;
    if (token === "," && inside !== undefined) {
      inside.at += 1;
      if (inside.flat) out += " ";
      else feed(open.length);
    } else if (found[at + 1] === ":" && inside !== undefined && token.startsWith(`"`)) inside.key = token;
  });
  return { text: `${out}\n`, lines };
}

/** Whether what opens at a token holds no list and no object, and an object at most one value. */
function isFlat(found: readonly string[], at: number): boolean {
  for (let next = at + 1; next < found.length; next++) {
    const token = found[next];
    if (token === "}" || token === "]") return true;
    if (token === "{" || token === "[" || (token === "," && found[at] === "{")) return false;
  }
  return true;
}

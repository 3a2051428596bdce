import type { Draw } from "../generate/draw.js";

/**
 * The same JSON value written in another way. Bytes are taken as Latin-1, so that what is no UTF-8 stays as it is, and text that is not JSON keeps its
 * tokens in their order.
 */
export type Respelling = (text: string, draw: Draw) => string;

const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|[{}[\],:]|[^"{}[\],:]/gs;

/** White space around any token; no line ends where each record has a line of its own. */
export function spaced(lines: boolean): Respelling {
  const spaces = lines ? ["", " ", "\t", "  "] : ["", " ", "\t", "\n", "\n  "];
  return (text, draw) =>
    text.replace(token, (one) => (/^[{}[\],:]$/.test(one) ? `${draw.pick(spaces)}${one}${draw.pick(spaces)}` : one));
}

/** Numbers as `1`, `1.0`, `1e0`, `10e-1`. An integer that no double holds stays: for who reads it as an integer another spelling is another number. */
export const renumbered: Respelling = (text, draw) =>
  text.replace(token, (one) => (/^-?\d/.test(one) && !isUnsafe(one) ? draw.pick(spellings(one)) : one));

const isUnsafe = (number: string): boolean => /^-?\d+$/.test(number) && !Number.isSafeInteger(Number(number));

function spellings(number: string): readonly string[] {
  const [, sign = "", whole = "", fraction = "", exponent = ""] =
    /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([-+]?\d+))?$/.exec(number) ?? [];
  const power = Number(exponent);
  const same = [number, `${sign}${whole}.${fraction}0${exponent === "" ? "" : `e${power}`}`];
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  if (digits === "") return [...same, `${sign}0e0`];
  return [...same, `${sign}${digits}e${power - fraction.length}`, `${sign}${digits}0E${power - fraction.length - 1}`];
}

/** Members of every object in another order; an object with a key twice keeps its own, for the last of them counts. White space is left out. */
export const reordered: Respelling = (text, draw) => {
  const tokens = text.match(token) ?? [];
  let at = 0;
  const value = (): string => {
    while (/^\s$/.test(tokens[at] ?? "")) at++;
    const first = tokens[at++] ?? "";
    if (first !== "{" && first !== "[") return scalar(first);
    const parts: string[] = [];
    const keys = new Set<string>();
    const close = first === "{" ? "}" : "]";
    for (; at < tokens.length && tokens[at] !== close; ) {
      if (tokens[at] === "," || /^\s$/.test(tokens[at] ?? "")) {
        at++;
        continue;
      }
      if (first === "[") parts.push(value());
      else {
        const key = value();
        while (at < tokens.length && tokens[at] !== ":") at++;
        at++;
        keys.add(key);
        parts.push(`${key}:${value()}`);
      }
    }
    at++;
    const own = first === "{" && keys.size === parts.length ? shuffled(parts, draw) : parts;
    return `${first}${own.join(",")}${close}`;
  };
  /** A literal is as many tokens as it has letters. */
  const scalar = (first: string): string => {
    let text = first;
    if (!first.startsWith('"') && !/^-?\d/.test(first))
      while (at < tokens.length && !/^[\s{}[\],:"]/.test(tokens[at] ?? "")) text += tokens[at++];
    return text;
  };
  return value();
};

/** A permutation; the simplest choice leaves the list as it is. */
export function shuffled<T>(list: readonly T[], draw: Draw): T[] {
  const rest = [...list];
  return list.map(() => rest.splice(draw.int(0, rest.length - 1), 1)[0] as T);
}

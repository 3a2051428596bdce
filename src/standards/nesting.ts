import { yaml } from "../formats/late.js";

/**
 * How deep a YAML text nests, at most; never less than it does. Asked before the text is parsed: the parser of YAML is recursive, and 100,000
 * brackets end the process ("RegExpCompiler Allocation failed") instead of throwing.
 */
export function nestingOf(text: string): number {
  const brackets = bracketDepth(text);
  // Brackets inside quoted texts need not close: where there are many, the lexer tells them apart.
  return (brackets > manyBrackets ? flowDepth(text) : brackets) + indentDepth(text);
}

const manyBrackets = 30;

function bracketDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) deepest = Math.max(deepest, ++depth);
    else if ((code === 0x5d || code === 0x7d) && depth > 0) depth--;
  }
  return deepest;
}

function flowDepth(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (const token of new (yaml().Lexer)().lex(text)) {
    if (token === "[" || token === "{") deepest = Math.max(deepest, ++depth);
    else if (token === "]" || token === "}") depth = Math.max(0, depth - 1);
  }
  return deepest;
}

/** Block collections: one a growing indent, and one for each `- `, `? ` or `: ` before the first text of a line. */
function indentDepth(text: string): number {
  const indents: number[] = [];
  let deepest = 0;
  for (const line of text.split(/\r\n?|\n/)) {
    const lead = /^[ \t]*(?:[-?:][ \t]+)*/.exec(line)?.[0] ?? "";
    if (lead.length === line.length && !/[-?:]/.test(lead)) continue;
    const indent = lead.length - lead.trimStart().length;
    while (indents.length > 0 && (indents.at(-1) ?? 0) >= indent) indents.pop();
    indents.push(indent);
    deepest = Math.max(deepest, indents.length + lead.replace(/[ \t]/g, "").length);
  }
  return deepest;
}

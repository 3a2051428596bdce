import { refusedFunctions } from "./functions.js";

/** What to write instead, for an error of the parser or its type checker. */
export function checkerHint(
  error: { readonly code: string; readonly summary: string; readonly range?: { readonly start: number } },
  text: string,
): string | undefined {
  const { code, summary } = error;
  if (code === "no_such_overload") return overloadHint(summary);
  if (code === "no_matching_overload") return callHint(summary);
  if (code === "invalid_logical_operand") return "&& and || take bool: compare the value, or ask has()";
  if (code === "invalid_index_type") return "an index of a list is an int, a key of a map a string";
  if (code.startsWith("heterogeneous_")) return "write doubles as 1.0 among doubles";
  if (code === "invalid_comprehension_range") return "all(), exists(), map() and filter() go over a list";
  if (code === "unknown_variable") return unknownHint(summary);
  const at = error.range?.start ?? 0;
  if (text[at] === "?" && /[.[]/.test(text[at - 1] ?? ""))
    return "optional syntax is not part of the rule language: use has()";
  if (text[at] === "`") return "a field has a plain name";
  if (code === "invalid_number" && text[at] === ".") return "write a digit before the point: 0.5";
  return undefined;
}

function overloadHint(summary: string): string | undefined {
  const match = /^no such overload: (\S+(?:<.*>)?) (==|!=|[-+*/%]|<=?|>=?|in) (\S.*)$/.exec(summary);
  if (match === null) return undefined;
  const [, left = "", operator = "", right = ""] = match;
  const equality = operator === "==" || operator === "!=";
  const pair = new Set([left, right]);
  if (pair.has("null_type") || pair.has("null")) return "null reads as absent: use has()";
  if (pair.has("Id") && equality) return pair.has("string") ? "write text(id) == …" : 'write text(id) == "1"';
  if (pair.has("double") && pair.has("int")) {
    return equality
      ? "write the number as a double: 0.0 instead of 0, double(n) instead of n"
      : "write 1.0 instead of 1, double(n) instead of n";
  }
  if (operator === "in") return "`in` looks for a value of the list's own type: 1.0 in a list of doubles";
  if (left === right && equality) return "records are compared field by field";
  if (pair.has("string") && pair.has("double")) return "a parameter that is compared with text is written in quotes";
  if (operator === "%") return "% takes ints";
  return undefined;
}

function callHint(summary: string): string | undefined {
  const name = /'(?:.*\.)?(\w+)\(/.exec(summary)?.[1];
  if (name === undefined) return undefined;
  return (
    refusedFunctions.get(name) ??
    (/\bint\b.*\)'$/.test(summary) ? "a double is written 1.0; an int becomes one by double(n)" : undefined)
  );
}

function unknownHint(summary: string): string | undefined {
  const name = /: (\w+)$/.exec(summary)?.[1];
  if (name === "siblings" || name === "at") return "only a rule with `within` has siblings and at";
  return name === undefined ? undefined : "a rule sees the record that it is on, the records joined to it, and params";
}

/** "did you mean" for one edit or one transposition. */
export function similar(name: string, names: readonly string[]): string | undefined {
  const near = names.find((other) => other !== name && isNear(name, other));
  return near === undefined ? undefined : `did you mean ${near}?`;
}

function isNear(a: string, b: string): boolean {
  let from = 0;
  while (from < a.length && from < b.length && a[from] === b[from]) from++;
  let back = 0;
  while (back < a.length - from && back < b.length - from && a[a.length - 1 - back] === b[b.length - 1 - back]) back++;
  const left = a.slice(from, a.length - back);
  const right = b.slice(from, b.length - back);
  return (
    (left.length <= 1 && right.length <= 1) ||
    (left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0])
  );
}

import type { LocalText } from "../../records/grammar.gen.js";
import { refusedFunctions } from "./functions.js";

/** What to write instead, in both languages. */
const hints = {
  bool: {
    zh: "&& 与 || 的两侧应为 bool：写成比较，或用 has()",
    en: "&& and || take bool: compare the value, or ask has()",
  },
  index: {
    zh: "列表的下标是 int，映射的键是字符串",
    en: "an index of a list is an int, a key of a map a string",
  },
  doubles: { zh: "与 double 并列的数写成 1.0", en: "write doubles as 1.0 among doubles" },
  list: {
    zh: "all()、exists()、map()、filter() 遍历的是列表",
    en: "all(), exists(), map() and filter() go over a list",
  },
  optional: {
    zh: "规则语言没有可选语法：用 has()",
    en: "optional syntax is not part of the rule language: use has()",
  },
  plainName: { zh: "字段名不加引号", en: "a field has a plain name" },
  digit: { zh: "小数点前要写数字：0.5", en: "write a digit before the point: 0.5" },
  absent: { zh: "null 即不存在：用 has()", en: "null reads as absent: use has()" },
  idText: { zh: "写 text(id) == …", en: "write text(id) == …" },
  idLiteral: { zh: '写 text(id) == "1"', en: 'write text(id) == "1"' },
  doubleEquals: {
    zh: "把数写成 double：0 写作 0.0，n 写作 double(n)",
    en: "write the number as a double: 0.0 instead of 0, double(n) instead of n",
  },
  doubleSum: {
    zh: "1 写作 1.0，n 写作 double(n)",
    en: "write 1.0 instead of 1, double(n) instead of n",
  },
  inList: {
    zh: "`in` 找的是与列表各项同类型的值：double 列表中写 1.0",
    en: "`in` looks for a value of the list's own type: 1.0 in a list of doubles",
  },
  fieldByField: { zh: "记录须逐个字段比较", en: "records are compared field by field" },
  quoted: {
    zh: "与文本比较的参数要加引号",
    en: "a parameter that is compared with text is written in quotes",
  },
  ints: { zh: "% 只用于 int", en: "% takes ints" },
  castInt: {
    zh: "double 写作 1.0；int 用 double(n) 转换",
    en: "a double is written 1.0; an int becomes one by double(n)",
  },
  group: {
    zh: "只有带 `within` 的规则才有 siblings 和 at",
    en: "only a rule with `within` has siblings and at",
  },
  seen: {
    zh: "规则能看到所检的记录、与之关联的记录和 params",
    en: "a rule sees the record that it is on, the records joined to it, and params",
  },
} as const satisfies Readonly<Record<string, LocalText>>;

/** What to write instead, for an error of the parser or its type checker. */
export function checkerHint(
  error: { readonly code: string; readonly summary: string; readonly range?: { readonly start: number } },
  text: string,
): LocalText | undefined {
  const { code, summary } = error;
  if (code === "no_such_overload") return overloadHint(summary);
  if (code === "no_matching_overload") return callHint(summary);
  if (code === "invalid_logical_operand") return hints.bool;
  if (code === "invalid_index_type") return hints.index;
  if (code.startsWith("heterogeneous_")) return hints.doubles;
  if (code === "invalid_comprehension_range") return hints.list;
  if (code === "unknown_variable") return unknownHint(summary);
  const at = error.range?.start ?? 0;
  if (text[at] === "?" && /[.[]/.test(text[at - 1] ?? "")) return hints.optional;
  if (text[at] === "`") return hints.plainName;
  if (code === "invalid_number" && text[at] === ".") return hints.digit;
  return undefined;
}

function overloadHint(summary: string): LocalText | undefined {
  const match = /^no such overload: (\S+(?:<.*>)?) (==|!=|[-+*/%]|<=?|>=?|in) (\S.*)$/.exec(summary);
  if (match === null) return undefined;
  const [, left = "", operator = "", right = ""] = match;
  const equality = operator === "==" || operator === "!=";
  const pair = new Set([left, right]);
  if (pair.has("null_type") || pair.has("null")) return hints.absent;
  if (pair.has("Id") && equality) return pair.has("string") ? hints.idText : hints.idLiteral;
  if (pair.has("double") && pair.has("int")) return equality ? hints.doubleEquals : hints.doubleSum;
  if (operator === "in") return hints.inList;
  if (left === right && equality) return hints.fieldByField;
  if (pair.has("string") && pair.has("double")) return hints.quoted;
  if (operator === "%") return hints.ints;
  return undefined;
}

function callHint(summary: string): LocalText | undefined {
  const name = /'(?:.*\.)?(\w+)\(/.exec(summary)?.[1];
  if (name === undefined) return undefined;
  return refusedFunctions.get(name) ?? (/\bint\b.*\)'$/.test(summary) ? hints.castInt : undefined);
}

function unknownHint(summary: string): LocalText | undefined {
  const name = /: (\w+)$/.exec(summary)?.[1];
  if (name === "siblings" || name === "at") return hints.group;
  return name === undefined ? undefined : hints.seen;
}

/** "did you mean" for one edit or one transposition. */
export function similar(name: string, names: readonly string[]): LocalText | undefined {
  const near = names.find((other) => other !== name && isNear(name, other));
  return near === undefined ? undefined : { zh: `是否为 ${near}？`, en: `did you mean ${near}?` };
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

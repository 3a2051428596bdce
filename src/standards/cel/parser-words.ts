import type { LocalText } from "../../records/grammar.gen.js";

/** What the parser of CEL and its type checker say, and the same in Chinese; `$1` is what stands in the brackets. */
const sentences: readonly (readonly [RegExp, string])[] = [
  [/^no such overload: (\S+(?:<.*>)?) (==|!=|[-+*/%]|<=?|>=?|in) (\S.*)$/s, "类型 $1 与 $3 之间没有运算 $2"],
  [/^no such overload: ([-!])(.+)$/s, "类型 $2 没有运算 $1"],
  [/^found no matching overload for '(.+)'$/s, "没有参数如此的函数：$1"],
  [/^Logical operator requires bool operands, got '(.+)'$/s, "&& 与 || 的两侧应为 bool，实为 $1"],
  [/^(?:.+) must (?:be|return) bool, got '(.+)'$/s, "条件应为 bool，实为 $1"],
  [/^Ternary branches must have the same type, got '(.+)' and '(.+)'$/s, "?: 的两支应为同一类型，实为 $1 和 $2"],
  [/^Unknown variable: (.+)$/s, "没有变量 $1"],
  [/^Unexpected token: EOF$/, "表达式没有写完"],
  [/^Expected (\w+), got EOF$/, "表达式没有写完：缺少 $1"],
  [/^Unexpected token: (\w+)$/, "此处不应为 $1"],
  [/^Expected (\w+), got (\w+)$/, "此处应为 $1，实为 $2"],
  [/^Unexpected character: '?(.+?)'?$/s, "此处不应有字符 $1"],
  [/^Reserved identifier: (.+)$/s, "$1 是保留字"],
  [/^Invalid (?:hex )?(?:number|integer): (.+)$/s, "$1 不是数"],
  [/^Unterminated (?:triple-quoted )?string$/, "字符串没有结束引号"],
  [/^Newlines not allowed in single-quoted strings$/, "单引号与双引号字符串内不能换行"],
  [/^Invalid (?:Unicode|hex) (?:escape|surrogate): (.+)$/s, "转义序列 $1 有误"],
  [/^(?:Invalid escape sequence|Octal escape out of range): (.+)$/s, "转义序列 $1 有误"],
  [/^Octal escape must be 3 digits$/, "八进制转义应有三位数字"],
  [/^List index must be int, got '(.+)'$/s, "列表的下标应为 int，实为 $1"],
  [/^Cannot index type '(.+)' with type '(.+)'$/s, "类型 $1 不能以 $2 为下标"],
  [/^Cannot index type '(.+)'$/s, "类型 $1 没有字段和下标"],
  [
    /^List elements must have the same type, expected type '(.+)' but found '(.+)'$/s,
    "列表各项应为同一类型 $1，实为 $2",
  ],
  [/^Map (key|value) uses wrong type, expected type '(.+)' but found '(.+)'$/s, "映射的 $1 应为类型 $2，实为 $3"],
  [/^Expression of type '(.+)' cannot be range of a comprehension .*$/s, "类型 $1 不能逐项遍历"],
];

/** Names that the parser has for what it reads. */
const tokens: Readonly<Record<string, string>> = {
  EOF: "结尾",
  NUMBER: "数",
  STRING: "字符串",
  BOOLEAN: "布尔值",
  NULL: "null",
  IDENTIFIER: "名称",
  PLUS: "+",
  MINUS: "-",
  MULTIPLY: "*",
  DIVIDE: "/",
  MODULO: "%",
  EQ: "==",
  NE: "!=",
  LT: "<",
  LE: "<=",
  GT: ">",
  GE: ">=",
  AND: "&&",
  OR: "||",
  NOT: "!",
  IN: "in",
  LPAREN: "(",
  RPAREN: ")",
  LBRACKET: "[",
  RBRACKET: "]",
  LBRACE: "{",
  RBRACE: "}",
  DOT: ".",
  COMMA: ",",
  COLON: ":",
  QUESTION: "?",
};

/** A message of the parser or the type checker in both languages; one that is not listed keeps its words, after what kind it is. */
export function parserText(summary: string, kind: "syntax" | "type"): LocalText {
  const sentence = sentences.find(([pattern]) => pattern.test(summary));
  if (sentence === undefined) return { zh: `${leads[kind]}：${summary}`, en: summary };
  const [pattern, zh] = sentence;
  const parts = pattern.exec(summary) ?? [];
  return { zh: zh.replace(/\$(\d)/g, (_, at: string) => worded(summary, parts[Number(at)] ?? "")), en: summary };
}

/** A token by its sign, where the message is about tokens. */
function worded(summary: string, part: string): string {
  return /^(?:Unexpected token|Expected \w+, got)/.test(summary) ? (tokens[part] ?? part) : part;
}

const leads = { syntax: "表达式语法有误", type: "表达式类型有误" } as const;

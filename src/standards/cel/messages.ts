import { type Entry, sayingFrom } from "../../records/fill.js";

/** What our own lint says of expressions, by code; behind `/` stands which of several faults of one code it is. */
export const celMessages = {
  "not_bool/whole": {
    zh: "表达式的类型是 {type}，应为 bool",
    en: "the expression is of type {type}, not bool",
  },
  "not_bool/operand": {
    zh: "&& 两侧应为 bool，此处类型是 {type}",
    en: "&& takes bool, and this is of type {type}",
    hint: { zh: "写成比较，或用 has()", en: "compare it, or ask has()" },
  },
  "too_complex/length": {
    zh: "规则过于复杂：至多 {most} 个字符",
    en: "rule too complex: at most {most} characters",
  },
  "too_complex/limit": {
    zh: "规则过于复杂",
    en: "rule too complex",
    hint: {
      zh: "拆成几条规则，或把一部分写成检查函数",
      en: "split it into several rules, or move a part into a check function",
    },
  },
  "no_such_field/here": {
    zh: "此处没有字段或参数 {name}",
    en: "there is no field or parameter {name} here",
  },
  "no_such_field/of": { zh: "{type} 没有字段 {name}", en: "{type} has no field {name}" },
  no_such_parameter: { zh: "没有参数 {name}", en: "there is no parameter {name}" },
  type_value: { zh: "{name} 是类型，不是值", en: "{name} is a type, not a value" },
  computed_field: {
    zh: "记录的字段名须直接写出",
    en: "a field of a record is named by a literal",
    hint: { zh: "写 record.field", en: "write record.field" },
  },
  optional_syntax: {
    zh: "规则语言没有可选语法",
    en: "optional syntax is not part of the rule language",
    hint: { zh: "用 has()", en: "use has()" },
  },
  int_too_large: {
    zh: "int 至多为 9007199254740991",
    en: "an int is at most 9007199254740991",
    hint: { zh: "写 double，如 1e18", en: "write a double: 1e18" },
  },
  uint: { zh: "规则语言没有 uint", en: "uint is not part of the rule language" },
  bytes: { zh: "规则语言没有 bytes", en: "bytes are not part of the rule language" },
  map_key: {
    zh: "映射的键须是直接写出的字符串",
    en: "a key of a map is a literal string",
    hint: { zh: '写 {"name": value}', en: 'write {"name": value}' },
  },
  duplicate_map_key: {
    zh: "此映射中键 {key} 已出现过",
    en: "the key {key} stands in this map before",
    hint: { zh: "每个键只写一次", en: "write each key once" },
  },
  has_of_parameter: {
    zh: "参数总是存在",
    en: "a parameter is always there",
    hint: { zh: "去掉 has()", en: "leave has() out" },
  },
  has_of_value: {
    zh: "has() 问的是记录的字段",
    en: "has() asks for a field of a record",
    hint: { zh: "写 has(record.field)", en: "write has(record.field)" },
  },
  not_in_the_language: {
    zh: "规则语言没有 {name}()",
    en: "{name}() is not part of the rule language",
    hint: { zh: "改用检查函数", en: "call a check function" },
  },
  string_of_double: {
    zh: "CEL 的各种实现输出 double 的方式不同",
    en: "implementations of CEL print doubles in different ways",
    hint: { zh: "比较数值即可，报告会自行输出", en: "compare numbers; reports print them themselves" },
  },
  not_a_number: {
    zh: "column 的类型是 {type}，应为 double",
    en: "the column is of type {type}, not double",
    hint: { zh: "column 是一个数", en: "a column is a number" },
  },
  record_in_group: {
    zh: "分组规则的 assert 只能看到 siblings、at 和 params",
    en: "the assertion of a group rule sees siblings, at and params",
    hint: {
      zh: "写进 `when`，或写进分组检查的列",
      en: "put it into `when`, or into the columns of the group check",
    },
  },
  "unguarded_field/named": {
    zh: "此处 {name} 可能不存在",
    en: "{name} may be absent here",
    hint: {
      zh: "把 has({path}) 写进 `when`，或写在它前面：has({path}) && …",
      en: "put has({path}) into `when`, or before it: has({path}) && …",
    },
  },
  "unguarded_field/unnamed": {
    zh: "此处 {name} 可能不存在",
    en: "{name} may be absent here",
    hint: {
      zh: "用 all() 或 exists() 给记录一个变量名，在其中判断",
      en: "bind the record to a variable by all() or exists() and guard it there",
    },
  },
  not_in_enumeration: {
    zh: "{name} 不可能是 {value}",
    en: "{name} is never {value}",
    hint: { zh: "可为 {values}", en: "one of {values}" },
  },
  pattern_not_literal: {
    zh: "模式须直接写出，或是一个参数",
    en: "a pattern is a literal or a parameter",
    hint: { zh: '写 matches("…") 或 matches(params.pattern)', en: 'write matches("…") or matches(params.pattern)' },
  },
  "pattern_not_re2/length": {
    zh: "模式至多 {most} 个字符",
    en: "a pattern has at most {most} characters",
    hint: { zh: "把词写成列表，用 `in`", en: "put words into a list and use `in`" },
  },
  "pattern_not_re2/states": {
    zh: "模式的状态超过 {most} 个",
    en: "the pattern has more than {most} states",
    hint: { zh: "减少重复，或用 size() 限制长度", en: "repeat less, or bound the length with size()" },
  },
  "pattern_not_re2/syntax": {
    zh: "RE2 不接受这个模式：{words}",
    en: "RE2 does not take this pattern: {words}",
  },
  measure_not_literal: {
    zh: "度量的 id 须直接写出，或是一个参数",
    en: "the id of a measure is a literal or a parameter",
    hint: { zh: '写 measure("cohen-kappa")', en: 'write measure("cohen-kappa")' },
  },
  kind_not_literal: {
    zh: "记录种类须直接写出",
    en: "the kind is a literal",
    hint: { zh: '写 known("media", …)', en: 'write known("media", …)' },
  },
  no_such_kind: {
    zh: "没有记录种类 {kind}",
    en: "there is no kind {kind}",
    hint: { zh: "可为 {kinds}", en: "one of {kinds}" },
  },
  group_arguments: {
    zh: "{name}() 问的是本记录在其组中的情况",
    en: "{name}() is asked about this member of its group",
    hint: { zh: "写 {name}(siblings, at{more})", en: "write {name}(siblings, at{more})" },
  },
  group_argument_not_constant: {
    zh: "{name}() 一次回答整组，故此处对全组只能有一个值",
    en: "{name}() answers the whole group at once, so this has one value for all",
    hint: { zh: "直接写出，或写一个参数", en: "write a literal or a parameter" },
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** Code, message and hint of a fault of an expression. */
export const celMessage = /* @__PURE__ */ sayingFrom(celMessages);

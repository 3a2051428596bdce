import type { Spoken } from "../../checks/declaration.js";
import type { Kind, LocalText } from "../../records/grammar.gen.js";
import type { Signature } from "./signature.js";

/** A function that the host answers, with what its answer is for people. */
export interface HostFunction extends Signature, Spoken {}

/** Functions that the host answers, beside the checks. What `measure` gives is said by the title of the measure. */
export const hostFunctions: readonly HostFunction[] = [
  {
    name: "known",
    parameters: ["string", "Id"],
    result: "bool",
    says: { zh: "有这个编号的{0}", en: "one {0} has this id" },
    says_not: { zh: "没有这个编号的{0}", en: "no {0} has this id" },
  },
  { name: "measure", parameters: ["string"], result: "Measurement", says: { zh: "{0}", en: "{0}" } },
  { name: "measure", parameters: ["string", "Id"], result: "Measurement", says: { zh: "{0}", en: "{0}" } },
  {
    name: "text",
    parameters: ["Id"],
    result: "string",
    says: { zh: "{0} 的文本", en: "text of {0}" },
    tells: "argument",
  },
  {
    name: "isWholeNumber",
    parameters: ["Id"],
    result: "bool",
    says: { zh: "是整数", en: "it is a whole number" },
    says_not: { zh: "不是整数", en: "it is no whole number" },
  },
  // `{0}` is what the members of the group have in common.
  { name: "size", parameters: ["Siblings"], result: "int", says: { zh: "{0}", en: "{0}" } },
];

/** `size` of a list or a text. */
export const sizeOfList: Spoken = { says: { zh: "{0} 的项数", en: "number of items of {0}" } };
export const sizeOfText: Spoken = { says: { zh: "{0} 的字符数", en: "number of characters of {0}" } };

/** A kind of record in a sentence. */
export const kindWords: Readonly<Record<Kind, { one: LocalText; many: LocalText; unit: LocalText }>> = {
  file: kind("文件", "file", "files"),
  dataset: kind("数据集", "dataset", "datasets"),
  media: kind("数据项", "media item", "media items"),
  category: kind("类别", "category", "categories"),
  annotation: { ...kind("标注", "annotation", "annotations"), unit: { zh: "条", en: "" } },
  node: kind("节点", "node", "nodes"),
};

function kind(zh: string, one: string, many: string): { one: LocalText; many: LocalText; unit: LocalText } {
  return { one: { zh, en: one }, many: { zh, en: many }, unit: { zh: "个", en: "" } };
}

/** Functions of CEL that rules may use, by name: the form in which each is written. */
export const celFunctions: ReadonlyMap<string, "function" | "method" | "both"> = new Map([
  ["size", "both"],
  ["double", "function"],
  ["int", "function"],
  ["string", "function"],
  ["bool", "function"],
  ["startsWith", "method"],
  ["endsWith", "method"],
  ["contains", "method"],
  ["matches", "method"],
]);

const checkFunction = { zh: "改用检查函数", en: "call a check function" };
const onTime = { zh: "对时间的文本调用检查函数", en: "call a check function on the text of the time" };
const folded = {
  zh: "比较折叠后的字段（name_key、path_key），或改用检查函数",
  en: "compare the folded field (name_key, path_key), or call a check function",
};
const positions = {
  zh: "用 contains()，或改用检查函数：位置会按 UTF-16 单元计数",
  en: "use contains(), or call a check function: positions would count UTF-16 units",
};

/** What CEL, or this parser, has and a rule may not use → what to write instead. */
export const refusedFunctions: ReadonlyMap<string, LocalText> = new Map([
  ["dyn", { zh: "去掉 dyn()：规则中每个值只有一种类型", en: "leave dyn() out: every value of a rule has one type" }],
  [
    "type",
    {
      zh: "比较值而不是类型：字段的类型由其模式规定",
      en: "compare values, not types: a field has the type that its schema gives it",
    },
  ],
  [
    "uint",
    {
      zh: '写 int：1u 写作 1，uint("1") 写作 int("1")',
      en: 'write an int: 1 instead of 1u, int("1") instead of uint("1")',
    },
  ],
  [
    "bytes",
    {
      zh: "比较字符串；摘要是十六进制数字的字符串",
      en: "compare strings; digests are strings of hexadecimal digits",
    },
  ],
  ["timestamp", onTime],
  ["duration", onTime],
  [
    "bind",
    {
      zh: "把表达式写两遍，或写成检查函数",
      en: "write the expression twice, or move it into a check function",
    },
  ],
  ["lowerAscii", folded],
  ["upperAscii", folded],
  [
    "trim",
    {
      zh: "比较折叠后的字段（name_key、path_key），或用 matches()",
      en: "compare the folded field (name_key, path_key), or use matches()",
    },
  ],
  ["indexOf", positions],
  ["lastIndexOf", positions],
  [
    "substring",
    {
      zh: "用 startsWith()、endsWith() 或 matches()：位置会按 UTF-16 单元计数",
      en: "use startsWith(), endsWith() or matches(): positions would count UTF-16 units",
    },
  ],
  ["split", { zh: "用 matches()，或改用检查函数", en: "use matches(), or call a check function" }],
  ["join", checkFunction],
]);

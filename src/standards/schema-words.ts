import type { ErrorObject } from "ajv";
import { fill } from "../records/fill.js";

/** Types of JSON in words. */
const types: Readonly<Record<string, string>> = {
  string: "字符串",
  number: "数",
  integer: "整数",
  boolean: "布尔值",
  array: "列表",
  object: "对象",
  null: "空值",
};

/** What each keyword of a JSON Schema wants, in Chinese; the parameters are Ajv's. Its own words are the English. */
const sentences: Readonly<Record<string, string>> = {
  type: "应为{type}",
  enum: "应为以下之一：{allowedValues}",
  const: "应为 {allowedValue}",
  required: "缺少字段 {missingProperty}",
  dependentRequired: "有字段 {property} 时应有字段 {missingProperty}",
  additionalProperties: "有多余的字段 {additionalProperty}",
  unevaluatedProperties: "有多余的字段 {unevaluatedProperty}",
  propertyNames: "字段名 {propertyName} 不合规定",
  pattern: "应与模式 {pattern} 匹配",
  format: "应为 {format} 格式",
  minLength: "至少应有 {limit} 个字符",
  maxLength: "至多可有 {limit} 个字符",
  minItems: "至少应有 {limit} 项",
  maxItems: "至多可有 {limit} 项",
  minProperties: "至少应有 {limit} 个字段",
  maxProperties: "至多可有 {limit} 个字段",
  minimum: "应不小于 {limit}",
  maximum: "应不大于 {limit}",
  exclusiveMinimum: "应大于 {limit}",
  exclusiveMaximum: "应小于 {limit}",
  multipleOf: "应为 {multipleOf} 的倍数",
  uniqueItems: "各项应互不相同：下标 {j} 与 {i} 的两项相同",
  anyOf: "应为所列写法之一",
  oneOf: "应恰为所列写法中的一种",
  not: "不应为所排除的写法",
  if: "不满足 {failingKeyword} 所要求的写法",
  "false schema": "不应有",
};

/** A pattern that asks for a character that is no blank. */
const someText = "\\S";

/** What an error of Ajv wants, in Chinese; for a keyword that is not listed the kind, then Ajv's words. */
export function schemaSentence({
  keyword,
  params,
  message = "",
}: Pick<ErrorObject, "keyword" | "params" | "message">): string {
  if (keyword === "pattern" && params["pattern"] === someText) return "应有文字";
  const sentence = Object.hasOwn(sentences, keyword) ? sentences[keyword] : undefined;
  if (sentence === undefined) return `不合模式关键字 ${keyword}：${message}`;
  return fill(
    sentence,
    Object.fromEntries(Object.entries(params).map(([name, value]) => [name, shown(keyword, value)])),
  );
}

function shown(keyword: string, value: unknown): string {
  if (keyword === "type") return String(value).split(",").map(typeWord).join("或");
  if (keyword === "enum" && Array.isArray(value)) return value.map((one) => JSON.stringify(one)).join("、");
  return keyword === "const" || typeof value !== "string" ? JSON.stringify(value) : value;
}

function typeWord(type: unknown): string {
  return types[String(type)] ?? String(type);
}

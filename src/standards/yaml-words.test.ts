import { expect, test } from "vitest";
import { parseSource } from "./load.js";

test.each([
  ["a: [1", "YAML 缩进有误：Flow sequence"],
  ['a: "b', "YAML 缺少字符：Missing closing"],
  ["a: b: c", "YAML 映射嵌套在同一行：Nested mappings"],
  ["a:\n\t- 1", "YAML 用制表符缩进："],
  ["assert: !has(a)", "YAML 标签不能识别（开头的 ! 是标签，文本请加引号或用 |-）：Unresolved tag"],
  ["a: 1\n---\nb: 2", "YAML 一个文件有多个文档："],
  ['a: "\\q"', "YAML 转义序列有误："],
  ["a: *b", "YAML 别名："],
  ["a: 1\na: 2", '键 "a" 出现两次'],
  ["a: .inf", "Infinity 不是数据中的数"],
  ["? [a]\n: 1", "键不是文本"],
  ["[".repeat(100), "嵌套超过 60 层"],
])("%j has its kind in Chinese before the words of the library", (text, zh) =>
  expect(parseSource(text, "a.yaml").problems.map(({ message }) => message.zh)).toContainEqual(
    expect.stringContaining(zh),
  ));

import { expect, test } from "vitest";
import { checkRule } from "./compile.js";
import { parserText } from "./parser-words.js";
import { tables } from "./testing/fixtures.js";

/** What is said first of an expression, as the parser or its type checker gives it. */
const firstOf = (assert: string) => checkRule({ id: "r", on: "annotation", params: {}, assert }, tables)[0]?.message.zh;

test.each([
  ["annotation.box == null", "类型 Box 与 null 之间没有运算 =="],
  ["-true", "类型 bool 没有运算 -"],
  ["size(1) == 1", "没有参数如此的函数：size(int)"],
  ["1 || true", "&& 与 || 的两侧应为 bool，实为 int"],
  ["1 ? true : false", "条件应为 bool，实为 int"],
  ["true ? 1 : 'a'", "?: 的两支应为同一类型，实为 int 和 string"],
  ["image.width > 1", "没有变量 image"],
  ["1 ==", "表达式没有写完"],
  ["(1 == 1", "表达式没有写完：缺少 )"],
  ["* 1", "此处不应为 *"],
  ["size([1 2]) == 1", "此处应为 ]，实为 数"],
  ["1 == 1 #", "此处不应有字符 #"],
  ["for == 1", "for 是保留字"],
  ["'a", "字符串没有结束引号"],
  ["'\\q' == 'a'", "转义序列 \\q 有误"],
  ["[1][true] == 1", "列表的下标应为 int，实为 bool"],
  ["[1, 'a'] == [1]", "列表各项应为同一类型 int，实为 string"],
  ["1.all(x, true)", "类型 int 不能逐项遍历"],
  ["'a'.b == 1", "类型 string 没有字段和下标"],
])("%s", (expression, zh) => expect(firstOf(expression)).toBe(zh));

test("a message that is not listed keeps its words, after what kind it is", () =>
  expect(parserText("something new", "type")).toEqual({ zh: "表达式类型有误：something new", en: "something new" }));

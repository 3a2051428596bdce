import type { ErrorCode } from "yaml";
import type { LocalText } from "../records/grammar.gen.js";
import { lintMessage } from "./lint-messages.js";

/** What kind of fault of YAML an error of its library is; the words that say what was found are the library's, and English. */
const kinds: Readonly<Partial<Record<ErrorCode, string>>> = {
  ALIAS_PROPS: "别名有误",
  BAD_ALIAS: "别名有误",
  BAD_COLLECTION_TYPE: "标签有误",
  BAD_DIRECTIVE: "指令有误",
  BAD_DQ_ESCAPE: "转义序列有误",
  BAD_INDENT: "缩进有误",
  BAD_PROP_ORDER: "标签或锚点的位置有误",
  BAD_SCALAR_START: "值的首字符有误",
  BLOCK_AS_IMPLICIT_KEY: "映射嵌套在同一行",
  BLOCK_IN_FLOW: "括号内混用缩进写法",
  DUPLICATE_KEY: "键重复",
  KEY_OVER_1024_CHARS: "键过长",
  MISSING_CHAR: "缺少字符",
  MULTILINE_IMPLICIT_KEY: "键跨行",
  MULTIPLE_ANCHORS: "锚点重复",
  MULTIPLE_DOCS: "一个文件有多个文档",
  MULTIPLE_TAGS: "标签重复",
  NON_STRING_KEY: "键不是文本",
  RESOURCE_EXHAUSTION: "超过上限",
  TAB_AS_INDENT: "用制表符缩进",
  TAG_RESOLVE_FAILED: "标签不能识别（开头的 ! 是标签，文本请加引号或用 |-）",
  UNEXPECTED_TOKEN: "此处不应有该符号",
};

/** An error or a warning of the YAML library in both languages. */
export function yamlText(code: ErrorCode, words: string): LocalText {
  return lintMessage("yaml/syntax", { kind: `YAML ${kinds[code] ?? "语法有误"}`, words }).message;
}

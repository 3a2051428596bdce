import { expectationText, foundText } from "./expectations.js";
import type { LocalText } from "./grammar.gen.js";

/**
 * The one catalogue of errors that end a file or a run. A fault in a record is a finding and has no code here.
 * No code is used twice; what a code says is a statement of the condition that was tested.
 */
export const errorCatalogue = {
  "TS-USAGE-0001": { exit: 2, zh: "命令行用法有误", en: "the command line cannot be understood" },
  "TS-USAGE-0002": { exit: 2, zh: "文件或目录不存在", en: "there is no such file or folder" },
  "TS-USAGE-0003": { exit: 2, zh: "没有这个标准、方案或规则", en: "there is no such standard, scheme or rule" },
  "TS-USAGE-0004": { exit: 2, zh: "选项文件不合其模式", en: "an options file does not fit its schema" },
  "TS-FORMAT-0001": { exit: 3, zh: "没有认出任何标注文件", en: "no annotation file was recognised" },
  "TS-FORMAT-0002": { exit: 3, zh: "格式有歧义", en: "the format is ambiguous" },
  "TS-FORMAT-0003": { exit: 3, zh: "没有读到任何记录", en: "no record could be read" },
  "TS-FORMAT-0010": { exit: 3, zh: "文件不是 JSON", en: "the file is not JSON" },
  "TS-FORMAT-0012": { exit: 3, zh: "文件中途结束", en: "the file ends too early" },
  "TS-FORMAT-0013": { exit: 3, zh: "文件是 UTF-16", en: "the file is UTF-16" },
  "TS-FORMAT-0014": { exit: 3, zh: "嵌套太深", en: "the nesting is too deep" },
  "TS-FORMAT-0016": { exit: 3, zh: "解压后的大小超过上限", en: "the decompressed size is over the limit" },
  "TS-FORMAT-0017": { exit: 3, zh: "压缩数据已损坏", en: "the compressed data are damaged" },
  "TS-FORMAT-0018": { exit: 3, zh: "文件是空的", en: "the file is empty" },
  "TS-FORMAT-0019": { exit: 3, zh: "文件不是 XML", en: "the file is not well-formed XML" },
  "TS-FORMAT-0020": { exit: 3, zh: "文件不是 YAML", en: "the file is not YAML" },
  "TS-FORMAT-0021": { exit: 3, zh: "某一节不是所要的类型", en: "a section has another type than the format says" },
  "TS-FORMAT-0030": { exit: 3, zh: "图像数据已损坏", en: "the image data are damaged" },
  "TS-FORMAT-0031": { exit: 3, zh: "大小超过上限", en: "a size is over the limit" },
  "TS-STANDARD-0001": { exit: 2, zh: "标准不合语法", en: "the standard does not fit the grammar" },
  "TS-STANDARD-0002": { exit: 2, zh: "规则表达式不能编译", en: "an expression of a rule cannot be compiled" },
  "TS-STANDARD-0003": { exit: 2, zh: "规则文件超过上限", en: "a rule file is over a limit" },
  "TS-STANDARD-0004": { exit: 2, zh: "规则的 break 不成立", en: "the break of a rule does not hold good" },
  "TS-REPRODUCE-0001": { exit: 2, zh: "报告中没有这条发现", en: "the report has no such finding" },
  "TS-REPRODUCE-0002": { exit: 1, zh: "数据不再产生这条发现", en: "the data do not raise the finding any more" },
  "TS-REPRODUCE-0003": {
    exit: 4,
    zh: "不能用删减后的数据重现这条发现",
    en: "the finding cannot be reproduced from data that are cut",
  },
  "TS-PACK-0001": { exit: 2, zh: "用例包没有这个用例", en: "the pack holds no such case" },
  "TS-PACK-0002": { exit: 2, zh: "文件与用例包的清单不符", en: "a file is not the one of the pack's manifest" },
  "TS-PACK-0003": { exit: 2, zh: "这一行不是一个结果", en: "a line is not one result" },
  "TS-IO-0001": { exit: 74, zh: "不能读取", en: "it cannot be read" },
  "TS-IO-0002": { exit: 74, zh: "不能写入", en: "it cannot be written" },
  "TS-RUN-0001": { exit: 130, zh: "已中断", en: "interrupted" },
} as const;

export type ErrorCode = keyof typeof errorCatalogue;

export interface ErrorDetails {
  /** The file, as the user named it or below the dataset's root. */
  readonly file?: string;
  /** Place in it: `18:42`, a JSON path, or `byte 4711`. */
  readonly place?: string;
  /** What is wrong, where others have put it into words already. */
  readonly says?: LocalText;
  readonly found?: string;
  readonly expected?: string;
  /** What to do about it, and what was not read because of it. */
  readonly hint?: string;
  /** Byte offset, from which line and column are worked out later. */
  readonly offset?: number;
  readonly cause?: unknown;
}

/** At most 80 characters of a text from outside, quoted. */
export function quote(text: string): string {
  const cut = text.length > 80 ? `${text.slice(0, 79)}…` : text;
  return JSON.stringify(cut);
}

function message(code: ErrorCode, details: ErrorDetails, lang: "zh" | "en"): string {
  const place =
    details.file === undefined ? "" : `${details.file}${details.place === undefined ? "" : `:${details.place}`} `;
  const entry = errorCatalogue[code];
  const parts: string[] = details.says === undefined ? [] : [details.says[lang]];
  if (lang === "zh") {
    if (details.expected !== undefined) parts.push(`应为 ${expectationText(details.expected, "zh")}`);
    if (details.found !== undefined)
      parts.push(`实为 ${foundText(details.found, "zh") ?? expectationText(details.found, "zh")}`);
    const hint = details.hint === undefined ? "" : `。${expectationText(details.hint, "zh")}`;
    return `${place}${code} ${entry.zh}${parts.length > 0 ? `：${parts.join("，")}` : ""}${hint}`;
  }
  if (details.expected !== undefined) parts.push(`expected ${details.expected}`);
  if (details.found !== undefined) parts.push(`found ${details.found}`);
  const hint = details.hint === undefined ? "" : `. ${details.hint}`;
  return `${place}${code} ${entry.en}${parts.length > 0 ? `: ${parts.join(", ")}` : ""}${hint}`;
}

/** An error with a code of the catalogue. `message` is English; `localised("zh")` gives the Chinese. */
export class TouchstoneError extends Error {
  readonly code: ErrorCode;
  readonly details: ErrorDetails;
  constructor(code: ErrorCode, details: ErrorDetails = {}) {
    super(message(code, details, "en"), details.cause === undefined ? undefined : { cause: details.cause });
    this.name = new.target.name;
    this.code = code;
    this.details = details;
  }
  get exit(): number {
    return errorCatalogue[this.code].exit;
  }
  /** What it says, in both languages. */
  get both(): LocalText {
    return { zh: this.localised("zh"), en: this.message };
  }
  localised(lang: "zh" | "en"): string {
    return message(this.code, this.details, lang);
  }
}

/** Ends the file it is about; the run goes on with the others. */
export class InputError extends TouchstoneError {}

/** The caller asked for something that cannot be done; ends the run. */
export class UsageError extends TouchstoneError {}

import type { LocalText } from "../records/grammar.gen.js";

/** Help of the whole command, and help that several commands give. */
export const texts = {
  touchstone: {
    zh: "Touchstone 试金石：按机器可读的标准检验标注数据是否符合。",
    en: "Touchstone 试金石: conformance of annotation data to machine-readable standards.",
  },
  nameCommand: {
    zh: "请写出一个命令；touchstone --help 列出全部命令。",
    en: "Name a command; touchstone --help lists them.",
  },
  version: { zh: "版本；加 --json 给出构建与各版次的摘要", en: "Version; with --json build and edition digests" },
  lang: { zh: "语言；默认随系统区域设置", en: "Language; default from the locale" },
  reference: { zh: "目录、ID 或 ID@版次", en: "Folder, ID or ID@edition" },
  onlyRules: { zh: "只限这些规则", en: "Only these rules" },
  json: { zh: "以 JSON 输出", en: "Print JSON" },
  data: { zh: "文件或目录", en: "A file or a folder" },
  format: { zh: "指明格式或格式族，不自动识别", en: "A format or a family, instead of detection" },
  media: { zh: "数据项文件所在的目录", en: "Folder of the media" },
  report: { zh: "report.json 文件", en: "A report.json" },
  outFile: { zh: "写入文件，不写标准输出", en: "File instead of standard output" },
  newFolder: { zh: "新的或空的目录", en: "New or empty folder" },
  sameBytes: { zh: "种子相同，字节相同", en: "Same seed, same bytes" },
  own: { zh: "未随附的标准所在的目录", en: "Folder of a standard that does not ship" },
  profileOfRedacted: { zh: "报告已脱敏时：当时所用的 profile.yaml", en: "The profile, where the report is redacted" },
} as const satisfies Readonly<Record<string, LocalText>>;

/** Exit statuses, as `--help` and the README give them. */
export const exitStatuses: LocalText = {
  zh: `assess 的退出码
  0 符合   1 不符合   4 未能判定
  2 用法有误   3 没有认出任何格式，或没有读到任何记录（无报告）
  70 试金石自身的故障   74 不能读写   130 已中断
其他命令：0 一切如应，1 有不足，4 未能判定；2、3、70、74 同上。`,
  en: `Exit status of assess
  0 conforming   1 nonconforming   4 indeterminate
  2 usage   3 nothing recognised, or no record could be read (no report)
  70 a fault of Touchstone   74 cannot read or write   130 interrupted
Other commands: 0 as it should be, 1 something fell short, 4 could not be judged; 2, 3, 70, 74 as above.`,
};

const number = (text: string) => ({ one: text, other: text });

/** Words of yargs that its Chinese has not, or has in another way. */
export const parserWords = {
  "Positionals:": "位置参数：",
  "default:": "默认值：",
  "choices:": "可选值：",
  "Show help": "显示帮助",
  "Not enough non-option arguments: got %s, need at least %s": number("位置参数不足：给出 %s 个，至少需要 %s 个"),
  "Too many non-option arguments: got %s, maximum of %s": number("位置参数过多：给出 %s 个，至多 %s 个"),
  "Missing argument value: %s": number("缺少参数的值：%s"),
  "Missing required argument: %s": number("缺少必需的参数：%s"),
  "Unknown argument: %s": number("没有这个参数：%s"),
  "Unknown command: %s": number("没有这个命令：%s"),
  "Invalid values:": "值不在可选范围内：",
  "Argument: %s, Given: %s, Choices: %s": "参数 %s，给出的值 %s，可选值 %s",
  "Not enough arguments following: %s": "参数 %s 之后缺少值",
  "Did you mean %s?": "是否为 %s？",
} as const;

import type { LocalText } from "./grammar.gen.js";
import { xmlMessage } from "./xml-messages.js";

/**
 * What readers of formats expect. The English is what a finding holds, for machines; the Chinese is found here when it is shown.
 * A new expectation is a new row: `Expectation` makes any other text an error of compilation.
 */
const fixed = {
  "a string": "字符串",
  "a number": "数",
  "a finite number": "有限数",
  "finite numbers": "有限数",
  "a whole number": "整数",
  "a list": "列表",
  "a list of numbers": "数的列表",
  "a list of lists of numbers": "数的列表的列表",
  "a list of objects": "对象的列表",
  "a list of polygons or an RLE mask": "多边形的列表或 RLE 掩码",
  "an object": "对象",
  "compressed run lengths": "压缩的游程",
  "pairs of keypoint numbers": "成对的关键点序号",
  "one JSON object": "一个 JSON 对象",
  "a JSON object": "JSON 对象",
  "a field of the format": "格式规定的字段",
  "Unicode normalisation form C": "Unicode 规范形式 C",
  "no U+FFFD": "不含 U+FFFD",
  "0 or 1": "0 或 1",
  "a PNG": "PNG 文件",
  "a whole PNG": "完整的 PNG 文件",
  "a whole file": "完整的文件",
  "below the dataset's root": "数据集根目录之下的路径",
  "a path below the dataset's root": "数据集根目录之下的路径",
  "5, or an odd number of at least 7": "5，或不小于 7 的奇数",
  "5 + 3 for each keypoint": "5 加每个关键点 3 列",
} as const;

/** With a number or a name in them. */
const patterned: readonly (readonly [RegExp, string])[] = [
  [/^a list of (\d+) numbers$/, "$1 个数的列表"],
  [/^a field "(.+)"$/s, "有字段 $1"],
  [/^one of (.+)$/s, "$1 之一"],
  [/^(.+): a list$/s, "$1 为列表"],
  [/^at most (\d+) lists and objects inside one another$/, "至多 $1 层列表与对象"],
  [/^at most (\d+) levels$/, "至多 $1 层"],
  [/^at most (\d+) bytes$/, "至多 $1 字节"],
  [/^at most (\d+) pixels$/, "至多 $1 个像素"],
  [/^at most (\d+) times the compressed size$/, "至多为压缩后大小的 $1 倍"],
  [/^a line of at most (\d+) bytes$/, "至多 $1 字节的行"],
  [/^a string or number of at most (\d+) bytes$/, "至多 $1 字节的字符串或数"],
];

/** What an error that ends a file or the run expected, what was found, and what to do; those that are not here stay English. */
const ofErrors: Readonly<Record<string, string>> = {
  "two or more files or folders": "两个或更多文件或目录",
  "no thresholds and weights: standards without a scheme have no dimensions":
    "没有 thresholds 和 weights：没有方案的标准没有维度",
  "gold for every medium of the data": "数据的每个数据项都有真值",
  "what has no gold was not looked at: take sample or process": "没有真值的部分没有检查过：请用 sample 或 process",
  "a measurement and its least value, recall=0.9": "度量及其最低值，如 recall=0.9",
  "a number between 0 and 1": "0 与 1 之间的数",
  "iou=T, T above 0 and at most 1": "iou=T，T 大于 0、至多 1",
  "an id with --input FILE, --batch FILE, or --list": "标识加 --input FILE，或 --batch FILE，或 --list",
  "several of id, --batch and --list": "标识、--batch、--list 中的几个",
  "the id of a measure": "某个度量的标识",
  "no id": "没有标识",
  "touchstone measure --list names the measures": "touchstone measure --list 列出全部度量",
  "at least one medium or annotation": "至少一个数据项或标注",
  "a value": "一个值",
  "a key": "键",
  'a key or "}"': '键或 "}"',
  '"," or "}"': '"," 或 "}"',
  '"," or "]"': '"," 或 "]"',
  "the end": "文件结尾",
  "the end of the line": "行尾",
  "no content": "没有内容",
  "a record": "一条记录",
  "an element": "一个元素",
  "a digit": "数字",
  "no raw control character in a string": "字符串中没有未转义的控制字符",
  'one of " \\ / b f n r t u after a backslash': '反斜杠后为 " \\ / b f n r t u 之一',
  "four hexadecimal digits after \\u": "\\u 后有四位十六进制数字",
  "a JSON value on each line": "每行一个 JSON 值",
  "an object that describes a dataset": "描述数据集的对象",
  "gzip data to the end": "完整的 gzip 数据",
  "8 bits a channel": "每通道 8 位",
  "another file": "其他文件",
  "Nothing after it was read.": "此后的内容未读。",
  "Decompress it yourself if you trust it": "如信任该文件，请自行解压",
  "Name it with --format, or assess the folders apart": "用 --format 指明，或分开评测各目录",
  "The file is not the one that was judged": "该文件不是当初评测的文件",
  "touchstone standard show ID lists them": "touchstone standard show ID 列出全部规则",
  "touchstone --help, or touchstone <command> --help, shows how":
    "用法见 touchstone --help 或 touchstone <命令> --help",
  "a command": "一个命令",
  "a whole number from 0 up": "不小于 0 的整数",
  "a whole number, 0 or more": "不小于 0 的整数",
  "a rule of the standard": "该标准中的规则",
  "more digits": "更多位数",
  "a case of manifest.json": "manifest.json 中的用例",
  "one line a case": "每个用例一行",
  "the manifest.json that suite export wrote": "suite export 写出的 manifest.json",
  "Export the pack again": "请重新导出用例包",
  "a file or folder that is there, from the file of results": "存在的文件或目录（相对于结果文件）",
  "no case": "没有 case",
  "a folder that is new or empty": "新的或空的目录",
  "a number above 0": "大于 0 的数",
  "no finding": "没有发现",
  "a finding about the data, not about evidence beside them": "关于数据本身、而非数据之外证据的发现",
  "a finding that a blank picture of the same size raises too": "同样大小的空白图像也会产生的发现",
  "report.json has them as findings[].fingerprint": "见 report.json 的 findings[].fingerprint",
  "--keep-media gives these pictures as they are": "--keep-media 原样给出这些图像",
  "room and permission to write": "有空间且有写权限",
  "a pipe or a device": "管道或设备",
  "a file of no known type": "类型未知的文件",
  'a value or "]"': '一个值或 "]"',
  "one family of formats": "同一族的格式",
  "a file or a folder": "文件或目录",
  "room for the decompressed text": "足够存放解压后文本的空间",
  "a TOOL.yaml of a converter": "转换器的 TOOL.yaml",
  "a longer one": "更长",
  "LF and CRLF": "LF 与 CRLF 混用",
  "LF after CRLF": "CRLF 之后出现 LF",
  "CRLF after LF": "LF 之后出现 CRLF",
  "unpaired surrogate": "不成对的代理项",
  "no record": "没有记录",
  "at least one medium, category, annotation or node of a description": "至少一个数据项、类别、标注或描述文件的节点",
  "no such file": "没有这个文件",
  "what the build of the package writes": "构建本软件包时写出的文件",
  "no command": "没有命令",
  "touchstone --help lists them": "touchstone --help 列出全部命令",
  "Nothing was written": "什么都没有写出",
  "--from beside a folder of media": "与 --from 同用的数据项目录",
  "--from alone": "只有 --from",
  "--defects: what is to be broken": "--defects：要改坏什么",
  "--no-media and --from": "--no-media 与 --from 同用",
  "YAML: rule id: how many": "YAML，每行为 规则 id: 多少处",
  "rule id: how many, a whole number from 1": "每行为 规则 id: 多少处（不小于 1 的整数）",
  "pictures: the format gives sizes by them alone": "图像：该格式只由图像给出尺寸",
  "the files of the data as they are": "原样的数据文件",
  "a folder that is not in the data": "不在数据之内的目录",
  "a report.json": "report.json 文件",
  "another format": "另一种格式",
  "a file": "文件",
  "a folder": "目录",
  "a link": "链接",
  "no folder": "不是目录",
  "no plain file": "不是普通文件",
  "a plain file in the standard's folder": "标准目录中的普通文件",
  "a folder in the standard's folder": "标准目录中的目录",
  "a folder of a standard": "标准的目录",
  "no standard.yaml": "没有 standard.yaml",
  "touchstone standard lint lists every problem": "touchstone standard lint 列出全部问题",
  "I/N with 1 ≤ I ≤ N": "I/N，其中 1 ≤ I ≤ N",
  "at least one image a defect": "每处缺陷至少一张图像",
  "a rule of a shipped standard": "随附标准中的规则",
  "a parameter of the rule: it has none": "该规则的参数（它没有参数）",
  "a scheme (a standard with scheme.yaml)": "方案（带有 scheme.yaml 的标准）",
  "a standard that was compiled when it was built": "构建时已编译的标准",
  "a process that forbids code generation from strings": "禁止由字符串生成代码的进程",
  "Run Node without --disallow-code-generation-from-strings, or use a standard that ships with Touchstone":
    "运行 Node 时不用 --disallow-code-generation-from-strings，或改用随附的标准",
  "a path relative to the file": "相对于该文件的路径",
  "one conclusion an indicator": "每项指标一个结论",
  "a of at most b": "a 不大于 b",
  "Put what it rests on into one document": "请把所依据的内容写进一份文件",
  "one of the files in schemas/, and there are none": "schemas/ 中的文件之一，而其中没有文件",
  "it is there already": "已经存在",
  "a new folder": "新目录",
  "lower-case letters, digits, - and .; an encoding of a part gets its -partial when it is one":
    "小写字母、数字、- 和 .；部分编码在成为部分编码时才加 -partial",
};

/** With a number or a name in them. */
const ofErrorsWith: readonly (readonly [RegExp, string])[] = [
  [/^(\d+) pixels$/, "$1 个像素"],
  [/^(\d+) pixels, as (.+) has$/, "$1 个像素，与 $2 相同"],
  [/^(--\S+) with SHA-256 (\w+)$/, "$1 的 SHA-256 为 $2"],
  [/^(.+) with SHA-256 (\w+)$/s, "$1，SHA-256 为 $2"],
  [/^no (--\S+): the report was made without it$/, "不带 $1：该报告生成时没有它"],
  [/^no (--\S+)$/, "没有 $1"],
  [/^a whole number from (\d+)$/, "不小于 $1 的整数"],
  [/^--no-media and (--format .+)$/s, "--no-media 与 $1 同用"],
  [/^no rule that (\S+) can carry$/, "没有 $1 能承载的规则"],
  [/^(.+) again$/s, "再次出现的 $1"],
  [/^The first is on line (\d+)$/, "前一次在第 $1 行"],
  [/^(\S+) with deciding digest (\w+)$/, "$1，判定摘要为 $2"],
  [/^(\S+@\S+) with (\w+)$/, "$1，摘要为 $2"],
  [/^(.+), as in the report$/s, "$1，与报告相同"],
  [/^a fingerprint of one of its (\d+) findings$/, "其 $1 处发现之一的指纹"],
  [/^(\d+) pictures that a blank one cannot stand for$/, "$1 张不能以空白图像代替的图像"],
  [/^(--finding \S+), which (\d+) findings begin with$/, "$1，有 $2 处发现以此开头"],
  [/^a rule of (\S+)$/, "$1 中的规则"],
  [/^a rule, such as (.+)$/s, "规则，如 $1"],
  [/^a rule of the standard, such as (.+)$/s, "该标准中的规则，如 $1"],
  [/^a clause of (\S+)$/, "$1 中的条款"],
  [/^a parameter of the rule: (.+)$/s, "该规则的参数：$1"],
  [/^data in one of (.+)$/s, "以下格式之一的数据：$1"],
  [/^(\d+) defects and (\d+) images$/, "$1 处缺陷和 $2 张图像"],
  [/^touchstone schema (\w+) shows the schema$/, "touchstone schema $1 给出其模式"],
  [/^a second item for (.+)$/s, "$1 的第二个结论"],
  [/^a folder with standard\.yaml, or one of (.+)$/s, "带有 standard.yaml 的目录，或 $1 之一"],
  [/^(?:more than )?(\d+) characters$/, "$1 个字符"],
  [/^(\d+) bytes$/, "$1 字节"],
  [/^(\d+) files$/, "$1 个文件"],
  [/^at most (\d+) characters in all$/, "合计至多 $1 个字符"],
  [/^at most (\d+)$/, "至多 $1"],
  [/^at most (\d+) MB$/, "至多 $1 MB"],
];

/** What readers found: types in the words of JSON, and their own words. */
const found: Readonly<Record<string, LocalText>> = {
  null: { zh: "null", en: "null" },
  object: { zh: "对象", en: "an object" },
  array: { zh: "列表", en: "a list" },
  string: { zh: "字符串", en: "a string" },
  number: { zh: "数", en: "a number" },
  boolean: { zh: "布尔值", en: "a boolean" },
  "a list with something that is no number": { zh: "含有非数的列表", en: "a list with something that is no number" },
};

/** With the text or the number that was found. Some are quoted already; some are bytes. */
const foundWith: readonly (readonly [RegExp, string, string])[] = [
  [/^string (".*")$/s, "字符串 $1", "the string $1"],
  [/^(?:number|boolean) (\S+)$/, "$1", "$1"],
  [/^a list of (\d+) numbers$/, "$1 个数的列表", "a list of $1 numbers"],
  [/^more than (\d+) open at once$/, "同时打开的超过 $1 层", "more than $1 open at once"],
  [/^more than (\d+) levels$/, "超过 $1 层", "more than $1 levels"],
  [
    /^more than (\d+) bytes from (\d+) compressed ones$/,
    "$2 字节解压后超过 $1 字节",
    "more than $1 bytes from $2 compressed ones",
  ],
  [/^more than (\d+)$/, "超过 $1", "more than $1"],
  [/^a list of (\d+)$/, "$1 项的列表", "a list of $1"],
  [/^an object with "(.*)"$/s, "含 $1 的对象", "an object with $1"],
  [/^byte (0x[0-9A-F]{2})$/, "字节 $1", "byte $1"],
  [/^(U\+[0-9A-F]{4,6})$/, "$1", "$1"],
  [/^(".*"|'"')$/s, "$1", "$1"],
  [/^([0-9A-F]{2}(?: [0-9A-F]{2})+)$/, "$1", "$1"],
];

/** From the validator of record schemas, which writes `keyword: must …`. */
const ofSchemas: readonly (readonly [RegExp, string, string])[] = [
  [/^type: must be (.+)$/s, "$1 类型", "$1"],
  [/^enum: must be equal to one of the allowed values(?:: (.*))?$/s, "取值之一：$1", "one of $1"],
  [/^const: must be equal to constant$/s, "规定的值", "the value that the schema gives"],
  [/^required: must have required property '(.+)'$/s, "有字段 $1", 'a field "$1"'],
  [
    /^additionalProperties: must NOT have additional properties(?: \((.*)\))?$/s,
    "没有多余的字段（$1）",
    "no other field ($1)",
  ],
  [/^pattern: must match pattern (.+)$/s, "与模式 $1 匹配", "a match of the pattern $1"],
  [/^format: must match format "(.+)"$/s, "$1 格式", "the format $1"],
  [/^min(?:imum|Length|Items|Properties): must be (>=|>) (.+)$/s, "$1 $2", "$1 $2"],
  [/^(?:exclusive)?[Mm](?:in|ax)imum: must be ([<>]=?) (.+)$/s, "$1 $2", "$1 $2"],
  [
    /^min(?:Length|Items|Properties): must NOT have fewer than (\d+) (?:characters|items|properties)$/s,
    "至少 $1 个",
    "at least $1",
  ],
  [
    /^max(?:Length|Items|Properties): must NOT have more than (\d+) (?:characters|items|properties)$/s,
    "至多 $1 个",
    "at most $1",
  ],
  [/^uniqueItems: must NOT have duplicate items.*$/s, "各项互不相同", "items that differ"],
  [/^(?:anyOf|oneOf): must match .*$/s, "模式所列写法之一", "one of the forms that the schema gives"],
  [/^\w+: must (?:be )?(.+)$/s, "$1", "$1"],
];

export type Expectation = keyof typeof fixed | `${number}` | `a list of ${number} numbers` | `a field ${string}`;

/** An expectation, or what an error expected, in words; a text that is none of ours stands as it is. */
export function expectationText(text: string, lang: "zh" | "en"): string {
  const schema = ofSchemas.find(([pattern]) => pattern.test(text));
  if (schema !== undefined) {
    const said = text.replace(schema[0], lang === "zh" ? schema[1] : schema[2]);
    return text.startsWith("type:") ? said.replaceAll(",", lang === "zh" ? " 或 " : " or ") : said;
  }
  if (lang === "en") return text;
  const known: Readonly<Record<string, string>> = { ...fixed, ...ofErrors };
  if (Object.hasOwn(known, text)) return known[text] ?? text;
  const pattern = [...patterned, ...ofErrorsWith].find(([one]) => one.test(text));
  return pattern === undefined ? text : text.replace(...pattern);
}

/** What a reader found: its own words, or undefined where the text is one out of the data. */
export function foundText(text: string, lang: "zh" | "en"): string | undefined {
  const pattern = foundWith.find(([one]) => one.test(text));
  if (pattern !== undefined) return text.replace(pattern[0], lang === "zh" ? pattern[1] : pattern[2]);
  if (Object.hasOwn(found, text)) return found[text]?.[lang];
  const xml = xmlMessage(text);
  if (xml !== undefined) return lang === "zh" ? xml : text;
  return Object.hasOwn(ofErrors, text) || Object.hasOwn(fixed, text) ? expectationText(text, lang) : undefined;
}

import { type Entry, sayingFrom } from "../records/fill.js";

/** Why a defect cannot be planted, in drawn data or in real ones. */
export const refusals = {
  open: { zh: "规则有待定的参数：需要 profile", en: "a parameter of the rule is open: it needs a profile" },
  whole: {
    zh: "它由整个数据集违反，不在某一条记录上",
    en: "it is broken by the whole dataset, not at one record",
  },
  kind: {
    zh: "它针对{kind}，并非每张图像各有一个",
    en: "it is about a {kind}, of which there is not one for each image",
  },
  labels: { zh: "它改动整个数据集的标签", en: "it changes the labels of the whole dataset" },
  pictures: {
    zh: "它针对图像，而 --no-media 不写图像",
    en: "it is about pictures, and --no-media writes none",
  },
  format: { zh: "{format} 不能承载该规则所读的内容", en: "{format} cannot carry what the rule reads" },
  splits: { zh: "它针对划分，而划分属于整个数据集", en: "it is about splits, which are of the whole dataset" },
  stream: {
    zh: "它改动整个文件，而文件是边生成边写出的",
    en: "it changes whole files, and files are written as a stream",
  },
  drawn: {
    zh: "抽取了 {count} 个数据项，没有一个含有可以改坏的记录",
    en: "{count} media were drawn, and none has a record that can be broken",
  },
  removes: { zh: "它从整个数据集取走记录", en: "it takes records away from the whole dataset" },
  node: { zh: "它针对描述文件", en: "it is about a description" },
  "no-file": {
    zh: "数据中没有一个文件，其格式能承载该规则所读的内容且标注足够",
    en: "no file of the data is of a format that carries what the rule reads, and has annotations enough",
  },
  once: {
    zh: "它给记录写入 {text}，而数据中只能有一个",
    en: "it gives a record {text}, which the data have once",
  },
  taken: {
    zh: "可以改坏、未用于其他缺陷且该规则尚未查出的记录有 {count} 条",
    en: "{count} records can be broken that no other defect is planted in and that the rule does not find already",
  },
  evaluated: {
    zh: "break 的某个表达式在这些记录上不能求值",
    en: "an expression of the break cannot be evaluated on the records",
  },
  holds: { zh: "改动之后规则仍然成立", en: "the rule holds of them afterwards too" },
  mutator: { zh: "{mutator} 在其中没有可改的内容", en: "{mutator} has nothing to change in them" },
  "mutator/error": { zh: "变异器不能改动：{words}", en: "{words}" },
  place: { zh: "格式中没有位置可写 break 所改的内容", en: "the format has no place for what the break changes" },
  "place/new": {
    zh: "格式的文件中没有位置再写一个{kind}",
    en: "the format has no place in a file for one more {kind}",
  },
  twice: { zh: "两处缺陷会改动同一位置", en: "two defects would change one place" },
  nowhere: { zh: "该记录不在任何文件中", en: "the record stands nowhere" },
  writer: { zh: "文件中该记录的写法与本工具不同", en: "the file writes the record otherwise than our writer" },
  "writer/part": {
    zh: "文件中 break 所改内容的写法与本工具不同",
    en: "the file writes what the break changes otherwise than our writer",
  },
  text: { zh: "格式中{kind}没有自己的文本", en: "the format has no text of its own for a {kind}" },
} as const satisfies Readonly<Record<string, Entry>>;

/** Says why a defect cannot be planted. */
export const refusal = /* @__PURE__ */ sayingFrom(refusals);

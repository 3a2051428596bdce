import { type Entry, sayingFrom } from "../records/fill.js";

/** Why a file is of a format, or is not: what was seen in it. */
export const reasons = {
  "not-json": { zh: "开头不是 { 或 [", en: "it does not begin with { or [" },
  "coco-root": { zh: "根的类型是 {type}", en: "the root is of type {type}" },
  "coco-images": { zh: '根上没有列表 "images"', en: 'there is no list "images" at the root' },
  "coco-annotations": {
    zh: '根上没有列表 "annotations" 或 "categories"',
    en: 'there is no list "annotations" or "categories" at the root',
  },
  "coco-videos": {
    zh: "是带视频的 COCO，不在所读格式之内",
    en: "COCO with videos, which is not one of the formats read",
  },
  "coco-no-key": { zh: '"{list}" 的第一个元素没有 "{key}"', en: 'the first element of "{list}" has no "{key}"' },
  "coco-key": { zh: 'annotations 的元素有 "{key}"', en: 'annotations have "{key}"' },
  "coco-lvis": {
    zh: 'images 有 "neg_category_ids" 或 categories 有 "synset"',
    en: 'images have "neg_category_ids" or categories have "synset"',
  },
  "coco-instances": {
    zh: '根上列有 "images" 以及 "annotations" 或 "categories"，与 COCO 相同',
    en: 'root lists "images" and "annotations" or "categories", as COCO has them',
  },
  "coco-results-no-id": {
    zh: '根列表的第一个元素没有 "image_id"',
    en: 'the first element of the root list has no "image_id"',
  },
  "coco-results-nothing": {
    zh: '第一个元素有 "image_id"，但没有框、掩码、关键点或描述',
    en: 'the first element has "image_id" but no box, mask, keypoints or caption',
  },
  "coco-results": {
    zh: '根列表的元素有 "image_id" 和 "{what}"',
    en: 'a root list whose elements have "image_id" and "{what}"',
  },
  "croissant-no-context": { zh: '没有 "@context"', en: 'there is no "@context"' },
  "croissant-other": {
    zh: "其 JSON-LD 没有指明 Croissant 词汇表",
    en: "its JSON-LD does not name the Croissant vocabulary",
  },
  croissant: { zh: "JSON-LD 指明了 {name}", en: "JSON-LD that names {name}" },
  "not-xml": { zh: "开头不是 <", en: "it does not begin with <" },
  "voc-no-element": { zh: "其中没有 XML 元素", en: "no XML element begins in it" },
  "voc-root": { zh: "根元素是 {name}", en: "the root element is {name}" },
  "voc-imagesize": {
    zh: "根元素 annotation 含有 imagesize（LabelMe）",
    en: "the root annotation has imagesize (LabelMe)",
  },
  "voc-polygons": { zh: "其 object 是由 pt 组成的多边形（LabelMe）", en: "its objects are polygons of pt (LabelMe)" },
  "voc-nothing": {
    zh: "根元素 annotation 没有 filename、size 或 object",
    en: "the root annotation has no filename, size or object",
  },
  voc: { zh: "根元素是 annotation，含有 {signs}", en: "the root element is annotation, with {signs}" },
  "voc-settled": { zh: "有 VOC 标注文件", en: "there are annotation files of VOC" },
  "yolo-name": { zh: "不是 .txt 文件", en: "it is not a .txt file" },
  "yolo-list": { zh: "文件名属于清单或说明", en: "its name is that of a list or of a note" },
  "yolo-empty": { zh: "没有一行内容", en: "it has no line" },
  "yolo-first": {
    zh: "第一行是 {line}：不是一个整数加坐标",
    en: "the first line is {line}: no whole number and coordinates",
  },
  "yolo-range": {
    zh: "没有一行的坐标全在 0 与 1 之间",
    en: "no line has all its coordinates between 0 and 1",
  },
  "yolo-lines": { zh: "{filled} 行中有 {good} 行是{what}", en: "{good} of {filled} lines are {what}" },
  "yolo-task": { zh: "data.yaml 写明任务为 {task}", en: "data.yaml names the task {task}" },
  "yolo-shape": { zh: "data.yaml 有 kpt_shape", en: "data.yaml has kpt_shape" },
  "yolo-no-line": { zh: "没有文件含有标注行", en: "no file has a label line" },
  "yolo-all": { zh: "全部文件都是{what}", en: "all files have {what}" },
  "yolo-pose": {
    zh: "既有关键点行又有其他行，且没有 kpt_shape",
    en: "keypoints and other lines, and no kpt_shape",
  },
  "yolo-mixed": { zh: "文件中有{what}", en: "files have {what}" },
  tc609: {
    zh: '第 {line} 行是对象，含有列表 "data_content" 和字段 "{field}"',
    en: 'line {line} is an object with a list "data_content" and a field "{field}"',
  },
  "tc609-none": {
    zh: '没有一行以含列表 "data_content" 和 TC609-5-2025-02 其他字段的对象开头',
    en: 'no line begins an object with a list "data_content" and other fields of TC609-5-2025-02',
  },
  "no-file": { zh: "没有可能含有标注的文件", en: "there is no file that could hold annotations" },
} as const satisfies Readonly<Record<string, Entry>>;

/** Says why a file is of a format, or is not. */
export const reason = /* @__PURE__ */ sayingFrom(reasons);

import { expect, test } from "vitest";
import type { FindingValue } from "../records/finding.js";
import { valuesIn } from "./values.js";

const asIs = (text: string) => text;
const px = { zh: "px", en: "px" };
const cases: readonly (readonly [FindingValue[], string, string])[] = [
  [
    [{ name: "x + width", value: 641.4, relation: ">", bound: 640 }],
    "x + width = 641.4 > 640",
    "x + width = 641.4 > 640",
  ],
  [[{ name: "x", value: -0.004, relation: "<", bound: 0 }], "x = -0.004 < 0", "x = -0.004 < 0"],
  [[{ name: "w", value: 640.00001, relation: ">", bound: 640 }], "w = 640.00001 > 640", "w = 640.00001 > 640"],
  [
    [{ name: "height", value: 0, relation: "<=", bound: 0 }],
    "height 为 0，应大于 0",
    "height is 0, expected more than 0",
  ],
  [
    [
      {
        name: "ringOvershoot(ring)",
        value: 1.3204,
        relation: ">",
        bound: 0.5,
        says: { zh: "顶点超出图像的距离", en: "distance of a vertex outside the image" },
        unit: px,
        part: { of: "polygon", at: 2 },
      },
    ],
    "顶点超出图像的距离 1.3 px > 0.5 px（polygon 第 2 项）",
    "distance of a vertex outside the image: 1.3 px > 0.5 px (item 2 of polygon)",
  ],
  [
    [
      {
        name: "size(siblings)",
        value: 2,
        relation: "!=",
        bound: 1,
        says: { zh: "id 相同的标注", en: "annotations with this id" },
        unit: { zh: "条", en: "" },
      },
    ],
    "id 相同的标注 2 条，应为 1 条",
    "annotations with this id: 2, expected 1",
  ],
  [
    [
      {
        name: "selfIntersects(ring)",
        value: true,
        relation: "expected",
        bound: false,
        states: { zh: "边相交", en: "edges cross" },
      },
    ],
    "边相交",
    "edges cross",
  ],
  [
    [{ name: "category_id", value: 5, states: { zh: "没有这个编号的类别", en: "no category has this id" } }],
    "category_id 为 5，没有这个编号的类别",
    "category_id is 5, no category has this id",
  ],
  [
    [{ name: "pose", value: "left", relation: "not in", bound: '["Left", "Right"]' }],
    'pose 为 "left"，不在 ["Left", "Right"] 之中',
    'pose is "left", not one of ["Left", "Right"]',
  ],
  [
    [
      {
        name: '"url"',
        value: "url",
        relation: "not in",
        bound: "[]",
        bound_says: { zh: "properties", en: "properties" },
      },
    ],
    'properties 中没有 "url"',
    'no "url" in properties',
  ],
  [
    [
      { name: "id", value: "a 1", states: { zh: "不是整数", en: "it is no whole number" } },
      { name: "id", value: "a 1", relation: "does not match", bound: "^[a-z]$" },
    ],
    'id 为 "a 1"，不是整数，与模式 ^[a-z]$ 不匹配',
    'id is "a 1", it is no whole number, it does not match ^[a-z]$',
  ],
  [
    [
      {
        name: "iqrExcess(siblings, at)",
        value: 3.5,
        relation: ">",
        bound: 3,
        says: { zh: "超出上四分位的距离", en: "distance above the upper quartile" },
      },
      { name: "count", value: 5, relation: ">=", bound: 5 },
    ],
    "超出上四分位的距离 3.5 > 3；count = 5 ≥ 5",
    "distance above the upper quartile: 3.5 > 3; count = 5 ≥ 5",
  ],
  [
    [{ name: "unknown_columns", value: '["x"]', relation: "not empty" }],
    'unknown_columns 为 ["x"]，应为空',
    'unknown_columns is ["x"], expected empty',
  ],
  [[{ name: "mapped", value: "[]", relation: "empty" }], "mapped 为空", "mapped is empty"],
  [[{ name: "annotator", value: null, relation: "missing" }], "缺少 annotator", "annotator is missing"],
  [[{ name: "annotator", value: "", relation: "==", bound: "" }], "annotator 为空", "annotator is empty"],
  [
    [
      {
        name: "width",
        value: 641,
        relation: "!=",
        bound: 640,
        bound_says: { zh: "decoded_width", en: "decoded_width" },
      },
    ],
    "width 为 641，应为 640（decoded_width）",
    "width is 641, expected 640 (decoded_width)",
  ],
  [
    [{ name: "width", value: 'string "12"', relation: "expected", bound: "a whole number" }],
    'width 为字符串 "12"，应为整数',
    'width is the string "12", expected a whole number',
  ],
  [
    [{ name: "bbox", value: "a list of 3 numbers", relation: "expected", bound: "a list of 4 numbers" }],
    "bbox 为 3 个数的列表，应为 4 个数的列表",
    "bbox is a list of 3 numbers, expected a list of 4 numbers",
  ],
  [
    [{ name: "bobx", value: "bobx", relation: "expected", bound: "a field of the format" }],
    '"bobx"，应为格式规定的字段',
    '"bobx", expected a field of the format',
  ],
  [
    [{ name: "category_id", value: "nothing", relation: "expected", bound: 'a field "category_id"' }],
    "缺少 category_id",
    "category_id is missing",
  ],
  [
    [{ name: "columns", value: 4, relation: "expected", bound: "5" }],
    "列数为 4，应为 5",
    "number of columns is 4, expected 5",
  ],
  [
    [{ name: "TS-FORMAT-0012", value: "the end", relation: "expected", bound: "a value" }],
    "TS-FORMAT-0012 文件中途结束：实为文件结尾，应为一个值",
    "TS-FORMAT-0012 the file ends too early: found the end, expected a value",
  ],
  [[{ name: "key", value: "id" }], '键 "id"', 'key "id"'],
  [[{ name: "text", value: "byte 0xC3" }], "字节 0xC3", "byte 0xC3"],
  [[{ name: "found", value: false, relation: "expected", bound: true }], "found 为 false", "found is false"],
];

test.each(cases)("%j reads well in Chinese and in English", (values, zh, en) => {
  expect(valuesIn(values, "zh", asIs)).toBe(zh);
  expect(valuesIn(values, "en", asIs)).toBe(en);
});

test("text out of the data is shown as the caller shows it", () =>
  expect(
    valuesIn([{ name: "caption", value: "a\tb", relation: "!=", bound: "c" }], "en", (text) =>
      text.replace("\t", "[TAB]"),
    ),
  ).toBe('caption is "a[TAB]b", expected "c"'));

import { expect, test } from "vitest";
import { newAjv, violationOf } from "./schema.js";

/** What a schema says of data that do not fit it, in both languages. */
function saidOf(schema: object, data: unknown): readonly (readonly [string, string])[] {
  const validate = newAjv().compile(schema);
  validate(data);
  return (validate.errors ?? []).map(violationOf).map(({ message }) => [message.zh, message.en]);
}
const within = (part: object) => ({ properties: { a: part } });

test.each<[object, unknown, string, string]>([
  [{ required: ["id"] }, {}, "文件缺少字段 id", "the file must have required property 'id'"],
  [within({ type: "string" }), { a: 7 }, "a 应为字符串", "a must be string"],
  [within({ type: ["array", "null"] }), { a: 7 }, "a 应为列表或空值", "a must be array,null"],
  [
    within({ enum: ["x", 1] }),
    { a: 7 },
    'a 应为以下之一："x"、1',
    'a must be equal to one of the allowed values: ["x",1]',
  ],
  [within({ const: "x" }), { a: 7 }, 'a 应为 "x"', "a must be equal to constant"],
  [
    within({ additionalProperties: false }),
    { a: { b: 1 } },
    "a 有多余的字段 b",
    "a must NOT have additional properties (b)",
  ],
  [within({ pattern: "^x$" }), { a: "y" }, "a 应与模式 ^x$ 匹配", 'a must match pattern "^x$"'],
  [within({ pattern: "\\S" }), { a: " " }, "a 应有文字", 'a must match pattern "\\S" (some text)'],
  [within({ minItems: 2 }), { a: [1] }, "a 至少应有 2 项", "a must NOT have fewer than 2 items"],
  [within({ maxItems: 0 }), { a: [1] }, "a 至多可有 0 项", "a must NOT have more than 0 items"],
  [within({ minLength: 1 }), { a: "" }, "a 至少应有 1 个字符", "a must NOT have fewer than 1 characters"],
  [within({ minimum: 0 }), { a: -1 }, "a 应不小于 0", "a must be >= 0"],
  [within({ exclusiveMaximum: 1 }), { a: 1 }, "a 应小于 1", "a must be < 1"],
  [
    within({ uniqueItems: true }),
    { a: [1, 1] },
    "a 各项应互不相同：下标 0 与 1 的两项相同",
    "a must NOT have duplicate items (items ## 0 and 1 are identical)",
  ],
  [within({ not: {} }), { a: 1 }, "a 不应为所排除的写法", "a must NOT be valid"],
  [
    within({ dependentRequired: { b: ["c"] } }),
    { a: { b: 1 } },
    "a 有字段 b 时应有字段 c",
    "a must have property c when property b is present",
  ],
])("%j of %j", (schema, data, zh, en) => expect(saidOf(schema, data)).toEqual([[zh, en]]));

test("a keyword without a sentence of its own is named, and keeps Ajv's words", () =>
  expect(saidOf(within({ contains: { const: 1 }, maxContains: 1 }), { a: [1, 1] })).toEqual([
    [
      "a 不合模式关键字 contains：must contain at least 1 and no more than 1 valid item(s)",
      "a must contain at least 1 and no more than 1 valid item(s)",
    ],
  ]));

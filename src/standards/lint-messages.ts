import { type Entry, sayingFrom } from "../records/fill.js";

/**
 * What `standard lint` and `standard test` say, by code; behind `/` stands which of several faults of one code it is.
 * What is wrong with expressions has its own table in `cel/messages.ts`.
 */
export const lintMessages = {
  "yaml/syntax": { zh: "{kind}：{words}", en: "{words}" },
  "yaml/alias": { zh: "YAML 别名：{words}", en: "{words}" },
  "yaml/nesting": { zh: "嵌套超过 {most} 层", en: "it nests deeper than {most}" },
  "yaml/number": { zh: "{value} 不是数据中的数", en: "{value} is no number of data" },
  "yaml/alias-key": { zh: "键是别名", en: "a key is an alias" },
  "yaml/no-text-key": { zh: "键不是文本", en: "a key is no text" },
  "yaml/twice": { zh: "键 {key} 出现两次", en: "the key {key} stands twice" },
  more: {
    zh: "本文件另有 {count} 个问题未列出",
    en: "{count} more problems of this file are not listed",
  },
  "missing-file": { zh: "没有 standard.yaml", en: "there is no standard.yaml" },
  "too-many-rules": { zh: "规则至多 {most} 条，实有 {count} 条", en: "at most {most} rules; there are {count}" },
  "duplicate-rule": { zh: "规则 id {rule} 出现两次", en: "the rule id {rule} stands twice" },

  "folder/edition": {
    zh: "目录名为 {folder}，版次为 {edition}",
    en: "the folder is {folder}, the edition {edition}",
  },
  "folder/id": { zh: "上级目录名为 {folder}，id 为 {id}", en: "the folder above is {folder}, the id {id}" },
  partial: {
    zh: "略去部分要求的编码，其 id 以 -partial 结尾并写明 partial: true；其他编码两者皆无",
    en: "an encoding that leaves requirements out says so in its id (…-partial) and has partial: true; no other does",
  },
  "not-normative/document": {
    zh: "声明为原文（normative）须以标准文本本身为据；此处 provenance.read 为 {read}",
    en: "a normative claim rests on the text itself; provenance.read says {read}",
    hint: { zh: "read 写 whole 或 part，或改用其他声明", en: "read: whole or part, or another claim" },
  },
  "not-normative/rule": {
    zh: "{rule}：声明为原文（normative）须以标准文本本身为据（seen: text）",
    en: "{rule}: a normative claim rests on the text itself (seen: text)",
  },
  "no-source/rule": {
    zh: "{rule}：声明为 {claim} 时须有来源（document、place、seen）",
    en: "{rule}: a {claim} claim has a source (document, place, seen)",
  },
  "no-source/threshold": {
    zh: "维度 {dimension}：阈值的声明为 {claim} 时须有来源（document、place、seen）",
    en: "dimension {dimension}: a {claim} threshold has a source (document, place, seen)",
  },
  "duplicate-clause": { zh: "条款 {clause} 出现两次", en: "clause {clause} stands twice" },
  "no-reason": {
    zh: "条款 {clause} 的 decided_by 为 none，但没有写理由（reason）",
    en: "clause {clause} is decided by none, without a reason",
  },
  "clause-without-rule": {
    zh: "条款 {clause} 由规则判定，但没有规则指向它",
    en: "clause {clause} is decided by rules, and no rule names it",
  },
  "undecided-clause": {
    zh: "条款 {clause} 没有写明由什么判定（decided_by）",
    en: "clause {clause} does not say what decides it",
  },
  "unknown-clause": {
    zh: "{rule}：standard.yaml 中没有条款 {clause}",
    en: "{rule}: standard.yaml has no clause {clause}",
  },
  "unknown-indicator": {
    zh: "{rule}：standard.yaml 中没有列出指标 {indicator}",
    en: "{rule}: standard.yaml lists no indicator {indicator}",
  },
  "no-inapplicable-case": {
    zh: "{rule}：有 when 的规则须有不适用（inapplicable）的用例",
    en: "{rule}: a rule with when has an inapplicable case",
  },
  "unknown-group": {
    zh: "{rule}：within {within} 不是分组依据",
    en: "{rule}: within {within}",
    hint: {
      zh: "写 media、category，或记录的字段，如 annotation.id、media.path_key、category.name_key",
      en: "media, category, or a field of the record such as annotation.id, media.path_key, category.name_key",
    },
  },
  "column-without-group": {
    zh: "{rule}：只有分组规则（within）才有 column",
    en: "{rule}: a column is for group rules (within)",
  },
  "unknown-kind": { zh: "{rule}：没有 {on} 这一类记录（on）", en: "{rule}: on {on}" },
  "no-break": {
    zh: "{rule}：没有写明怎样改坏数据集才能让它查出（break）",
    en: "{rule}: it does not say how a dataset is broken so that it finds it (break)",
  },
  "unknown-rule/proof": { zh: "没有规则 {rule}", en: "there is no rule {rule}" },
  "proof-of-another-rule": {
    zh: "{rule}：规则在用真实数据验证之后改过，视为未经验证",
    en: "{rule}: the rule has changed since it was tried on real data: it counts as unproven",
  },
  "unknown-rule/break": { zh: "{rule}：break：没有规则 {other}", en: "{rule}: break: there is no rule {other}" },
  "unknown-rule/scheme": {
    zh: "指标 {indicator} 对应的规则 {rule} 不存在",
    en: "indicator {indicator} maps the unknown rule {rule}",
  },
  "duplicate-indicator": { zh: "指标 {indicator} 出现两次", en: "indicator {indicator} stands twice" },
  "open-parameter": {
    zh: "{rule}：参数 {param} 为 null，且没有用例给它值",
    en: "{rule}: the parameter {param} is null and no case gives it a value",
  },
  cel: { zh: "{rule}：{field}：{what}", en: "{rule}: {field}: {what}" },

  "unknown-schema": { zh: "{rule}：schemas/ 中没有 {schema}", en: "{rule}: schemas/ has no {schema}" },
  "schema-kind": {
    zh: "{rule}：模式只用于 media，即读取器交出的原始记录",
    en: "{rule}: a schema is asked of media, the raw records that readers hand on",
  },
  "schema-alone": {
    zh: "{rule}：有 schema 的规则不写 {field}",
    en: "{rule}: a rule with a schema has no {field}",
    hint: { zh: "在模式中写 if/then", en: "write if/then in the schema" },
  },
  schema: { zh: "模式不能编译：{words}", en: "{words}" },
  "schema-depth": { zh: "模式嵌套超过 {most} 层", en: "the schema nests deeper than {most}" },
  "schema-expansion": {
    zh: "模式对同一个值要检查 {most} 个以上的部分，或未深入该值就又回到自身",
    en: "the schema asks more than {most} parts of one value, or comes back to itself without going down into it",
  },
  "outside-reference": {
    zh: "$ref {reference} 指向本标准 schemas/ 之外",
    en: "$ref {reference} leads out of the standard's schemas",
    hint: {
      zh: "$ref 写 “#/…” 或 schemas/ 中的文件名",
      en: 'a $ref is "#/…" or the name of a file in schemas/',
    },
  },
  pattern: {
    zh: "模式 {pattern} 不合 RE2 语法：{words}",
    en: "{pattern} is not RE2: {words}",
    hint: { zh: "不能用环视和反向引用", en: "no look-around, no back-references" },
  },

  "duplicate-case": {
    zh: "{rule}：用例名 {name} 出现两次",
    en: "{rule}: the case name {name} stands twice",
  },
  "case-record": { zh: "{rule}：{at}：{kind}：{what}", en: "{rule}: {at}: {kind}: {what}" },
  "unknown-parameter": {
    zh: "{rule}：{at}：该规则没有参数 {param}",
    en: "{rule}: {at}: the rule has no parameter {param}",
  },
  case: { zh: "{rule}：{name}：{what}", en: "{rule}: {name}: {what}" },
  "case/none": { zh: "没有这个用例", en: "there is no such case" },
  "case/open": {
    zh: "用例没有给待定参数 {params} 赋值",
    en: "the case sets no value for the open parameter {params}",
  },
  "case/not-run": { zh: "规则没有运行", en: "the rule was not run" },
  "case/outcome": { zh: "{wanted}；{got}", en: "it should {wanted}; it was {got}" },
  "case/counts": {
    zh: "实际检查 {asked} 条，发现 {findings} 处，无法评估 {unknown} 条",
    en: "asked of {asked}, findings {findings}, could not be evaluated {unknown}",
  },
  "case/counts-codes": {
    zh: "实际检查 {asked} 条，发现 {findings} 处，无法评估 {unknown} 条（{codes}）",
    en: "asked of {asked}, findings {findings}, could not be evaluated {unknown} ({codes})",
  },
  "case/not-asked": { zh: "应不适用", en: "not be asked" },
  "case/evaluated": { zh: "应能评估", en: "be evaluated" },
  "case/holds": { zh: "应检查且符合", en: "be asked and hold" },
  "case/breaks": { zh: "应违反", en: "not hold" },
  "case/no-value": {
    zh: "发现中没有给出致其不成立的值",
    en: "its finding shows no value that broke it",
  },
  "case/records": {
    zh: "应查出记录 {wanted}，实际查出 {found}",
    en: "it should find the records {wanted}; it found {found}",
  },
  "case/error": { zh: "用例不能运行：{words}", en: "{words}" },

  break: { zh: "{rule}：{place}：{what}", en: "{rule}: {place}: {what}" },
  "break/none": {
    zh: "没有写明怎样改坏数据集才能让该规则查出",
    en: "it does not say how a dataset is broken so that the rule finds it",
  },
  "break/type": { zh: "表达式应为 {wanted} 类型，实为 {type}", en: "an expression of type {type}; expected {wanted}" },
  "break/no-value": {
    zh: "在 break.from 选中的某条记录上没有值（{code}）",
    en: "{code}; expected a value on every record that break.from lets pass",
  },
  "break/path": {
    zh: "{path} 不是路径：应为记录种类（{kinds}）、字段和位置，如 annotation.box.width",
    en: "{path} is no path: a kind of record ({kinds}), fields and places, such as annotation.box.width",
  },
  "break/no-items": { zh: "{path}：{type} 不是列表", en: "{path}: {type} has no items" },
  "break/no-field": { zh: "{path}：{type} 没有字段 {field}", en: "{path}: {type} has no {field}" },
  "break/mutator": {
    zh: "没有变异器 {name}；应为 {names} 之一",
    en: "there is no mutator {name}; expected one of {names}",
  },
  "break/node": {
    zh: "节点记录不能直接改；应写 write、omit、repeat 或 duplicate",
    en: "a node's record is not changed itself; write, omit, repeat or duplicate",
  },
  "break/feature": {
    zh: "没有特征 {name}；描述文件的特征有 {names}",
    en: "there is no feature {name}; features of a description: {names}",
  },
} as const satisfies Readonly<Record<string, Entry>>;

/** Code, message and hint of a fault of a standard. */
export const lintMessage = /* @__PURE__ */ sayingFrom(lintMessages);

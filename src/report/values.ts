import { expectationText, foundText } from "../records/expectations.js";
import type { FindingValue } from "../records/finding.js";
import type { ReportValue } from "../records/report.gen.js";
import { subjectText } from "../records/subject-text.js";
import type { Lang } from "./locale.js";
import { decimal, bound as plainBound } from "./numbers.js";

type Value = FindingValue | ReportValue;

/** The language, and how text out of the data is shown. */
interface Saying {
  readonly lang: Lang;
  readonly show: (text: string) => string;
}

/** What is told of a value: what it is, and what is wrong with that. Two of one subject share it. */
interface Told {
  readonly is: string;
  readonly wrong?: string;
}

/** How an order is written, and what it should have been where value and bound are equal. */
const orders: ReadonlyMap<string, { sign: string; zh: string; en: string }> = new Map([
  ["<", { sign: "<", zh: "不应小于", en: "at least" }],
  ["<=", { sign: "≤", zh: "应大于", en: "more than" }],
  [">", { sign: ">", zh: "不应大于", en: "at most" }],
  [">=", { sign: "≥", zh: "应小于", en: "less than" }],
]);

/** What a relation says that is no order; `{b}` is the bound. */
const relations: ReadonlyMap<string, Readonly<Record<Lang, string>>> = new Map([
  ["in", { zh: "在 {b} 之中", en: "one of {b}" }],
  ["not in", { zh: "不在 {b} 之中", en: "not one of {b}" }],
  ["none in", { zh: "没有一项在 {b} 之中", en: "none of which is in {b}" }],
  ["matches", { zh: "与模式 {b} 匹配", en: "it matches {b}" }],
  ["does not match", { zh: "与模式 {b} 不匹配", en: "it does not match {b}" }],
  ["starts with", { zh: '以 "{b}" 开头', en: 'it starts with "{b}"' }],
  ["does not start with", { zh: '不以 "{b}" 开头', en: 'it does not start with "{b}"' }],
  ["ends with", { zh: '以 "{b}" 结尾', en: 'it ends with "{b}"' }],
  ["does not end with", { zh: '不以 "{b}" 结尾', en: 'it does not end with "{b}"' }],
  ["contains", { zh: '含有 "{b}"', en: 'it contains "{b}"' }],
  ["does not contain", { zh: '不含 "{b}"', en: 'it does not contain "{b}"' }],
]);

/**
 * The values of a finding for a person: `x + width = 641.4 > 640`, «id 相同的标注 2 条，应为 1 条», «边相交（polygon 第 2 项）». The one place
 * where values become text, in every rendering.
 *
 * @param show how text out of the data is shown
 */
export function valuesIn(values: readonly Value[], lang: Lang, show: (text: string) => string): string {
  const saying = { lang, show };
  const out: string[] = [];
  let before: string | undefined;
  for (const value of values) {
    const { is, wrong } = told(value, values.length === 1, saying);
    const place = placeOf(value, saying);
    const text = is === before && wrong !== undefined ? wrong : wrong === undefined ? is : comma(is, wrong, lang);
    if (is === before && wrong !== undefined) out.push(comma(out.pop() ?? "", `${text}${place}`, lang));
    else out.push(`${text}${place}`);
    before = is;
  }
  return out.join(lang === "zh" ? "；" : "; ");
}

function told(value: Value, alone: boolean, saying: Saying): Told {
  const { lang, show } = saying;
  const { relation, states } = value;
  if (states !== undefined)
    return relation === undefined
      ? { is: factOf(value, saying), wrong: show(states[lang]) }
      : { is: show(states[lang]) };
  switch (relation) {
    case undefined:
      return { is: bare(value, saying) };
    case "expected":
      return expected(value, saying);
    case "missing":
      return { is: missing(value, saying) };
    case "present":
      return { is: lang === "zh" ? spaced("存在", show(value.name)) : `${show(value.name)} is there` };
    case "empty":
      return { is: lang === "zh" ? spaced(subject(value, saying), "为空") : `${subject(value, saying)} is empty` };
    case "not empty":
      return { is: listOf(value, saying), wrong: lang === "zh" ? "应为空" : "expected empty" };
    case "!=":
      return {
        is: factOf(value, saying),
        wrong: should(value.bound === "" ? nothing(lang) : boundText(value, saying), lang),
      };
    case "==":
      return value.bound === ""
        ? { is: factOf(value, saying) }
        : { is: factOf(value, saying), wrong: shouldNot(boundText(value, saying), lang) };
    default: {
      const order = orders.get(relation);
      if (order === undefined) return related(value, relation, saying);
      const limit = boundText(value, saying);
      // «0 ≤ 0» is true and helps nobody; beside an alternative it stays a fact.
      if (alone && value.value === value.bound)
        return {
          is: factOf(value, saying),
          wrong: lang === "zh" ? spaced(order.zh, limit) : `expected ${order.en} ${limit}`,
        };
      const equals = value.says === undefined ? " = " : undefined;
      const left = subject(value, saying);
      const right = `${shown(value, saying)} ${order.sign} ${limit}`;
      return { is: equals === undefined ? withWords(left, right, lang) : `${left}${equals}${right}` };
    }
  }
}

/** `width is 640`, «与最重叠者的交并比 0.97». */
function factOf(value: Value, saying: Saying): string {
  const { lang } = saying;
  const name = subject(value, saying);
  if (value.value === "") return lang === "zh" ? spaced(name, "为空") : `${name} is empty`;
  if (value.says !== undefined) return withWords(name, shown(value, saying), lang);
  return lang === "zh" ? spaced(spaced(name, "为"), shown(value, saying)) : `${name} is ${shown(value, saying)}`;
}

/** The words for a value, or its name; an item of a list by its number. */
function subject({ says, name, part }: Value, { lang, show }: Saying): string {
  if (says !== undefined) return show(says[lang]);
  if (part === undefined || part.of !== name) return show(name);
  return lang === "zh" ? `${show(name)} 第 ${part.at} 项` : `item ${part.at} of ${show(name)}`;
}

function placeOf({ part, name, says, states }: Value, { lang, show }: Saying): string {
  if (part === undefined || (part.of === name && says === undefined && states === undefined)) return "";
  return lang === "zh" ? `（${show(part.of)} 第 ${part.at} 项）` : ` (item ${part.at} of ${show(part.of)})`;
}

function related(value: Value, relation: string, saying: Saying): Told {
  const { lang, show } = saying;
  const { bound_says } = value;
  if (bound_says !== undefined && (relation === "in" || relation === "not in")) {
    const item = scalar(value.value, show);
    const list = show(bound_says[lang]);
    if (relation === "in") return { is: lang === "zh" ? `${list} 中有 ${item}` : `${item} in ${list}` };
    return { is: lang === "zh" ? `${list} 中没有 ${item}` : `no ${item} in ${list}` };
  }
  const words = relations.get(relation)?.[lang] ?? `${relation} {b}`;
  const is = relation === "none in" ? listOf(value, saying) : factOf(value, saying);
  return { is, wrong: words.replace("{b}", () => show(String(value.bound ?? ""))) };
}

/** `data_types is ["sc:Text"]`: a list comes as text, which is not quoted. */
function listOf(value: Value, saying: Saying): string {
  return `${subject(value, saying)} ${saying.lang === "zh" ? "为" : "is"} ${saying.show(String(value.value))}`;
}

/** A fault of reading: «width 为 "12"，应为整数». */
function expected(value: Value, saying: Saying): Told {
  const { lang, show } = saying;
  if (value.value === null || value.value === "nothing") return { is: missing(value, saying) };
  const name = show(subjectText(value.name, lang));
  const found = ownWords(value, saying) ?? scalar(value.value, show);
  if (typeof value.bound === "boolean")
    return { is: lang === "zh" ? spaced(spaced(name, "为"), found) : `${name} is ${found}` };
  const wanted =
    typeof value.bound === "number" ? plainBound(value.bound) : show(expectationText(String(value.bound ?? ""), lang));
  const wrong = should(wanted, lang);
  if (value.name === value.value) return { is: found, wrong };
  // Not a field but what happened.
  if (/^(?:TS-|not )/.test(value.name))
    return { is: lang === "zh" ? `${name}：${spaced("实为", found)}` : `${name}: found ${found}`, wrong };
  return { is: lang === "zh" ? spaced(spaced(name, "为"), found) : `${name} is ${found}`, wrong };
}

/** A value by itself: `key "id"`, «键 "id"»; of a text or its bytes, that alone. */
function bare(value: Value, saying: Saying): string {
  const { lang, show } = saying;
  if (value.value === null) return missing(value, saying);
  if (value.says !== undefined) return withWords(show(value.says[lang]), shown(value, saying), lang);
  const found = ownWords(value, saying);
  if (value.name === "text" || value.name === "bytes" || value.name === "value")
    return found ?? scalar(value.value, show);
  if (value.name === "number") return show(String(value.value));
  const name = show(subjectText(value.name, lang));
  if (typeof value.value !== "string") return `${name} = ${shown(value, saying)}`;
  return spaced(name, found ?? scalar(value.value, show));
}

function missing({ name }: Value, { lang, show }: Saying): string {
  return lang === "zh" ? spaced("缺少", show(name)) : `${show(name)} is missing`;
}

function ownWords({ value }: Value, { lang, show }: Saying): string | undefined {
  const found = typeof value === "string" ? foundText(value, lang) : undefined;
  return found === undefined ? undefined : show(found);
}

function shown(value: Value, { lang, show }: Saying): string {
  const limit = typeof value.bound === "number" ? value.bound : undefined;
  if (typeof value.value === "number") return withUnit(bareDecimal(value.value, limit), value, lang);
  // JSON has no such number: it comes as text.
  const infinite = value.says !== undefined && /^-?Infinity$/.test(String(value.value));
  const text = infinite ? String(value.value).replace("Infinity", "∞") : scalar(value.value, show);
  return withUnit(text, value, lang);
}

function boundText(value: Value, { lang, show }: Saying): string {
  const { bound, bound_says } = value;
  const text = withUnit(typeof bound === "number" ? plainBound(bound) : scalar(bound ?? null, show), value, lang);
  if (bound_says === undefined) return text;
  return lang === "zh" ? `${text}（${show(bound_says.zh)}）` : `${text} (${show(bound_says.en)})`;
}

function withUnit(text: string, { unit }: Value, lang: Lang): string {
  const word = unit?.[lang] ?? "";
  return word === "" ? text : `${text} ${word}`;
}

function scalar(value: Value["value"], show: (text: string) => string): string {
  if (typeof value === "string") return `"${show(value)}"`;
  return typeof value === "number" ? bareDecimal(value) : String(value);
}

/** Without zeros at the end. */
function bareDecimal(value: number, limit?: number): string {
  const text = decimal(value, limit);
  return text.includes(".") && !text.includes("e") ? text.replace(/\.?0+$/, "") : text;
}

function should(wanted: string, lang: Lang): string {
  return lang === "zh" ? spaced("应为", wanted) : `expected ${wanted}`;
}

function shouldNot(wanted: string, lang: Lang): string {
  return lang === "zh" ? spaced("不应为", wanted) : `expected other than ${wanted}`;
}

function nothing(lang: Lang): string {
  return lang === "zh" ? "空" : "nothing";
}

function comma(left: string, right: string, lang: Lang): string {
  return lang === "zh" ? `${left}，${right}` : `${left}, ${right}`;
}

function withWords(words: string, text: string, lang: Lang): string {
  return lang === "zh" ? spaced(words, text) : `${words}: ${text}`;
}

/** A blank between Chinese and other text; none between Han characters, nor beside full-width punctuation. */
function spaced(left: string, right: string): string {
  const wide = /[\u3000-\u303f\uff00-\uffef]$/u.test(left) || /^[\u3000-\u303f\uff00-\uffef]/u.test(right);
  const han = /\p{Script=Han}$/u.test(left) && /^\p{Script=Han}/u.test(right);
  return wide || han ? `${left}${right}` : `${left} ${right}`;
}

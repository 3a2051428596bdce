import { errorCatalogue } from "./errors.js";
import type { LocalText } from "./grammar.gen.js";

/** Names that readers give to what is no field, and the codes of errors that end a file. */
const subjects: Readonly<Record<string, LocalText>> = {
  key: { zh: "键", en: "key" },
  number: { zh: "数", en: "number" },
  text: { zh: "文本", en: "text" },
  bytes: { zh: "字节", en: "bytes" },
  value: { zh: "值", en: "value" },
  record: { zh: "记录", en: "record" },
  columns: { zh: "列数", en: "number of columns" },
  path: { zh: "路径", en: "path" },
  "not JSON": { zh: "不是 JSON", en: "not JSON" },
  "not an object": { zh: "不是对象", en: "not an object" },
};

/** The name of what a fault of reading is about: a field as it is written, all else in words. */
export function subjectText(name: string, lang: "zh" | "en"): string {
  if (Object.hasOwn(errorCatalogue, name))
    return `${name} ${errorCatalogue[name as keyof typeof errorCatalogue][lang]}`;
  const column = /^column (\d+)$/.exec(name)?.[1];
  if (column !== undefined) return lang === "zh" ? `第 ${column} 列` : name;
  return Object.hasOwn(subjects, name) ? (subjects[name]?.[lang] ?? name) : name;
}

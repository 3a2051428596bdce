import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fill, type Params } from "../records/fill.js";
import type { Text } from "../records/report.gen.js";
import { packageRoot } from "../standards/package-root.js";

export type Lang = "zh" | "en";
export type LangChoice = Lang | "zh+en";

export const langs: readonly Lang[] = ["zh", "en"];

type Entries = { readonly [key: string]: string };

/** Looks up our own words in one language. */
export interface Words {
  readonly lang: Lang;
  /** The entry of the locale with its parameters put in; a key that is not there is a fault of ours. */
  (key: string, params?: Params): string;
  /** The half of a text that a standard brings. */
  text(text: Text): string;
  /** `a、b、c`, `a, b and c`. */
  list(parts: readonly string[]): string;
  /** Sentences one after the other: no blank in Chinese. */
  join(sentences: readonly string[]): string;
}

const cache = new Map<Lang, Words>();

/** The words of a language out of reports/locales. */
export function words(lang: Lang): Words {
  const known = cache.get(lang);
  if (known !== undefined) return known;
  const made = makeWords(lang, readLocale(lang));
  cache.set(lang, made);
  return made;
}

/** The languages that a choice shows, Chinese first. */
export function langsOf(choice: LangChoice): readonly Lang[] {
  return choice === "zh+en" ? langs : [choice];
}

/** One sentence or label in both languages. */
export function both(make: (w: Words) => string): Text {
  return { zh: make(words("zh")), en: make(words("en")) };
}

/** The entry `key` in both languages. */
export function entry(key: string, params?: Params): Text {
  return both((w) => w(key, params));
}

export function readLocale(lang: Lang): Entries {
  return JSON.parse(readFileSync(join(packageRoot, `reports/locales/${lang}.json`), "utf8")) as Entries;
}

function makeWords(lang: Lang, entries: Entries): Words {
  const look = (key: string, params: Params = {}): string => {
    const pattern = Object.hasOwn(entries, key) ? entries[key] : undefined;
    if (pattern === undefined) throw new Error(`reports/locales/${lang}.json has no ${key}`);
    return fill(pattern, params);
  };
  return Object.assign(look, {
    lang,
    text: (text: Text) => text[lang],
    list: (parts: readonly string[]) => list(lang, parts),
    join: (sentences: readonly string[]) => sentences.join(lang === "zh" ? "" : " "),
  });
}

function list(lang: Lang, parts: readonly string[]): string {
  if (lang === "zh") return parts.join("、");
  if (parts.length <= 1) return parts.join("");
  return `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

import type { LocalText } from "./grammar.gen.js";

export type Params = Readonly<Record<string, string | number>>;

/** Names of the parameters that a pattern has. */
export type ParamsOf<P extends string> = P extends `${string}{${infer Name}}${infer Rest}`
  ? (Name extends `${infer Word}|${string}` ? Word : Name extends `${string}"${string}` ? never : Name) | ParamsOf<Rest>
  : never;

/**
 * `{name}` becomes the parameter; `{name|one|more}` the first word where the parameter is 1, else the second.
 * Only the parameters of the entry are read, so text from the data is never taken for a placeholder.
 */
export function fill(pattern: string, params: Params): string {
  return pattern.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name: string, one?: string, more?: string) => {
    const value = params[name];
    if (value === undefined) throw new Error(`the entry ${JSON.stringify(pattern)} wants {${name}}`);
    if (one === undefined) return String(value);
    return (String(value) === "1" ? one : more) ?? whole;
  });
}

/** A parameter of both languages: a text of its own in each, or the same in both. */
export type LocalParams = Readonly<Record<string, string | number | LocalText>>;

/** Both languages of an entry; what is itself in two languages is put in by its half. */
export function fillBoth({ zh, en }: LocalText, params: LocalParams): LocalText {
  const half = (lang: "zh" | "en"): Params =>
    Object.fromEntries(
      Object.entries(params).map(([name, value]) => [name, typeof value === "object" ? value[lang] : value]),
    );
  return { zh: fill(zh, half("zh")), en: fill(en, half("en")) };
}

/** An entry of a table of messages: what is said of a fault, and what to do about it. */
export interface Entry extends LocalText {
  readonly hint?: LocalText;
}

/** A fault in words, with its code. */
export interface Said {
  readonly code: string;
  readonly message: LocalText;
  readonly hint?: LocalText;
}

type Table = Readonly<Record<string, Entry>>;
type HintParams<E> = E extends { readonly hint: { readonly en: infer Hint extends string } } ? ParamsOf<Hint> : never;
type Given<E extends Entry> = Readonly<Record<ParamsOf<E["zh" | "en"]> | HintParams<E>, string | number | LocalText>>;

/**
 * Says an entry of a table with its parameters; `hint` stands in place of that of the table. The code is the key, without what stands behind `/` to
 * tell several messages of one code apart. Marked as pure where it is called, or every table would stand in the validators that are built.
 */
export function sayingFrom<T extends Table>(
  table: T,
): <K extends keyof T & string>(key: K, params: Given<T[K]>, hint?: LocalText) => Said {
  return (key, params, hint) => {
    const entry: Entry = table[key] as Entry;
    const [code = key] = key.split("/");
    const told = hint ?? (entry.hint === undefined ? undefined : fillBoth(entry.hint, params));
    return { code, message: fillBoth(entry, params), ...(told === undefined ? {} : { hint: told }) };
  };
}

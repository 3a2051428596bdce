import { expect, test } from "vitest";
import { readLocale, words } from "./locale.js";

const zh = readLocale("zh");
const en = readLocale("en");
const names = (pattern: string): Set<string> =>
  new Set([...pattern.matchAll(/\{(\w+)/g)].map((match) => match[1] ?? ""));

test("both locales have the same keys, in the same order, none empty", () => {
  expect(Object.keys(zh)).toEqual(Object.keys(en));
  expect([...Object.entries(zh), ...Object.entries(en)].filter(([, text]) => text.trim() === "")).toEqual([]);
});

test.each(Object.keys(zh))("%s says the same in both languages", (key) => {
  // English may ask for more: a verb that agrees with its subject.
  const more = names(en[key] ?? "");
  expect([...names(zh[key] ?? "")].filter((name) => !more.has(name))).toEqual([]);
});

test("Chinese sentences have full-width punctuation", () => {
  const halfWidth = Object.entries(zh).filter(([, text]) =>
    /[\p{Script=Han}][,;:!?()]|[,;:!?(][\p{Script=Han}]/u.test(text),
  );
  expect(halfWidth).toEqual([]);
});

test("a key that is not there is a fault", () => {
  expect(() => words("zh")("no.such.key")).toThrow("no.such.key");
});

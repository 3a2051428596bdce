import { describe, expect, test } from "vitest";
import { suiteMessages } from "./conformance/suite-messages.js";
import { reasons } from "./formats/reasons.js";
import { refusals } from "./generate/refusals.js";
import { type Entry, fillBoth } from "./records/fill.js";
import { refusedFunctions } from "./standards/cel/functions.js";
import { celMessages } from "./standards/cel/messages.js";
import { lintMessages } from "./standards/lint-messages.js";
import { differenceMessages } from "./verify.js";

const names = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)/g)].map(([, name = ""]) => name))].sort();
const han = /\p{Script=Han}/u;
const halfWidth = /\p{Script=Han}[,;:!?()]|[,;:!?(]\p{Script=Han}/u;
/** Of its parameters alone, which bring their own words. */
const isFrame = (text: string): boolean => !/\p{L}/u.test(text.replace(/\{\w+\}/g, ""));

const entries: readonly (readonly [string, Entry])[] = [
  ...Object.entries(lintMessages),
  ...Object.entries(celMessages),
  ...Object.entries(suiteMessages),
  ...Object.entries(refusals),
  ...Object.entries(reasons),
  ...Object.entries(differenceMessages),
  ...[...refusedFunctions].map(([name, hint]) => [`refused ${name}`, { zh: "{name}", en: "{name}", hint }] as const),
];

describe.each(entries)("%s", (_, { zh, en, hint }) => {
  test("is said in both languages, with the same parameters", () => {
    for (const text of [zh, en, hint?.zh, hint?.en]) expect(text?.trim()).not.toBe("");
    expect(names(zh).filter((name) => !names(en).includes(name) && name !== "kind")).toEqual([]);
    expect(names(en).filter((name) => !names(zh).includes(name))).toEqual([]);
    if (hint !== undefined) expect(names(hint.zh)).toEqual(names(hint.en));
  });

  test("is Chinese in Chinese, with full-width punctuation", () => {
    if (!isFrame(zh)) expect(zh).toMatch(han);
    expect(zh).not.toMatch(halfWidth);
    if (hint === undefined || hint.zh === hint.en) return;
    expect(hint.zh).toMatch(han);
    expect(hint.zh).not.toMatch(halfWidth);
  });
});

test("a frame has what it frames in its own language", () =>
  expect(fillBoth(lintMessages.cel, { rule: "r", field: "when", what: { zh: "没有", en: "none" } })).toEqual({
    zh: "r：when：没有",
    en: "r: when: none",
  }));

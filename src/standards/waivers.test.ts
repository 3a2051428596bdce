import { describe, expect, test } from "vitest";
import { waiverTest } from "./waivers.js";

const given = { reason: "agreed", by: "N. N." };
const fingerprint = "0123456789abcdef";

describe("by fingerprint", () => {
  test("one finding, whatever its rule and place", () => {
    const waivers = waiverTest([{ fingerprint, ...given }], undefined);
    expect(waivers.test("r", fingerprint, "m.jpg", "a.json")).toBe(true);
    expect(waivers.test("r", "f".repeat(16), "m.jpg", "a.json")).toBe(false);
    expect(waivers.report()).toEqual([{ fingerprint, ...given, applies: true, matched: 1 }]);
  });
  test("the waiver of one covers its equals", () =>
    expect(
      waiverTest([{ fingerprint: `${fingerprint}#3`, ...given }], undefined).test("r", fingerprint, undefined, "a"),
    ).toBe(true));
});

describe("by rule at a path", () => {
  test.each([
    ["*.jpg", "m.jpg", true],
    ["*.jpg", "sub/m.jpg", false],
    ["**/*.jpg", "sub/deep/m.jpg", true],
    ["**.jpg", "m.jpg", true],
    ["a.json", "a.json", true],
    ["a.json", "aXjson", false],
    ["(a+)+$", "aaaa", false],
    ["[x].jpg", "[x].jpg", true],
  ])("%s at %s: %s", (path, media, expected) => {
    const { test: waived } = waiverTest([{ rule: "r", path, ...given }], undefined);
    expect(waived("r", fingerprint, media, "other.json")).toBe(expected);
    expect(waived("r", fingerprint, undefined, media)).toBe(expected);
    expect(waived("another", fingerprint, media, media)).toBe(false);
  });
  test("a pattern of many stars answers in time", () => {
    const { test: waived } = waiverTest([{ rule: "r", path: `${"*a".repeat(30)}b`, ...given }], undefined);
    expect(waived("r", fingerprint, "a".repeat(200), "x")).toBe(false);
  }, 2000);
});

describe("expiry", () => {
  test.each([
    ["2026-06-30", "2026-06-30", true],
    ["2026-06-30", "2026-07-01", false],
    ["2026-06-30", undefined, false],
    [undefined, undefined, true],
  ])("expires %s, on %s: applies %s", (expires, date, applies) => {
    const waivers = waiverTest([{ fingerprint, ...given, ...(expires === undefined ? {} : { expires }) }], date);
    expect(waivers.test("r", fingerprint, undefined, "a")).toBe(applies);
    expect(waivers.report()[0]).toMatchObject({ applies, matched: applies ? 1 : 0 });
  });
});

test("a waiver that matches nothing is reported with 0", () =>
  expect(waiverTest([{ rule: "r", path: "x/**", ...given }], undefined).report()).toEqual([
    { rule: "r", path: "x/**", ...given, applies: true, matched: 0 },
  ]));

test("the first waiver that matches takes the finding", () => {
  const waivers = waiverTest(
    [
      { fingerprint, ...given },
      { rule: "r", path: "**", ...given },
    ],
    undefined,
  );
  waivers.test("r", fingerprint, "m", "a");
  expect(waivers.report().map(({ matched }) => matched)).toEqual([1, 0]);
});

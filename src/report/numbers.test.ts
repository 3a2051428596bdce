import fc from "fast-check";
import { expect, test } from "vitest";
import {
  against,
  bound,
  bounds,
  count,
  date,
  decimal,
  fraction,
  interval,
  percent,
  score,
  shortDigest,
} from "./numbers.js";

test.each([
  ["a number far from the line has one decimal", score(87.36, 90), "87.4"],
  ["just below the threshold stays below it", score(89.96, 90), "89.96"],
  ["just above the threshold stays above it", score(90.04, 90), "90.04"],
  ["exactly the threshold", score(90, 90), "90.0"],
  ["nearly everything is not 100", score(99.98, 90), "99.98"],
  ["100 and 0 only where they are meant", `${score(100, 90)} ${score(0, 90)}`, "100 0"],
  ["nearly nothing is not 0", score(0.004, 90), "0.004"],
  ["bounds are rounded outwards", bounds(81.26, 97.21, 90), "81.2–97.3"],
  ["an upper bound below the threshold is printed below it", bounds(40, 89.98, 90), "40.0–89.98"],
  ["bounds that meet are one number", bounds(99.916, 99.916, 90), "99.9"],
  ["an interval is rounded outwards", interval(0.98149, 0.99149), "0.981–0.992"],
  ["an interval that ends at 1", interval(0.9996, 1), "0.999–1.000"],
])("%s", (_, shown, expected) => expect(shown).toBe(expected));

test.each([
  [0, 0, undefined],
  [0, 12, "0%"],
  [12, 12, "100%"],
  [56, 4_784, "1.17%"],
  [1, 1_000_000, "<0.01%"],
  [999_999, 1_000_000, ">99.99%"],
])("the share %i of %i is %s", (a, b, expected) => expect(percent(a, b)).toBe(expected));

test("counts have groups of three, and a fraction keeps both numbers", () => {
  expect([count(0), count(999), count(4_784), count(1_000_000)]).toEqual(["0", "999", "4,784", "1,000,000"]);
  expect(fraction(4, 4_784, "en")).toBe("4 / 4,784");
  expect(fraction(0, 0, "en")).toBe("— (B = 0)");
  expect(fraction(0, 0, "zh")).toBe("—（B = 0）");
});

test("a decimal has the digits that tell it from its bound, and as many as the bound", () => {
  expect([decimal(0.975, 0.95), decimal(640.00001, 640), decimal(1.32, 0.5)]).toEqual(["0.97", "640.00001", "1.3"]);
  expect([bound(0.95), bound(640.5), bound(1 / 3), bound(1e7)]).toEqual(["0.95", "640.5", "0.333333", "10000000"]);
});

test("a decimal is whole where the data are whole", () => {
  expect([decimal(640), decimal(0.5), decimal(-12.25), decimal(0.0123)]).toEqual(["640", "0.5", "-12.3", "0.012"]);
});

test("dates and digests", () => {
  expect([date("2026-11-24", "zh"), date("2026-11-24", "en"), date("soon", "zh")]).toEqual([
    "2026 年 11 月 24 日",
    "2026-11-24",
    "soon",
  ]);
  expect(shortDigest(`3f9c7d12${"0".repeat(52)}a21e`)).toBe("3f9c7d12…a21e");
});

const value = fc.double({ min: 0, max: 100, noNaN: true });

test("rounding never crosses a line, in any direction", () =>
  fc.assert(
    fc.property(value, value, fc.constantFrom("nearest", "down", "up" as const), (x, line, direction) => {
      const shown = Number(against(x, [0, 100, line], { direction: direction as "nearest" }));
      expect(Math.sign(shown - line)).toBe(Math.sign(x - line));
    }),
  ));

test("printed bounds hold the bounds", () =>
  fc.assert(
    fc.property(value, value, (a, b) => {
      fc.pre(a !== b);
      const [low = "", high = ""] = bounds(Math.min(a, b), Math.max(a, b), 90).split("–");
      expect(Number(low)).toBeLessThanOrEqual(Math.min(a, b));
      expect(Number(high)).toBeGreaterThanOrEqual(Math.max(a, b));
    }),
  ));

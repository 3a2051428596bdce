import { describe, expect, test } from "vitest";
import type { EvidenceItem } from "../records/grammar.gen.js";
import { kindBounds, scoreScheme } from "./score.js";
import { dimension, evidence, indicator, optionsOf, schemeOf, unitsOf } from "./testing/scheme.js";

type Dimensions = readonly ReturnType<typeof dimension>[];

test.each([
  ["nothing bad", { b: 8, bad: 0, open: 0 }, { lower: 100, upper: 100 }],
  ["one of eight bad", { b: 8, bad: 1, open: 0 }, { lower: 87.5, upper: 87.5 }],
  ["one bad, two open", { b: 8, bad: 1, open: 2 }, { lower: 62.5, upper: 87.5 }],
  ["all open", { b: 3, bad: 0, open: 3 }, { lower: 0, upper: 100 }],
])("a kind of units with %s", (_, units, bounds) => expect(kindBounds({ kind: "media", ...units })).toEqual(bounds));

describe("an indicator", () => {
  const score = (
    units: Parameters<typeof optionsOf>[0],
    fields: Parameters<typeof optionsOf>[1] = {},
    by = ["rules"],
  ) =>
    scoreScheme(schemeOf(dimension("D", [indicator("I", { decided_by: by as never })])), optionsOf(units, fields))
      .indicators[0];

  test("takes the lowest lower and the lowest upper end over its kinds, with the A and B of the kind that sets the lower", () =>
    expect(
      score({
        I: [
          { kind: "annotation", b: 10, bad: 2, open: 0 }, // 80 … 80
          { kind: "media", b: 4, bad: 0, open: 2 }, // 50 … 100
        ],
      }),
    ).toMatchObject({
      lower: 50,
      upper: 80,
      a: 2,
      b: 4,
      kinds: [
        { kind: "annotation", b: 10, bad: 2, open: 0, sets: false },
        { kind: "media", b: 4, bad: 0, open: 2, sets: true },
      ],
      evidence: "rules",
      verdict: "nonconforming",
    }));

  test("kinds of which nothing was asked set nothing", () =>
    expect(
      score({
        I: [
          { kind: "media", b: 0, bad: 0, open: 0 },
          { kind: "category", b: 2, bad: 1, open: 0 },
        ],
      }),
    ).toMatchObject({
      lower: 50,
      upper: 50,
    }));

  test("leaves its dimension when its rules are all not applicable", () =>
    expect(score({})).toMatchObject({ evidence: "not-applicable", verdict: "not-applicable" }));

  test("is missing where no rule decides it, or where documents could decide what the rules were not asked", () => {
    expect(score({}, { units: () => unitsOf([], false) })).toMatchObject({ evidence: "missing" });
    expect(score({}, {}, ["rules", "document"])).toMatchObject({ evidence: "missing", verdict: "indeterminate" });
  });

  test.each<[string, Partial<EvidenceItem>, "point" | "interval", number, number]>([
    ["met", { conclusion: "met" }, "point", 100, 100],
    ["not met", { conclusion: "not-met" }, "point", 0, 0],
    ["3 of 4", { conclusion: "ratio", a: 3, b: 4 }, "point", 75, 75],
    ["nothing looked at", { conclusion: "ratio", a: 0, b: 0 }, "point", 0, 100],
    // Wilson 1927: 95 of 100 gives 0.8882 … 0.9785.
    ["95 of 100 under the interval rule", { conclusion: "ratio", a: 95, b: 100 }, "interval", 88.82, 97.85],
    ["met under the interval rule", { conclusion: "met" }, "interval", 100, 100],
  ])("by evidence: %s", (_, item, decisionRule, lower, upper) => {
    const one = score({}, { evidence: [evidence("I", item)], decisionRule }, ["document"]);
    expect(one?.evidence).toBe("supplied");
    expect(one?.lower).toBeCloseTo(lower, 2);
    expect(one?.upper).toBeCloseTo(upper, 2);
  });
});

describe("a dimension", () => {
  const units = {
    A: [{ kind: "media" as const, b: 10, bad: 1, open: 0 }], // 90
    B: [{ kind: "media" as const, b: 10, bad: 5, open: 1 }], // 40 … 50
  };
  const score = (dimensions: Dimensions, fields: Parameters<typeof optionsOf>[1] = {}) =>
    scoreScheme(schemeOf(...dimensions), optionsOf(units, fields)).dimensions[0];
  const both = [indicator("A"), indicator("B")];

  test("of equal weights is the mean, as bounds", () =>
    expect(score([dimension("D", both)])).toMatchObject({ weights: "equal", lower: 65, upper: 70 }));

  test("of given weights is the weighted mean", () =>
    expect(score([dimension("D", [indicator("A", { weight: 3 }), indicator("B")])])).toMatchObject({
      weights: "given",
      lower: 77.5, // (3·90 + 40) / 4
      upper: 80,
    }));

  test("of open weights is everything between its worst and its best indicator", () =>
    expect(score([dimension("D", both, { weights: "open" })])).toMatchObject({
      weights: "open",
      lower: 40,
      upper: 90,
    }));

  test("of open weights some of which are given holds these against each other", () => {
    const three = [...both, indicator("M", { decided_by: ["document"] })];
    const weight = (one: { code: string }) => ({ A: 1, B: 1 })[one.code];
    const met = { evidence: [evidence("M", { conclusion: "met" })], weight };
    expect(score([dimension("D", three, { weights: "open" })], met)).toMatchObject({
      weights: "open",
      lower: 65,
      upper: 100,
    });
    expect(score([dimension("D", both, { weights: "open" })], { weight })).toMatchObject({
      weights: "given",
      lower: 65,
      upper: 70,
    });
  });

  test("with a missing indicator allows it 0 … 100 and is never renormalised", () =>
    expect(score([dimension("D", [...both, indicator("M", { decided_by: ["document"] })])])).toMatchObject({
      lower: 130 / 3,
      upper: 80,
    }));

  test("leaves out an indicator that is not applicable", () =>
    expect(score([dimension("D", [...both, indicator("N")])])).toMatchObject({ lower: 65, upper: 70 }));

  test("whose indicators are all not applicable, or all weigh nothing, has no score", () => {
    expect(score([dimension("D", [indicator("N")])])).toMatchObject({ verdict: "not-applicable" });
    expect(score([dimension("D", [indicator("A", { weight: 0 })])])).toEqual(
      expect.objectContaining({ verdict: "not-applicable" }),
    );
  });

  test.each([
    [65, "conforming"],
    [65.1, "indeterminate"],
    [70, "indeterminate"],
    [70.1, "nonconforming"],
    [null, "indeterminate"],
  ])("against a threshold of %s is %s", (value, verdict) =>
    expect(score([dimension("D", both, { threshold: { value, claim: "illustrative" } })])).toMatchObject({ verdict }));

  test("equal scores give exactly that score", () => {
    const third = { kind: "media" as const, b: 3, bad: 1, open: 0 };
    const own = ["A", "B", "C", "E", "F"].map((code) => indicator(code));
    const scores = scoreScheme(schemeOf(dimension("D", own)), {
      ...optionsOf({}),
      units: () => unitsOf([third]),
    });
    expect(scores.dimensions[0]?.lower).toBe(scores.indicators[0]?.lower);
  });
});

import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { EvidenceItem } from "../src/records/grammar.gen.js";
import { type KindUnits, type Scores, scoreScheme } from "../src/schemes/score.js";
import { dimension, evidence, indicator, optionsOf, schemeOf } from "../src/schemes/testing/scheme.js";

const kindUnits = (kind: KindUnits["kind"]): fc.Arbitrary<KindUnits> =>
  fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)).map(([good, bad, open]) => ({ kind, b: good + bad + open, bad, open }));
const codes = ["A", "B", "C", "E"];
const unitsByCode = fc.record(
  Object.fromEntries(codes.map((code) => [code, fc.tuple(kindUnits("media"), kindUnits("annotation"))])),
) as fc.Arbitrary<Record<string, readonly KindUnits[]>>;
const weights = fc.constantFrom("equal" as const, "open" as const);
const given = fc.record(Object.fromEntries(codes.map((code) => [code, fc.option(fc.nat(5), { nil: undefined })])));

/** Where all weights are 0 there is no score to compare. */
const positive = fc.record(
  Object.fromEntries(codes.map((code) => [code, fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined })])),
);

type Weights = Readonly<Record<string, number | undefined>>;

function scored(
  units: Record<string, readonly KindUnits[]>,
  kind: "equal" | "open",
  weight: Weights,
  items: readonly EvidenceItem[] = [],
): Scores {
  const own = codes.map((code) => indicator(code, { decided_by: ["rules", "document"] }));
  return scoreScheme(
    schemeOf(dimension("D", own, { weights: kind })),
    optionsOf(units, { weight: ({ code }) => weight[code], evidence: items }),
  );
}

/** Weighted means of doubles: equal up to their last digits. */
const slack = 1e-9;
function expectWithin(inner: Scores, outer: Scores): void {
  const all = ({ indicators, dimensions }: Scores) => [...indicators, ...dimensions];
  all(inner).forEach(({ lower = 0, upper = 100 }, at) => {
    const wide = all(outer)[at];
    expect(lower).toBeGreaterThanOrEqual((wide?.lower ?? 0) - slack);
    expect(upper).toBeLessThanOrEqual((wide?.upper ?? 100) + slack);
  });
}

/** Moves one unit of a kind that was asked. */
function moved(units: Record<string, readonly KindUnits[]>, at: number, from: "good" | "open", to: "bad" | "open") {
  const code = codes[at % codes.length] ?? "A";
  const kinds = (units[code] ?? []).map((one, index) => {
    const good = one.b - one.bad - one.open;
    if (index !== at % 2 || (from === "good" ? good : one.open) === 0) return one;
    return {
      ...one,
      bad: one.bad + (to === "bad" ? 1 : 0),
      open: one.open + (to === "open" ? 1 : 0) - (from === "open" ? 1 : 0),
    };
  });
  return { ...units, [code]: kinds };
}

test("a unit that turns bad raises no score", () =>
  fc.assert(
    fc.property(
      unitsByCode,
      weights,
      given,
      fc.nat(),
      fc.constantFrom("good" as const, "open" as const),
      (units, kind, weight, at, from) => {
        const before = scored(units, kind, weight);
        const after = scored(moved(units, at, from, "bad"), kind, weight);
        [...after.indicators, ...after.dimensions].forEach(({ lower = 0, upper = 100 }, index) => {
          const old = [...before.indicators, ...before.dimensions][index];
          expect(lower).toBeLessThanOrEqual((old?.lower ?? 0) + slack);
          expect(upper).toBeLessThanOrEqual((old?.upper ?? 100) + slack);
        });
      },
    ),
  ));

test("a unit that could not be evaluated never narrows the bounds", () =>
  fc.assert(
    fc.property(unitsByCode, weights, given, fc.nat(), (units, kind, weight, at) =>
      expectWithin(scored(units, kind, weight), scored(moved(units, at, "good", "open"), kind, weight)),
    ),
  ));

test("evidence that is left out never narrows the bounds", () =>
  fc.assert(
    fc.property(
      unitsByCode,
      weights,
      given,
      fc.array(fc.tuple(fc.constantFrom(...codes), fc.constantFrom("met", "not-met", "ratio"), fc.nat(9)), {
        maxLength: 5,
      }),
      fc.nat(),
      (units, kind, weight, supplied, at) => {
        // The indicators that have evidence are asked of nothing by their rules.
        const bare = { ...units, ...Object.fromEntries(supplied.map(([code]) => [code, []])) };
        const items = supplied
          .filter(([code], index) => supplied.findIndex(([other]) => other === code) === index)
          .map(([code, conclusion, a]) =>
            evidence(code, { conclusion: conclusion as EvidenceItem["conclusion"], a, b: 9 }),
          );
        const fewer = items.filter((_, index) => index !== at % Math.max(1, items.length));
        expectWithin(scored(bare, kind, weight, items), scored(bare, kind, weight, fewer));
      },
    ),
  ));

test("weights that are given never widen the bounds of an open dimension", () =>
  fc.assert(
    fc.property(unitsByCode, positive, (units, weight) =>
      expectWithin(scored(units, "open", weight), scored(units, "open", {})),
    ),
  ));

import { expect, test } from "vitest";
import { type BootstrapInterval, bootstrapAlpha, bootstrapAlphaByCluster } from "./alpha-bootstrap.js";
import { indexDraw } from "./binomial-draw.js";
import { alphaEstimate } from "./chance-corrected.js";
import type { Disagreement } from "./disagreement.js";
import { quantile } from "./quantile.js";
import { Random } from "./random.js";
import { addUnit, newUnitTypes, type UnitTypes } from "./unit-types.js";

/** Five raters who give the category of a unit in seven of ten answers; every tenth answer is missing. */
function units(count: number, seed: number): number[][] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    const truth = indexDraw(random, 4);
    return Array.from({ length: 5 }, () => {
      const luck = indexDraw(random, 10);
      return luck === 9 ? -1 : luck < 7 ? truth : indexDraw(random, 4);
    });
  });
}

function typesOf(all: readonly (readonly number[])[]): UnitTypes {
  const types = newUnitTypes();
  for (const codes of all) addUnit(types, Int32Array.from(codes));
  return types;
}

const values = Float64Array.of(1, 2, 4, 8);
const metrics: readonly Disagreement[] = [
  { kind: "nominal" },
  { kind: "ordinal" },
  { kind: "interval", values },
  { kind: "ratio", values },
];

test.each(metrics)("the interval of α ($kind) is that of drawing unit by unit", (metric) => {
  const all = units(300, 1);
  const random = new Random(99);
  const alphas = Float64Array.from({ length: 2000 }, () => {
    const drawn = typesOf(all.map(() => all[indexDraw(random, all.length)]!));
    const found = alphaEstimate(drawn, { metric, size: 4, greatest: 1 });
    return typeof found === "string" ? Number.NaN : found.coefficient;
  }).sort();
  const found = bootstrapAlpha(typesOf(all), { metric, size: 4 }, { seed: 7, draws: 4000 }) as BootstrapInterval;
  // A percentile of 2,000 draws is known to some 0.08 of their standard deviation.
  const within = 0.3 * ((quantile(alphas, 0.84)! - quantile(alphas, 0.16)!) / 2);
  expect(Math.abs(found.low - quantile(alphas, 0.025)!)).toBeLessThan(within);
  expect(Math.abs(found.high - quantile(alphas, 0.975)!)).toBeLessThan(within);
  expect(found.draws).toBe(4000);
});

test("the same seed gives the same interval, whatever the order of units; another seed another", () => {
  const all = units(200, 2);
  const ask = (list: number[][], seed: number) =>
    bootstrapAlpha(typesOf(list), { metric: { kind: "nominal" }, size: 4 }, { seed, draws: 200 });
  expect(ask([...all].reverse(), 5)).toEqual(ask(all, 5));
  expect(ask(all, 6)).not.toEqual(ask(all, 5));
});

test("samples with one category alone are counted and left out", () => {
  const all = [[0, 1], ...new Array<number[]>(5).fill([0, 0])];
  const question = { metric: { kind: "nominal" }, size: 2 } as const;
  const found = bootstrapAlpha(typesOf(all), question, { seed: 1, draws: 3000 }) as BootstrapInterval;
  // (5/6)⁶ of the samples
  expect(found.undefined_draws / 3000).toBeCloseTo(0.335, 1);
  expect(found.draws + found.undefined_draws).toBe(3000);
});

test("of one unit there is no interval", () => {
  const question = { metric: { kind: "nominal" }, size: 2 } as const;
  expect(bootstrapAlpha(typesOf([[0, 1], [1]]), question, { seed: 1 })).toBe("too-few-units");
});

test("by cluster: refused below 30, as by unit for clusters of one, wider where units of a cluster are alike", () => {
  const all = units(300, 4);
  const question = { metric: { kind: "nominal" }, size: 4 } as const;
  const options = { seed: 3, draws: 2000 };
  const clustered = (each: number) => {
    const clusters: UnitTypes[] = [];
    for (let from = 0; from < all.length; from += each) clusters.push(typesOf(all.slice(from, from + each)));
    return clusters;
  };
  expect(bootstrapAlphaByCluster(clustered(11), question, options)).toBe("too-few-clusters");
  const byUnit = bootstrapAlpha(typesOf(all), question, options) as BootstrapInterval;
  const alone = bootstrapAlphaByCluster(clustered(1), question, options) as BootstrapInterval;
  expect(alone.low).toBeCloseTo(byUnit.low, 1.5);
  expect(alone.high).toBeCloseTo(byUnit.high, 1.5);
  // 300 units, each of which stands ten times in its cluster: ten times the units, and no more known than from 300.
  const copies = all.map((unit) => typesOf(new Array<number[]>(10).fill(unit)));
  const wide = bootstrapAlphaByCluster(copies, question, options) as BootstrapInterval;
  const narrow = bootstrapAlpha(typesOf(all.flatMap((unit) => new Array<number[]>(10).fill(unit))), question, options);
  const width = ({ low, high }: { low: number; high: number }) => high - low;
  expect(width(wide) / width(narrow as BootstrapInterval)).toBeGreaterThan(2.5);
});

import { expect, test } from "vitest";
import { bars, isProven, killRates, mutateRule } from "../src/conformance/mutate.js";
import { standardWithCases } from "../src/standards/find.js";

test("the cases of ref-image-annotation kill its mutants, those of each operator", async () => {
  const standard = standardWithCases("ref-image-annotation");
  const outcomes = [];
  // Generated records are for `touchstone standard mutate`: here the cases alone are asked.
  for (const rule of standard.rules) outcomes.push(await mutateRule(standard, rule, { generated: 0, seed: 1 }));
  const rates = killRates(outcomes);
  expect(rates.length).toBe(7);
  expect(rates.filter(({ share = 1 }) => share < bars.killed)).toEqual([]);
  expect(rates.reduce((sum, { mutants }) => sum + mutants, 0)).toBeGreaterThan(1300);
  expect(isProven(outcomes)).toBe(true);
}, 120_000);

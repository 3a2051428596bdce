import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { BootstrapInterval } from "../../statistics/alpha-bootstrap.js";
import type { AgreementEstimate } from "../../statistics/chance-corrected.js";
import { addPairs, newConfusion } from "../../statistics/confusion.js";
import { addRatings, mergeUnitTypes, newUnitTypes } from "../../statistics/unit-types.js";
import { corpus, hasCorpus } from "../testing/corpus.js";
import { type CohenKappa, cohenKappa } from "./cohen-kappa.js";
import { congerKappa, rowTypes } from "./conger-kappa.js";
import { coefficientOf } from "./estimate.js";
import { fleissKappa } from "./fleiss-kappa.js";
import { gwetAc } from "./gwet-ac.js";
import { krippendorffAlpha, krippendorffAlphaInterval } from "./krippendorff-alpha.js";
import { unitOfEach } from "./ratings.js";
import { ranks } from "./testing/answers.js";

/** Three people's labels of 50,000 pictures, and the gold label (Wei et al. 2022, CIFAR-10N). */
describe.skipIf(!hasCorpus)("corpus/cifar10n (skipped: corpus-absent)", () => {
  const columns = (() => {
    if (!hasCorpus) return [];
    const [header = "", ...lines] = readFileSync(join(corpus, "cifar10n", "labels.csv"), "utf8")
      .trim()
      .split("\n");
    expect(header).toBe("item,gold,annotator_1,annotator_2,annotator_3,aggregate,worst");
    const rows = lines.map((line) => line.split(",").map(Number));
    return header.split(",").map((_, column) => Int32Array.from(rows, (row) => row[column] ?? -1));
  })();
  const column = (at: number) => columns[at] ?? new Int32Array(0);
  const gold = column(1);
  const people = [column(2), column(3), column(4)];
  const codes = Int32Array.from({ length: 150_000 }, (_, at) => people[at % 3]?.[Math.floor(at / 3)] ?? -1);

  test.each([
    ["aggregate", 5, 9.01],
    ["annotator_1", 2, 17.234],
    ["annotator_2", 3, 18.122],
    ["annotator_3", 4, 17.64],
    ["worst", 6, 40.208],
  ])("%s differs from gold where the corpus says", (_, at, percent) => {
    const differing = column(at).filter((label, item) => label !== gold[item]).length;
    expect((100 * differing) / gold.length).toBeCloseTo(percent, 10);
  });

  // scikit-learn 1.9.1, cohen_kappa_score
  test.each([
    [0, 1, 0.6844393230764168],
    [0, 2, 0.686714661037916],
    [1, 2, 0.6798546957218907],
  ])("κ of annotators %d and %d (from 0) is scikit-learn's", (left, right, kappa) => {
    const table = newConfusion(10);
    addPairs(table, people[left] ?? gold, people[right] ?? gold);
    expect((cohenKappa(table) as CohenKappa).kappa).toBeCloseTo(kappa, 12);
  });

  test("α, Fleiss' κ, AC1 and Conger's κ of all three are those of krippendorff, statsmodels and irrCAC", () => {
    const types = newUnitTypes();
    addRatings(types, unitOfEach(50_000, 3), codes);
    const alpha = krippendorffAlpha(types, ranks(10)) as AgreementEstimate;
    expect(alpha.coefficient).toBeCloseTo(0.6836711221905039, 12); // krippendorff 0.9.0
    expect(coefficientOf(alpha).se).toBeCloseTo(0.001785587220447, 12); // irrCAC 0.4.4
    expect((fleissKappa(types, ranks(10)) as AgreementEstimate).coefficient).toBeCloseTo(0.6836690133172592, 12);
    expect((gwetAc(types, ranks(10)) as AgreementEstimate).coefficient).toBeCloseTo(0.683831006684997, 12);
    const conger = congerKappa(rowTypes({ raters: 3, codes }, 10), 3, ranks(10)) as AgreementEstimate;
    expect(conger.coefficient).toBeCloseTo(0.683669532010162, 12);
    expect(coefficientOf(conger).se).toBeCloseTo(0.001785577734541, 12);
  });

  test("of ten merged parts it is that of the whole, and the bootstrap agrees with the standard error", () => {
    const parts = Array.from({ length: 10 }, (_, part) => {
      const types = newUnitTypes();
      addRatings(types, unitOfEach(5000, 3), codes.subarray(part * 15_000, (part + 1) * 15_000));
      return types;
    });
    const merged = parts.reduce(mergeUnitTypes);
    const alpha = krippendorffAlpha(merged, ranks(10)) as AgreementEstimate;
    expect(alpha.coefficient).toBeCloseTo(0.6836711221905039, 12);
    const found = krippendorffAlphaInterval(merged, ranks(10), "nominal", { seed: 1 }) as BootstrapInterval;
    const { ci_low, ci_high } = coefficientOf(alpha);
    // A tenth of the width: the percentiles of a thousand samples are no better known.
    expect(Math.abs(found.low - (ci_low ?? 0))).toBeLessThan(0.0007);
    expect(Math.abs(found.high - (ci_high ?? 0))).toBeLessThan(0.0007);
  });
});

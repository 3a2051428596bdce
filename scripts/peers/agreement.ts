import fc from "fast-check";
import type { Inputs } from "../../src/measures/inputs.js";
import type { PeerCheck } from "./peer.js";

const irrWeights = fc.constantFrom(
  "unweighted",
  "linear",
  "quadratic",
  "ordinal",
  "radical",
  "ratio",
  "circular",
  "bipolar",
);
const kappaWeights = fc.constantFrom("unweighted", "linear", "quadratic");

/** Answers of raters who mostly agree, so that all coefficients have a value; `gap` of ten are missing. */
function ratings(categories: number, gap: number): fc.Arbitrary<(number | null)[][]> {
  const answer = (truth: number) =>
    fc
      .tuple(fc.nat(9), fc.integer({ min: 1, max: categories }))
      .map(([luck, other]) => (luck < gap ? null : luck < 6 ? truth : other));
  return fc.integer({ min: 3, max: 5 }).chain((raters) =>
    fc
      .array(
        fc
          .integer({ min: 1, max: categories })
          .chain((truth) => fc.array(answer(truth), { minLength: raters, maxLength: raters })),
        { minLength: 12, maxLength: 40 },
      )
      .map((rows) => [...rows, ...seen(categories, raters)]),
  );
}

/** Each category once by all, one unit on which they differ, and each rater with an answer. */
function seen(categories: number, raters: number): number[][] {
  const units = Array.from({ length: categories }, (_, at) => new Array<number>(raters).fill(at + 1));
  return [...units, Array.from({ length: raters }, (_, rater) => (rater % categories) + 1)];
}

const raw: fc.Arbitrary<Inputs> = fc.integer({ min: 3, max: 5 }).chain((categories) =>
  fc.record({
    // irrCAC makes 0/0 of a unit that nobody answered.
    ratings: ratings(categories, 2).map((rows) => rows.filter((row) => row.some((one) => one !== null))),
    categories: fc.constant(Array.from({ length: categories }, (_, at) => at + 1)),
    weights: irrWeights,
  }),
);

const table: fc.Arbitrary<number[][]> = fc
  .integer({ min: 3, max: 5 })
  .chain((size) =>
    fc.array(fc.array(fc.nat(20), { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
  )
  // Each category is used by both, and most agree: κ is above 0 and p has its own side.
  .map((rows) => rows.map((row, k) => row.map((count, l) => (k === l ? count + 25 : count))));

const tables: fc.Arbitrary<Inputs> = fc.record({
  table,
  weights: irrWeights,
  se_convention: fc.constant("large-sample, divides by n"),
});

const coders: fc.Arbitrary<Inputs> = fc.record({
  coders_x_units: ratings(5, 2).map((rows) => (rows[0] ?? []).map((_, rater) => rows.map((row) => row[rater] ?? null))),
  metric: fc.constantFrom("nominal", "ordinal", "interval", "ratio"),
});

const pairs: fc.Arbitrary<Inputs> = fc.record({
  ratings: fc
    .array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 2, maxLength: 60 })
    .map((rows) => [[0, 1], [2, 2], [3, 3], ...rows]),
  weights: kappaWeights,
});

const counts: fc.Arbitrary<Inputs> = fc.record({
  counts: ratings(4, 0).map((rows) =>
    rows.map((row) => [1, 2, 3, 4].map((category) => row.filter((one) => one === category).length)),
  ),
});

const irr = ["coefficient", "se", "pa", "pe", "ci_low", "ci_high", "p"] as const;
const without = (...names: readonly string[]) => irr.filter((name) => !names.includes(name));

export const checks: readonly PeerCheck[] = [
  { measure: "krippendorff_alpha", peer: "krippendorff", answers: "krippendorff", inputs: coders },
  { measure: "krippendorff_alpha", peer: "irrCAC", answers: "irrcac-raw-krippendorff", inputs: raw, fields: irr },
  { measure: "gwet_ac", peer: "irrCAC", answers: "irrcac-raw-gwet", inputs: raw, fields: irr },
  { measure: "fleiss_kappa", peer: "irrCAC", answers: "irrcac-raw-fleiss", inputs: raw, fields: irr },
  { measure: "conger_kappa", peer: "irrCAC", answers: "irrcac-raw-conger", inputs: raw, fields: irr },
  // Its p of raw ratings is one-sided in Python and two-sided in R: ours is that of R.
  { measure: "brennan_prediger", peer: "irrCAC", answers: "irrcac-raw-bp", inputs: raw, fields: without("p") },
  { measure: "gwet_ac", peer: "irrCAC", answers: "irrcac-table-gwet", inputs: tables, fields: irr },
  { measure: "brennan_prediger", peer: "irrCAC", answers: "irrcac-table-bp", inputs: tables, fields: irr },
  // It tells 0 as the pe of π.
  {
    measure: "scott_pi",
    peer: "irrCAC",
    answers: "irrcac-table-scott",
    inputs: tables,
    fields: without("pa", "pe", "p"),
  },
  {
    measure: "cohen_kappa",
    peer: "irrCAC",
    answers: "irrcac-table-cohen",
    inputs: tables,
    fields: without("pa", "pe", "p"),
  },
  { measure: "krippendorff_alpha", peer: "irrCAC", answers: "irrcac-table-krippendorff", inputs: tables, fields: irr },
  { measure: "percent_agreement", peer: "irrCAC", answers: "irrcac-table-pa", inputs: tables, fields: irr },
  { measure: "cohen_kappa", peer: "scikit-learn", answers: "sklearn-kappa", inputs: pairs },
  {
    measure: "cohen_kappa",
    peer: "statsmodels",
    answers: "statsmodels-kappa",
    inputs: fc.record({ table, weights: kappaWeights }),
  },
  { measure: "fleiss_kappa", peer: "statsmodels", answers: "statsmodels-fleiss", inputs: counts },
  { measure: "fleiss_randolph_kappa", peer: "statsmodels", answers: "statsmodels-randolph", inputs: counts },
];

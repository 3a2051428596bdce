import fc from "fast-check";
import type { Inputs } from "../../src/measures/inputs.js";
import type { PeerCheck } from "./peer.js";

const statsmodels = "statsmodels";
const scipy = "scipy";

/** x of n, neither nothing nor everything unless `ends`. */
const counts = (most: number, ends: boolean) =>
  fc
    .integer({ min: ends ? 1 : 2, max: most })
    .chain((n) => fc.tuple(fc.integer({ min: ends ? 0 : 1, max: ends ? n : n - 1 }), fc.constant(n)));
/** Of a range, each part as likely: `fc.double` has as many values below 1e-300 as between 0.1 and 1. */
const within = (low: number, high: number) => fc.nat(1_000_000).map((step) => low + ((high - low) * step) / 1_000_000);
const share = within(0.001, 0.999);
const confidence = within(0.5, 0.999);

const ofOne: fc.Arbitrary<Inputs> = fc
  .tuple(counts(5000, true), confidence)
  .map(([[x, n], level]) => ({ x, n, confidence: level }));
const ofTwo: fc.Arbitrary<Inputs> = fc
  .tuple(counts(2000, false), counts(2000, false), confidence)
  .map(([[x1, n1], [x2, n2], level]) => ({ x1, n1, x2, n2, confidence: level }));
const groups = (least: number, most: number) =>
  fc
    .array(counts(1000, false), { minLength: least, maxLength: most })
    .map((all) => ({ x: all.map(([x]) => x), n: all.map(([, n]) => n) }));
const clusters: fc.Arbitrary<Inputs> = fc
  .tuple(groups(2, 40), confidence)
  // Where the clusters do not vary the formula has no value.
  .filter(([{ x, n }]) => new Set(x.map((count, i) => count / (n[i] ?? 1))).size > 1)
  .map(([{ x, n }, level]) => ({ x, n, confidence: level, df: "design" }));
const lots: fc.Arbitrary<Inputs> = fc
  .integer({ min: 1, max: 20_000 })
  .chain((lot) => fc.record({ lot_size: fc.constant(lot), defectives: fc.nat(lot), n: fc.nat(lot), c: fc.nat(30) }));

export const checks: readonly PeerCheck[] = [
  { measure: "ci-wald", peer: statsmodels, answers: "wald", inputs: ofOne },
  { measure: "ci-agresti-coull", peer: statsmodels, answers: "agresti_coull", inputs: ofOne },
  { measure: "ci-clopper-pearson", peer: statsmodels, answers: "clopper_pearson", inputs: ofOne },
  { measure: "ci-wilson", peer: statsmodels, answers: "wilson", inputs: ofOne },
  { measure: "ci-diff-wald", peer: statsmodels, answers: "diff_wald", inputs: ofTwo },
  { measure: "ci-diff-agresti-caffo", peer: statsmodels, answers: "diff_agresti_caffo", inputs: ofTwo },
  { measure: "ci-diff-newcombe", peer: statsmodels, answers: "diff_newcombe", inputs: ofTwo },
  { measure: "chisq-equal-proportions", peer: statsmodels, answers: "chisquare", inputs: groups(2, 8) },
  {
    measure: "chisq-given-proportions",
    peer: statsmodels,
    answers: "given",
    inputs: fc.tuple(groups(1, 6), within(0.05, 0.95)).map(([seen, p0]) => ({ ...seen, p0 })),
  },
  { measure: "z-two-proportions", peer: statsmodels, answers: "ztest", inputs: groups(2, 2) },
  { measure: "effect-size-h", peer: statsmodels, answers: "effect_size", inputs: fc.record({ p1: share, p2: share }) },
  {
    measure: "holm-adjust",
    peer: statsmodels,
    answers: "holm",
    inputs: fc.record({ p: fc.array(within(0, 1), { minLength: 1, maxLength: 30 }) }),
  },
  { measure: "ci-korn-graubard", peer: scipy, answers: "korn_graubard", inputs: clusters },
  {
    measure: "oc-binomial",
    peer: scipy,
    answers: "binomial",
    inputs: fc.record({ n: fc.nat(5000), c: fc.nat(60), p: within(0, 0.05) }),
  },
  { measure: "oc-hypergeometric", peer: scipy, answers: "hypergeometric", inputs: lots },
  {
    measure: "oc-poisson",
    peer: scipy,
    answers: "poisson",
    inputs: fc.record({ c: fc.nat(200), lambda: within(0, 200) }),
  },
  {
    measure: "oc-variables",
    peer: scipy,
    answers: "variables",
    inputs: fc.record({
      n: fc.integer({ min: 2, max: 300 }),
      k: within(0, 4),
      sigma: fc.constantFrom("known", "unknown"),
      p: fc.array(share, { minLength: 1, maxLength: 5 }),
    }),
  },
];

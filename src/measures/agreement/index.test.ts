import fc from "fast-check";
import { expect, test } from "vitest";
import { MeasureError } from "../inputs.js";
import { agreement } from "./index.js";

/** Every number within a value. */
function numbersIn(value: unknown): number[] {
  if (typeof value === "number") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
}

const cell = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 4 }) },
  fc.constantFrom<unknown>(null, "a", "b", "", true, -1, 0.5, 1e308, Number.NaN),
);
const small = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 3 }).map((n) => n as unknown) },
  { weight: 1, arbitrary: cell },
);
/** Tables of all shapes, square ones more often; sometimes ragged. */
const table = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 4 }))
    .chain(([rows, columns]) =>
      fc.array(fc.array(small, { minLength: columns, maxLength: columns }), { minLength: rows, maxLength: rows }),
    ),
  fc
    .integer({ min: 0, max: 4 })
    .chain((size) =>
      fc.array(fc.array(fc.nat(3), { minLength: size, maxLength: size }), { minLength: size, maxLength: size }),
    ),
  fc.array(fc.array(cell, { maxLength: 4 }), { maxLength: 5 }),
);
const triples = fc.array(
  fc.tuple(
    fc.constantFrom("x", "y", 3),
    fc.constantFrom("u", "v", 1),
    fc.oneof(cell, fc.array(cell, { maxLength: 3 })),
  ),
  { maxLength: 8 },
);
const byName: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  ratings: table,
  coders_x_units: table,
  counts: table,
  table,
  table_proportions: fc.oneof(
    table,
    fc.constant([
      [0.5, 0.25],
      [0.25, 0],
    ]),
  ),
  answers: triples,
  triples,
  categories: fc.oneof(fc.constantFrom([0, 1, 2, 3, 4], [1, 2], ["a", "b"], []), fc.array(cell, { maxLength: 4 })),
  weights: fc.oneof(fc.constantFrom("unweighted", "linear", "ratio", "bipolar", "circular", "cubic", 3), table),
  disagreement_weights: table,
  distance: fc.oneof(fc.constantFrom("binary", "masi", "jaccard", "other", 4), table),
  metric: fc.constantFrom("nominal", "ordinal", "interval", "ratio", "polar", 1),
  form: fc.constantFrom("ICC(1,1)", "ICC(2,1)", "ICC(3,1)", "ICC(1,k)", "ICC(2,k)", "ICC(3,k)", "ICC(A,1)", 7),
  missing: fc.constantFrom<unknown>("null", -1, "NA", 0),
  confidence: fc.constantFrom<unknown>(0.95, 0.9, 0, 1, "high"),
  ci: fc.constantFrom<unknown>("t(n-1)", "normal", "exact", 2),
  se_convention: fc.constantFrom<unknown>("large-sample, divides by n", "divides by n-1", "jackknife", 1),
  weight_scale: fc.constantFrom<unknown>("category rank", "category value", "log", 1),
  tolerance: fc.constantFrom<unknown>(0, 1, -1, "wide"),
  correct_for_ties: fc.constantFrom<unknown>(true, false, "yes"),
  raters: fc.constantFrom<unknown>(1, 2, 5, -1, "two"),
  n: fc.constantFrom<unknown>(1, 200, 0, "many"),
  draws: fc.constantFrom<unknown>(5, 0, "all"),
  population: fc.constantFrom<unknown>(1, 1000, 0.5, "all"),
  seed: fc.constantFrom<unknown>(1, -1),
  clusters: fc.array(cell, { maxLength: 5 }),
  note: fc.constant("a note"),
};

const layoutNames: readonly string[] = [
  ...["ratings", "coders_x_units", "counts", "table", "table_proportions", "answers", "triples"],
];

test.each(
  agreement.map((measure) => [measure.id, measure] as const),
)("%s takes any input or says why not, answers no NaN, and has a reason for each undefined value", (_, measure) => {
  const optional = Object.fromEntries(measure.inputs.map((name) => [name, byName[name] ?? fc.constant(undefined)]));
  const layouts = measure.inputs.filter((name) => layoutNames.includes(name));
  const others = measure.inputs.filter((name) => !layoutNames.includes(name));
  // One layout most of the time and few other inputs: with all of them nearly each case would end at the first that is wrong.
  const inputs = fc
    .tuple(
      fc.record(optional),
      fc.oneof(
        { weight: 9, arbitrary: fc.constantFrom(...layouts).map((name) => [name]) },
        { weight: 1, arbitrary: fc.subarray(layouts) },
      ),
      fc.subarray(others, { maxLength: Math.min(3, others.length) }),
    )
    .map(([all, chosen, more]) => Object.fromEntries([...chosen, ...more].map((name) => [name, all[name]])));
  fc.assert(
    fc.property(inputs, (given) => {
      let answer: ReturnType<typeof measure.calculate>;
      try {
        answer = measure.calculate(given);
      } catch (error) {
        expect(error).toBeInstanceOf(MeasureError);
        return;
      }
      expect(numbersIn(answer.values).filter((value) => !Number.isFinite(value))).toEqual([]);
      for (const [name, value] of Object.entries(answer.values)) {
        expect(measure.outputs).toContain(name);
        if (value === undefined) expect(answer.undefined_because?.[name], name).toBeTypeOf("string");
      }
    }),
    { numRuns: 500 },
  );
});

test("every declaration takes the inputs that its own tests draw", () => {
  const unknown = agreement.flatMap(({ inputs }) => inputs).filter((name) => byName[name] === undefined);
  expect(unknown).toEqual([]);
});

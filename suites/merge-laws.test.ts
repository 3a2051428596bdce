import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Example } from "../src/engine/examples.js";
import { Examples } from "../src/engine/examples.js";
import { finishRun } from "../src/engine/finish.js";
import {
  emptyRuleTally,
  emptyUnits,
  mergeExamples,
  mergeRuleTallies,
  mergeUnits,
  type RuleTally,
  tallyOfRule,
  type UnitTally,
} from "../src/engine/merge.js";
import { bins } from "../src/engine/rule-state.js";
import { createRun } from "../src/engine/run.js";
import { detectData } from "../src/formats/detect.js";
import type { InputFile } from "../src/formats/format.js";
import { faultsOf, formats } from "../src/formats/index.js";
import { listData } from "../src/formats/walk.js";
import { applyStandards } from "../src/standards/apply.js";
import { findStandard } from "../src/standards/find.js";
import { cocoText, models } from "./testing/coco-model.js";
import { inFolder } from "./testing/folder.js";
import { tinyRules, tinyScheme } from "./testing/tiny-rules.js";
import { withStandard } from "./testing/tiny-standard.js";

const kept = 4;
const example = fc.record({
  // Few values, so that equal fingerprints and equal places meet.
  high: fc.nat(3),
  low: fc.nat(3),
  kind: fc.constant("annotation" as const),
  file: fc.nat(2),
  offset: fc.nat(9),
  element: fc.nat(9),
  waived: fc.boolean(),
  values: fc.constant([]),
}) satisfies fc.Arbitrary<Example>;
// Longer than what is gathered before the smallest are kept.
const examples = fc.array(example, { maxLength: 80, size: "max" });
const counts = fc
  .array(fc.tuple(fc.constantFrom("cat", "dog", "__proto__", "constructor"), fc.integer({ min: 1, max: 9 })))
  .map((pairs) => new Map([...new Map(pairs)].sort()));
const tally: fc.Arbitrary<RuleTally> = fc.record({
  evaluated: fc.nat(),
  violations: fc.nat(),
  notEvaluated: fc.nat(),
  waived: fc.nat(),
  codes: counts,
  byCategory: counts,
  byAnnotator: counts,
  media: fc.array(fc.constantFrom("0 1", "0 2", "1 1")).map((keys) => new Set([...new Set(keys)].sort())),
  where: fc.array(fc.nat(9), { minLength: bins, maxLength: bins }).map((list) => Float64Array.from(list)),
  examples: examples.map((list) => mergeExamples(list, [], kept)),
});
const units: fc.Arbitrary<UnitTally> = fc.record({ b: fc.nat(), bad: fc.nat(), open: fc.nat() });

/** Associative, commutative, with an identity. Examples that are equal in their order may stand for each other. */
function lawsOf<T>(
  name: string,
  any: fc.Arbitrary<T>,
  empty: T,
  merge: (left: T, right: T) => T,
  seen: (value: T) => unknown,
) {
  describe(name, () => {
    test("associative", () =>
      fc.assert(
        fc.property(any, any, any, (a, b, c) => {
          expect(seen(merge(merge(a, b), c))).toEqual(seen(merge(a, merge(b, c))));
        }),
      ));
    test("commutative", () =>
      fc.assert(
        fc.property(any, any, (a, b) => {
          expect(seen(merge(a, b))).toEqual(seen(merge(b, a)));
        }),
      ));
    test("identity", () =>
      fc.assert(
        fc.property(any, (a) => {
          expect(seen(merge(a, empty))).toEqual(seen(a));
          expect(seen(merge(empty, a))).toEqual(seen(a));
        }),
      ));
  });
}

const places = (list: readonly Example[]) =>
  list.map(({ high, low, file, offset, element }) => [high, low, file, offset, element]);
lawsOf(
  "tallies of a rule",
  tally,
  emptyRuleTally,
  (a, b) => mergeRuleTallies(a, b, kept),
  (value) => ({
    ...value,
    examples: places(value.examples),
  }),
);
lawsOf("units", units, emptyUnits, mergeUnits, (value) => value);

test("kept examples are the smallest, whatever order they come in, and in parts as in one pass", () =>
  fc.assert(
    fc.property(examples, fc.nat(80), (list, cut) => {
      const keep = (some: readonly Example[]) => {
        const all = new Examples(kept);
        for (const one of some) if (all.admits(one.high, one.low)) all.add(one);
        return all.kept();
      };
      const once = places(keep(list));
      expect(once).toEqual(places(mergeExamples(list, [], kept)));
      expect(places(keep([...list].reverse()))).toEqual(once);
      expect(places(mergeExamples(keep(list.slice(0, cut)), keep(list.slice(cut)), kept))).toEqual(once);
    }),
  ));

/** Reads some of the files; places and bins are those among all of them. */
async function pass(standard: string, all: readonly InputFile[], part: readonly InputFile[]) {
  const { rules } = await applyStandards([findStandard(standard)], {
    scheme: undefined,
    profile: undefined,
    only: [],
  });
  const codes = ["G", "S", "M", "O", "F"];
  const run = createRun(rules, codes, [], all, {
    maxExamples: kept,
    pointer: () => undefined,
    faultsOf,
  });
  const { files } = await detectData(part);
  for (const format of formats) {
    const own = files.filter((one) => one.format === format).map(({ file }) => file);
    await format.read({ files: own, all: new Map(), resolve: () => undefined }, run.sink, (_, error) => {
      throw error;
    });
  }
  await finishRun(run, { resolve: () => undefined, examine: () => Promise.reject(new Error("no media")) });
  run.close();
  return {
    rules: new Map(run.states.map((state) => [state.active.rule.id, tallyOfRule(state, run)])),
    units: codes.map((_, bit) => run.units.annotation.count(1 << bit)),
    mediaUnits: codes.map((_, bit) => run.units.media.count(1 << bit)),
  };
}

test("two parts of whole files, merged, are one pass over both", () =>
  // media-annotated asks a measurement: those merge by the laws of src/measures.
  withStandard(
    tinyRules.filter(({ id }) => id !== "media-annotated"),
    tinyScheme,
    (standard) =>
      fc.assert(
        fc.asyncProperty(models, models, (left, right) =>
          inFolder({ "a.json": cocoText(left), "b.json": cocoText(right) }, async (folder) => {
            const all = listData(folder).files;
            const once = await pass(standard, all, all);
            const parts = [
              await pass(standard, all, all.slice(0, 1)),
              await pass(standard, all, all.slice(1)),
            ] as const;
            for (const [id, whole] of once.rules) {
              const merged = mergeRuleTallies(
                parts[0].rules.get(id) ?? emptyRuleTally,
                parts[1].rules.get(id) ?? emptyRuleTally,
                kept,
              );
              expect({ id, ...merged }).toEqual({ id, ...mergeRuleTallies(whole, emptyRuleTally, kept) });
            }
            const sum = (a: readonly UnitTally[], b: readonly UnitTally[]) =>
              a.map((one, bit) => mergeUnits(one, b[bit] ?? emptyUnits));
            expect(sum(parts[0].units, parts[1].units)).toEqual(once.units);
            expect(sum(parts[0].mediaUnits, parts[1].mediaUnits)).toEqual(once.mediaUnits);
          }),
        ),
        { numRuns: 30 },
      ),
  ));

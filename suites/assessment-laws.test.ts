import * as fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AssessOptions, assess } from "../src/assess.js";
import type { Report } from "../src/records/report.gen.js";
import { cocoText, type Model, models, plain, type Writing } from "./testing/coco-model.js";
import { type Files, inFolder } from "./testing/folder.js";
import { boxPositive, tinyRules, tinyScheme } from "./testing/tiny-rules.js";
import { standardFiles, type TinyRule } from "./testing/tiny-standard.js";
import { fingerprintsOf, scoresOf, told } from "./testing/told.js";

/** Two rule sets: a small one with every kind of rule, judged by its own scheme, and ours. */
const bases = [
  { name: "a rule of every kind", options: (tiny: string): AssessOptions => ({ standards: [tiny] }), runs: 40 },
  { name: "ref-image-annotation", options: (): AssessOptions => ({}), runs: 12 },
] as const;

let tiny = "";
let split = "";
let release = () => {};
beforeAll(async () => {
  // One folder for the whole file: its rules are compiled again for each assessment, its YAML is what is read once.
  await new Promise<void>((ready) => {
    void inFolder(
      {
        ...prefixed("tiny", standardFiles(tinyRules, tinyScheme)),
        ...prefixed("split", standardFiles(splitInTwo(tinyRules), tinyScheme)),
      },
      (folder) =>
        new Promise<void>((done) => {
          tiny = `${folder}/tiny`;
          split = `${folder}/split`;
          release = done;
          ready();
        }),
    );
  });
});
afterAll(() => release());

function prefixed(folder: string, files: Files): Files {
  return Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]));
}

/** box-positive as two rules, one a side. */
function splitInTwo(rules: readonly TinyRule[]): readonly TinyRule[] {
  return rules.flatMap((rule) =>
    rule.id === boxPositive.id
      ? [
          { ...rule, id: "width-positive", assert: "annotation.box.width > 0.0" },
          { ...rule, id: "height-positive", assert: "annotation.box.height > 0.0" },
        ]
      : [rule],
  );
}

function judge(files: Files, options: AssessOptions): Promise<Report> {
  return inFolder(files, (folder) => assess(folder, { name: "data", maxExamples: 1000, ...options }));
}

const shuffled =
  (seed: number): Writing["order"] =>
  (list) => {
    const random = fc.sample(fc.shuffledSubarray([...list], { minLength: list.length }), { seed, numRuns: 1 });
    return random[0] ?? list;
  };
const orders = fc.record({
  seed: fc.integer(),
  sections: fc.shuffledSubarray(["images", "categories", "annotations"] as const, { minLength: 3 }),
});
const pretty = { verbose: 1, endOnFailure: true } as const;

describe.each(bases)("by $name", ({ options, runs }) => {
  const law = (arbitrary: fc.Arbitrary<unknown[]>, check: (...values: never[]) => Promise<void>) =>
    fc.assert(
      fc.asyncProperty(arbitrary, (values) => check(...(values as never[]))),
      { ...pretty, numRuns: runs },
    );

  test("the order of records and sections changes no count, measurement, fingerprint or verdict", () =>
    law(fc.tuple(models, orders), async (model: Model, { seed, sections }: { seed: number; sections: never[] }) => {
      // An id that two annotations share is shared by neighbours: where they stand apart, it is another one's.
      const once = { ...model, annotations: model.annotations.map((one) => ({ ...one, sameId: false })) };
      const straight = await judge({ "a.json": cocoText(once) }, options(tiny));
      const other = await judge(
        { "a.json": cocoText(once, { ...plain, order: shuffled(seed), sections }) },
        options(tiny),
      );
      expect(told(other)).toEqual(told(straight));
    }));

  test("the order of files changes no count, measurement, fingerprint or verdict", () =>
    law(fc.tuple(models, models), async (left: Model, right: Model) => {
      const one = await judge({ "a.json": cocoText(left), "b.json": cocoText(right) }, options(tiny));
      const other = await judge({ "b.json": cocoText(left), "a.json": cocoText(right) }, options(tiny));
      expect(told(other)).toEqual(told(one));
    }));

  test("a dataset whose ids are all renumbered keeps its fingerprints, counts, scores and verdict", () =>
    law(fc.tuple(models, fc.integer({ min: 2, max: 9999 })), async (model: Model, step: number) => {
      const kinds = { image: 1, category: 2, annotation: 3 };
      const id: Writing["id"] = (kind, at) => kinds[kind] + (40 - at) * step;
      const straight = await judge({ "a.json": cocoText(model) }, options(tiny));
      const other = await judge({ "a.json": cocoText(model, { ...plain, id }) }, options(tiny));
      // A category without a name is listed by its id, so not all that is told can be the same.
      const countsOf = ({ rules }: Report) =>
        rules.map((rule) => [rule.id, rule.evaluated, rule.violations, rule.not_evaluated]);
      expect(countsOf(other)).toEqual(countsOf(straight));
      expect(fingerprintsOf(other.findings)).toEqual(fingerprintsOf(straight.findings));
      expect(scoresOf(other)).toEqual(scoresOf(straight));
      expect(other.verdict).toBe(straight.verdict);
    }));

  test("the order in which files were created and the folder they lie in leave the bytes as they are", () =>
    law(fc.tuple(models, models), async (left: Model, right: Model) => {
      const files = { "a.json": cocoText(left), "sub/b.json": cocoText(right) };
      const turned = Object.fromEntries(Object.entries(files).reverse());
      expect(JSON.stringify(await judge(turned, options(tiny)))).toBe(
        JSON.stringify(await judge(files, options(tiny))),
      );
    }));

  test("a rule switched off changes no other rule's counts, verdict or findings", () =>
    law(fc.tuple(models, fc.nat()), async (model: Model, at: number) => {
      const files = { "a.json": cocoText(model) };
      const all = await judge(files, options(tiny));
      const id = all.rules[at % all.rules.length]?.id ?? "";
      const less = await judge(files, {
        ...options(tiny),
        profile: { rules: [{ id, off: true, reason: "not agreed" }] },
      });
      const rest = ({ rules }: Report) => rules.filter((rule) => rule.id !== id);
      expect(rest(less)).toEqual(rest(all));
      expect(less.findings).toEqual(all.findings.filter(({ rule }) => rule !== id));
      expect(less.rules.find((rule) => rule.id === id)).toMatchObject({
        off: true,
        verdict: "advisory",
        violations: 0,
      });
    }));
});

describe("scores", () => {
  const runs = { ...pretty, numRuns: 25 };

  test("a further finding raises no score", () =>
    fc.assert(
      fc.asyncProperty(models, fc.nat(), async (model, at) => {
        const broken = at % model.annotations.length;
        const worse = {
          ...model,
          annotations: model.annotations.map((one, index) => (index === broken ? { ...one, iscrowd: 7 } : one)),
        };
        const before = await judge({ "a.json": cocoText(model) }, { standards: [tiny] });
        const after = await judge({ "a.json": cocoText(worse) }, { standards: [tiny] });
        const crowd = (report: Report) => report.rules.find(({ id }) => id === "crowd-known")?.violations ?? 0;
        expect(crowd(after)).toBe(crowd(before) + 1);
        scoresOf(after).forEach(({ lower = 0, upper = 100 }, index) => {
          const old = scoresOf(before)[index];
          expect(lower).toBeLessThanOrEqual(old?.lower ?? 0);
          expect(upper).toBeLessThanOrEqual(old?.upper ?? 100);
        });
      }),
      runs,
    ));

  test("splitting a rule in two changes no score", () =>
    fc.assert(
      fc.asyncProperty(models, async (model) => {
        const files = { "a.json": cocoText(model) };
        expect(scoresOf(await judge(files, { standards: [split] }))).toEqual(
          scoresOf(await judge(files, { standards: [tiny] })),
        );
      }),
      runs,
    ));

  test("a copy of the whole dataset under fresh ids, in the file or in another, changes no score", () =>
    fc.assert(
      fc.asyncProperty(models, async (model) => {
        const once = await judge({ "a.json": cocoText(model) }, { standards: [tiny] });
        const twice = await judge({ "a.json": cocoText(model, plain, 2) }, { standards: [tiny] });
        const beside = await judge({ "a.json": cocoText(model), "b.json": cocoText(model) }, { standards: [tiny] });
        expect(scoresOf(twice)).toEqual(scoresOf(once));
        expect(scoresOf(beside)).toEqual(scoresOf(once));
        // Each finding has its equal: the second time it is told as #2 of the first.
        expect(fingerprintsOf(beside.findings).length).toBe(2 * once.findings.length);
      }),
      runs,
    ));
});

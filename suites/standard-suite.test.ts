import { describe, expect, test } from "vitest";
import { lawsOf } from "../src/conformance/law-suite.js";
import { suiteOf } from "../src/conformance/rule-suite.js";
import { shippedStandards, standardWithCases } from "../src/standards/find.js";

/** A few datasets a rule, so that every run of the tests goes through all of it; `touchstone suite run ID --runs 1000` is the same with more. */
const options = { runs: 4, seed: 20_261_128 };

const standards = shippedStandards()
  .map(({ id, edition }) => standardWithCases(`${id}@${edition}`))
  .filter(({ rules }) => rules.some((rule) => rule.break !== undefined));

describe.each(standards.map((standard) => [standard.document.id, standard] as const))("%s", async (_, standard) => {
  const suite = await suiteOf(standard);

  test("every rule has a break, or no format carries what it is asked of", async () => {
    for (const rule of suite.rules.filter((one) => one.break === undefined))
      expect(await suite.broken(rule, options)).toMatchObject({
        ok: true,
        notAsked: { en: expect.stringContaining("no format") },
      });
  });

  test.each(suite.writers.map((writer) => [writer.format, writer] as const))(
    "a conforming dataset in %s raises nothing",
    async (__, writer) => {
      const { ok, problem } = await suite.conforming(writer, { ...options, runs: 20 });
      expect(problem).toBeUndefined();
      expect(ok).toBe(true);
    },
    60_000,
  );

  test.each((await lawsOf(standard)).map((law) => [law.law, law.formats.join(" "), law] as const))(
    "%s changes no finding: %s",
    async (__, ___, law) => {
      const { ok, asked, problem } = await law.run({ ...options, runs: 20 });
      expect(problem).toBeUndefined();
      expect(ok).toBe(true);
      // In COCO the partial standard has one rule, on ids that two records share: which of them an id names their order says.
      if (standard.document.id !== "cn-tc609-5-2025-02-partial") expect(asked).toBeGreaterThan(0);
    },
    60_000,
  );

  test.each(suite.rules.filter((rule) => rule.break !== undefined).map((rule) => [rule.id, rule] as const))(
    "a dataset in which %s is broken raises it, and nothing but what the break names",
    async (__, rule) => {
      const { ok, problem } = await suite.broken(rule, options);
      expect(problem).toBeUndefined();
      expect(ok).toBe(true);
    },
    60_000,
  );
});

describe("what the suite notices", async () => {
  const standard = standardWithCases("ref-image-annotation");
  const rule = standard.rules.find(({ id }) => id === "box-degenerate");
  if (rule === undefined) throw new Error("no such rule");
  const suite = await suiteOf(standard);
  const problemOf = async (broken: NonNullable<typeof rule.break>): Promise<string> =>
    (await suite.broken({ ...rule, break: broken }, options)).problem?.en ?? "";

  test("a break that breaks nothing", async () => {
    expect(await problemOf({ set: { "annotation.box.width": "annotation.box.width" } })).toContain(
      "the rule finds nothing",
    );
  }, 60_000);

  test("a break that comes with more than it names", async () => {
    const broken = {
      sample: { without: ["polygon", "rle"] },
      set: { "annotation.box.width": "0.0", "annotation.box.x": "-99.0" },
    };
    expect(await problemOf(broken)).toContain("which the break does not name");
  }, 60_000);

  test("a rule that a break entails and that does not come", async () => {
    expect(
      await problemOf({
        sample: { without: ["polygon", "rle"] },
        set: { "annotation.box.width": "0.0" },
        entails: ["id-duplicate"],
        may: ["box-area-mismatch"],
      }),
    ).toContain("id-duplicate does not come with it");
  }, 60_000);

  test("a dataset that has no record to break", async () => {
    expect(await problemOf({ from: "annotation.box.width < 0.0", set: { "annotation.box.width": "0.0" } })).toContain(
      "no record can be broken",
    );
  }, 60_000);
});

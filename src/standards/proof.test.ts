import { expect, test } from "vitest";
import { inFolder } from "../../suites/testing/folder.js";
import { soundRule as rule, standardFiles, type TinyRule } from "../../suites/testing/tiny-standard.js";
import { lintStandardAt } from "../check-standard.js";
import type { Rule } from "../records/grammar.gen.js";
import { ruleDigest } from "./digest.js";
import { findStandard, shippedStandards, standardWithCases } from "./find.js";
import type { LoadedStandard } from "./load.js";
import { isProof, isProven } from "./proof.js";

const none = { findings: 0, datasets: 0 };
const planted = (answers: number, found: number, differing = 0) => ({ answers, found, datasets: 1, differing });

test.each([
  ["nothing was tried", none, planted(0, 0), false],
  ["it fires on a real file", { findings: 1, datasets: 1 }, planted(0, 0), true],
  ["every planted defect is found", none, planted(9, 9), true],
  ["one planted defect is missed", none, planted(9, 8), false],
  ["all are found, and something else with them", none, planted(9, 9, 1), false],
  ["it fires, and misses a planted defect", { findings: 1, datasets: 1 }, planted(9, 8, 1), true],
])("a rule is proven where it has worked: %s", (_, fires, own, expected) =>
  expect(isProof({ digest: "", fires, planted: own, asked: 100, findings: 0 })).toBe(expected));

const proofOf = (rules: Readonly<Record<string, string>>): string =>
  JSON.stringify({
    corpus: { datasets: 1, files: 1, sha256: "0".repeat(64) },
    count: 5,
    seed: 1,
    rules: Object.fromEntries(
      Object.entries(rules).map(([id, digest]) => [
        id,
        { digest, fires: none, planted: planted(3, 3), asked: 9, findings: 0 },
      ]),
    ),
  });

/** Whether the rule, with other fields than it was tried with, is proven, and what lint says of the proof. */
const provenBy = (proof: ((digest: string) => string) | undefined, fields: Partial<TinyRule> = {}) =>
  inFolder(placed(standardFiles([rule])), (tried) => {
    const digest = ruleDigest(onlyRule(standardWithCases(`${tried}/tiny/1.0.0`)));
    const files = standardFiles([{ ...rule, ...fields }]);
    const all = proof === undefined ? files : { ...files, "proof.json": proof(digest) };
    return inFolder(placed(all), async (folder) => {
      const path = `${folder}/tiny/1.0.0`;
      const problems = (await lintStandardAt(path)).problems.map(({ file, code }) => `${file} ${code}`);
      if (problems.some((problem) => problem.endsWith("grammar"))) {
        expect(() => findStandard(path)).toThrow("TS-STANDARD-0001");
        return { proven: undefined, problems };
      }
      const standard = findStandard(path);
      return { proven: isProven(onlyRule(standard), standard), problems };
    });
  });
function onlyRule({ rules }: LoadedStandard): Rule {
  const [first] = rules;
  if (first === undefined) throw new Error("the standard has no rule");
  return first;
}
const placed = (files: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(files).map(([name, text]) => [`tiny/1.0.0/${name}`, text]));
test("a standard without a proof says nothing of its rules", async () =>
  expect(await provenBy(undefined)).toEqual({ proven: undefined, problems: [] }));

test.each([
  ["the rule that was tried is proven", {}, true, []],
  ["another title leaves it proven", { title: { zh: "题", en: "Other" } }, true, []],
  ["another limit does not", { assert: "annotation.box.width > 0.5" }, false, ["proof.json proof-of-another-rule"]],
])("%s", async (_, fields, proven, problems) =>
  expect(await provenBy((digest) => proofOf({ "box-wide": digest }), fields)).toEqual({ proven, problems }));

test("a rule that the proof does not name is unproven, and a name of no rule is told", async () =>
  expect(await provenBy((digest) => proofOf({ "box-tall": digest }))).toEqual({
    proven: false,
    problems: ["proof.json unknown-rule"],
  }));

test("a proof that is none is refused with its place", async () =>
  expect((await provenBy(() => '{"rules": 7}')).problems).toContain("proof.json grammar"));

test.each(shippedStandards().map(({ id }) => id))("what is stated of %s is of its rules as they are", (id) => {
  const { proof, rules } = standardWithCases(id);
  if (proof === undefined) return;
  expect(Object.entries(proof.rules).map(([name, own]) => [name, own?.digest])).toEqual(
    rules.map((one) => [one.id, ruleDigest(one)]),
  );
});

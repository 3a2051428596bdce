import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleRuntime } from "../scripts/validator-runtime.js";
import { validatorModule } from "../src/build-standard/module.js";
import { type Expected, readRecords } from "../src/build-standard/records.js";
import { caseVectors, type Vector } from "../src/build-standard/vectors.js";
import { askedFormat } from "../src/conformance/drawn-files.js";
import { suiteOf } from "../src/conformance/rule-suite.js";
import { seededDraw } from "../src/generate/draw.js";
import type { ProfileDocument } from "../src/records/grammar.gen.js";
import { shippedStandards, standardWithCases } from "../src/standards/find.js";
import type { LoadedStandard } from "../src/standards/load.js";
import type { Answer, Finding } from "../src/validator/answer.js";
import type { Validator } from "../src/validator/assessor.js";

const folder = mkdtempSync(join(tmpdir(), "built-validator-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let runtime = "";
beforeAll(async () => {
  runtime = await bundleRuntime();
});

let written = 0;

async function built(standard: LoadedStandard, profile?: ProfileDocument): Promise<Validator> {
  const { text } = await validatorModule(standard, profile, runtime);
  const path = join(folder, `${written++}.mjs`);
  writeFileSync(path, text);
  return (await import(pathToFileURL(path).href)) as Validator;
}

/** The answer of a validator in the words of the engine. */
function asExpected({ rules, findings }: Answer, wanted: readonly string[]): readonly Expected[] {
  return rules
    .filter(({ rule }) => wanted.includes(rule))
    .map(({ rule, verdict, asked, not_evaluated }) => ({
      rule,
      verdict,
      asked,
      not_evaluated,
      findings: findings
        .filter((finding) => finding.rule === rule)
        .map(({ record = -1 }) => record)
        .sort((left, right) => left - right),
    }));
}

/** Vectors whose answer differs; a rule that is not covered is indeterminate in all of them. */
function differences(validator: Validator, vectors: readonly Vector[]): readonly string[] {
  const notCovered = new Set(validator.notCovered.map(({ rule }) => rule));
  return vectors.flatMap(({ id, records, expected }) => {
    const answer = validator.validate(records);
    const wanted = expected.map((one) =>
      notCovered.has(one.rule)
        ? { rule: one.rule, verdict: "indeterminate" as const, asked: 0, not_evaluated: 0, findings: [] }
        : one,
    );
    const got = asExpected(
      answer,
      expected.map(({ rule }) => rule),
    );
    return JSON.stringify(got) === JSON.stringify(wanted)
      ? []
      : [`${id}: ${JSON.stringify(got)}, and the engine says ${JSON.stringify(wanted)}`];
  });
}

const ids = shippedStandards().map(({ id }) => id);

describe.each(ids)("the validator of %s", (id) => {
  test("is one file that imports nothing and makes no code from text, the same at every build", async () => {
    const first = await validatorModule(standardWithCases(id), undefined, runtime);
    const second = await validatorModule(standardWithCases(id), undefined, await bundleRuntime());
    expect(second.text).toBe(first.text);
    expect(/new Function|[^.\w]Function\(|\bimport[({"']|\brequire\(|"node:/.exec(first.text)?.[0]).toBeUndefined();
    const size = gzipSync(first.text, { level: 9 }).length;
    expect(size).toBeLessThan(150_000);
    // As a strict Content-Security-Policy has it: code from text is an error.
    const path = join(folder, `${written++}.mjs`);
    writeFileSync(path, first.text);
    const script = `const { validate } = await import(${JSON.stringify(pathToFileURL(path).href)}); process.stdout.write(validate([]).verdict);`;
    const said = execFileSync(
      process.execPath,
      ["--disallow-code-generation-from-strings", "--input-type=module", "-e", script],
      { encoding: "utf8" },
    );
    expect(said).toBe("indeterminate");
    console.log(`${id}: ${size} bytes gzipped`);
  });

  test("says of every case what the engine says", async () => {
    const standard = standardWithCases(id);
    const vectors = await caseVectors(standard);
    expect(
      differences(
        await built(standard),
        vectors.filter(({ params }) => params === undefined),
      ),
    ).toEqual([]);
    const others = new Map<string, Vector[]>();
    for (const vector of vectors) {
      if (vector.params === undefined) continue;
      const key = JSON.stringify(vector.params);
      others.set(key, [...(others.get(key) ?? []), vector]);
    }
    for (const own of others.values()) {
      const params = Object.entries(own[0]?.params ?? {});
      const rules = standard.rules.filter((rule) => params.some(([of]) => of === rule.id));
      const changes = params.map(([rule, values]) => ({ id: rule, reason: "case", params: values }));
      const validator = await built({ ...standard, rules }, { rules: changes } as unknown as ProfileDocument);
      expect(differences(validator, own)).toEqual([]);
    }
    console.log(`${id}: ${vectors.length} cases, ${others.size} sets of parameters`);
  }, 300_000);

  test("says of drawn data what the engine says when it reads their files", async () => {
    const standard = standardWithCases(id);
    const validator = await built(standard);
    const { active } = await validatorModule(standard, undefined, runtime);
    const notCovered = new Set(validator.notCovered.map(({ rule }) => rule));
    const suite = await suiteOf(standard);
    let datasets = 0;
    let count = 0;
    let found = 0;
    const same = async (name: string, format: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> => {
      const { steps, places, answers } = await readRecords(active, files, askedFormat(format));
      const assessor = validator.createAssessor();
      for (const step of steps) {
        if ("declares" in step) assessor.declares(step.declares);
        else assessor.add(step);
      }
      const { rules, findings } = assessor.finish();
      const placeOf = ({ record }: Finding): string => (record === undefined ? "dataset" : (places[record] ?? "?"));
      const got = rules
        .filter(({ rule }) => !notCovered.has(rule))
        .map(({ rule, verdict, asked, not_evaluated }) => ({
          rule,
          verdict,
          asked,
          not_evaluated,
          at: findings
            .filter((one) => one.rule === rule)
            .map(placeOf)
            .sort(),
        }));
      expect({ name, answers: got }).toEqual({ name, answers: answers.filter(({ rule }) => !notCovered.has(rule)) });
      datasets++;
      count += places.length;
      found += findings.length;
    };
    for (const writer of suite.writers)
      for (let run = 0; run < 3; run++)
        await same(
          `conforming ${writer.format} ${run}`,
          writer.format,
          suite.drawConforming(writer, seededDraw(7, run)),
        );
    for (const rule of standard.rules) {
      if (rule.break === undefined || rule.break.params !== undefined) continue;
      const drawer = await suite.drawerOf(rule);
      if (drawer === undefined) continue;
      for (let run = 0; run < 2; run++) {
        const { format, files } = drawer(seededDraw(7, run));
        await same(`${rule.id} ${format} ${run}`, format, files);
      }
    }
    console.log(`${id}: ${datasets} datasets, ${count} records, ${found} findings`);
  }, 300_000);
});

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { cocoText, type Model } from "../suites/testing/coco-model.js";
import { inFolder } from "../suites/testing/folder.js";
import { tinyRules, tinyScheme } from "../suites/testing/tiny-rules.js";
import { standardFiles } from "../suites/testing/tiny-standard.js";
import { type AssessOptions, assess } from "./assess.js";
import type { Report } from "./records/report.gen.js";
import { serialise } from "./report/digest.js";
import { hidden } from "./report/redact.js";
import { checkAgainst } from "./standards/schema.js";
import { type Given, verify } from "./verify.js";

const model: Model = {
  media: [
    { width: 10, height: 10 },
    { width: 0, height: 5 },
  ],
  categories: ["secretcat", "x"],
  annotations: [
    { media: 0, category: 0, box: [1, 1, 30, -2], ring: [0, 0, 1, 0, 1, 1], iscrowd: 0, fault: "none", sameId: false },
    { media: 1, category: 1, box: [2, 2, 3, 3], ring: undefined, iscrowd: 0, fault: "duplicate-key", sameId: true },
    { media: -1, category: 1, box: [2, 2, 3, 3], ring: undefined, iscrowd: 0, fault: "text-area", sameId: false },
  ],
};
const text = cocoText(model).replaceAll("m0.jpg", "secretmedia.jpg");
const files = Object.fromEntries(
  Object.entries(standardFiles(tinyRules, tinyScheme)).map(([name, content]) => [`s/${name}`, content]),
);

interface Place {
  readonly data: string;
  readonly standard: string;
  judge(options?: AssessOptions): Promise<Report>;
  check(report: Report, given?: Given): ReturnType<typeof verify>;
}
const withData = (use: (place: Place) => Promise<void>) =>
  inFolder({ ...files, "d/secretfile.json": text }, (folder) => {
    const data = join(folder, "d");
    const standard = join(folder, "s");
    return use({
      data,
      standard,
      judge: (options = {}) => assess(data, { standards: [standard], ...options }),
      check: (report, given = {}) => verify(report, serialise(report), data, { standards: [standard], ...given }),
    });
  });
const kinds = ({ differences }: Awaited<ReturnType<typeof verify>>) => [
  ...new Set(differences.map(({ kind }) => kind)),
];

describe("verify", () => {
  test("says that the bytes are the same, with all options a report can hold", () =>
    withData(async ({ judge, check }) => {
      const profile = {
        rules: [{ id: "crowd-known", off: true, reason: "not agreed" }],
        thresholds: [{ dimension: "D", value: 50, reason: "agreed" }],
        waivers: [{ rule: "media-known", path: "**", reason: "agreed", by: "N. N.", expires: "2030-01-01" }],
      };
      for (const options of [
        {},
        { profile, date: "2026-01-01", maxExamples: 1 },
        { rules: ["box-positive"], name: "other", format: "coco" },
        { redact: true },
        { issue: { body: "a body" } },
      ]) {
        expect(await check(await judge(options))).toEqual({ same: true, differences: [] });
      }
    }));

  test("names an input that has changed, and what follows from it", () =>
    withData(async ({ data, judge, check }) => {
      const report = await judge();
      writeFileSync(join(data, "secretfile.json"), text.replace('"iscrowd":0', '"iscrowd":7'));
      const result = await check(report);
      expect(result.same).toBe(false);
      expect(kinds(result)).toEqual(["input", "finding"]);
      expect(result.differences[0]?.what.en).toMatch(/^secretfile.json: SHA-256 [0-9a-f]{12}, here [0-9a-f]{12}$/);
      expect(result.differences[1]?.what).toEqual({
        zh: "crowd-known：3 条中 0 处，现为 3 条中 1 处",
        en: "crowd-known: 0 of 3, here 1 of 3",
      });
    }));

  test("names an input that is gone, and one that is new", () =>
    withData(async ({ data, judge, check }) => {
      const report = await judge();
      rmSync(join(data, "secretfile.json"));
      writeFileSync(join(data, "b.json"), text);
      const whats = (await check(report)).differences.map(({ what }) => what.en);
      expect(whats).toEqual(expect.arrayContaining(["secretfile.json is not there any more", "b.json is new"]));
    }));

  test("names an edition whose deciding digest differs", () =>
    withData(async ({ standard, judge, check }) => {
      const report = await judge();
      const path = join(standard, "rules/rules.yaml");
      writeFileSync(path, readFileSync(path, "utf8").replace("annotation.iscrowd <= 1", "annotation.iscrowd <= 2"));
      const result = await check(report);
      expect(kinds(result)).toEqual(["edition"]);
      expect(result.differences[0]?.what.en).toMatch(/^tiny@1.0.0: deciding digest/);
    }));

  test("names an edition of whose rules something else was seen on real data", () =>
    withData(async ({ standard, judge, check }) => {
      const report = await judge();
      const proof = { corpus: { datasets: 1, files: 1, sha256: "0".repeat(64) }, count: 1, seed: 1, rules: {} };
      writeFileSync(join(standard, "proof.json"), JSON.stringify(proof));
      const result = await check(report);
      expect(result.differences[0]?.what.en).toMatch(
        /^tiny@1.0.0: nothing stated of real data, here 0 rules proven on real data \(digest [0-9a-f]{12}\), the same decisions$/,
      );
      expect(kinds(result)).toEqual(["edition"]);
      expect(await check(await judge())).toEqual({ same: true, differences: [] });
    }));

  test("names another version of the tool", () =>
    withData(async ({ judge, check }) => {
      const report = await judge();
      const result = await check({ ...report, tool: { ...report.tool, version: "0.0.0" } });
      expect(kinds(result)).toEqual(["tool"]);
      expect(result.differences[0]?.what.en).toMatch(/^made by 0\.0\.0 \(/);
    }));

  test("names a finding, a score and a verdict that were changed by hand", () =>
    withData(async ({ judge, check }) => {
      const report = await judge();
      const [first, ...rest] = report.findings;
      const changed: Report = {
        ...report,
        verdict: "conforming",
        findings: [{ ...(first as Report["findings"][number]), fingerprint: "0".repeat(16) }, ...rest],
        dimensions: report.dimensions.map((one) => ({ ...one, lower: 100, upper: 100 })),
      };
      const result = await check(changed);
      expect(kinds(result)).toEqual(["finding", "score", "verdict"]);
      expect(result.differences[0]?.what.en).toMatch(
        /^finding 1 is \S+ 0{16} in secretfile.json, here \S+ [0-9a-f]{16} in secretfile.json$/,
      );
      expect(result.differences[2]?.what.zh).toMatch(/^符合，现为/);
    }));

  test("wants the evidence and baseline of the report, and the standard that it names", () =>
    withData(async ({ judge, check }) => {
      const report = await judge();
      const baseline = { report, digest: "a".repeat(64) };
      const compared = await judge({ baseline });
      await expect(check(compared)).rejects.toThrow("TS-USAGE-0004");
      await expect(check(compared, { baseline: { report, digest: "b".repeat(64) } })).rejects.toThrow("TS-USAGE-0004");
      await expect(check(report, { baseline })).rejects.toThrow("TS-USAGE-0004");
      expect((await check(compared, { baseline })).same).toBe(true);
      await expect(check(report, { standards: [] })).rejects.toThrow("TS-USAGE-0003");
    }));

  test("a redacted report whose profile has paths wants the profile again", () =>
    withData(async ({ judge, check }) => {
      const profile = { waivers: [{ rule: "media-known", path: "**", reason: "agreed", by: "N. N." }] };
      const report = await judge({ profile, redact: true });
      await expect(check(report)).rejects.toThrow("TS-USAGE-0004");
      expect((await check(report, { profile })).same).toBe(true);
    }));
});

describe("report.json", () => {
  test("fits its schema, holds no path of this machine and no clock, and is the same from another current folder", () =>
    withData(async ({ data, standard, judge }) => {
      const report = serialise(await judge());
      expect(checkAgainst("report", JSON.parse(report))).toEqual([]);
      expect(report).not.toContain(data);
      expect(report).not.toContain(standard);
      expect(report).not.toMatch(new RegExp(`"${new Date().getFullYear()}-\\d\\d-\\d\\d`));
      const before = process.cwd();
      try {
        process.chdir(data);
        expect(serialise(await judge())).toBe(report);
        expect(serialise(await assess(".", { standards: ["../s"] }))).toBe(report);
        mkdirSync("empty");
      } finally {
        process.chdir(before);
      }
    }));

  test("redacted, it fits its schema and names no file, medium or category", () =>
    withData(async ({ judge }) => {
      const old = await judge();
      const profile = { waivers: [{ rule: "media-known", path: "secretmedia*", reason: "agreed", by: "N. N." }] };
      const plain = serialise(await judge({ profile }));
      for (const name of ["secretcat", "secretmedia", "secretfile"]) expect(plain).toContain(name);
      const baseline = {
        report: {
          ...old,
          findings: old.findings.map((one) => ({ ...one, fingerprint: "0".repeat(16), media: "secretmedia" })),
        },
        digest: "a".repeat(64),
      };
      const redacted = await judge({ profile, redact: true, baseline });
      expect(serialise(redacted)).not.toMatch(/secret/);
      expect(checkAgainst("report", redacted)).toEqual([]);
      expect(redacted.object.name).toBe(hidden);
      expect(redacted.findings.map(({ fingerprint }) => fingerprint)).toEqual(
        old.findings.map(({ fingerprint }) => fingerprint),
      );
    }));
});

describe("departures", () => {
  test("each stands with from, to and reason", () =>
    withData(async ({ judge }) => {
      const reason = "agreed";
      const { departures } = await judge({
        profile: {
          rules: [
            { id: "crowd-known", off: true, reason },
            { id: "box-inside", severity: "minor", obligation: "recommendation", reason },
          ],
          thresholds: [{ dimension: "D", value: 50, reason }],
          weights: [{ indicator: "G", weight: 2, reason }],
          accept: { critical: 3, major: 1, reason },
          decision_rule: { value: "interval", reason },
        },
      });
      expect(departures.map(({ kind, subject, from, to }) => [kind, subject, from, to])).toEqual([
        ["rule-off", "crowd-known", "on", "off"],
        ["severity", "box-inside", "major", "minor"],
        ["obligation", "box-inside", "requirement", "recommendation"],
        ["threshold", "D", "90", "50"],
        ["weight", "G", "1", "2"],
        ["accept", "critical", "0", "3"],
        ["accept", "major", "any number", "1"],
        ["decision-rule", "decision rule", "point", "interval"],
      ]);
      expect(departures.every((one) => one.reason === reason)).toBe(true);
    }));

  test("accept that a profile raises lets the veto pass, and a rule of a recommendation decides nothing", () =>
    withData(async ({ judge }) => {
      const veto = await judge();
      expect(veto.reasons.map(({ code }) => code)).toContain("findings-over-accept");
      const raised = await judge({ profile: { accept: { critical: 1, reason: "agreed" } } });
      expect(raised.reasons.map(({ code }) => code)).not.toContain("findings-over-accept");
      const advised = await judge({
        profile: { rules: [{ id: "media-known", obligation: "recommendation", reason: "agreed" }] },
      });
      expect(advised.rules.find(({ id }) => id === "media-known")).toMatchObject({
        deciding: false,
        verdict: "advisory",
        violations: 1,
      });
      expect(advised.reasons.map(({ code }) => code)).not.toContain("findings-over-accept");
    }));

  test("a waived finding is counted apart and lowers no score", () =>
    withData(async ({ judge }) => {
      const before = await judge();
      const finding = before.findings.find(({ rule }) => rule === "media-known");
      const after = await judge({
        profile: {
          waivers: [
            { fingerprint: finding?.fingerprint ?? "", reason: "agreed", by: "N. N." },
            { rule: "r", path: "nowhere", reason: "agreed", by: "N. N." },
          ],
        },
      });
      expect(after.rules.find(({ id }) => id === "media-known")).toMatchObject({
        violations: 1,
        waived: 1,
        verdict: "conforming",
      });
      expect(after.waivers.map(({ matched }) => matched)).toEqual([1, 0]);
      const lower = (report: Report) => report.indicators.find(({ code }) => code === "S")?.lower ?? 0;
      expect(lower(after)).toBeGreaterThan(lower(before));
      expect(after.findings.filter(({ waived }) => waived === true).map(({ rule }) => rule)).toEqual(["media-known"]);
    }));
});

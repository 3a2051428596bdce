import { expect, test } from "vitest";
import type { Report } from "../records/report.gen.js";
import { renderSarif } from "./sarif.js";
import { wholeReport } from "./testing/extents.js";
import { sampleNames, sampleReport } from "./testing/sample.js";
import { sarifValidator } from "./testing/sarif-schema.js";

const validate = sarifValidator();

interface Log {
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
    readonly artifacts: readonly { readonly location: { readonly uri: string } }[];
    readonly results: readonly Result[];
  }[];
}
interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly baselineState?: string;
  readonly suppressions?: readonly object[];
  readonly locations?: readonly {
    readonly physicalLocation: { readonly artifactLocation: { readonly index?: number }; readonly region?: object };
  }[];
}

function run(report: Report): Log["runs"][number] {
  const log = JSON.parse(renderSarif(report, { lang: "en" })) as Log;
  validate(log);
  expect(validate.errors ?? []).toEqual([]);
  const first = log.runs[0];
  if (first === undefined) throw new Error("no run");
  return first;
}

test("the schema is closed: what it does not know, or knows otherwise, is an error", () => {
  const log = {
    version: "2.1.0",
    runs: [{ tool: { driver: { name: "T" } }, results: [{ message: {}, level: "bad" }] }],
  };
  validate({ ...log, title: "T" });
  expect((validate.errors ?? []).map(({ instancePath, keyword }) => `${instancePath} ${keyword}`)).toEqual([
    " additionalProperties",
    "/runs/0/results/0/level enum",
    "/runs/0/results/0/message required",
    "/runs/0/results/0/message required",
    "/runs/0/results/0/message anyOf",
  ]);
});

test.each(sampleNames)("%s fits SARIF 2.1.0, and every index leads to what it names", (name) => {
  const report = sampleReport(name);
  const { tool, artifacts, results } = run(report);
  expect(tool.driver.rules).toHaveLength(report.rules.length);
  expect(results).toHaveLength(report.findings.length);
  for (const result of results) {
    expect(tool.driver.rules[result.ruleIndex]?.id).toBe(result.ruleId);
    const index = result.locations?.[0]?.physicalLocation.artifactLocation.index;
    if (index !== undefined) expect(artifacts[index]).toBeDefined();
  }
});

test("severities become levels, and a suspicion is only a note", () => {
  const levels = new Map(run(sampleReport("million")).results.map((result) => [result.ruleId, result.level]));
  expect([levels.get("id-duplicate"), levels.get("label-name-empty")]).toEqual(["error", "error"]);
  const report = sampleReport("nonconforming");
  const heuristic = {
    ...report,
    findings: report.findings.slice(0, 1).map((one) => ({ ...one, certainty: "heuristic" as const })),
  };
  expect(run(heuristic).results[0]?.level).toBe("note");
});

test("a waived finding is suppressed with who and why", () => {
  const report = sampleReport("nonconforming");
  const [first, ...rest] = report.findings;
  if (first === undefined) throw new Error("no finding");
  const waiver = { fingerprint: first.fingerprint, reason: "seen by the client", by: "QA", applies: true, matched: 1 };
  const results = run({ ...report, findings: [{ ...first, waived: true }, ...rest], waivers: [waiver] }).results;
  expect(results[0]?.suppressions).toEqual([
    { kind: "external", status: "accepted", justification: "seen by the client (QA)" },
  ]);
  expect(results[1]?.suppressions).toBeUndefined();
});

test("against a baseline every result has its state, and what is fixed is absent", () => {
  const report = sampleReport("one-finding");
  const fixed = { rule: "id-duplicate", fingerprint: "00000000000000ff" };
  const baseline = {
    sha256: "0".repeat(64),
    comparable: true,
    new: 0,
    persisting: 1,
    fixed: 1,
    compared: 2,
    of: 2,
    fixed_findings: [fixed],
  };
  const findings = report.findings.map((one) => ({ ...one, baseline: "persisting" as const }));
  expect(run({ ...report, findings, baseline }).results.map((one) => [one.ruleId, one.baselineState])).toEqual([
    ["box-zero-area", "unchanged"],
    ["id-duplicate", "absent"],
  ]);
});

test("paths become relative URIs, whatever is in them", () => {
  const uris = run(sampleReport("hostile")).artifacts.map((one) => one.location.uri);
  expect(uris[0]).toBe("%3Cscript%3Ealert%281%29%3C/script%3E");
  expect(uris[4]).toBe("%ED%95%9C%EA%B5%AD%EC%96%B4%20%EC%9D%B4%EB%A6%84");
});

test("a finding of the whole dataset names the dataset and no file", () => {
  const [result] = run(wholeReport()).results;
  expect(result?.locations).toEqual([{ logicalLocations: [{ name: "street-objects", kind: "resource" }] }]);
});

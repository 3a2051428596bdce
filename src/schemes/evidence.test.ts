import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import type { EvidenceItem, SchemeDocument } from "../records/grammar.gen.js";
import { findStandard } from "../standards/find.js";
import { type Description, wantFitting } from "./evidence.js";
import { type ScoreOptions, scoreScheme } from "./score.js";
import { evidenceWanted, judgeByScheme } from "./verdict.js";

const scheme = findStandard("cn-tc609-5-2025-04-partial").scheme as SchemeDocument;
const item = (indicator: string, changes: Partial<EvidenceItem> = {}): EvidenceItem => ({
  indicator,
  kind: "document",
  path: "card.md",
  sha256: "0".repeat(64),
  by: "A",
  role: "editor",
  date: "2026-11-25",
  conclusion: "met",
  ...changes,
});

test.each([
  ["evidence without a scheme", undefined, item("0101"), "a scheme with indicators"],
  ["an indicator that the scheme does not have", scheme, item("0109"), "found indicator 0109"],
  ["a document for what a reviewer decides", scheme, item("0304"), "expected review, which decide 0304"],
  ["a document for what the data decide", scheme, item("0201"), "expected rules, which decide 0201"],
])("%s is refused", (_, of, one, words) => {
  expect(() => wantFitting(of, { items: [one], digest: "", placeOf: () => "evidence.yaml:1:3" })).toThrow(words);
});

test("evidence whose digest differs is held against the scheme as well", () => {
  const mismatches = [{ item: item("0109"), actual: "" }];
  expect(() => wantFitting(scheme, { items: [], digest: "", mismatches })).toThrow("0109");
});

const options = (changes: Partial<ScoreOptions>): ScoreOptions => ({
  units: () => ({ kinds: [], asked: [], hasRules: false }),
  evidence: [],
  decisionRule: "point",
  threshold: () => 90,
  weight: () => 1,
  ...changes,
});
const indicator = (code: string, changes: Partial<ScoreOptions>) =>
  scoreScheme(scheme, options(changes)).indicators.find((one) => one.code === code);

test("a share is a point under the rule point, and its Wilson interval under interval", () => {
  const evidence = [item("0304", { kind: "review", conclusion: "ratio", a: 42, b: 43 })];
  const point = indicator("0304", { evidence });
  expect(point).toMatchObject({ lower: (100 * 42) / 43, upper: (100 * 42) / 43, verdict: "conforming", a: 42, b: 43 });
  // Wilson 1927 for 42 of 43 at 95 %, by hand: centre (42/43 + z²/86) / (1 + z²/43).
  const interval = indicator("0304", { evidence, decisionRule: "interval" });
  expect(interval?.lower).toBeCloseTo(87.94, 2);
  expect(interval?.upper).toBeCloseTo(99.59, 2);
  expect(interval?.verdict).toBe("indeterminate");
});

const description = (...properties: string[]): Description => ({
  path: "croissant.json",
  sha256: "0".repeat(64),
  name: "buttons",
  date: "2026-11-25",
  properties: new Set(properties),
});

test("properties of a description are supplied evidence; what it leaves out is missing, and not shown to be wanting", () => {
  const found = indicator("0104", { description: description("dataset.license", "dataset.cr:citeAs", "dataset.foo") });
  expect(found).toMatchObject({ evidence: "supplied", a: 2, b: 5, lower: 40, upper: 100, verdict: "indeterminate" });
  expect(found?.supplied).toMatchObject({ kind: "document", path: "croissant.json", by: "buttons", role: "Croissant" });
});

test("the interval rule makes no sample of a description", () => {
  const given = { description: description("dataset.license"), decisionRule: "interval" as const };
  expect(indicator("0104", given)).toMatchObject({ lower: 20, upper: 100 });
});

test("evidence that was supplied wins over the description", () => {
  const given = { description: description("dataset.license"), evidence: [item("0104", { conclusion: "not-met" })] };
  expect(indicator("0104", given)).toMatchObject({ lower: 0, upper: 0, verdict: "nonconforming" });
});

test("a description answers no indicator that lists no properties", () => {
  expect(indicator("0205", { description: description("dataset.license") })?.evidence).toBe("missing");
});

test("evidence that leaves an indicator open is wanted like one that is missing", () => {
  const scores = scoreScheme(
    scheme,
    options({ description: description("dataset.license"), evidence: [item("0101"), item("0102")] }),
  );
  const wanted = evidenceWanted(scores, judgeByScheme(scores, [], {}, 0), false);
  expect(wanted.flatMap(({ indicators }) => indicators).filter((code) => code.startsWith("01"))).toEqual([
    "0103",
    "0104",
  ]);
});

test("the properties of the scheme are those of the evidence map", () => {
  const map = parse(
    readFileSync(new URL("../../standards/mlc-croissant-1.0/1.0.0/evidence-map.yaml", import.meta.url), "utf8"),
  ) as { indicators: Record<string, { property: string; on: string }[]> };
  const listed = scheme.dimensions
    .flatMap(({ indicators }) => indicators)
    .filter(({ properties }) => properties !== undefined)
    .map(({ code, properties }) => [code, properties]);
  expect(listed).toEqual(
    Object.entries(map.indicators).map(([code, rows]) => [code, rows.map(({ property, on }) => `${on}.${property}`)]),
  );
});

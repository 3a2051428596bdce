/** The TC609 example, end to end: examples/tc609-jsonl with its documents and evidence.yaml. */
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { type AssessOptions, assess } from "./assess.js";
import type { JsonValue } from "./formats/json/api.js";
import { inspect } from "./inspect.js";
import type { ProfileDocument } from "./records/grammar.gen.js";
import type { Report } from "./records/report.gen.js";
import { readEvidence } from "./standards/evidence.js";
import { findStandard } from "./standards/find.js";
import { validatorOf } from "./standards/record-schemas.js";
import { checkAgainst } from "./standards/schema.js";

const example = fileURLToPath(new URL("../examples/tc609-jsonl", import.meta.url));
const scheme = "cn-tc609-5-2025-04-partial";
const format = "cn-tc609-5-2025-02-partial";

const copies: string[] = [];
afterAll(() => {
  for (const folder of copies) rmSync(folder, { recursive: true });
});

/** A copy of the example that a test may break. */
function copy(): string {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-tc609-"));
  copies.push(folder);
  cpSync(example, folder, { recursive: true });
  return folder;
}

async function assessed(folder: string, options: AssessOptions, evidence = true): Promise<Report> {
  const given = evidence ? { evidence: readEvidence(join(folder, "evidence.yaml")) } : {};
  const report = await assess(join(folder, "data"), { ...given, ...options });
  expect(checkAgainst("report", JSON.parse(JSON.stringify(report)))).toEqual([]);
  return report;
}

const dimensionsOf = ({ dimensions }: Report) =>
  dimensions.map(({ code, lower, upper, verdict }) => [code, lower, upper, verdict]);
const found = ({ rules }: Report) =>
  rules.filter(({ violations }) => violations > 0).map(({ id, evaluated, violations }) => [id, evaluated, violations]);

test("with its evidence it conforms, by scheme and by format", async () => {
  const report = await assessed(example, { scheme, standards: [format] });
  expect(report.verdict).toBe("conforming");
  expect(found(report)).toEqual([]);
  expect(dimensionsOf(report)).toEqual([
    ["01", 100, 100, "conforming"],
    ["02", 100, 100, "conforming"],
    ["03", 94, 100, "conforming"],
  ]);
  expect(report.records.read).toMatchObject({ media: 12, annotation: 43 });
  expect(report.object.scope).toBe("annotations-and-media");
  expect(report.indicators.find(({ code }) => code === "0304")).toMatchObject({
    evidence: "supplied",
    a: 42,
    b: 43,
    supplied: { kind: "review", path: "documents/annotation-review.md", by: "丙" },
  });
  expect(report.evidence_wanted).toEqual([]);
});

test("by its format alone it is judged strictly: every type rule was asked of every record", async () => {
  const report = await assessed(example, { standards: [format] }, false);
  expect(report.verdict).toBe("conforming");
  expect(report.scheme).toBeNull();
  const types = report.rules.filter(({ id }) => id.endsWith("-type"));
  expect(types.map(({ id, evaluated }) => [id, evaluated])).toEqual(types.map(({ id }) => [id, 12]));
  expect(types).toHaveLength(10);
});

test("the record schema as a whole takes every record of the example, and no record with a field of another type", () => {
  const validate = validatorOf(findStandard(format).schemas, "record.schema.json", "record");
  const lines = readFileSync(join(example, "data", "records.jsonl"), "utf8")
    .trimEnd()
    .split("\n");
  const records = lines.map((line) => JSON.parse(line) as Record<string, JsonValue>);
  expect(records.map((record) => validate(record))).toEqual(records.map(() => undefined));
  const broken = Object.keys(records[0] ?? {}).filter(
    (key) => validate({ ...records[0], [key]: { x: 1 } }) === undefined,
  );
  // An annotation may be any object; what is in it is asked one level below.
  expect(broken).toEqual(["annotation"]);
});

test("without evidence the scores are open, and the report says what is wanted", async () => {
  const report = await assessed(example, { scheme }, false);
  expect(report.verdict).toBe("indeterminate");
  expect(dimensionsOf(report).map(([code, lower, upper]) => [code, lower, upper])).toEqual([
    ["01", 0, 100],
    ["02", 0, 100],
    ["03", 0, 100],
  ]);
  expect(report.evidence_wanted.map(({ indicators, kinds }) => [indicators[0], kinds])).toEqual([
    ["0101", ["document"]],
    ["0102", ["document"]],
    ["0103", ["document"]],
    ["0104", ["document"]],
    ["0205", ["document", "review"]],
    ["0202", ["review"]],
    ["0304", ["review"]],
    ["0301", ["model"]],
    ["0302", ["model"]],
    ["0303", ["model"]],
    ["0305", ["model"]],
  ]);
});

test("under the rule interval a sample of 43 does not prove 90", async () => {
  const profile = { decision_rule: { value: "interval" as const, reason: "agreed" } };
  const report = await assessed(example, { scheme, profile });
  expect(report.verdict).toBe("indeterminate");
  expect(report.evidence_wanted.map(({ indicators }) => indicators[0])).toEqual(["0304", "0305"]);
});

test("a document that was changed afterwards is a finding, and does not count", async () => {
  const folder = copy();
  appendFileSync(join(folder, "documents", "annotation-review.md"), "\n");
  const report = await assessed(folder, { scheme });
  expect(found(report)).toEqual([["evidence-digest-mismatch", 11, 1]]);
  const { findings, indicators } = report;
  expect(findings[0]).toMatchObject({ kind: "dataset", severity: "critical", record: "0304" });
  expect(findings[0]?.values.map(({ name }) => name)).toEqual(["indicator", "sha256 documents/annotation-review.md"]);
  expect(indicators.find(({ code }) => code === "0304")?.evidence).toBe("missing");
  expect(report.verdict).toBe("indeterminate");
});

test("under the default scheme too, a changed document is a critical finding and does not count", async () => {
  const folder = copy();
  writeFileSync(join(folder, "documents", "dataset-card.md"), "");
  const text = readFileSync(join(folder, "evidence.yaml"), "utf8").split("- indicator").slice(0, 2).join("- indicator");
  writeFileSync(join(folder, "evidence.yaml"), text);
  const evidence = readEvidence(join(folder, "evidence.yaml"));
  const report = await assess(join(folder, "data"), { evidence });
  expect(report.rules.find(({ id }) => id === "evidence-digest-mismatch")).toMatchObject({
    verdict: "nonconforming",
    violations: 1,
  });
  expect(report.indicators.find(({ code }) => code === "0101")?.evidence).toBe("missing");
});

test("an indicator that the scheme does not have is named, with its place", async () => {
  const folder = copy();
  const path = join(folder, "evidence.yaml");
  writeFileSync(path, readFileSync(path, "utf8").replace('"0305"', '"0309"'));
  await expect(assessed(folder, { scheme })).rejects.toThrow(
    /^evidence\.yaml:85:3 TS-USAGE-0004 .* found indicator 0309$/,
  );
});

test("a broken record is a finding at its place, and all others are read", async () => {
  const folder = copy();
  const path = join(folder, "data", "records.jsonl");
  const lines = readFileSync(path, "utf8").split("\n");
  lines[4] = lines[4]?.slice(0, 100) ?? "";
  lines[7] = lines[7]?.replace('"version":"1.0.0"', '"version":1.0') ?? "";
  writeFileSync(path, lines.join("\n"));
  const report = await assessed(folder, { standards: [format] }, false);
  expect(report.verdict).toBe("nonconforming");
  expect(found(report)).toEqual([
    ["tc609-line-not-record", 12, 1],
    ["tc609-version-type", 11, 1],
  ]);
  const places = report.findings.map(({ rule, file, line, pointer, record }) => [rule, file, line, pointer, record]);
  expect(places).toEqual([
    ["tc609-line-not-record", "records.jsonl", 5, undefined, undefined],
    ["tc609-version-type", "records.jsonl", 8, "/version", "buttons-0008"],
  ]);
  expect(report.records.read["media"]).toBe(11);
  expect(report.records.not_read).toEqual([{ kind: "media", reason: "not JSON", count: 1 }]);

  const scored = await assessed(folder, { scheme, standards: [format] });
  expect(
    scored.indicators.find(({ code }) => code === "0201")?.kinds.find(({ kind }) => kind === "media"),
  ).toMatchObject({
    b: 12,
    bad: 2,
  });
});

test("of data in another format the standard asks nothing that decides", async () => {
  const report = await assess(fileURLToPath(new URL("../examples/street-signs/coco", import.meta.url)), {
    standards: [format],
  });
  expect([report.verdict, report.reasons.map(({ code }) => code)]).toEqual(["indeterminate", ["no-indicator-left"]]);
});

test("without its pictures the rules on media bytes are missing evidence", async () => {
  const folder = copy();
  rmSync(join(folder, "data", "images"), { recursive: true });
  const report = await assessed(folder, { scheme });
  expect(report.verdict).toBe("indeterminate");
  expect(report.object.scope).toBe("annotations");
  const media = report.evidence_wanted.find(({ kinds }) => kinds.includes("media"));
  expect(media).toMatchObject({ decides: true });
  expect(media?.indicators).toContain("0204");
  expect(media?.indicators).not.toContain("0203");
});

test("a .gz gives the same counts", async () => {
  const folder = copy();
  const path = join(folder, "data", "records.jsonl");
  writeFileSync(`${path}.gz`, gzipSync(readFileSync(path)));
  rmSync(path);
  const { format: id, records } = await inspect(join(folder, "data"));
  expect([id, records["media"], records["annotation"]]).toEqual(["tc609-jsonl", 12, 43]);
});

test("a Croissant description beside the data is evidence for the documentation, and no more than that", async () => {
  const folder = copy();
  const description = {
    "@context": { "@vocab": "https://schema.org/", sc: "https://schema.org/", cr: "http://mlcommons.org/croissant/" },
    "@type": "sc:Dataset",
    name: "buttons",
    description: "Buttons on a cloth",
    license: "Apache-2.0",
    dateModified: "2026-10-12",
  };
  writeFileSync(join(folder, "data", "croissant.json"), JSON.stringify(description));
  const { indicators } = await assessed(folder, { scheme }, false);
  const documentation = indicators.filter(({ dimension }) => dimension === "01");
  expect(documentation.map(({ code, evidence, a, b, upper }) => [code, evidence, a, b, upper])).toEqual([
    ["0101", "supplied", 2, 10, 100],
    ["0102", "supplied", 0, 10, 100],
    ["0103", "supplied", 1, 17, 100],
    ["0104", "supplied", 1, 5, 100],
  ]);
  expect(documentation[0]?.supplied).toMatchObject({ path: "croissant.json", by: "buttons", date: "2026-10-12" });
  const explicit = await assessed(folder, { scheme });
  expect(explicit.indicators[0]?.supplied?.path).toBe("documents/dataset-card.md");
});

test.each([
  [{ thresholds: [{ dimension: "gold-recall", value: 99, reason: "contract" }] }, '"gold-recall"', "one of 01, 02, 03"],
  [{ weights: [{ indicator: "9999", weight: 2, reason: "contract" }] }, '"9999"', "one of "],
])("a profile that changes what the scheme does not have is refused: %j", async (profile, found, expected) => {
  const signs = fileURLToPath(new URL("../examples/street-signs/coco", import.meta.url));
  await expect(assess(signs, { profile: profile as unknown as ProfileDocument })).rejects.toMatchObject({
    code: "TS-USAGE-0004",
    details: { found, expected: expect.stringContaining(expected) },
  });
});

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Report } from "../records/report.gen.js";
import { packageRoot } from "../standards/package-root.js";
import { folderWith, removeFolders, runCli } from "./testing/run-cli.js";

afterAll(removeFolders);

const example = (kind: string): string => join(packageRoot, "examples/street-signs-defects", kind);

async function assessed(data: string, ...more: readonly string[]): Promise<{ path: string; report: Report }> {
  const out = folderWith();
  await runCli(["assess", data, "--out", out, "--quiet", ...more]);
  const path = join(out, "report.json");
  return { path, report: JSON.parse(readFileSync(path, "utf8")) as Report };
}

const fingerprintOf = ({ findings }: Report, rule: string): string =>
  findings.find((finding) => finding.rule === rule)?.fingerprint ?? "none";

/** Runs the command, then the command that its README tells, and gives what that finds. */
async function reproduced(data: string, rule: string, ...more: readonly string[]) {
  const { path, report } = await assessed(data, "--standard", "ref-image-annotation");
  const out = join(folderWith(), "dispute");
  const finding = fingerprintOf(report, rule);
  const run = await runCli(["reproduce", path, "--finding", finding, "--data", data, "--out", out, ...more]);
  expect({ status: run.status, stderr: run.stderr }).toEqual({ status: 0, stderr: "" });
  const readme = readFileSync(join(out, "README.md"), "utf8");
  const told = /^touchstone assess data (.*)$/m.exec(readme)?.[1] ?? "";
  const again = folderWith();
  const options = told.replace("profile.yaml", join(out, "profile.yaml")).split(" ");
  await runCli(["assess", join(out, "data"), ...options, "--out", again, "--quiet"]);
  const found = JSON.parse(readFileSync(join(again, "report.json"), "utf8")) as Report;
  const files = readdirSync(join(out, "data"), { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return {
    out,
    readme,
    found,
    text: files.map(({ name, parentPath }) => readFileSync(join(parentPath, name), "latin1")).join("\n"),
    names: files.map(({ name }) => name),
    stdout: run.stdout,
  };
}

describe.each([
  ["coco", "box-out-of-bounds", { media: 1, annotation: 1, category: 0 }],
  ["coco", "box-duplicate-overlap", { media: 1, annotation: 2, category: 1 }],
  ["coco", "json-duplicate-key", { media: 0, annotation: 1, category: 0 }],
  ["coco", "media-dimension-mismatch", { media: 1, annotation: 0, category: 0 }],
  ["voc", "box-class-conflict", { media: 1, annotation: 2, category: 0 }],
  ["yolo", "box-too-small", { media: 1, annotation: 1, category: 0 }],
])("reproduce a finding of %s: %s", (kind, rule, read) => {
  test("gives a dataset of what the finding needs, without a name of the data, that raises it", async () => {
    const { found, text, names, readme } = await reproduced(example(kind), rule);
    expect(found.findings.map((finding) => finding.rule)).toContain(rule);
    const { media = 0, annotation = 0, category = 0 } = found.records.read;
    expect({ media, annotation, category }).toEqual(read);
    expect(`${text} ${names.join(" ")} ${readme}`).not.toMatch(/street|yield|crossing|no-entry/);
    expect(readme).toContain(found.findings[0]?.fingerprint);
  });
});

const twoNames = JSON.stringify({
  images: [{ id: 1, file_name: "ann.jpg", width: 10, height: 10 }],
  categories: [
    { id: 1, name: "Secret" },
    { id: 2, name: "secret" },
    { id: 3, name: "other" },
  ],
  annotations: [{ id: 1, image_id: 1, category_id: 1, bbox: [1, 1, 4, 4] }],
});

test("names that differ in case alone keep their case and nothing else, which is said", async () => {
  const rule = "label-name-collision";
  const { text, found, stdout } = await reproduced(folderWith({ "a.json": twoNames }), rule);
  expect(found.findings.map((finding) => finding.rule)).toContain(rule);
  expect(text).toMatch(/"Aaaaaa".*"aaaaaa"/s);
  expect(text).not.toMatch(/secret|other/i);
  expect(stdout).toContain("the form alone kept");
});

test("what it is given is told with a code, and the status of the code", async () => {
  const data = folderWith({ "a.json": twoNames });
  const { path, report } = await assessed(data, "--standard", "ref-image-annotation");
  const finding = fingerprintOf(report, "label-name-collision");
  const call = (given: string, from: string) =>
    runCli(["reproduce", path, "--finding", given, "--data", from, "--out", join(folderWith(), "out")]);
  const none = await call("ffff00", data);
  expect([none.status, none.stderr]).toEqual([2, expect.stringContaining("TS-REPRODUCE-0001")]);
  const other = folderWith({ "a.json": twoNames.replace("Secret", "Public") });
  const changed = await call(finding, other);
  expect(changed.status).toBe(1);
  expect(changed.stderr).toMatch(/TS-REPRODUCE-0002.*a\.json with SHA-256/);
});

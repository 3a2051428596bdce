import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Manifest, PackAnswer } from "../conformance/pack/pack.js";
import type { ToolReport } from "../conformance/tool-report.js";
import { folderWith, removeFolders, runCli } from "./testing/run-cli.js";

afterAll(removeFolders);

test("a pack is exported, and results that are its answers are right; a case that it does not hold is told with its line", async () => {
  const pack = join(folderWith(), "pack");
  const options = ["--format", "coco-captions", "--seed", "3", "--per-rule", "1", "--out", pack];
  const exported = await runCli(["suite", "export", "ref-image-annotation", ...options]);
  expect(exported.stderr).toBe("");
  const manifest = JSON.parse(readFileSync(join(pack, "manifest.json"), "utf8")) as Manifest;
  expect(exported.stdout).toContain(`${manifest.cases.length} cases`);
  expect(manifest.cases.map(({ rule }) => rule)).toContain("caption-empty");
  const answers = readFileSync(join(pack, "answers.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PackAnswer);
  const lines = answers.map(({ case: name, findings }) => JSON.stringify({ case: name, findings }));
  const folder = folderWith({
    "right.jsonl": lines.join("\n"),
    "wrong.jsonl": `${lines[0]}\n{"case":"x","findings":[]}`,
  });
  const right = await runCli(["suite", "score", pack, "--results", join(folder, "right.jsonl"), "--out", folder]);
  expect({ status: right.status, stderr: right.stderr }).toEqual({ status: 0, stderr: "" });
  expect(right.stdout).toMatch(/caption-empty +found 1\/1 +false alarms 0 +refused 0/);
  const report = JSON.parse(readFileSync(join(folder, "tool-report.json"), "utf8")) as ToolReport;
  expect(report.tool).toMatchObject({ kind: "validator", isolation: "none" });
  const wrong = await runCli(["suite", "score", pack, "--results", join(folder, "wrong.jsonl")]);
  expect(wrong.status).toBe(2);
  expect(wrong.stderr).toContain("wrong.jsonl:2 TS-PACK-0001");
});

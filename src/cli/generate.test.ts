import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import type { Answer } from "../generate/dataset.js";
import { folderWith, removeFolders, runCli } from "./testing/run-cli.js";

afterAll(removeFolders);

const plan = "box-degenerate: 2\nbox-out-of-bounds: 3\nbox-duplicate-exact: 1\n";

async function generated(format: string, ...more: readonly string[]) {
  const out = join(folderWith(), "out");
  const options = ["--format", format, "--images", "30", "--seed", "7"].filter(
    (_, at) => !(more.includes("--seed") && at >= 4),
  );
  const { status, stderr } = await runCli(["generate", ...options, "--out", out, ...more]);
  return { out, status, stderr };
}

describe.each(["coco-instances", "voc", "tc609-jsonl"])("generate --format %s", (format) => {
  test("writes defects, and each answer is a finding of its rule at that line, and no other of those rules comes", async () => {
    const plans = join(folderWith({ "plan.yaml": plan }), "plan.yaml");
    const { out, status } = await generated(format, "--defects", plans);
    expect(status).toBe(0);
    const answers = readFileSync(join(out, "answers.jsonl"), "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as Answer);
    const findings = join(out, "findings.jsonl");
    const assessed = ["assess", join(out, "data"), "--standard", "ref-image-annotation", "--out", join(out, "report")];
    expect((await runCli([...assessed, "--findings", findings, "--quiet"])).status).toBe(1);
    const found = readFileSync(findings, "utf8")
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { rule: string; certainty: string; file: string; offset: number })
      .filter(({ certainty }) => certainty === "exact")
      .map(({ rule, file, offset }) => {
        const before = readFileSync(join(out, "data", file)).subarray(0, offset);
        return `${rule} ${file}:${before.toString("latin1").split("\n").length}`;
      });
    const wanted = answers.map(({ rule, file, line }) => `${rule} ${file}:${line}`);
    expect(answers.length).toBeGreaterThanOrEqual(7);
    const planted = new Set(answers.map(({ rule }) => rule));
    expect(found.filter((one) => planted.has(one.split(" ")[0] ?? "")).sort()).toEqual(wanted.sort());
  });
});

test("the same seed gives the same bytes, another seed others", async () => {
  const read = (out: string): string => readFileSync(join(out, "data/annotations/instances.json"), "utf8");
  const one = read((await generated("coco-instances", "--no-media")).out);
  expect(read((await generated("coco-instances", "--no-media")).out)).toBe(one);
  expect(read((await generated("coco-instances", "--no-media", "--seed", "8")).out)).not.toBe(one);
});

test.each([
  ["an unknown rule", "no-such-rule: 1\n", "no-such-rule"],
  ["a rule about the whole", "label-single: 1\n", "label-single"],
  ["a number that is none", "box-degenerate: many\n", "many"],
  ["more defects than images", "box-degenerate: 31\n", "31 defects"],
])("%s is told, with its place", async (_, text, told) => {
  const path = join(folderWith({ "plan.yaml": text }), "plan.yaml");
  const { status, stderr } = await generated("coco-instances", "--defects", path);
  expect(status).toBe(2);
  expect(stderr).toContain(told);
});

test("a folder that holds something is not written into", async () => {
  const out = folderWith({ "a.txt": "kept" });
  expect((await runCli(["generate", "--out", out])).status).toBe(2);
});

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { RuleOutcome } from "../conformance/rule-suite.js";
import { folderWith, removeFolders, runCli } from "./testing/run-cli.js";

afterAll(removeFolders);

const two = ["--rule", "box-degenerate", "--rule", "id-duplicate", "--runs", "4"];

test("a rule that its break breaks passes, in one process and in several, in the order of the rules", async () => {
  const run = ["suite", "run", "ref-image-annotation", ...two, "--seed", "3"];
  const [one, several] = await Promise.all([runCli([...run, "--jobs", "1"]), runCli([...run, "--jobs", "2"])]);
  expect(one).toMatchObject({ status: 0, stderr: "" });
  expect(one.stdout).toMatch(
    /^ok {3}\S+ .*coco-instances.*\nok {3}\S+ .*\nseed 3, 4 datasets a rule: 2 passed, 0 failed\n$/,
  );
  expect(several).toEqual(one);
});

test("a rule whose break breaks nothing falls short: status 1, and the smallest dataset is kept", async () => {
  const folder = folderWith();
  await runCli(["standard", "new", "demo", "--out", folder]);
  const standard = join(folder, "demo/0.1.0");
  const rules = join(standard, "rules/example.yaml");
  const asked = ["suite", "run", standard, "--runs", "4", "--rule", "box-below-minimum", "--out", join(folder, "kept")];
  expect(await runCli(asked)).toMatchObject({ status: 0 });
  writeFileSync(rules, readFileSync(rules, "utf8").replace("height / 2.0", "height * 2.0"));
  const { status, stdout } = await runCli(asked);
  expect(status).toBe(1);
  expect(stdout).toContain("FAIL box-below-minimum");
  expect(stdout).toContain("the rule finds nothing");
  expect(readdirSync(join(folder, "kept/box-below-minimum"))).not.toEqual([]);
}, 60_000);

test("a rule that no format carries is not asked, and the line says why", async () => {
  const run = await runCli(["suite", "run", "ref-image-annotation", "--rule", "polygon-hole-outside"]);
  expect(run).toMatchObject({ status: 0 });
  expect(run.stdout).toContain("not asked: no format that is written carries annotation.holes");
  expect(run.stdout).toContain("0 passed, 0 failed, 1 not asked");
});

test("a rule without a break falls short where formats carry what it is asked of", async () => {
  const folder = folderWith();
  await runCli(["standard", "new", "no-break", "--out", folder]);
  const standard = join(folder, "no-break/0.1.0");
  const rules = join(standard, "rules/example.yaml");
  const text = readFileSync(rules, "utf8");
  const without = text.replace(/^ {2}break:.*\n(?: {4,}.*\n)*/gm, "");
  expect(without).not.toBe(text);
  writeFileSync(rules, without);
  const run = await runCli(["suite", "run", standard, "--rule", "box-below-minimum"]);
  expect(run).toMatchObject({ status: 1 });
  expect(run.stdout).toContain("no break");
});

test("a rule that decodes media has 100 runs at most, and the line says so", async () => {
  const asked = ["suite", "run", "ref-image-annotation", "--runs", "101", "--rule", "media-unreadable"];
  const run = await runCli(asked);
  expect(run).toMatchObject({ status: 0 });
  expect(run.stdout).toContain("(100 datasets: it decodes media)");
}, 60_000);

test("a part of the suite is what it says", async () => {
  const parts = await Promise.all(
    ["1/2", "2/2"].map((shard) => runCli(["suite", "run", "ref-image-annotation", ...two, "--shard", shard, "--json"])),
  );
  const rules = parts.map(({ stdout }) => (JSON.parse(stdout) as RuleOutcome[]).map(({ rule, ok }) => [rule, ok]));
  expect(rules.map((part) => part.length)).toEqual([1, 1]);
  expect(rules.flat().sort()).toEqual([
    ["box-degenerate", true],
    ["id-duplicate", true],
  ]);
});

test.each([
  [["--rule", "no-such-rule"], "found --rule no-such-rule"],
  [["--runs", "0"], "found --runs 0"],
  [["--jobs", "1.5"], "found --jobs 1.5"],
  [["--shard", "3/2"], "found --shard 3/2"],
])("%j is refused", async (args, message) => {
  const run = await runCli(["suite", "run", "ref-image-annotation", ...args]);
  expect(run.status).toBe(2);
  expect(run.stderr).toContain(message);
});

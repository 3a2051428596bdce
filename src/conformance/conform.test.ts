import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { folderWith, removeFolders } from "../cli/testing/run-cli.js";
import { type Conformed, conform } from "./conform.js";
import { isolationHere } from "./isolation.js";
import { renderTool, toolTargets } from "./tool-render.js";
import { isAsClaimed, isJudged } from "./tool-report.js";

afterAll(removeFolders);

/** Finds a box without width, by the line; misses one without height, and finds every fiftieth line out of bounds. */
const little = `
const { readFileSync } = require("node:fs");
readFileSync(process.argv[2] + "/annotations/instances.json", "utf8").split("\\n").forEach((text, at) => {
  const box = /"bbox":\\[([^\\]]*)\\]/.exec(text)?.[1].split(",").map(Number);
  if (box && box[2] <= 0) console.log("annotations/instances.json:" + (at + 1) + " thin");
  if (box && box[0] >= 0 && at % 50 === 49) console.log("annotations/instances.json:" + (at + 1) + " late");
});
process.exitCode = 1;
`;

const toolWith = (more: string) => `name: little
kind: validator
version: "0.1"
files: [little.js]
command: [${process.execPath}, "{here}/little.js", "{in}", "{out}"]
${more}
output:
  from: stdout
  as: lines
  pattern: '^(?P<file>[^:]+):(?P<line>\\d+) (?P<rule>\\S+)'
  rules: { thin: [box-degenerate], late: [box-out-of-bounds] }
claims:
  rules: [box-degenerate, box-out-of-bounds]
  formats: [coco-instances]
`;

const settings = { seed: 3, perRule: 5, shrinkSeconds: 0, isolation: isolationHere() };
const tested = (script: string, more = "", own = {}) =>
  conform(join(folderWith({ "TOOL.yaml": toolWith(more), "little.js": script }), "TOOL.yaml"), {
    ...settings,
    ...own,
  });

let result: Conformed;
beforeAll(async () => {
  result = await tested(little, "", { shrinkSeconds: 20 });
}, 120_000);

test("what it finds, misses and makes up is counted, and what it does not claim is not applicable", () => {
  const { rules } = result.report;
  const row = (id: string) => rules.find(({ rule }) => rule === id);
  expect(row("box-degenerate")).toMatchObject({ claimed: true, planted: { asked: 5, right: 5, wrong: 0, refused: 0 } });
  expect(row("box-out-of-bounds")).toMatchObject({ planted: { asked: 5, refused: 0 } });
  expect(row("box-out-of-bounds")?.planted?.wrong).toBeGreaterThan(0);
  expect(row("box-out-of-bounds")?.clean?.wrong).toBeGreaterThan(0);
  expect(row("box-too-small")).toMatchObject({ claimed: false, planted: null, clean: null, elsewhere: 0 });
  expect(isJudged(result.report)).toBe(true);
  expect(isAsClaimed(result.report)).toBe(false);
});

test("what it misses is made small: one medium and one annotation, with a text for an issue", () => {
  const one = result.report.cases.find(({ what }) => what === "missed");
  expect(one).toMatchObject({
    rule: "box-out-of-bounds",
    media: 1,
    annotations: 1,
    shrunk: true,
    got: "nothing was found",
  });
  expect(one?.expected).toMatch(/^box-out-of-bounds at annotations\/instances\.json:\d+/);
  const issue = Buffer.from(result.cases.get(one?.folder ?? "")?.get("ISSUE.md") ?? "").toString();
  for (const head of ["## Steps", "## Expected", "## Got"]) expect(issue).toContain(head);
});

test.each(toolTargets)("%s holds the rules and both languages say so", (target) => {
  for (const lang of ["zh", "en"] as const) {
    const text = renderTool(result.report, target, lang);
    expect(text).toContain(target === "md" ? "box-out-of-bounds" : "box-degenerate");
  }
  expect(renderTool(result.report, "terminal", "zh")).toContain("工具检验报告");
  expect(renderTool(result.report, "html", "zh+en")).not.toContain("<script");
});

test.each([
  ["hangs", "setInterval(() => {}, 1000)", "time-limit"],
  ["crashes", "process.kill(process.pid, 'SIGSEGV'); setInterval(() => {}, 1000)", "signal"],
  ["ends with a status that is no answer", "process.exitCode = 9", "exit"],
])(
  "one that %s refused all that it was asked, and no more",
  async (_, script, ended) => {
    const { report } = await tested(script, "time_limit_s: 2");
    expect(report.calls.map((call) => call.ended)).toEqual([ended, ended]);
    const asked = report.rules.filter(({ claimed }) => claimed);
    for (const { planted, clean } of asked) {
      expect(planted).toMatchObject({ right: 0, wrong: 0, refused: 5, interval: null });
      expect(clean).toMatchObject({ right: 0, wrong: 0, interval: null });
    }
    expect(report.cases).toEqual([]);
    expect(isAsClaimed(report)).toBe(false);
  },
  60_000,
);

test("a validator is given no data of one's own", async () => {
  await expect(tested(little, "", { data: "." })).rejects.toMatchObject({ code: "TS-USAGE-0001" });
});

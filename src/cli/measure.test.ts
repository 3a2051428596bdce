import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { folderWith, removeFolders, runCli } from "./testing/run-cli.js";

afterAll(removeFolders);

const folder = folderWith({
  "kappa.json": JSON.stringify({
    table: [
      [45, 5],
      [10, 40],
    ],
  }),
  "batch.jsonl": [
    {
      measure: "cohen_kappa",
      inputs: {
        table: [
          [45, 5],
          [10, 40],
        ],
      },
    },
    { measure: "no_such", inputs: {} },
    { measure: "ci-wilson", inputs: { x: 5, n: 3 } },
    { measure: "ci-wilson", inputs: { x: 1, n: 3, sample: 2 } },
    { measure: "sequence_prf", inputs: { y_true: [["O"]], y_pred: [["O"]], mode: "default", average: "micro" } },
    { measure: "ci_wilson", inputs: { x: 0, n: 0 } },
  ]
    .map((one) => JSON.stringify(one))
    .concat("{bad", "")
    .join("\n"),
});

test("one measure of a file, for a machine and for a person in Chinese", async () => {
  const input = join(folder, "kappa.json");
  const json = await runCli(["measure", "cohen_kappa", "--input", input, "--json"]);
  expect(json.status).toBe(0);
  expect((JSON.parse(json.stdout) as { kappa: number }).kappa).toBeCloseTo(0.7, 12);
  const text = await runCli(["measure", "cohen-kappa", "--input", input, "--lang", "zh"]);
  expect(text.stdout).toMatch(/Cohen κ|科恩/);
  expect(text.stdout).toMatch(/kappa +0\.7/);
});

test("a batch answers line by line, in order, and goes on after what a measure cannot take", async () => {
  const { status, stdout } = await runCli(["measure", "--batch", join(folder, "batch.jsonl")]);
  expect(status).toBe(0);
  const lines = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.map(({ error }) => (error as { code?: string } | undefined)?.code)).toEqual([
    undefined,
    "measure-unknown",
    "input-range",
    "input-unknown",
    undefined,
    undefined,
    "json-parse-error",
  ]);
  expect(lines[4]).toMatchObject({ f1: null, peer_convention: { f1: 0 } });
  expect(lines[5]).toEqual({
    low: null,
    high: null,
    undefined_because: { low: expect.stringContaining("B = 0"), high: expect.stringContaining("B = 0") },
  });
});

test("the list is the record of validation: cases, worst error, peers, version", async () => {
  const { stdout } = await runCli(["measure", "--list", "--json"]);
  const rows = JSON.parse(stdout) as Record<string, unknown>[];
  expect(rows.find(({ id }) => id === "cohen-kappa")).toMatchObject({
    from: "values",
    cases: 21,
    peers: expect.arrayContaining([expect.stringMatching(/^scikit-learn \d/)]),
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
  });
  expect(rows.find(({ id }) => id === "labels-in-use")).toMatchObject({ from: "records", mergeable: true });
});

test.each([
  [["measure"], "an id with --input FILE"],
  [["measure", "cohen-coppa"], "the id of a measure"],
  [["measure", "cohen-kappa", "--input", "nowhere.json"], "nowhere.json TS-USAGE-0002"],
  [["measure", "cohen-kappa", "--list"], "several of"],
])("%j says what is missing, with status 2", async (args, told) => {
  const { status, stderr } = await runCli(args);
  expect(status).toBe(2);
  expect(stderr).toContain(told);
});

test("a measure without input says what it answers and which inputs it has", async () => {
  const { status, stdout } = await runCli(["measure", "ci_wilson"]);
  expect(status).toBe(0);
  expect(stdout).toMatch(/inputs {2}x, n, confidence, clip\n {2}outputs {2}low, high/);
});

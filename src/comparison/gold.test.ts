import { afterAll, expect, test } from "vitest";
import { assess } from "../assess.js";
import { testStandardAt } from "../check-standard.js";
import { folderWith, removeFolders } from "../cli/testing/run-cli.js";
import { serialise } from "../report/digest.js";
import { verify } from "../verify.js";

afterAll(removeFolders);

const coco = (boxes: readonly (readonly number[])[]) =>
  JSON.stringify({
    images: [{ id: 1, file_name: "1.jpg", width: 100, height: 100 }],
    categories: [{ id: 1, name: "cat" }],
    annotations: boxes.map((box, at) => ({
      ...{ id: at + 1, image_id: 1, category_id: 1, bbox: box, iscrowd: 0 },
      area: (box[2] ?? 0) * (box[3] ?? 0),
    })),
  });

/** A standard with one rule, which asks for recall against gold. */
const standard = folderWith({
  "standard.yaml": `id: acme-gold
edition: 0.1.0
number: ACME 1
title: { zh: 与真值比对, en: Against gold }
status: ours
claim: illustrative
provenance: { publisher: { zh: 甲方, en: Acme }, read: own, note: { zh: 示例, en: An example } }
clauses:
  - { id: "1", title: { zh: 召回率, en: Recall }, obligation: requirement, decided_by: measure }
`,
  "rules/gold.yaml": `- id: gold-recall-low
  clause: "1"
  claim: illustrative
  obligation: requirement
  certainty: exact
  severity: major
  title: { zh: 召回率够高, en: Recall is high enough }
  on: dataset
  assert: |-
    measure("gold-recall").x >= params.least
  params: { least: 0.9 }
  means: { zh: 漏标, en: Objects are missed }
  fix: { zh: 补标, en: Annotate what is missed }
  cases:
    conforming: [ { dataset: {}, gold: { gold-recall: { a: 9, b: 10 } } } ]
    violating: [ { dataset: {}, gold: { gold-recall: { a: 8, b: 10 } } } ]
`,
});

test("measurements against gold stand in the report, which names the gold, and verify makes it again", async () => {
  const gold = folderWith({
    "gold.json": coco([
      [0, 0, 10, 10],
      [50, 50, 10, 10],
    ]),
  });
  const data = folderWith({ "data.json": coco([[0, 0, 10, 10]]) });
  const report = await assess(data, { gold, redact: false });
  expect(report.gold).toMatchObject({
    files: [{ path: "gold.json" }],
    inference: "census",
    media: { paired: 1, only_gold: 0, only_data: 0 },
    not_judged: 0,
  });
  expect(report.measurements.find(({ id }) => id === "gold-recall")).toMatchObject({
    a: 1,
    b: 2,
    x: 0.5,
    status: "defined",
  });
  const bytes = serialise(report);
  expect(await verify(report, bytes, data, { gold })).toEqual({ same: true, differences: [] });
  await expect(verify(report, bytes, data)).rejects.toMatchObject({ code: "TS-USAGE-0004" });
  const redacted = await assess(data, { gold, redact: true });
  expect(JSON.stringify(redacted.gold)).not.toMatch(/gold\.json|"cat"/);
});

test("a rule asks for a measurement against gold; without gold it could not be evaluated", async () => {
  const gold = folderWith({
    "gold.json": coco([
      [0, 0, 10, 10],
      [50, 50, 10, 10],
    ]),
  });
  const half = folderWith({ "data.json": coco([[0, 0, 10, 10]]) });
  const ask = (options: { readonly gold?: string }, data = half) => assess(data, { standards: [standard], ...options });
  const missed = await ask({ gold });
  expect(missed.verdict).toBe("nonconforming");
  expect(missed.findings.map(({ rule }) => rule)).toEqual(["gold-recall-low"]);
  expect((await ask({ gold }, gold)).verdict).toBe("conforming");
  expect((await ask({})).verdict).toBe("indeterminate");
});

test("the cases of such a rule say what gold came to", async () => {
  const outcomes = await testStandardAt(standard, []);
  expect(outcomes.map(({ name, ok }) => [name, ok])).toEqual([
    ["conforming/0", true],
    ["violating/0", true],
  ]);
});

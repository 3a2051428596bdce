import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { pngBytes } from "../formats/media/testing/images.js";
import type { Answer } from "../generate/dataset.js";
import { folderWith, pathsBelow, removeFolders, runCli } from "./testing/run-cli.js";

afterAll(removeFolders);

/** Laid out as no writer of ours would: numbers spelt in three ways, a field of nobody's, a byte that is no UTF-8, line ends of Windows. */
const first =
  '{ "id":1 ,"image_id": 1,"category_id" :1, "bbox":[4.50, 5e0,20.0,15], "area":300.00, "iscrowd":0, "mine":{"x":[ ]} }';
const coco = Buffer.from(
  [
    "{",
    '"images" : [ {"id":1, "file_name":"a.png","width":40,"height":30 } ],',
    `"annotations": [${first}`,
    '  , { "id":2, "image_id":1,"category_id":1,"bbox":[1,2,3,4],"area":12,"iscrowd":0 }],',
    '"categories":[{"id":1,"name":"caf\xe9"}], "own":  1',
    "}",
    "",
  ].join("\r\n"),
  "latin1",
);
const data = { "data/a.json": coco, "data/a.png": pngBytes(40, 30), "data/notes/read me.txt": "as it is\r\n" };

async function broken(files: Readonly<Record<string, string | Uint8Array>>, plan: string, ...more: readonly string[]) {
  const folder = folderWith({ ...files, "plan.yaml": plan });
  const args = ["generate", "--from", "data", "--defects", "plan.yaml", "--out", "out", ...more];
  const run = await runCli(args, { cwd: folder });
  const read = (path: string): Buffer => readFileSync(join(folder, "out", path));
  return { ...run, folder, read };
}

const filesIn = (folder: string): readonly string[] =>
  pathsBelow(folder).filter((path) => statSync(join(folder, path)).isFile());

test("what the break does not concern stays byte for byte as it was, and the key names what it does", async () => {
  const { status, read, stdout, folder } = await broken(data, "crowd-flag-invalid: 2\n");
  expect(status).toBe(0);
  expect(stdout).toContain("crowd-flag-invalid: 2 of 2 planted");
  expect(read("data/a.json").toString("latin1")).toBe(coco.toString("latin1").replaceAll('"iscrowd":0', '"iscrowd":2'));
  expect(filesIn(join(folder, "out"))).toEqual([
    "answers.jsonl",
    "data/a.json",
    "data/a.png",
    "data/notes/read me.txt",
  ]);
  for (const path of ["data/a.png", "data/notes/read me.txt"] as const)
    expect(read(path)).toEqual(Buffer.from(data[path]));
  const answers = read("answers.jsonl")
    .toString()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Answer);
  const answer = { rule: "crowd-flag-invalid", kind: "annotation", file: "a.json", also: [] };
  expect(answers.sort((left, right) => left.line - right.line)).toEqual([
    { ...answer, id: 1, line: 3, pointer: "/annotations/0" },
    { ...answer, id: 2, line: 4, pointer: "/annotations/1" },
  ]);
});

test("a copy of a record stands behind the last, with the fields that only its own file knows", async () => {
  const one = Buffer.from(coco.toString("latin1").replace(/\r\n {2}, .*?\}\]/s, "]"), "latin1");
  const { read } = await broken({ ...data, "data/a.json": one }, "id-duplicate: 1\n");
  expect(read("data/a.json").toString("latin1")).toBe(one.toString("latin1").replace(first, `${first},${first}`));
});

test("the same seed gives the same bytes, another seed others", async () => {
  const plan = "crowd-flag-invalid: 1\n";
  const one = await broken(data, plan);
  const again = await broken(data, plan);
  const others = [];
  for (const seed of ["2", "3", "4"]) others.push(await broken(data, plan, "--seed", seed));
  expect(again.read("data/a.json")).toEqual(one.read("data/a.json"));
  expect(others.some((other) => !other.read("data/a.json").equals(one.read("data/a.json")))).toBe(true);
});

test("records that the rule finds already are no targets, and how many are planted is told", async () => {
  const found = Buffer.from(coco.toString("latin1").replace('"iscrowd":0 }]', '"iscrowd":3 }]'), "latin1");
  const { status, stdout, read } = await broken({ ...data, "data/a.json": found }, "crowd-flag-invalid: 2\n", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    rules: [{ rule: "crowd-flag-invalid", wanted: 2, planted: 1 }],
    answers: 1,
  });
  expect(read("data/a.json").toString("latin1")).toContain('"iscrowd":3 }]');
});

test("a record that is added is broken, though the one beside it is not", async () => {
  const { stdout, read } = await broken(data, "media-too-small: 1\n", "--json");
  expect(JSON.parse(stdout)).toMatchObject({ rules: [{ planted: 1 }], answers: 1 });
  expect(read("data/a.json").toString("latin1")).toMatch(/"file_name":\s*"images\/small.png"/);
});

test("an edit that breaks nothing is not planted: another record is broken instead", async () => {
  const ring = (points: string): string => `"image_id":1,"category_id":1,"iscrowd":0,"segmentation":[[${points}]]`;
  // No three points in a row of the first enclose an area; a straight side at the beginning of the second does no harm.
  const outlines = [ring("4,4,8,4,12,4,16,4"), ring("4,4,8,4,12,4,12,9")];
  const text = `{"images":[{"id":1,"file_name":"a.png","width":40,"height":30}],"categories":[{"id":1,"name":"a"}],"annotations":[
${outlines.map((own, at) => `{"id":${at + 1},${own}}`).join(",\n")}]}`;
  const { stdout, read } = await broken({ ...data, "data/a.json": text }, "polygon-self-intersection: 2\n", "--json");
  expect(JSON.parse(stdout)).toMatchObject({
    rules: [{ planted: 1, reason: { en: "the rule holds of them afterwards too" } }],
    answers: 1,
  });
  expect(read("data/a.json").toString()).toBe(text.replace("4,4,8,4,12,4,12,9", "8,4,12,6.5,10,4,12,9"));
});

describe("bad input ends with a code and leaves nothing", () => {
  const voc = "<annotation><filename>a.png</filename></annotation>\n";
  test.each<
    [
      name: string,
      plan: string,
      more: readonly string[],
      files: Readonly<Record<string, string | Uint8Array>>,
      told: string,
    ]
  >([
    ["an unknown rule", "no-such-rule: 1\n", [], data, "TS-USAGE-0003"],
    ["a count of 0", "crowd-flag-invalid: 0\n", [], data, "TS-USAGE-0004"],
    ["a negative count", "crowd-flag-invalid: -1\n", [], data, "TS-USAGE-0004"],
    ["data that are not there", "crowd-flag-invalid: 1\n", [], { "x.txt": "" }, "TS-USAGE-0002"],
    ["data of no format", "crowd-flag-invalid: 1\n", [], { "data/x.txt": "words\n" }, "TS-FORMAT-0001"],
    ["a rule that these data cannot break", "caption-empty: 1\n", [], data, "caption-empty TS-STANDARD-0004"],
    ["data without annotations", "box-degenerate: 1\n", [], { "data/a.xml": voc }, "box-degenerate TS-STANDARD-0004"],
    ["a folder that is not empty", "crowd-flag-invalid: 1\n", ["--out", "data"], data, "TS-USAGE-0001"],
    ["a folder in the data", "crowd-flag-invalid: 1\n", ["--out", "data/x"], data, "TS-USAGE-0001"],
    ["no pictures", "crowd-flag-invalid: 1\n", ["--no-media"], data, "TS-USAGE-0001"],
  ])("%s", async (_, plan, more, files, told) => {
    const folder = folderWith({ ...files, "plan.yaml": plan });
    const out = more.includes("--out") ? [] : ["--out", "out"];
    const args = ["generate", "--from", "data", "--defects", "plan.yaml", ...out, ...more];
    const { status, stderr } = await runCli(args, { cwd: folder });
    expect(stderr).toContain(told);
    expect(status).toBe(told.includes("FORMAT") ? 3 : 2);
    expect(filesIn(folder)).toEqual([...Object.keys(files), "plan.yaml"].sort());
  });
});

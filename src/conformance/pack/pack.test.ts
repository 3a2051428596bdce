import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { folderWith, removeFolders } from "../../cli/testing/run-cli.js";
import { putFiles } from "../../engine/read-files.js";
import { listData } from "../../formats/walk.js";
import { writers } from "../../formats/writers.js";
import type { TouchstoneError } from "../../records/errors.js";
import { standardWithCases } from "../../standards/find.js";
import type { LoadedStandard } from "../../standards/load.js";
import { newComparison } from "../converter/compare.js";
import { readRecords } from "../converter/read-records.js";
import { exportPack, type Pack } from "./export-pack.js";
import type { PackAnswer } from "./pack.js";
import { type ReadPack, readPack } from "./read-pack.js";
import { readResults } from "./results.js";
import { isConforming, scorePack } from "./score-pack.js";

afterAll(removeFolders);

const asked = [
  "box-degenerate",
  "box-out-of-bounds",
  "id-duplicate",
  "reference-dangling",
  "media-missing",
  "attribute-missing",
];
const whole = standardWithCases("ref-image-annotation");
const standard: LoadedStandard = { ...whole, rules: whole.rules.filter(({ id }) => asked.includes(id)) };
const writerOf = (format: string) => writers.find((one) => one.format === format)!;
const packOf = (format: string, seed = 7): Promise<Pack> =>
  exportPack({ standard, writer: writerOf(format), seed, perRule: 2 });

let folder: string;
let pack: ReadPack;
let answers: readonly PackAnswer[];
beforeAll(async () => {
  folder = folderWith();
  putFiles(folder, (await packOf("coco-instances")).files);
  pack = readPack(folder);
  answers = readFileSync(join(folder, "answers.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as PackAnswer);
});

const resultsIn = (at: string, lines: readonly object[]): string => {
  const path = join(at, "results.jsonl");
  writeFileSync(path, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return path;
};

async function scored(lines: readonly object[], at = folderWith(), claims: readonly string[] = []) {
  const path = resultsIn(at, lines);
  return scorePack({
    pack,
    at: { pack: folder, results: path },
    results: readResults(path, pack.cases),
    standard,
    tool: { name: "tool", version: "1" },
    claims,
  });
}

const right = () =>
  answers.map(({ case: name, findings }) => ({
    case: name,
    findings: findings.map(({ rule, record }) => ({ rule, record })),
  }));

describe("a pack", () => {
  test("has datasets that break each rule, each with its conforming sibling, and says what it leaves out", () => {
    const sides = pack.manifest.cases.map(({ rule, side }) => `${rule} ${side}`);
    const wanted = asked.filter((rule) => rule !== "attribute-missing");
    expect([...sides].sort()).toEqual(
      wanted
        .flatMap((rule) => ["conforming", "conforming", "violating", "violating"].map((side) => `${rule} ${side}`))
        .sort(),
    );
    expect(pack.manifest.left_out.map(({ rule }) => rule)).toEqual(["attribute-missing"]);
  });

  test("has the same bytes for the same seed, others for another", async () => {
    const digests = ({ manifest }: Pack) => manifest.cases.map(({ sha256 }) => sha256);
    const again = await packOf("coco-instances");
    expect(digests(again)).toEqual(pack.manifest.cases.map(({ sha256 }) => sha256));
    expect(digests(await packOf("coco-instances", 8))).not.toEqual(digests(again));
  });

  test("that was changed is refused, with the case", () => {
    const other = folderWith();
    mkdirSync(join(other, "cases"), { recursive: true });
    const files = new Map([["manifest.json", readFileSync(join(folder, "manifest.json"))]]);
    files.set("answers.jsonl", readFileSync(join(folder, "answers.jsonl")));
    files.set(`${pack.manifest.cases[0]?.path}/a.json`, Buffer.from("{}"));
    putFiles(other, files);
    expect(codeOf(() => readPack(other))).toBe("TS-PACK-0002");
  });
});

function codeOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    const { code, details } = error as TouchstoneError;
    return details.place === undefined ? code : `${code} at ${details.place}`;
  }
  return "none";
}

test.each([
  ["no JSON", "{", "TS-PACK-0003 at 2"],
  ["no case", '{"findings":[]}', "TS-PACK-0003 at 2"],
  ["neither findings nor export", '{"case":"box-degenerate-violating-1"}', "TS-PACK-0003 at 2"],
  ["a finding without a rule", '{"case":"box-degenerate-violating-1","findings":[{"record":1}]}', "TS-PACK-0003 at 2"],
  ["a case that the pack does not hold", '{"case":"other","findings":[]}', "TS-PACK-0001 at 2"],
  ["a case again", '{"case":"box-degenerate-conforming-1","findings":[]}', "TS-PACK-0003 at 2"],
])("a line of results with %s is refused, with the line", (_, line, told) => {
  const path = join(
    folderWith({ "r.jsonl": `{"case":"box-degenerate-conforming-1","findings":[]}\n${line}\n` }),
    "r.jsonl",
  );
  expect(codeOf(() => readResults(path, pack.cases))).toBe(told);
});

describe("a validator", () => {
  test("that answers as the key does is right everywhere", async () => {
    const report = await scored(right());
    expect(isConforming(report)).toBe(true);
    const row = report.rules.find(({ rule }) => rule === "box-out-of-bounds");
    expect(row).toMatchObject({
      planted: { asked: 2, right: 2, wrong: 0, refused: 0 },
      clean: { asked: 10, right: 10, wrong: 0, refused: 0 },
      elsewhere: 0,
    });
    expect(report.cases).toEqual([]);
    expect(report.not_asked.map(({ what }) => what)).toEqual(["attribute-missing"]);
  });

  test("that misses, raises a false alarm, names another record or refuses is told so, each with its case", async () => {
    const report = await scored(
      right().map((line) => {
        if (line.case === "box-degenerate-violating-1") return { ...line, findings: [] };
        if (line.case === "box-degenerate-conforming-1") return { ...line, findings: [{ rule: "id-duplicate" }] };
        if (line.case === "box-out-of-bounds-violating-1")
          return { ...line, findings: [{ rule: "box-out-of-bounds", record: "no such" }] };
        if (line.case === "media-missing-violating-1") return { case: line.case, refused: "it crashed" };
        return line;
      }),
    );
    const of = (id: string) => report.rules.find(({ rule }) => rule === id);
    expect(of("box-degenerate")?.planted).toMatchObject({ right: 1, wrong: 1, refused: 0 });
    expect(of("id-duplicate")?.clean).toMatchObject({ right: 9, wrong: 1 });
    expect(of("box-out-of-bounds")).toMatchObject({ planted: { right: 1, wrong: 1 }, elsewhere: 1 });
    expect(of("media-missing")?.planted).toMatchObject({ right: 1, wrong: 0, refused: 1 });
    expect(isConforming(report)).toBe(false);
    expect(report.cases.map(({ rule, what, folder: at }) => `${rule} ${what} ${at}`).sort()).toEqual([
      "box-degenerate missed cases/box-degenerate-violating-1",
      "box-out-of-bounds false-alarm cases/box-out-of-bounds-violating-1",
      "box-out-of-bounds missed cases/box-out-of-bounds-violating-1",
      "id-duplicate false-alarm cases/box-degenerate-conforming-1",
      "media-missing refused cases/media-missing-violating-1",
    ]);
  });

  test("is held against its claims alone, and cases without a result are not asked", async () => {
    const only = right().filter(({ case: name }) => name.startsWith("box-degenerate"));
    const report = await scored(only, folderWith(), ["box-degenerate"]);
    expect(report.rules.find(({ rule }) => rule === "id-duplicate")).toMatchObject({
      claimed: false,
      planted: null,
      clean: null,
    });
    expect(isConforming(report)).toBe(true);
    expect(report.not_asked.map(({ what }) => what)).toContain("id-duplicate");
  });

  test("of which there is no result at all could not be judged", async () =>
    expect(isConforming(await scored([]))).toBeUndefined());
});

describe("a converter", () => {
  const caseOf = () =>
    pack.manifest.cases.find(({ side, rule }) => side === "conforming" && rule === "box-out-of-bounds")!;
  const given = (): { path: string; name: string } => ({
    path: join(folder, caseOf().path, "annotations/instances.json"),
    name: caseOf().case,
  });

  test("that gives back what it was given kept everything", async () => {
    const at = folderWith({ "out/a.json": readFileSync(given().path) });
    const report = await scored([{ case: given().name, export: "out" }], at);
    expect(report.tool.kind).toBe("converter");
    expect(isConforming(report)).toBe(true);
    expect(report.conversions[0]).toMatchObject({
      from: "coco-instances",
      to: "coco-instances",
      way: "back",
      outcome: "read",
    });
    expect(report.conversions[0]?.kept.map(({ what }) => what)).toEqual(
      expect.arrayContaining([
        "media",
        "annotations",
        "annotation.box",
        "annotation.category",
        "annotation.id",
        "media.width",
      ]),
    );
  });

  test("that drops an annotation, renumbers and rounds is told what it lost and changed, and by how much", async () => {
    const data = JSON.parse(readFileSync(given().path, "utf8")) as {
      annotations: { id: number; bbox: number[] }[];
    };
    const before = data.annotations.length;
    const boxes = data.annotations.map(({ bbox }) => bbox[0] ?? 0);
    data.annotations.pop();
    for (const [number, annotation] of data.annotations.entries()) {
      annotation.id = 5000 + number;
      annotation.bbox[0] = (annotation.bbox[0] ?? 0) + 0.25;
    }
    const at = folderWith({ "a.json": JSON.stringify(data) });
    const report = await scored([{ case: given().name, export: "a.json" }], at);
    const row = (what: string) => report.conversions[0]?.kept.find((one) => one.what === what);
    expect(boxes.length).toBeGreaterThan(1);
    expect(row("annotations")).toMatchObject({ asked: before, kept: before - 1, lost: 1, changed: 0 });
    expect(row("annotation.box")).toMatchObject({ kept: 0, changed: before - 1, greatest: 0.25 });
    expect(row("annotation.id")?.changed).toBe(before - 1);
    expect(isConforming(report)).toBe(false);
  });

  test("of which a format is of texts alone loses no attribute, and media in files of their own have no order", async () => {
    const { writer, records } = {
      writer: writerOf("voc"),
      records: await readRecords(listData(join(folder, caseOf().path))),
    };
    const files = new Map<string, Buffer>();
    const add = (path: string, part: string | Uint8Array): void => {
      files.set(path, Buffer.concat([files.get(path) ?? Buffer.alloc(0), Buffer.from(part as string)]));
    };
    const media = records.media.toReversed().map((record) => ({
      record,
      annotations: records.annotations
        .filter(({ media_id }) => media_id === record.id)
        .map((annotation) => ({
          record: { ...annotation, attributes: [{ name: "n", type: "number" as const, text: "7" }] },
        })),
    }));
    writer.write(
      { categories: records.categories.map((record) => ({ record })), media: () => media },
      { text: add, bytes: add },
      () => {},
    );
    const at = folderWith(Object.fromEntries([...files].map(([path, bytes]) => [`out/${path}`, bytes])));
    const before = {
      ...records,
      annotations: media.flatMap(({ annotations }) => annotations.map(({ record }) => record)),
    };
    const comparison = newComparison(writerOf("coco-instances").carries, writer.carries);
    comparison.add(before, await readRecords(listData(join(at, "out"))), "all");
    const rows = comparison.rows("all");
    expect(rows.find(({ what }) => what === "annotation.attributes")?.kept).toBe(before.annotations.length);
    expect(rows.filter(({ lost, changed }) => lost + changed > 0)).toEqual([]);
  });

  test("whose export cannot be read refused, and one that is not there is an error with the line", async () => {
    const report = await scored([{ case: given().name, export: "a.json" }], folderWith({ "a.json": "{}" }));
    expect(report.conversions[0]).toMatchObject({ outcome: "refused", kept: [] });
    expect(report.conversions[0]?.reason).toContain("TS-FORMAT-0001");
    await expect(scored([{ case: given().name, export: "nothing" }])).rejects.toMatchObject({
      code: "TS-PACK-0003",
      details: { place: "1" },
    });
  });
});

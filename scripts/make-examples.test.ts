import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, test } from "vitest";
import { assess } from "../src/assess.js";
import type { Report } from "../src/records/report.gen.js";
import { type ExampleFormat, exampleFormats } from "./examples/dataset.js";
import { brokenExample, type DefectEntry, exampleFiles } from "./examples/files.js";

const examples = fileURLToPath(new URL("../examples", import.meta.url));
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

test("the committed examples are what the script makes, file by file and byte by byte", () => {
  const made = exampleFiles();
  const committed = ["street-signs", "street-signs-defects"].flatMap((folder) =>
    readdirSync(join(examples, folder), { recursive: true, encoding: "utf8" })
      .map((path) => join(folder, path))
      .filter((path) => statSync(join(examples, path)).isFile()),
  );
  expect(committed.sort()).toEqual([...made.keys()].sort());
  const different = [...made].filter(
    ([path, content]) => !Buffer.from(content).equals(readFileSync(join(examples, path))),
  );
  expect(different.map(([path]) => path)).toEqual([]);
});

test.each(exampleFormats)("street-signs/%s conforms and has no finding", async (format) => {
  const report = await assess(join(examples, "street-signs", format));
  expect(report.findings).toEqual([]);
  expect(report.verdict).toBe("conforming");
  expect(report.records.read).toMatchObject({ media: 20, annotation: 59 });
});

const severities = { critical: 0, major: 1, minor: 2, observation: 3 } as const;

test.each(exampleFormats)("street-signs-defects/%s has the planted findings and nothing else", async (format) => {
  const report = await assess(join(examples, "street-signs-defects", format));
  const path = join(examples, "street-signs-defects", `${format}.defects.json`);
  const planted = JSON.parse(readFileSync(path, "utf8")) as readonly DefectEntry[];
  expect(report.findings.map(placed).sort()).toEqual(planted.map(placed).sort());
  expect(report.verdict).toBe("nonconforming");
  expect(Math.min(...planted.map(({ severity }) => severities[severity]))).toBe(severities.critical);
});

function placed({
  rule,
  severity,
  file,
  line,
}: Pick<DefectEntry, "rule" | "severity" | "file"> & { line?: number }): string {
  return `${file}:${line} ${severity} ${rule}`;
}

/**
 * What a format cannot carry, and what therefore differs although the dataset is one:
 * polygons are COCO's alone; COCO lists its categories in both of its files, so what is wrong with one is found twice; YOLO names no picture, so of one
 * that is not there it knows no extension.
 */
const carriedByCocoAlone = /^polygon-/;

test("what all three formats carry has the same findings in each", async () => {
  const [coco, voc, yolo] = await Promise.all(exampleFormats.map(sharedReport));
  const found = findingsOf(coco);
  expect(found.length).toBe(19);
  expect(findingsOf(voc)).toEqual(found);
  expect(findingsOf(yolo)).toEqual(found);
});

test("what all three formats carry has the same scores in each", async () => {
  const [coco, voc, yolo] = await Promise.all(exampleFormats.map(sharedReport));
  const scores = scoresOf(coco);
  expect(scores).toMatchObject({ "0203 annotation": { b: 87, bad: 3 }, "0204 media": { b: 30, bad: 1 } });
  expect(scoresOf(voc)).toEqual(scores);
  expect(scoresOf(yolo)).toEqual(scores);
});

/** The dataset with the defects that every format can carry, in one of them. */
async function sharedReport(format: ExampleFormat): Promise<Report> {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-example-"));
  folders.push(folder);
  for (const [path, content] of brokenExample(format, "shared").written.files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return assess(folder);
}

function findingsOf(report: Report | undefined): readonly string[] {
  const texts = (report?.findings ?? [])
    .filter(({ rule }) => !carriedByCocoAlone.test(rule))
    .map(({ rule, kind, media, category }) =>
      kind === "category" ? `${rule} ${category}` : `${rule} ${basename(media ?? "", ".png")} ${kind}`,
    );
  const repeated = new Set(texts.filter((text) => /^(label-unused|record-orphan) /.test(text)));
  return [...texts.filter((text) => !repeated.has(text)), ...repeated].sort();
}

/** Units asked and bad, of the indicators and kinds that every format has rules for. Files and categories are as many as a format has. */
function scoresOf(report: Report | undefined): Readonly<Record<string, unknown>> {
  const shared = new Set(["0203 annotation", "0204 media", "0206 media", "0208 media"]);
  const units = (report?.indicators ?? []).flatMap(({ code, kinds = [] }) =>
    kinds.map(({ kind, b, bad, open }) => [`${code} ${kind}`, { b, bad, open }] as const),
  );
  return Object.fromEntries(units.filter(([key]) => shared.has(key)));
}

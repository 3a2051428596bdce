import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, test } from "vitest";
import { assess } from "../assess.js";
import { TouchstoneError } from "../records/errors.js";
import type { Report } from "../records/report.gen.js";
import { type CliOptions, folderWith, pathsBelow, removeFolders, runCli } from "./testing/run-cli.js";
import { picture, smallCocoText } from "./testing/small-coco.js";

afterAll(removeFolders);

const nobody = 65534;
const isRoot = process.getuid?.() === 0;

interface Assessed {
  readonly status: number | null;
  readonly message: string;
  /** Undefined where none was made. */
  readonly report: Report | undefined;
}

const statusOf = { conforming: 0, nonconforming: 1, indeterminate: 4, "not-applicable": 4 } as const;

/** Through the library, in this process: what `assess data` would print and end with. `cli.test.ts` shows that the command does. */
async function assessed(folder: string): Promise<Assessed> {
  try {
    const report = await assess(join(folder, "data"));
    return { status: statusOf[report.verdict], message: "", report };
  } catch (error) {
    if (!(error instanceof TouchstoneError)) throw error;
    return { status: error.exit, message: error.message, report: undefined };
  }
}

/** `assess data` as a process of its own, for what could hang it or needs another user; the outputs go to out/ beside data/. */
async function assessedApart(folder: string, options: CliOptions = {}): Promise<Assessed> {
  const { status, stderr } = await runCli(["assess", "data", "--quiet"], { cwd: folder, ...options });
  const path = join(folder, "out/report.json");
  const report = existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Report) : undefined;
  return { status, message: stderr, report };
}

function dataWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  return folderWith(Object.fromEntries(Object.entries(files).map(([path, content]) => [`data/${path}`, content])));
}

/** Findings of one rule as file:line:column; the file alone where its text cannot be had, so that it has no lines. */
function placesOf(report: Report | undefined, rule: string): readonly string[] {
  return (report?.findings ?? [])
    .filter((finding) => finding.rule === rule)
    .map(({ file, line, column }) => (line === undefined ? file : `${file}:${line}:${column}`));
}

function countsOf(report: Report | undefined): readonly unknown[] {
  const read = report?.records.read as Readonly<Record<string, number>> | undefined;
  return [read?.["media"], read?.["annotation"]];
}

describe("a file that nothing can be read from ends the run with status 3 and no report", () => {
  const wide = Buffer.from(`\ufeff${smallCocoText()}`, "utf16le");
  test.each<[name: string, file: string, content: string | Uint8Array, message: string]>([
    ["an empty file", "a.json", "", "a.json:1:1 TS-FORMAT-0018 the file is empty: expected a record, found no content"],
    ["JSON that ends at once", "a.json", '{"images":[{"id":1', "a.json:1:19 TS-FORMAT-0012 the file ends too early"],
    ["UTF-16 with a byte order mark", "a.json", wide, "a.json:1:1 TS-FORMAT-0013 the file is UTF-16: expected UTF-8"],
    ["text under a name of JSON", "a.json", "hello\n", "a.json:1:1 TS-FORMAT-0010 the file is not JSON"],
    ["nesting 100,000 deep", "a.json", deep(), "a.json:1:1027 TS-FORMAT-0014 the nesting is too deep"],
    ["a gzip bomb", "a.json.gz", bomb(), "a.json.gz TS-FORMAT-0016 the decompressed size is over the limit"],
    ["gzip data that end early", "a.json.gz", cutGzip(), "a.json.gz TS-FORMAT-0017 the compressed data are damaged"],
    ["words of no format", "notes.txt", "a few notes\n", "data TS-FORMAT-0001 no annotation file was recognised"],
  ])("%s", async (_, file, content, message) => {
    const run = await assessed(dataWith({ [file]: content }));
    expect(run.message).toContain(message);
    expect(run).toMatchObject({ status: 3, report: undefined });
  });
});

describe("a fault of one record or of the end of a file is a finding at its place", () => {
  const inAnnotation = (from: string, to: string) => smallCocoText((text) => text.replace(from, to));
  test.each<[name: string, rule: string, place: string, status: number, content: string | Uint8Array]>([
    ["JSON that ends after records", "json-parse-error", "a.json:30:2", 1, cutAfterImages()],
    ["a byte order mark", "bom-present", "a.json:1:1", 0, `\ufeff${smallCocoText()}`],
    ["NaN", "json-number-unsafe", "a.json:26:12", 1, inAnnotation('"area": 300', '"area": NaN')],
    [
      "a key that stands twice",
      "json-duplicate-key",
      "a.json:26:17",
      1,
      inAnnotation('"area": 300', '"area": 300, "area": 300'),
    ],
    [
      "a whole number over 2^53",
      "json-number-unsafe",
      "a.json:17:10",
      1,
      inAnnotation('"id": 1,\n   "image_id"', '"id": 9007199254740993,\n   "image_id"'),
    ],
  ])("%s: %s at %s", async (_, rule, place, status, content) => {
    const folder = dataWith({ "a.json": content, "a.png": picture });
    const run = await assessed(folder);
    expect(run.message).toBe("");
    expect(placesOf(run.report, rule)).toEqual([place]);
    expect(run.status).toBe(status);
  });
});

test("an id over 2^53 is kept as the text that it is", async () => {
  const text = smallCocoText((whole) =>
    whole.replace('"id": 1,\n   "image_id"', '"id": 9007199254740993,\n   "image_id"'),
  );
  const { report } = await assessed(dataWith({ "a.json": text }));
  const finding = report?.findings.find(({ rule }) => rule === "json-number-unsafe");
  expect(finding?.record).toBe("9007199254740993");
});

test("a file name that climbs out of the dataset is a finding, and what it names is never opened", async () => {
  const folder = dataWith({ "a.json": smallCocoText(undefined, ["a.png", "../outside.png"]), "a.png": picture });
  // Whoever opens a pipe that nobody writes to waits for ever.
  execFileSync("mkfifo", [join(folder, "outside.png")]);
  const { status, report } = await assessedApart(folder);
  expect(placesOf(report, "package-path-unsafe")).toEqual(["a.json:14:3"]);
  expect(status).toBe(1);
});

test("a link that leads out of the dataset is a finding, and is not followed", async () => {
  const folder = dataWith({ "a.json": smallCocoText(undefined, ["a.png", "b.png"]), "a.png": picture });
  execFileSync("mkfifo", [join(folder, "outside.png")]);
  symlinkSync(join(folder, "outside.png"), join(folder, "data/b.png"));
  const { status, report } = await assessedApart(folder);
  expect(placesOf(report, "package-path-unsafe")).toEqual(["a.json:14:3"]);
  expect(status).toBe(1);
});

test("the content says what a file is, whatever its name says", async () => {
  const { status, report } = await assessed(dataWith({ "labels.dat": smallCocoText(), "a.png": picture }));
  expect({ status, counts: countsOf(report) }).toEqual({ status: 0, counts: [1, 1] });
  expect(report?.inputs).toMatchObject([{ path: "labels.dat", format: "coco-instances" }]);
});

test("without any media file the annotations alone are judged", async () => {
  const { status, report } = await assessed(dataWith({ "a.json": smallCocoText() }));
  expect({ status, scope: report?.object.scope }).toEqual({ status: 0, scope: "annotations" });
});

test("where some media files are there, each missing one is a finding", async () => {
  const text = smallCocoText(undefined, ["a.png", "b.png", "c.png"]);
  const { status, report } = await assessed(dataWith({ "a.json": text, "b.png": picture }));
  expect(placesOf(report, "media-missing")).toEqual(["a.json:8:3", "a.json:20:3"]);
  expect(status).toBe(1);
});

test("folders that lead back to themselves are walked once", async () => {
  const folder = dataWith({ "a.json": smallCocoText(), "a.png": picture });
  mkdirSync(join(folder, "data/deeper"));
  symlinkSync(join(folder, "data"), join(folder, "data/deeper/back"));
  symlinkSync("loop", join(folder, "data/loop"));
  const { status, report } = await assessed(folder);
  expect({ status, counts: countsOf(report) }).toEqual({ status: 0, counts: [1, 1] });
});

test("a broken file beside a good one ends, and the good one is counted", async () => {
  const folder = dataWith({ "good.json": smallCocoText(), "a.png": picture, "broken.json": cutAfterImages() });
  const { status, report } = await assessed(folder);
  expect(placesOf(report, "json-parse-error")).toEqual(["broken.json:30:2"]);
  expect(report?.inputs.map(({ path, error }) => [path, error?.code])).toEqual([
    ["broken.json", "TS-FORMAT-0012"],
    ["good.json", undefined],
  ]);
  expect({ status, counts: countsOf(report) }).toEqual({ status: 1, counts: [2, 1] });
});

test("a file that cannot be told beside a good one is named, with the reason", async () => {
  const folder = dataWith({ "good.json": smallCocoText(), "a.png": picture, "broken.json": '{"images":[' });
  const { status, report } = await assessed(folder);
  expect(placesOf(report, "json-parse-error")).toEqual(["broken.json:1:12"]);
  expect({ status, counts: countsOf(report) }).toEqual({ status: 1, counts: [1, 1] });
});

const vocText = (name: string) =>
  `<annotation><filename>${name}</filename><size><width>40</width><height>30</height></size></annotation>`;
const yoloLine = "0 0.5 0.5 0.25 0.25\n";

test.each<
  [name: string, files: Readonly<Record<string, string | Uint8Array>>, rule: string, place: string, media: number]
>([
  ["an empty file", { "a.json": smallCocoText(), "b.json": "" }, "json-parse-error", "b.json:1:1", 1],
  ["a gzip bomb", { "a.json": smallCocoText(), "b.json": bomb() }, "file-unreadable", "b.json", 1],
  ["UTF-16", { "a.json": smallCocoText(), "b.json": Buffer.from("\ufeff{}", "utf16le") }, "invalid-utf8", "b.json", 1],
  ["a list that is none", { "a.json": smallCocoText(), "b.json": listless() }, "json-parse-error", "b.json:1:44", 1],
  [
    "XML without its end",
    { "a.xml": vocText("a.png"), "b.xml": vocText("b.png").slice(0, -5) },
    "file-unreadable",
    "b.xml:1:96",
    1,
  ],
  [
    "names that are no YAML",
    { "labels/a.txt": yoloLine, "data.yaml": "names: [a\nb: }" },
    "file-unreadable",
    "data.yaml:2:1",
    1,
  ],
  [
    "names in UTF-16",
    { "labels/a.txt": yoloLine, "obj.names": Buffer.from("\ufeffcat", "utf16le") },
    "invalid-utf8",
    "obj.names",
    1,
  ],
  [
    "a list of splits in UTF-16",
    { "Annotations/a.xml": vocText("a.png"), "ImageSets/Main/train.txt": Buffer.from("\ufeffa", "utf16le") },
    "invalid-utf8",
    "ImageSets/Main/train.txt",
    1,
  ],
])("beside sound files, %s ends its file alone", async (_, files, rule, place, media) => {
  const { status, report } = await assessed(dataWith(files));
  expect(placesOf(report, rule)).toEqual([place]);
  expect(report?.inputs.filter(({ error }) => error !== undefined).map(({ path }) => path)).toEqual([
    place.replace(/:.*/, ""),
  ]);
  expect({ status, media: countsOf(report)[0] }).toEqual({ status: 1, media });
});

test("a picture that may not be read ends the run with status 74 and is named", async () => {
  const folder = dataWith({ "a.json": smallCocoText(), "a.png": picture });
  chmodSync(join(folder, "data/a.png"), 0o000);
  chmodSync(folder, 0o777);
  const { status, message } = await assessedApart(folder, isRoot ? { uid: nobody } : {});
  expect(message).toContain("a.png TS-IO-0001 it cannot be read: found EACCES");
  expect({ status, out: existsSync(join(folder, "out")) }).toEqual({ status: 74, out: false });
});

test("a file that may not be read ends the run with status 74 where it is the only one", async () => {
  const folder = dataWith({ "a.json": smallCocoText() });
  chmodSync(join(folder, "data/a.json"), 0o000);
  chmodSync(folder, 0o755);
  // Root may read everything: the tool then runs as somebody else.
  const { status, message } = await assessedApart(folder, isRoot ? { uid: nobody } : {});
  expect(message).toContain("a.json TS-IO-0001 it cannot be read: found EACCES");
  expect(status).toBe(74);
});

test("a folder that may not be written to ends the run with status 74", async () => {
  const folder = dataWith({ "a.json": smallCocoText() });
  mkdirSync(join(folder, "out"));
  chmodSync(join(folder, "out"), 0o555);
  chmodSync(folder, 0o755);
  const { status, message } = await assessedApart(folder, isRoot ? { uid: nobody } : {});
  expect(message).toContain("out/report.html TS-IO-0002 it cannot be written: expected room and permission to write");
  expect({ status, written: pathsBelow(join(folder, "out")) }).toEqual({ status: 74, written: [] });
});

/** Ends before the list of annotations, after one whole image. */
function cutAfterImages(): string {
  const text = smallCocoText();
  return text.slice(0, text.indexOf('"categories"'));
}

/** The section of categories, which is read first, is an object. */
function listless(): string {
  return '{"images":[],"annotations":[],"categories":{}}';
}

function deep(): string {
  return `{"images":[],"annotations":${"[".repeat(100_000)}${"]".repeat(100_000)},"categories":[]}`;
}

/** 80 MB of spaces: a thousandth of that when compressed. */
function bomb(): Buffer {
  return gzipSync(Buffer.alloc(80 * 1024 * 1024, " "));
}

function cutGzip(): Buffer {
  const whole = gzipSync(smallCocoText());
  return whole.subarray(0, whole.length - 30);
}

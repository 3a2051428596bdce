import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { assess } from "./assess.js";
import { readReport } from "./cli/inputs.js";
import { openGrowing } from "./cli/output.js";
import { progressLine } from "./cli/progress.js";
import { folderWith, removeFolders } from "./cli/testing/run-cli.js";
import { smallCocoText } from "./cli/testing/small-coco.js";
import { readPack } from "./conformance/pack/read-pack.js";
import { readResults } from "./conformance/pack/results.js";
import { reproduce } from "./conformance/reproduce/reproduce.js";
import { decodePng } from "./formats/png/decode.js";
import { wholeFile } from "./formats/text/whole.js";
import { compileBreak } from "./generate/break.js";
import { type ErrorCode, errorCatalogue, TouchstoneError } from "./records/errors.js";
import type { Report, ReportFinding } from "./records/report.gen.js";
import { standardWithCases } from "./standards/find.js";
import { limits } from "./standards/load.js";
import { packageRoot } from "./standards/package-root.js";

afterAll(removeFolders);

/** Assesses a folder that holds one file. */
const assessing = (name: string, content: string | Uint8Array) => assess(folderWith({ [name]: content }));
const coco = (text = smallCocoText()) => folderWith({ "a.json": text });
/** What ended the file of that name, from the report that its sound neighbour made possible. */
async function endOf(name: string, content: string | Uint8Array, neighbours: Readonly<Record<string, string>>) {
  const report: Report = await assess(folderWith({ ...neighbours, [name]: content }));
  const code = report.inputs.find(({ path }) => path === name)?.error?.code;
  if (code !== undefined) throw new TouchstoneError(code as ErrorCode);
}
/** Reproduces a finding that the report of a small dataset is given. */
async function disputed({
  data = coco(),
  finding,
  ...about
}: { data?: string; finding?: string } & Partial<ReportFinding>) {
  const report = await assess(coco());
  const fingerprint = "0123456789abcdef";
  const message = { zh: "", en: "" };
  const held: ReportFinding = {
    rule: "box-degenerate",
    standard: "ref-image-annotation",
    severity: "major",
    certainty: "exact",
    fingerprint,
    kind: "annotation",
    file: "a.json",
    values: [],
    message,
    fix: message,
    ...about,
  };
  return reproduce({
    report: { ...report, findings: [held] },
    finding: finding ?? held.fingerprint,
    data,
    seconds: 1,
    keepMedia: false,
    clock: Date.now,
  });
}
const results = (line: string) => readResults(join(folderWith({ "r.jsonl": line }), "r.jsonl"), new Set(["own"]));
const voc = "<annotation><filename>a.png</filename><object><name>cat</name></object></annotation>";

/** What makes each error happen, as nearly as the user would. */
const triggers: Readonly<Record<ErrorCode, () => unknown>> = {
  "TS-USAGE-0001": () => assess(coco(), { format: "word" }),
  "TS-USAGE-0002": () => assess(join(coco(), "nothing")),
  "TS-USAGE-0003": () => assess(coco(), { standards: ["no-such-standard"] }),
  "TS-USAGE-0004": () => readReport(join(folderWith({ "report.json": "{}" }), "report.json")),
  "TS-FORMAT-0001": () => assessing("a.json", "{}"),
  "TS-FORMAT-0002": () => assess(folderWith({ "a.json": smallCocoText(), "a.txt": "0 0.5 0.5 0.25 0.25\n" })),
  "TS-FORMAT-0003": () => assessing("a.json", '{"images":[],"annotations":[],"categories":[]}'),
  "TS-FORMAT-0010": () => assessing("a.json", "hello"),
  "TS-FORMAT-0012": () => assessing("a.json", '{"images":['),
  "TS-FORMAT-0013": () => assessing("a.json", Buffer.from('\ufeff{"images":[]}', "utf16le")),
  "TS-FORMAT-0014": () => assessing("a.json", `{"images":[],"annotations":${"[".repeat(2000)}${"]".repeat(2000)}}`),
  "TS-FORMAT-0016": () => assessing("a.json.gz", gzipSync(Buffer.alloc(80 * 1024 * 1024, " "))),
  "TS-FORMAT-0017": () => assessing("a.json.gz", gzipSync(smallCocoText()).subarray(0, 60)),
  "TS-FORMAT-0018": () => assessing("a.json", ""),
  "TS-FORMAT-0019": () => endOf("b.xml", voc.replace("</object>", "</subject>"), { "a.xml": voc }),
  "TS-FORMAT-0020": () => endOf("data.yaml", "names: [a\nnc: }", { "labels/a.txt": "0 0.5 0.5 0.25 0.25\n" }),
  "TS-FORMAT-0021": () =>
    endOf("b.json", '{"images":[],"annotations":[],"categories":{}}', { "a.json": smallCocoText() }),
  "TS-FORMAT-0030": () => decodePng(Buffer.from("no picture")),
  "TS-FORMAT-0031"() {
    const absolute = join(folderWith({ "a.yaml": "0123456789" }), "a.yaml");
    wholeFile({ path: "a.yaml", absolute, bytes: 10, index: 0 }, 9);
  },
  "TS-STANDARD-0001": () => assess(coco(), { standards: [folderWith({ "standard.yaml": "id: 7\n" })] }),
  "TS-STANDARD-0002"() {
    // Where the process forbids generated code no rule can be compiled.
    const script = join(packageRoot, "src/cli/main.ts");
    const flags = ["--disallow-code-generation-from-strings", "--import", import.meta.resolve("tsx")];
    try {
      execFileSync(process.execPath, [...flags, script, "assess", coco(), "--json"], { stdio: "pipe" });
    } catch (error) {
      const code = /TS-[A-Z]+-\d{4}/.exec(String((error as { stderr: unknown }).stderr))?.[0];
      throw new TouchstoneError(code as ErrorCode);
    }
  },
  "TS-STANDARD-0003"() {
    const folder = folderWith({ "standard.yaml": "id: large\n" });
    mkdirSync(join(folder, "rules"));
    writeFileSync(join(folder, "rules/a.yaml"), `# ${"x".repeat(limits.fileBytes)}`);
    return assess(coco(), { standards: [folder] });
  },
  async "TS-STANDARD-0004"() {
    const standard = standardWithCases("ref-image-annotation");
    const rule = standard.rules.find(({ id }) => id === "box-degenerate");
    if (rule !== undefined)
      await compileBreak({ ...rule, break: { set: { "annotation.box.colour": "1.0" } } }, standard);
  },
  "TS-REPRODUCE-0001": () => disputed({ finding: "ffffff" }),
  "TS-REPRODUCE-0002": () =>
    disputed({ data: coco(smallCocoText().replace("4711", "4712")), fingerprint: "0".repeat(16) }),
  "TS-REPRODUCE-0003": () => disputed({ rule: "evidence-digest-mismatch", standard: "ref-dataset-assessment" }),
  "TS-PACK-0001": () => results('{"case":"other","findings":[]}'),
  "TS-PACK-0002": () => readPack(folderWith({ "manifest.json": "{}" })),
  "TS-PACK-0003": () => results("{"),
  "TS-IO-0001": () => assess("/dev/null"),
  "TS-IO-0002": () => openGrowing(join(coco(), "a.json", "findings.jsonl")),
  async "TS-RUN-0001"() {
    const progress = progressLine(false, "en");
    try {
      process.emit("SIGINT");
      await progress.heard();
    } finally {
      progress.finish();
    }
  },
};

test.each(Object.keys(errorCatalogue) as ErrorCode[])("%s can happen", async (code) => {
  const happened = await Promise.resolve()
    .then(triggers[code])
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(happened).toBeInstanceOf(TouchstoneError);
  expect((happened as TouchstoneError).code).toBe(code);
});

test("an error says the same in both languages: place and code first", () => {
  const error = new TouchstoneError("TS-FORMAT-0012", {
    file: "a.json",
    place: "1:8",
    found: "the end",
    expected: "]",
  });
  expect(error.message).toBe("a.json:1:8 TS-FORMAT-0012 the file ends too early: expected ], found the end");
  expect(error.localised("zh")).toBe("a.json:1:8 TS-FORMAT-0012 文件中途结束：应为 ]，实为 文件结尾");
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Documented } from "./documented.js";
import { judgeCase } from "./judge.js";
import type { Corpus, CorpusCase } from "./manifest.js";

/** A corpus of one COCO file with an annotation that goes 5 px over the border, and with the same id twice. */
const root = mkdtempSync(join(tmpdir(), "touchstone-corpus-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
mkdirSync(join(root, "one"));
const annotation = { id: 1, image_id: 1, category_id: 1, bbox: [4, 4, 20, 20], area: 400, iscrowd: 0 };
writeFileSync(
  join(root, "one/a.json"),
  JSON.stringify({
    images: [{ id: 1, file_name: "a.png", width: 40, height: 30 }],
    annotations: [annotation, { ...annotation, category_id: 2, bbox: [25, 4, 20, 20] }],
    categories: [
      { id: 1, name: "cat" },
      { id: 2, name: "dog" },
    ],
  }),
);
const duplicate = { code: "duplicate-annotation-id", severity: "error", how: "set check", count: 1 } as const;
const outside = { code: "bbox-outside-image", severity: "error", how: "own inspection", count: 1 } as const;
const counts = { "a.json:images": 1, "a.json:annotations": 2, "a.json:types": { bbox: 2 } };
const known: CorpusCase = {
  format: "coco-instances",
  case: "one",
  dir: "one",
  counts,
  known_defects: [duplicate, outside],
};
const corpus: Corpus = {
  root,
  cases: [known],
  rulesOf: {
    "duplicate-annotation-id": ["id-duplicate"],
    "bbox-outside-image": ["box-out-of-bounds", "box-outside-image"],
    "area-vs-bbox-mismatch": ["box-area-mismatch"],
  },
};
const problemsOf = async (entry: CorpusCase, documented: readonly Documented[] = []) =>
  (await judgeCase(corpus, entry, documented)).problems;
const doc = (subject: string, count?: number): Documented => ({ case: "one", subject, count, line: 7 });

test("a case whose counts are equal, whose defects are found and whose findings are known has no problem", async () => {
  const outcome = await judgeCase(corpus, known, []);
  expect(outcome.problems).toEqual([]);
  expect(outcome.compared).toBe(3);
  expect(outcome.defects.map(({ code, status, found }) => [code, status, found])).toEqual([
    ["duplicate-annotation-id", "found", { "id-duplicate": 2 }],
    ["bbox-outside-image", "found", { "box-out-of-bounds": 1 }],
  ]);
});

test("a count that differs is a problem", async () => {
  expect(await problemsOf({ ...known, counts: { "a.json:annotations": 3 } })).toEqual([
    "a.json:annotations: ours 2, manifest 3",
  ]);
});

test("a known error that no rule finds is a problem, an info is none", async () => {
  const missed = { code: "area-vs-bbox-mismatch", severity: "error", how: "", count: 4 } as const;
  expect(await problemsOf({ ...known, known_defects: [duplicate, outside, missed] })).toEqual([
    "known error area-vs-bbox-mismatch (4) is not found",
  ]);
  expect(await problemsOf({ ...known, known_defects: [duplicate, outside, { ...missed, severity: "info" }] })).toEqual(
    [],
  );
});

test("a warning that is rightly not found stands on the page", async () => {
  const missed = { code: "area-vs-bbox-mismatch", severity: "warning", how: "", count: 4 } as const;
  const entry = { ...known, known_defects: [duplicate, outside, missed] };
  expect(await problemsOf(entry)).toHaveLength(1);
  expect(await problemsOf(entry, [doc("area-vs-bbox-mismatch")])).toEqual([]);
});

test("a grave finding that no known defect explains is a problem, unless the page has it with its number", async () => {
  const entry = { ...known, known_defects: [duplicate] };
  const [problem] = await problemsOf(entry);
  expect(problem).toMatch(/^major box-out-of-bounds: 1 that nothing explains, first a\.json:1 /);
  expect(await problemsOf(entry, [doc("box-out-of-bounds", 1)])).toEqual([]);
  expect(await problemsOf(entry, [doc("box-out-of-bounds", 2)])).toHaveLength(2);
});

test("an entry about what is no longer so is a problem", async () => {
  expect(await problemsOf(known, [doc("box-inverted", 3)])).toEqual([
    "docs/corpus-findings.md:7 box-inverted: 3 are documented, 0 are there",
  ]);
});

test("a case that is read as another format is a problem", async () => {
  expect(await problemsOf({ ...known, format: "voc" })).toContain("read as coco-instances, and the manifest says voc");
});

test("a case that is not what its folder says is a problem when it is taken for a format", async () => {
  const problems = await problemsOf({ ...known, case: "mmocr-textdet" });
  expect(problems).toEqual([
    "taken for coco-instances, and it is not what its folder says",
    "assess writes a report of it",
  ]);
});

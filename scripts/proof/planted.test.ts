import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { corpus, hasCorpus } from "../../src/formats/media/testing/corpus.js";
import { standardWithCases } from "../../src/standards/find.js";
import { assessWhole } from "./findings.js";
import { holdAgainst, plantEach } from "./planted.js";

const standard = standardWithCases("ref-image-annotation");
const examples = fileURLToPath(new URL("../../examples/", import.meta.url));

const rules = [
  "box-degenerate",
  "box-out-of-bounds",
  "box-duplicate-exact",
  "id-duplicate",
  "field-missing",
  "newline-mixed",
  "media-unreadable",
];

test.each([
  ["coco", 7],
  ["voc", 6],
  ["yolo", 5],
])("what is planted in the example as %s is found where the key says, and nothing else", async (folder, plantable) => {
  const proofs = await plantEach(join(examples, "street-signs", folder), standard, rules, { count: 3, seed: 1 });
  const planted = proofs.filter((proof) => proof.planted > 0);
  expect(planted.length).toBeGreaterThanOrEqual(plantable - 1);
  expect(planted.map(({ rule, answers, problems }) => ({ rule, found: answers, problems }))).toEqual(
    planted.map(({ rule, found }) => ({ rule, found, problems: [] })),
  );
});

test("an answer that is not found and a finding that no answer explains are told", async () => {
  const root = join(examples, "street-signs/coco");
  const before = await assessWhole(root, "ref-image-annotation");
  const after = await assessWhole(join(examples, "street-signs-defects/coco"), "ref-image-annotation");
  const answer = {
    rule: "box-degenerate",
    kind: "annotation",
    id: 1,
    file: "no.json",
    line: 1,
    pointer: null,
    also: [],
  } as const;
  const { found, problems } = holdAgainst({ answers: [answer], before, after, standard, copy: root });
  expect(found).toBe(0);
  expect(problems[0]).toContain("box-degenerate is not found at no.json:1");
  expect(problems.length).toBeGreaterThan(1);
});

const cases = ["voc/roboflow-chess"];

test.skipIf(!hasCorpus).each(cases)(
  "corpus %s: every exact rule's defects are found, and nothing else",
  async (name) => {
    const exact = standard.rules.filter(({ certainty }) => certainty === "exact").map(({ id }) => id);
    const proofs = await plantEach(join(corpus, name), standard, exact, { count: 2, seed: 3 });
    expect(proofs.filter(({ planted }) => planted > 0).length).toBeGreaterThan(10);
    expect(proofs.flatMap(({ problems }) => problems)).toEqual([]);
  },
);

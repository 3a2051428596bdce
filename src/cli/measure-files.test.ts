import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { answerLine } from "./measure-text.js";

const truth = "1,1,0,0,10,10,1,-1,-1,-1\n2,1,1,0,10,10,1,-1,-1,-1\n";

test.each([
  ["a pair", ["gt.txt", "hyp.txt"]],
  [
    "pairs",
    [
      ["gt.txt", "hyp.txt"],
      ["gt.txt", "hyp.txt"],
    ],
  ],
  ["files by what they hold", { gt: "gt.txt", tracker: "hyp.txt" }],
])("tracking files come as %s", (_, data_files) => {
  const folder = mkdtempSync(join(tmpdir(), "touchstone-"));
  try {
    writeFileSync(join(folder, "gt.txt"), truth);
    writeFileSync(join(folder, "hyp.txt"), "1 5 0 0 10 10 1\n");
    const line = JSON.stringify({ measure: "mot_summary", inputs: { data_files, distance: "iou 0.5" } });
    expect(JSON.parse(answerLine(line, folder, "en"))).toMatchObject({ mota: 0.5, recall: 0.5, precision: 1 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a file that is not there is named", () => {
  const line = JSON.stringify({
    measure: "mot_summary",
    inputs: { data_files: { gt: "none.txt", tracker: "none.txt" } },
  });
  expect(JSON.parse(answerLine(line, tmpdir(), "en"))).toMatchObject({ error: { code: "file-unreadable" } });
});

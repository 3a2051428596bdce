import { digestFault, type Evidence } from "../standards/evidence.js";
import { contentOfTexts } from "./fingerprint.js";
import type { Subject } from "./recorder.js";
import type { Run } from "./run.js";

const subject: Subject = {
  kind: "dataset",
  // No file of the data: the evidence lies apart from them.
  file: -1,
  offset: 0,
  element: -1,
  record: undefined,
  mediaRow: -1,
  mediaPath: undefined,
  categoryRow: -1,
  categoryName: undefined,
  annotator: undefined,
};

/** Asks the rules on the digests of evidence: each item once. */
export function raiseEvidence(run: Run, { items, mismatches = [] }: Evidence): void {
  for (const state of run.states) {
    if (state.active.rule.fault !== digestFault || state.active.off) continue;
    state.evaluated += items.length + mismatches.length;
    for (const { item, actual } of mismatches) {
      const about = { ...subject, record: item.indicator };
      run.recorder.violation(state, about, contentOfTexts("evidence", item.indicator, item.path), "", {
        values: () => [
          { name: "indicator", value: item.indicator },
          { name: `sha256 ${item.path}`, value: actual, relation: "expected", bound: item.sha256 },
        ],
      });
    }
  }
}

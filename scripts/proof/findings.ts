import { readFileSync } from "node:fs";
import { join } from "node:path";
import { assess } from "../../src/assess.js";
import type { StreamedFinding } from "../../src/engine/recorder.js";
import type { ReportInput, ReportRule } from "../../src/records/report.gen.js";

/** A finding with the line that it begins on. */
export interface PlacedFinding extends StreamedFinding {
  readonly line: number;
}

export interface Assessed {
  readonly format: string;
  readonly inputs: readonly ReportInput[];
  readonly rules: readonly ReportRule[];
  readonly findings: readonly PlacedFinding[];
}

/** Every finding of a standard in a dataset, as `touchstone assess` finds them. @throws TouchstoneError where nothing can be read */
export async function assessWhole(root: string, standard: string, media?: string): Promise<Assessed> {
  const findings: StreamedFinding[] = [];
  const report = await assess(root, {
    standards: [standard],
    maxExamples: 0,
    onFinding: (finding) => findings.push(finding),
    ...(media === undefined ? {} : { media }),
  });
  const lineOf = newLines(root);
  return {
    format: report.object.format ?? "",
    inputs: report.inputs,
    rules: report.rules,
    findings: findings.map((finding) => ({ ...finding, line: lineOf(finding.file, finding.offset) })),
  };
}

function newLines(root: string): (file: string, offset: number) => number {
  const feedsOf = new Map<string, readonly number[]>();
  return (file, offset) => {
    // What is said of the whole lies in no file.
    if (file === "") return 1;
    let feeds = feedsOf.get(file);
    if (feeds === undefined) {
      const bytes = readFileSync(join(root, file));
      const found: number[] = [];
      for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) found.push(at);
      feeds = found;
      feedsOf.set(file, feeds);
    }
    const after = feeds.findIndex((feed) => feed >= offset);
    return 1 + (after < 0 ? feeds.length : after);
  };
}
